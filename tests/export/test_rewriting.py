"""How a finding's rewrite is told: to people in a line, to editors as an edit."""

import io
import json

import pytest
from export_samples import make_finding, make_report
from openpyxl import load_workbook
from rich.console import Console

from compliance.export import print_report, render
from compliance.export.rewriting import rewriting
from compliance.model.document import Document
from compliance.model.report import Finding, Rewrite
from compliance.model.vocabulary import Change

TEXT = "大家好。这是最好的面霜，电话13652178904。快来拍。"
DOCUMENT = Document(id="d", text=TEXT)


def finding(change: Change, start: int = 4, end: int = 26, text: str = "") -> Finding:
    return make_finding(TEXT, "最好", rewrite=Rewrite(change=change, start=start, end=end, text=text))


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (finding(Change.REPLACE, 6, 8, "不错"), "「最好」换成「不错」"),
        (finding(Change.DELETE), "删去「这是最好的面霜，电话13652178904。」"),
        (finding(Change.ADD, 26, 26, "以详情页为准。"), "补上「以详情页为准。」"),
        (finding(Change.NONE, 6, 8), ""),
        (make_finding(TEXT, "最好"), ""),
    ],
)
def test_one_line_for_people(told: Finding, wanted: str) -> None:
    assert rewriting(told, TEXT) == wanted


def test_long_words_are_cut() -> None:
    text = "甲" * 200
    told = make_finding(text, "甲", rewrite=Rewrite(change=Change.DELETE, start=0, end=200))
    assert rewriting(told, text) == f"删去「{'甲' * 60}…」"


@pytest.mark.parametrize("form", ["html", "xlsx", "json", "sarif"])
def test_every_form_tells_it_with_personal_information_masked(form: str) -> None:
    told = finding(Change.REPLACE, text="联系13652178904")
    data = render(DOCUMENT, make_report(DOCUMENT, told), form)  # type: ignore[arg-type]
    if form == "xlsx":
        cells = [cell.value for row in load_workbook(io.BytesIO(data))["问题明细"] for cell in row]
        text = " ".join(map(str, cells))
    else:
        text = data.decode()
    assert "联系136****8904" in text
    assert "13652178904" not in text


def test_the_terminal_tells_it_when_asked_for_more() -> None:
    report = make_report(DOCUMENT, finding(Change.REPLACE, 6, 8, "不错"))
    shown = []
    for verbose in (False, True):
        console = Console(file=io.StringIO(), width=100)
        print_report(console, DOCUMENT, report, verbose=verbose)
        shown.append(console.file.getvalue())  # type: ignore[attr-defined]
    assert "改写" not in shown[0]
    assert "改写  「最好」换成「不错」" in shown[1]


def test_sarif_carries_an_edit_or_none() -> None:
    report = make_report(DOCUMENT, finding(Change.REPLACE, 6, 8, "不错"), finding(Change.NONE, 6, 8))
    results = json.loads(render(DOCUMENT, report, "sarif"))["runs"][0]["results"]
    fixed, hopeless = sorted(results, key=lambda result: "fixes" not in result)
    (change,) = fixed["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": {"charOffset": 6, "charLength": 2}, "insertedContent": {"text": "不错"}}
    ]
    assert "fixes" not in hopeless
