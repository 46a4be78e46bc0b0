"""Offsets, segments and times."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.model.document import Document, Segment
from compliance.text.timeline import Timeline


def timeline(*segments: Segment) -> Timeline:
    return Timeline(Document(id="d", segments=segments))


@given(st.lists(st.text(alphabet="甲乙\n", max_size=4), min_size=1, max_size=8))
def test_every_offset_lies_in_the_segment_that_wrote_it(texts: list[str]) -> None:
    document = Document(id="d", segments=tuple(Segment(text=text) for text in texts))
    line = Timeline(document)
    for index, text in enumerate(texts):
        start = line.starts[index]
        assert document.text[start : start + len(text)] == text
        for offset in range(start, start + len(text)):
            assert line.index(offset) == index
            assert line.bounds(offset) == (start, start + len(text))


def test_the_joining_newline_belongs_to_the_segment_before_it() -> None:
    assert timeline(Segment(text="甲"), Segment(text="乙")).index(1) == 0


def test_times_of_a_transcript() -> None:
    line = timeline(
        Segment(text="甲", t_start=5, t_end=8), Segment(text="乙", t_start=9), Segment(text="丙", t_start=12, t_end=20)
    )
    assert (line.begin, line.finish) == (5, 20)
    assert line.t_start(2) == 9
    assert line.t_end(0) == 8
    assert line.t_end(2) == 9  # its start where no end is known
    assert line.offset_at(0) == 0
    assert line.offset_at(9) == 2
    assert line.offset_at(10) == 4
    assert line.offset_at(99) == line.length


def test_timed_means_that_all_words_have_a_time() -> None:
    assert timeline(Segment(text="甲", t_start=0), Segment(text=" ")).timed
    assert not timeline(Segment(text="甲", t_start=0), Segment(text="乙")).timed
    assert not timeline(Segment(text="甲")).timed


def test_a_text_without_times() -> None:
    line = timeline(Segment(text="甲"))
    assert (line.begin, line.finish, line.t_start(0), line.t_end(0)) == (0.0, 0.0, None, None)
