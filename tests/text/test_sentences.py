"""Where sentences end: line ends in writing; punctuation, speaker and pause in speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.document import Document, Segment
from compliance.model.vocabulary import Source
from compliance.text.sentences import PAUSE_SECONDS, Sentences
from compliance.text.timeline import Timeline


def sentences(document: Document) -> Sentences:
    return Sentences(document, Timeline(document))


def written(text: str) -> Sentences:
    return sentences(Document(id="d", text=text))


def spoken(*segments: Segment) -> Sentences:
    return sentences(Document(id="d", source=Source.TRANSCRIPT, segments=segments))


@pytest.mark.parametrize("stop", ["。", "！", "？", "!", "?", "；", ";", "…", "……", "？！", "\n", "｡"])
def test_a_stop_ends_a_written_sentence(stop: str) -> None:
    text = f"甲乙{stop}丙丁"
    assert written(text).sentence(0) == (0, 2 + len(stop))
    assert written(text).sentence(len(text) - 1) == (2 + len(stop), len(text))
    assert not written(text).same_sentence(0, len(text))


@pytest.mark.parametrize("joint", ["，", ",", "、", "：", " ", "“", "3.5"])
def test_other_marks_do_not(joint: str) -> None:
    text = f"甲乙{joint}丙丁"
    assert written(text).sentence(0) == (0, len(text))


def test_a_full_stop_ends_a_latin_sentence_but_not_a_number() -> None:
    assert written("best ever. buy now").sentence(0) == (0, 10)
    assert written("只要 3. 5 元").sentence(0) == (0, 9)


def test_commas_end_clauses_and_lists_do_not() -> None:
    assert written("甲，乙、丙：丁。戊").clause(0) == (0, 2)
    assert written("甲，乙、丙：丁。戊").clause(3) == (2, 8)
    assert written("甲，乙").same_clause(0, 3) is False
    assert written("甲、乙").same_clause(0, 3) is True


def test_a_line_end_is_no_sentence_end_in_a_transcript() -> None:
    cut = spoken(Segment(text="这是最", t_start=0, t_end=1), Segment(text="好的面霜", t_start=1, t_end=2))
    assert cut.sentence(0) == (0, 8)
    assert cut.breaths == []


def test_a_change_of_speaker_ends_a_sentence_of_speech() -> None:
    turn = spoken(Segment(text="这是最", speaker="主播"), Segment(text="好的", speaker="助播"))
    assert turn.breaths == [4]
    assert turn.sentence(0) == (0, 4)
    assert turn.utterance(5) == (4, 6)


def test_a_change_of_channel_ends_a_sentence_of_speech() -> None:
    assert spoken(Segment(text="好不好"), Segment(text="好", channel="danmaku")).breaths == [4]


@pytest.mark.parametrize(("silence", "ends"), [(PAUSE_SECONDS, False), (PAUSE_SECONDS + 0.1, True)])
def test_a_pause_ends_a_sentence_of_speech(silence: float, ends: bool) -> None:
    paused = spoken(
        Segment(text="这是最", t_start=0, t_end=1), Segment(text="好的", t_start=1 + silence, t_end=3 + silence)
    )
    assert (paused.breaths == [4]) is ends
    assert paused.same_sentence(0, 6) is not ends


def test_an_unknown_end_is_no_pause() -> None:
    assert spoken(Segment(text="这是最", t_start=0), Segment(text="好的", t_start=60)).breaths == []


def test_an_utterance_in_writing_is_its_segment() -> None:
    document = Document(id="d", segments=(Segment(text="甲。乙"), Segment(text="丙")))
    assert sentences(document).utterance(0) == (0, 3)
    assert sentences(document).utterance(4) == (4, 5)


def test_sentences_are_counted_between_offsets() -> None:
    text = written("甲。乙。丙")
    assert text.sentences_between(0, 4) == 2
    assert text.sentences_between(0, 1) == 0
    assert text.sentences_between(2, 2) == 0


@given(st.lists(st.text(alphabet="甲乙，。？\n .3a", max_size=6), min_size=1, max_size=6), st.sampled_from(Source))
def test_sentences_and_clauses_tile_the_text(texts: list[str], source: Source) -> None:
    document = Document(id="d", source=source, segments=tuple(Segment(text=text) for text in texts))
    places = sentences(document)
    for around in (places.sentence, places.clause):
        at = 0
        while at < len(document.text):
            start, end = around(at)
            assert start == at < end
            assert all(around(offset) == (start, end) for offset in range(start, end))
            at = end
    for offset in range(len(document.text)):
        inner, outer = places.clause(offset), places.sentence(offset)
        assert outer[0] <= inner[0] < inner[1] <= outer[1]
        assert places.same_sentence(*outer)
        assert places.same_clause(*inner)
