"""A second opinion in the ways out: who was asked, what was said of a finding, and nothing personal."""

import pytest
from export_samples import PHONE, make_finding, make_report

from compliance.export import FORMATS, render
from compliance.export.opinions import consulted_text, remark_text
from compliance.model.document import Document
from compliance.model.opinion import Consulted, Remark
from compliance.model.report import Report

TEXT = f"最好的，打{PHONE}"
DOCUMENT = Document(id="d", text=TEXT)
ASKED = {"model": "reader-1", "prompt": "abc", "doubts": 3, "answered": 2, "cached": 1}
CONSULTED = Consulted.model_validate({**ASKED, "requests": 1, "tokens_in": 900, "tokens_out": 50, "cost": 0.0123})


def report(remark: Remark | None, consulted: Consulted | None = CONSULTED) -> Report:
    finding = make_finding(TEXT, "最好", opinion=remark)
    return make_report(DOCUMENT, finding, exposure=finding.exposure, consulted=consulted)


@pytest.mark.parametrize(("agrees", "word"), [(True, "同意"), (False, "不同意"), (None, "看不出")])
def test_a_remark_is_one_phrase(agrees: bool | None, word: str) -> None:
    assert remark_text(Remark(agrees=agrees, reason="说的是次序")) == f"{word}：说的是次序"


def test_who_was_asked_is_one_line() -> None:
    assert consulted_text(CONSULTED) == (
        "reader-1（提示词 abc）；存疑 3 处，答复 2 处（缓存 1 处）；请求 1 次，用量 900+50，费用 0.0123 元"
    )


@pytest.mark.parametrize("format_", ["text", "html"])
def test_people_read_both(format_: str) -> None:
    shown = render(DOCUMENT, report(Remark(agrees=False, reason="说的是次序")), format_).decode()
    assert "不同意：说的是次序" in shown
    assert "reader-1（提示词 abc）" in shown
    without = render(DOCUMENT, report(None, None), format_).decode()
    assert not any(word in without for word in ("第二意见", "语言模型意见", "不同意"))


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - {"xlsx"}))
def test_a_reason_that_repeats_a_number_is_masked(format_: str) -> None:
    assert PHONE not in render(DOCUMENT, report(Remark(agrees=True, reason=f"留了{PHONE}")), format_).decode()
