"""Duties that have time until something else is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_release import found, judge, review, rule, transcript

UNTIL = judge(rule('在 "报价" 之后 直到 "上链接" 未出现 "说明"'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报价。说明。上链接", []),
        ("报价。上链接。说明", ["报价"]),
        ("报价。上链接", ["报价"]),
        ("报价。", ["报价"]),
        ("报价。甲。说明", []),  # there is time until the end
        ("说明，报价。上链接", []),  # the same sentence
        ("说明。报价。上链接", ["报价"]),
        ("报价。报价。说明。上链接", []),  # one episode
        ("报价。上链接。报价。上链接。说明", ["报价", "报价"]),
        ("上链接。说明", []),
    ],
)
def test_the_duty_has_time_until(text: str, expected: list[str]) -> None:
    assert found(review(UNTIL, text)) == expected


def test_what_was_not_heard_waives_the_duty() -> None:
    lost = transcript((0, "报价"), (10, "甲"), (100, "上链接"))
    report = review(UNTIL, lost.model_copy(update={"segments": tuple(_short(s) for s in lost.segments)}))
    assert found(report) == []
    assert report.degraded
    assert found(review(UNTIL, transcript((0, "报价"), (10, "甲"), (20, "上链接")))) == ["报价"]


def _short(segment):  # type: ignore[no-untyped-def]  # a segment that ends a second after it begins
    return segment.model_copy(update={"t_end": segment.t_start + 1})


@given(st.lists(st.sampled_from(["报价。", "上链接。", "说明。", "甲。"]), max_size=10))
def test_duties_agree_with_reading_along(parts: list[str]) -> None:
    broken, open_, kept = [], None, False
    for place, part in enumerate([*parts, "上链接。"]):
        if part == "报价。" and open_ is None:
            open_, kept = place, False
        elif part == "说明。":
            kept = True
        elif part == "上链接。" and open_ is not None:
            broken += [] if kept else [open_]
            open_ = None
    starts = [sum(map(len, parts[:place])) for place in broken]
    assert [f.start for f in review(UNTIL, "".join(parts)).findings] == starts
