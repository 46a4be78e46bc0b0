"""Numbers in words are written in other ways, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.numerals import spellings


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("100%有效", ("百分百有效", "百分之百有效")),
        ("百分百正品", ("100%正品", "百分之百正品")),
        ("十年质保", ("10年质保",)),
        ("假一赔十", ("假一赔10",)),
        ("二十四小时", ("24小时",)),
        ("24k金", ("二十四k金",)),
        ("十分好用", ()),
        ("百分之三十五", ("百分之35",)),
        ("2024款", ()),
        ("3.14", ()),
        ("最低价", ()),
        ("", ()),
    ],
)
def test_numbers_have_other_spellings(word: str, expected: tuple[str, ...]) -> None:
    assert spellings(word) == expected


@given(st.integers(10, 99))
def test_what_is_spelled_otherwise_can_be_spelled_back(number: int) -> None:
    (spoken,) = spellings(f"{number}年")
    assert spellings(spoken) == (f"{number}年",)


@given(st.text())
def test_any_text_may_be_asked(word: str) -> None:
    assert word not in spellings(word)
