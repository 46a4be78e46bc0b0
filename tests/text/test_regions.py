"""Quotation marks and book titles: nested, unclosed, straight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.regions import Regions


def inside(text: str, word: str, family: str = "quote") -> bool:
    start = text.index(word)
    return Regions(text, family).holds(start, start + len(word))


@pytest.mark.parametrize(
    ("text", "family", "held"),
    [
        ("他说“最好”。", "quote", True),
        ("他说‘最好’。", "quote", True),
        ("他说「最好」。", "quote", True),
        ("他说『最好』。", "quote", True),
        ('他说"最好"。', "quote", True),
        ("看《最好》。", "quote", False),
        ("看《最好》。", "title", True),
        ("看〈最好〉。", "title", True),
        ("他说“最好”。", "title", False),
        ("“甲”最好“乙”", "quote", False),
        ('"甲"最好"乙"', "quote", False),
        ("“甲‘最好’乙”", "quote", True),
        ("“甲“最好”乙”", "quote", True),
        ("“‘甲’‘乙’‘丙’‘丁’‘戊’‘己’‘庚’‘辛’‘壬’最好”", "quote", True),
        ("“最好", "quote", False),
        ("最好”", "quote", False),
        ("“甲“最好”", "quote", True),  # the first mark was never closed
        ('"最好\n"', "quote", False),  # straight marks close on their own line
        ("“" + "长" * 300 + "最好”", "quote", False),
        ('"' + "长" * 300 + '最好"', "quote", False),
    ],
)
def test_what_stands_between_marks(text: str, family: str, held: bool) -> None:
    assert inside(text, "最好", family) is held


def test_the_whole_span_must_be_inside() -> None:
    assert not inside("“最”好", "最”好")
    assert not inside("最“好”", "最“好")


def test_the_marks_are_not_part_of_the_region() -> None:
    assert Regions("“甲”", "quote").spans == [(1, 2)]


@given(st.text(alphabet='“”‘’「」"《》甲\n', max_size=30), st.integers(0, 30), st.integers(1, 5))
def test_holds_agrees_with_looking_at_every_region(text: str, start: int, length: int) -> None:
    for family in ("quote", "title"):
        regions = Regions(text, family)
        expected = any(first <= start and start + length <= last for first, last in regions.spans)
        assert regions.holds(start, start + length) is expected
        assert all(0 < first <= last < len(text) for first, last in regions.spans)


def test_many_unclosed_marks_are_read_in_one_pass() -> None:
    assert Regions("“" * 200_000 + "甲”", "quote").spans == [(200_000, 200_001)]
