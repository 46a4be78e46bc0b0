"""Numbers of hits, in every spelling, compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.quantity import spoken
from compliance.text.numerals import spellings
from small_release import found, judge, review, rule

DISCOUNT = judge(rule("数值(/{数}折/) < 5"))
CONTENT = judge(rule('"含量" >= 99'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打3折", ["3折"]),
        ("打5折", []),
        ("四点九折", ["四点九折"]),
        ("四九折", ["四九折"]),
        ("八八折", []),
        ("45折", ["45折"]),
        ("９折 ２折", ["２折"]),
    ],
)
def test_the_number_in_the_hit(text: str, expected: list[str]) -> None:
    assert found(review(DISCOUNT, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("含量99%", ["含量99"]),
        ("含量高达百分之九十九点五", ["含量高达百分之九十九点五"]),
        ("含量98.9%", []),
        ("含量高", []),
        ("含量，99", []),  # the comma ends the clause
        ("含量的的的的的的的99", ["含量的的的的的的的99"]),
        ("含量的的的的的的的的99", []),  # too far
    ],
)
def test_the_number_behind_the_hit(text: str, expected: list[str]) -> None:
    assert found(review(CONTENT, text)) == expected


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10), ("十五", 15), ("二十", 20), ("一百二", 120), ("一百零二", 102), ("三千五", 3_500),
        ("一万二", 12_000),
        ("两百五十万", 2_500_000), ("一亿零五", 100_000_005), ("三点一四", 3.14), ("九九", 99),
        ("〇", 0), ("万", 10_000),
        ("一千零五十万三", 10_503_000),
    ],
)  # fmt: skip
def test_chinese_numerals(numeral: str, value: float) -> None:
    assert spoken(numeral) == pytest.approx(value)


@given(st.integers(10, 99))
def test_numbers_mean_the_same_in_every_spelling(number: int) -> None:
    for spelling in spellings(f"{number}天"):
        assert spoken(spelling.removesuffix("天")) == number


@given(st.text("零一二两三四五六七八九十百千万亿", min_size=1, max_size=30))
def test_every_run_of_numerals_is_some_number(numeral: str) -> None:
    assert spoken(numeral) >= 0


@given(st.text("0123456789一二十百万点.折%，含量最好", max_size=30))
def test_any_text_is_compared(text: str) -> None:
    for report in (review(DISCOUNT, text), review(CONTENT, text)):
        assert all(text[f.start : f.end] == f.text for f in report.findings)
