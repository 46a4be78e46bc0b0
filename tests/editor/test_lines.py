"""Offsets and places: there and back, in every unit, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.editor.lines import Lines, Place, Units

TEXTS = st.text(st.sampled_from("a规𠮷😀\n\r\u2028\t「é") | st.characters(), max_size=40)
UNITS: list[Units] = ["utf-8", "utf-16", "utf-32"]


@pytest.mark.parametrize(("units", "column"), [("utf-8", 7), ("utf-16", 3), ("utf-32", 2)])
def test_characters_count_as_the_units_say(units: Units, column: int) -> None:
    lines = Lines("甲\n规𠮷b\n", units)
    assert lines.place(4) == Place(1, column)
    assert lines.offset(Place(1, column)) == 4


@given(TEXTS, st.sampled_from(UNITS))
def test_every_offset_comes_back(text: str, units: Units) -> None:
    """But the one between \\r and \\n, which is no place of an editor."""
    lines = Lines(text, units)
    for offset in range(len(text) + 1):
        inside = text[offset - 1 : offset + 1] == "\r\n"
        assert lines.offset(lines.place(offset)) == (offset - 1 if inside else offset)


@given(TEXTS, st.sampled_from(UNITS), st.integers(-2, 50), st.integers(-2, 200))
def test_every_place_is_somewhere_on_its_line(text: str, units: Units, line: int, column: int) -> None:
    lines = Lines(text, units)
    offset = lines.offset(Place(line, column))
    assert 0 <= offset <= len(text)
    found = lines.place(offset)
    ends = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert found.line == min(max(line, 0), ends)
    if 0 <= line <= ends:
        assert found.column <= max(column, 0)


@given(TEXTS)
def test_units_of_utf_16_are_those_of_the_codec(text: str) -> None:
    lines = Lines(text)
    line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[-1]
    assert lines.place(len(text)).column == len(line.encode("utf-16-le", "surrogatepass")) // 2


def test_the_middle_of_a_character_is_its_beginning() -> None:
    assert Lines("a😀b").offset(Place(0, 2)) == 1
    assert Lines("a😀b").offset(Place(0, 3)) == 2
