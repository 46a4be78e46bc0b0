"""`compliance cases similar`: nearest first, masked; what cannot be read is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_calls import Compliance

Lines = Callable[..., Path]
CASES = (
    {"id": "案-1", "kind": "medical-claim", "text": "喝三天血压自己降下来"},
    {"id": "案-2", "text": "加微信便宜两百，电话16400000000"},
    {"text": "这批苹果九斤一箱"},
)


def test_the_nearest_case_comes_first(compliance: Compliance, lines: Lines) -> None:
    result = compliance("cases", "similar", "血压自己就降了", "--cases", lines(*CASES))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "案-1  medical-claim  喝三天血压自己降下来" in result.stdout.splitlines()[0]


def test_numbers_in_cases_are_masked(compliance: Compliance, lines: Lines) -> None:
    told = compliance("cases", "similar", "加微信", "--cases", lines(*CASES)).stdout
    assert "案-2" in told
    assert "16400000000" not in told


def test_nothing_alike_is_said(compliance: Compliance, lines: Lines) -> None:
    assert "没有相近的案例" in compliance("cases", "similar", "hello", "--cases", lines(*CASES)).stdout


@pytest.mark.parametrize("row", ["{", "[]", '{"id": "x"}', '{"text": ""}', ""])
def test_a_file_without_cases_is_told_with_its_place(compliance: Compliance, lines: Lines, row: str) -> None:
    result = compliance("cases", "similar", "血压", "--cases", lines(row))
    assert result.exit_code == 3
    assert "in.jsonl" in result.stderr
