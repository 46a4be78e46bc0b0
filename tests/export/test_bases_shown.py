"""The two bases of a finding in the ways out."""

import io
import json
from typing import Any

import pytest
from export_samples import AD_LAW_9, AD_PENALTY, make_finding, make_report
from openpyxl import load_workbook

from compliance.export import FORMATS, render
from compliance.export.bases import finding_risk, other_basis_text, standing_text
from compliance.model.document import Document
from compliance.model.law import LawRef
from compliance.model.report import Basis, Exposure, Report, Standing
from compliance.model.vocabulary import Character

AD, PUBLICITY = Character.ADVERTISEMENT, Character.PUBLICITY
TEXT = "这是最好的"
DOCUMENT = Document(id="d", text=TEXT)
FALSE = LawRef(name="反不正当竞争法", article="第九条第一款", summary="不得作虚假宣传")
FINE = Exposure(min=0, max=1_000_000, basis=("反不正当竞争法 第二十五条第一款：虚假宣传",))
AS_PUBLICITY = Basis(character=PUBLICITY, law=(FALSE,), exposure=FINE, when="引人误解")
STANDING = Standing(character=AD, assumed=True, reason="没有说明主播.身份，先按商业广告计", other=FINE)


def report(standing: Standing | None = STANDING, **fields: Any) -> Report:
    finding = make_finding(TEXT, "最好", **{"basis": AD, "other_basis": AS_PUBLICITY, **fields})
    return make_report(DOCUMENT, finding, exposure=finding.exposure, standing=standing)


def test_the_other_basis_is_one_phrase() -> None:
    assert other_basis_text(AS_PUBLICITY) == "若属商业宣传：不超过 100万元，反不正当竞争法 第九条第一款。条件：引人误解"
    assert other_basis_text(Basis(character=PUBLICITY)) == "若属商业宣传：没有相当的罚款"
    as_ad = Basis(character=AD, law=(AD_LAW_9,), exposure=AD_PENALTY)
    assert other_basis_text(as_ad) == "若属商业广告：20万–100万元，广告法 第九条第三项"


def test_an_assumption_is_called_one() -> None:
    assert standing_text(STANDING) == (
        "按商业广告计（推定）：没有说明主播.身份，先按商业广告计。若属商业宣传：不超过 100万元"
    )
    sure = Standing(character=PUBLICITY, assumed=False, reason="已经确认")
    assert standing_text(sure) == "按商业宣传计：已经确认。若属商业广告：没有相当的罚款"


def test_no_fine_is_said_to_be_none() -> None:
    (finding,) = report(basis=PUBLICITY, exposure=Exposure()).findings
    assert finding_risk(finding) == "按商业宣传计，没有相当的罚款"
    (finding,) = report(basis=None).findings
    assert finding_risk(finding) == "20万–100万元"


def test_html_has_both_and_why() -> None:
    page = render(DOCUMENT, report(), "html").decode()
    assert other_basis_text(AS_PUBLICITY) in page
    assert standing_text(STANDING) in page


def test_the_terminal_has_the_assumption() -> None:
    shown = "".join(line.strip("│ ") for line in render(DOCUMENT, report(), "text").decode().splitlines())
    assert standing_text(STANDING) in shown


@pytest.mark.parametrize("format_", ["text", "html"])
def test_a_condition_is_shown_where_the_law_has_one(format_: str) -> None:
    given = report(basis=PUBLICITY, law=(FALSE,), exposure=FINE, condition="足以引人误解")
    assert "足以引人误解" in render(DOCUMENT, given, format_).decode()


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_what_depends_on_nothing_is_shown_as_ever(format_: str) -> None:
    assert render(DOCUMENT, report(None, basis=None, other_basis=None), format_)


def test_a_workbook_has_them_in_its_sheets() -> None:
    book = load_workbook(io.BytesIO(render(DOCUMENT, report(), "xlsx")))
    shown = {sheet.title: [str(cell.value) for row in sheet.iter_rows() for cell in row] for sheet in book}
    assert standing_text(STANDING) in shown["汇总"]
    assert any(other_basis_text(AS_PUBLICITY) in text for text in shown["问题明细"])


def test_sarif_has_them_as_properties() -> None:
    (run,) = json.loads(render(DOCUMENT, report(), "sarif"))["runs"]
    properties = run["results"][0]["properties"]
    assert (properties["basis"], properties["otherBasis"]["when"]) == ("advertisement", "引人误解")


def test_programs_read_all_of_it() -> None:
    shown = json.loads(render(DOCUMENT, report(), "json"))
    assert shown["standing"]["character"] == "advertisement"
    assert shown["standing"]["assumed"] is True
    (finding,) = shown["findings"]
    assert finding["basis"] == "advertisement"
    assert finding["other_basis"]["law"][0]["article"] == "第九条第一款"
    assert finding["other_basis"]["exposure"]["max"] == 1_000_000
