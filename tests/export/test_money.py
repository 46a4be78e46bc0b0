import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.export.money import NO_AMOUNT, amount, exposure_details, exposure_range, money_range
from compliance.model.report import Exposure


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (200_000, 1_000_000, "20万–100万元"),
        (None, 1_000_000, "不超过 100万元"),
        (0, 1_000_000, "不超过 100万元"),
        (500, None, "500元以上"),
        (None, None, NO_AMOUNT),
        (0, None, NO_AMOUNT),
        (5_000, 200_000, "5000元–20万元"),
        (500, 5_000, "500–5000元"),
        (10_000, 10_000, "1万元"),
        (15_000, 2_000_000, "1.5万–200万元"),
        (90_000_000, 200_000_000, "9000万–2亿元"),
        (12_345, 20_000, "12,345元–2万元"),
    ],
)
def test_ranges_read_as_lawyers_write_them(low: int | None, high: int | None, words: str) -> None:
    assert money_range(low, high) == words


@given(st.integers(min_value=0, max_value=10**12))
def test_an_amount_is_never_rounded(yuan: int) -> None:
    figure, unit = re.fullmatch(r"([\d,.]+)(亿|万)?元", amount(yuan)).groups()  # type: ignore[union-attr]
    whole, _, decimals = figure.replace(",", "").partition(".")
    scale = {"亿": 10**8, "万": 10**4, None: 1}[unit]
    assert int(whole + decimals) * scale == yuan * 10 ** len(decimals)


def test_a_multiple_stands_in_for_a_missing_amount() -> None:
    exposure = Exposure(multiples=("违法所得五倍以下",), basis=("价格法 第四十条",))
    assert exposure_range(exposure) == "违法所得五倍以下"
    assert exposure_details(exposure) == ("价格法 第四十条",)


def test_a_multiple_beside_an_amount_is_a_detail() -> None:
    exposure = Exposure(min=1, max=2, multiples=("三倍",), civil=("退一赔三",))
    assert exposure_details(exposure) == ("按倍数：三倍", "民事：退一赔三")
    assert exposure_range(Exposure(), nothing="无") == "无"
