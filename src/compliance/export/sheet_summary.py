"""The sheet 汇总: one row a document; its counts are formulas over 问题明细, so they follow the work done there."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from compliance.export.bases import standing_text
from compliance.export.cells import cell_at, link_inside, put_formula, put_text
from compliance.export.money import exposure_range
from compliance.export.opinions import consulted_text
from compliance.export.sheet_findings import STATUSES
from compliance.export.sheet_findings import letter as finding_letter
from compliance.export.sheets import (
    FINDINGS,
    MONEY_FORMAT,
    Column,
    Sheaf,
    color_rule,
    column_letter,
    set_up_print,
    style_body,
    write_header,
)
from compliance.model.labels import CATEGORY_LABELS, OUTCOME_LABELS, SEVERITY_LABELS, SOURCE_LABELS, VERDICT_LABELS
from compliance.model.vocabulary import Outcome, Severity, Verdict

_SEVERITIES = tuple(reversed(Severity))
_COLUMNS = (
    Column("序号", 7, centred=True),
    Column("文件", 30),
    Column("来源", 11, centred=True),
    Column("品类", 11, centred=True),
    Column("结论", 13, centred=True),
    Column("风险分", 9, centred=True),
    Column("处罚区间下限", 14),
    Column("处罚区间上限", 14),
    Column("处罚区间", 24),
    Column("问题数", 9, centred=True),
    *(Column(SEVERITY_LABELS[severity], 7, centred=True) for severity in _SEVERITIES),
    Column("待补", 7, centred=True),
    Column("待处理", 9, centred=True),
    Column("未能判定", 10, centred=True),
    Column("性质", 40),
    Column("第二意见", 30),
    Column("规则版本", 24),
    Column("法律截至", 13, centred=True),
)
_HEADER_ROW = 5
FIRST_ROW = _HEADER_ROW + 1
_VERDICT_FILLS = {Verdict.PASS: "D5EFDD", Verdict.REVISE: "FDF0CF", Verdict.BLOCK: "F8B4B4"}


def write_summary(sheet: Worksheet, sheaves: Sequence[Sheaf], *, finding_rows: Sequence[int]) -> None:
    """Fill the sheet; `finding_rows` gives the first row of each document in 问题明细."""
    write_header(sheet, _COLUMNS, _HEADER_ROW)
    for i, (sheaf, target) in enumerate(zip(sheaves, finding_rows, strict=True)):
        row = FIRST_ROW + i
        sheet.cell(row, 1, i + 1)
        _write_texts(sheet, row, sheaf)
        _write_numbers(sheet, row, sheaf)
        if sheaf.notes:
            for title in ("文件", "问题数"):
                link_inside(sheet[f"{_letter(title)}{row}"], FINDINGS, f"A{target}")
    last = FIRST_ROW + len(sheaves) - 1
    style_body(sheet, _COLUMNS, FIRST_ROW, last)
    _write_totals(sheet, last)
    sheet.freeze_panes = f"{_letter('来源')}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{_letter('法律截至')}{max(_HEADER_ROW, last)}"
    _add_colors(sheet, max(FIRST_ROW, last))
    set_up_print(sheet, _HEADER_ROW)


def _letter(title: str) -> str:
    return column_letter(_COLUMNS, title)


def _write_texts(sheet: Worksheet, row: int, sheaf: Sheaf) -> None:
    report = sheaf.report
    texts = {
        "文件": sheaf.name,
        "来源": SOURCE_LABELS[report.source],
        "品类": CATEGORY_LABELS[report.category] if report.category else "未指定",
        "结论": VERDICT_LABELS[report.verdict],
        "处罚区间": exposure_range(report.exposure, nothing="—" if not report.findings else "法条未定金额"),
        "性质": standing_text(report.standing) if report.standing else "",
        "第二意见": consulted_text(report.consulted) if report.consulted else "",
        "规则版本": report.release,
    }
    for title, text in texts.items():
        put_text(sheet[f"{_letter(title)}{row}"], text)


def _write_numbers(sheet: Worksheet, row: int, sheaf: Sheaf) -> None:
    report = sheaf.report
    sheet[f"{_letter('风险分')}{row}"] = report.score
    sheet[f"{_letter('法律截至')}{row}"] = report.as_of
    sheet[f"{_letter('法律截至')}{row}"].number_format = "yyyy-mm-dd"
    for title, bound in (("处罚区间下限", report.exposure.min), ("处罚区间上限", report.exposure.max)):
        sheet[f"{_letter(title)}{row}"] = bound
        sheet[f"{_letter(title)}{row}"].number_format = MONEY_FORMAT
    sheet[f"{_letter('未能判定')}{row}"] = len(report.degraded)
    this = f"{_area('文件')},$B{row}"
    put_formula(sheet[f"{_letter('问题数')}{row}"], f"=COUNTIF({this})")
    for severity in _SEVERITIES:
        title = SEVERITY_LABELS[severity]
        put_formula(sheet[f"{_letter(title)}{row}"], f'=COUNTIFS({this},{_area("严重度")},"{title}")')
    asks = OUTCOME_LABELS[Outcome.ASKS]
    put_formula(sheet[f"{_letter('待补')}{row}"], f'=COUNTIFS({this},{_area("处置")},"{asks}")')
    put_formula(sheet[f"{_letter('待处理')}{row}"], f'=COUNTIFS({this},{_area("处理状态")},"{STATUSES[0]}")')


def _area(title: str) -> str:
    # Whole columns, so that rows which legal adds by hand are counted as well.
    column = finding_letter(title)
    return f"'{FINDINGS}'!${column}:${column}"


def _write_totals(sheet: Worksheet, last: int) -> None:
    put_text(sheet["A1"], "直播话术合规审查汇总")
    sheet["A1"].font = Font(name="微软雅黑", size=16, bold=True, color="1F3A5F")
    sheet.row_dimensions[1].height = 28
    severity, number = _area("严重度"), finding_letter("序号")
    totals = [
        ("文件", f"=COUNTA($B${FIRST_ROW}:$B${max(FIRST_ROW, last)})"),
        ("问题", f"=COUNT('{FINDINGS}'!${number}:${number})"),
        *((SEVERITY_LABELS[s], f'=COUNTIF({severity},"{SEVERITY_LABELS[s]}")') for s in _SEVERITIES),
        *((status, f'=COUNTIF({_area("处理状态")},"{status}")') for status in STATUSES),
    ]
    labels = "、".join(label for label, _ in totals)
    for column, (label, formula) in enumerate(totals, start=2):
        put_text(cell_at(sheet, 2, column), label)
        put_formula(cell_at(sheet, 3, column), formula)
        sheet.cell(2, column).font = Font(name="微软雅黑", size=10, color="57606A")
        sheet.cell(3, column).font = Font(name="微软雅黑", size=12, bold=True)
        for row in (2, 3):
            sheet.cell(row, column).alignment = Alignment(horizontal="center", vertical="center")
    put_text(sheet["A4"], f"{labels}等数字均为公式，随“{FINDINGS}”的处理状态更新。供内部合规审查使用，不构成法律意见。")
    sheet["A4"].font = Font(name="微软雅黑", size=9, color="57606A")


def _add_colors(sheet: Worksheet, last: int) -> None:
    column = _letter("结论")
    for verdict, fill in _VERDICT_FILLS.items():
        rule = color_rule(f'${column}{FIRST_ROW}="{VERDICT_LABELS[verdict]}"', fill=fill, bold=True)
        sheet.conditional_formatting.add(f"{column}{FIRST_ROW}:{column}{last}", rule)
