"""The grounds of a learned finding in the ways out, with nothing personal in them."""

import io
import json

import pytest
from export_samples import PHONE, make_finding
from openpyxl import load_workbook

from compliance.export import FORMATS, render
from compliance.export.grounds import precedent_text, weighed_text
from compliance.model.document import Document
from compliance.model.report import Grounds, Precedent, Report, Weighed
from compliance.model.vocabulary import Kind, SeenAs, Source, Verdict

TEXT = f"别家没法比，打{PHONE}"
LIKE = Precedent(id="x-1", kind=Kind.ABSOLUTE_CLAIM, text=f"没人比得过，找{PHONE}", likeness=0.4)
PART = PHONE[3:7]
GROUNDS = Grounds(
    words=(Weighed(start=2, end=5, share=0.61), Weighed(start=10, end=14, share=0.2)),
    nearest=(LIKE, LIKE.model_copy(update={"id": "x-2", "text": "长" * 60, "likeness": 0.1})),
)
DOCUMENT = Document(id="d", text=TEXT)


def report() -> Report:
    finding = make_finding(
        TEXT, TEXT, seen_as=SeenAs.SEMANTIC, grounds=GROUNDS, explanation=f"分量最重的是「没法比」、「{PART}」"
    )
    return Report(
        id="d",
        source=Source.SCRIPT,
        category=None,
        verdict=Verdict.REVISE,
        score=30.0,
        release="r",
        as_of="2026-11-01",  # type: ignore[arg-type]
        findings=(finding,),
        exposure=finding.exposure,
    )


def test_what_weighed_is_one_phrase() -> None:
    assert TEXT[10:14] == PART
    assert weighed_text(report().findings[0]) == f"「没法比」61%、「{PART}」20%"
    assert weighed_text(report().findings[0].model_copy(update={"grounds": None})) == ""


def test_a_long_precedent_is_cut() -> None:
    assert precedent_text(GROUNDS.nearest[1]) == f"「{'长' * 40}…」（语料 x-2，相近 0.10）"


@pytest.mark.parametrize("format_", ["text", "html"])
def test_people_read_what_it_is_like(format_: str) -> None:
    shown = render(DOCUMENT, report(), format_).decode()
    assert "「没法比」61%" in shown
    assert "语料 x-1，相近 0.40" in "".join(line.strip() for line in shown.splitlines())


def test_a_workbook_says_it_in_the_explanation() -> None:
    sheet = load_workbook(io.BytesIO(render(DOCUMENT, report(), "xlsx")))["问题明细"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any("相近的语料：" in text and "语料 x-1，相近 0.40" in text for text in texts)
    assert not any(PHONE in text for text in texts)


def test_programs_read_all_of_it() -> None:
    (finding,) = json.loads(render(DOCUMENT, report(), "json"))["findings"]
    assert finding["grounds"]["words"][0] == {"start": 2, "end": 5, "share": 0.61}
    assert [each["id"] for each in finding["grounds"]["nearest"]] == ["x-1", "x-2"]


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - {"xlsx"}))
def test_neither_a_number_nor_the_middle_of_one_leaves(format_: str) -> None:
    shown = render(DOCUMENT, report(), format_).decode()
    assert PHONE not in shown
    assert f"「{PART}」" not in shown
