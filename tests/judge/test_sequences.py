"""Words in order with bounded gaps, in one sentence or across."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_release import found, judge, review, rule

THREE = judge(rule('"甲" ..3字 "乙" ..2字 "丙"'))
ACROSS = judge(rule('"甲" ..3字 "乙" ..2字 "丙" 跨句'))
NEAR_ACROSS = judge(rule('"甲" 与 "乙" 相距 3字 内 跨句'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲乙丙", ["甲乙丙"]),
        ("甲一二三乙一二丙", ["甲一二三乙一二丙"]),
        ("甲一二三四乙丙", []),
        ("甲乙一二三丙", []),
        ("乙甲丙", []),
        ("甲丙乙", []),
        ("甲乙一乙二丙", ["甲乙一乙二丙"]),  # the nearest 乙 does not reach 丙, the one behind it does
        ("甲甲乙丙", ["甲甲乙丙"]),
        ("甲乙丙一甲乙丙", ["甲乙丙", "甲乙丙"]),
        ("甲。乙丙", []),
        ("甲乙。丙", []),
    ],
)
def test_gaps_are_bounded_one_by_one(text: str, expected: list[str]) -> None:
    assert found(review(THREE, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("甲。乙！丙", ["甲。乙！丙"]), ("甲。一二三乙丙", []), ("甲\n乙丙", ["甲\n乙丙"])]
)
def test_across_sentences_the_gaps_still_count(text: str, expected: list[str]) -> None:
    assert found(review(ACROSS, text)) == expected


@pytest.mark.parametrize(("text", "expected"), [("乙。一二甲", ["乙。一二甲"]), ("乙。一二三甲", [])])
def test_near_across_sentences(text: str, expected: list[str]) -> None:
    assert found(review(NEAR_ACROSS, text)) == expected


@given(st.lists(st.sampled_from("甲乙丙一，。"), max_size=14).map("".join))
def test_a_sequence_is_found_exactly_where_there_is_one(text: str) -> None:
    for chosen, across in ((THREE, False), (ACROSS, True)):
        begins = {
            a
            for a, b, c in combinations(range(len(text)), 3)
            if text[a] + text[b] + text[c] == "甲乙丙"
            and b - a - 1 <= 3
            and c - b - 1 <= 2
            and (across or "。" not in text[a:c])
        }
        covered = {i for f in review(chosen, text).findings for i in range(f.start, f.end) if text[i] == "甲"}
        firsts = {f.start for f in review(chosen, text).findings}
        assert firsts <= begins <= covered


def test_many_hits_stay_quick_to_chain() -> None:
    chain = judge(rule(" ..200字 ".join(['"甲"', '"乙"'] * 6)))
    assert review(chain, "甲乙" * 3_000).findings
