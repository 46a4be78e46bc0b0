"""The sheet 法条依据: every article that a finding cites, once, with its address and how often it is cited."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from compliance.export.cells import cell_at, link_inside, put_formula, put_text
from compliance.export.links import web_link
from compliance.export.sheets import FINDINGS, Column, Sheaf, set_up_print, style_body, write_header
from compliance.model.law import LawRef

_COLUMNS = (
    Column("序号", 7, centred=True),
    Column("法律法规", 30),
    Column("条款", 20),
    Column("内容摘要", 62),
    Column("引用次数", 11, centred=True),
    Column("首个问题", 11, centred=True),
    Column("原文链接", 48),
)
_FIRST = 2


def citation(law: LawRef) -> str:
    """How an article is cited in 问题明细: “广告法 第九条第三项”."""
    return f"{law.name} {law.article}"


def law_rows(sheaves: Sequence[Sheaf]) -> dict[str, int]:
    """The row of 法条依据 in which each citation stands, in order of law and first use."""
    return {name: row for row, name in enumerate(_laws(sheaves), start=_FIRST)}


def write_laws(sheet: Worksheet, sheaves: Sequence[Sheaf], *, cited_in: str, first_row: int, last_row: int) -> None:
    """Fill the sheet; `cited_in` is the letter of 问题明细's 法条 column, whose rows are the findings in order."""
    write_header(sheet, _COLUMNS, 1)
    first_use: dict[str, int] = {}
    findings = (note.finding for sheaf in sheaves for note in sheaf.notes)
    for row, finding in enumerate(findings, start=first_row):
        for law in finding.law:
            first_use.setdefault(citation(law), row)
    area = f"'{FINDINGS}'!${cited_in}${first_row}:${cited_in}${max(first_row, last_row)}"
    for row, (name, law) in enumerate(_laws(sheaves).items(), start=_FIRST):
        sheet.cell(row, 1, row - _FIRST + 1)
        for column, text in ((2, law.name), (3, law.article), (4, law.summary)):
            put_text(cell_at(sheet, row, column), text)
        # Line feeds on both sides, or 第九条 would be found inside 第九条第三项.
        key = f'CHAR(10)&B{row}&" "&C{row}&CHAR(10)'
        put_formula(cell_at(sheet, row, 5), f"=SUMPRODUCT(--ISNUMBER(FIND({key},CHAR(10)&{area}&CHAR(10))))")
        put_text(cell_at(sheet, row, 6), "查看")
        link_inside(cell_at(sheet, row, 6), FINDINGS, f"A{first_use[name]}")
        if link := web_link(law.url):
            put_text(cell_at(sheet, row, 7), link)
            sheet.cell(row, 7).hyperlink = link
    last = max(1, sheet.max_row)
    style_body(sheet, _COLUMNS, _FIRST, last)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{last}"
    set_up_print(sheet, 1)


def _laws(sheaves: Sequence[Sheaf]) -> dict[str, LawRef]:
    """Citation → the fullest reference to it, laws together in the order in which they first appear."""
    found: dict[str, LawRef] = {}
    names: dict[str, int] = {}
    for law in (law for sheaf in sheaves for note in sheaf.notes for law in note.finding.law):
        names.setdefault(law.name, len(names))
        known = found.get(citation(law))
        if known is None or (bool(law.summary), bool(law.url)) > (bool(known.summary), bool(known.url)):
            found[citation(law)] = law
    return dict(sorted(found.items(), key=lambda item: names[item[1].name]))
