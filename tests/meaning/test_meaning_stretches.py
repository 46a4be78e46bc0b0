"""Cutting: everything is read, nothing is read across speakers or lines, and length is bounded."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compliance.meaning.stretches import LENGTH, PIECE, WHOLE, cuts
from compliance.model.document import Document, Segment
from compliance.model.vocabulary import Source

SOURCES = st.sampled_from(list(Source))
TEXT = st.text(alphabet=st.sampled_from("好的，。！\n 一瓶👍a"), min_size=1, max_size=400)


@given(TEXT, SOURCES)
def test_every_character_is_read_and_stretches_are_short(text: str, source: Source) -> None:
    document = Document(id="t", source=source, text=text)
    covered = [False] * len(text)
    for cut in cuts(document):
        assert 0 <= cut.start < cut.end <= len(text)
        assert cut.end - cut.start <= max(WHOLE, LENGTH + 2 * PIECE)
        assert cut.pieces[0][0] == cut.start
        assert cut.pieces[-1][1] == cut.end
        assert all(a[1] == b[0] for a, b in pairwise(cut.pieces))
        covered[cut.start : cut.end] = [True] * (cut.end - cut.start)
    assert all(seen or not char.strip() for seen, char in zip(covered, text, strict=True))


def test_a_speaker_is_not_read_with_another() -> None:
    segments = (Segment(text="能治吗", speaker="观众"), Segment(text="不能治", speaker="主播"))
    spoken = Document(id="t", source=Source.TRANSCRIPT, segments=segments)
    assert [spoken.text[c.start : c.end].strip() for c in cuts(spoken)] == ["能治吗", "不能治"]
    same = Document(
        id="t", source=Source.TRANSCRIPT, segments=tuple(s.model_copy(update={"speaker": None}) for s in segments)
    )
    assert len(list(cuts(same))) == 1


def test_lines_of_writing_are_read_one_by_one() -> None:
    document = Document(id="t", source=Source.LISTING, text="第一行\n\n第二行")
    assert [document.text[c.start : c.end] for c in cuts(document)] == ["第一行", "第二行"]


def test_long_texts_are_read_in_overlapping_stretches() -> None:
    text = "我们家的苹果都是树上熟的，" * 30
    found = list(cuts(Document(id="t", source=Source.TRANSCRIPT, text=text)))
    assert all(before.start < after.start < before.end for before, after in pairwise(found))
    assert len(found) < len(text) / LENGTH * 3
