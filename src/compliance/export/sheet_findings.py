"""The sheet 问题明细: one row a finding, to be worked through with a status and a note."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from compliance.export.annotate import Note, context, place_label, seconds_of
from compliance.export.bases import finding_risk, other_basis_text
from compliance.export.cells import cell_at, link_inside, put_marked, put_text
from compliance.export.grounds import precedent_text
from compliance.export.money import exposure_details
from compliance.export.opinions import remark_text
from compliance.export.rewriting import rewriting
from compliance.export.sheet_laws import citation
from compliance.export.sheets import (
    LAWS,
    MONEY_FORMAT,
    SEVERITY_COLORS,
    SUMMARY,
    Column,
    Sheaf,
    color_rule,
    column_letter,
    set_up_print,
    style_body,
    write_header,
)
from compliance.model.labels import (
    ACTION_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    SEEN_AS_LABELS,
    SEVERITY_LABELS,
    SOURCE_LABELS,
)
from compliance.model.report import Finding
from compliance.model.vocabulary import Outcome, Severity

COLUMNS = (
    Column("序号", 7, centred=True),
    Column("文件", 20),
    Column("来源", 10, centred=True),
    Column("位置", 16),
    Column("时间", 10, centred=True),
    Column("原文", 46),
    Column("命中", 18),
    Column("类型", 15),
    Column("严重度", 9, centred=True),
    Column("处置", 9, centred=True),
    Column("规则", 14),
    Column("规则名称", 24),
    Column("法条", 28),
    Column("处罚区间下限", 14),
    Column("处罚区间上限", 14),
    Column("依据", 30),
    Column("建议改写", 36),
    Column("改写", 36),
    Column("说明", 44),
    Column("识别方式", 13, centred=True),
    Column("置信度", 9, centred=True),
    Column("处理状态", 11, centred=True),
    Column("处理说明", 28),
)
FIRST_ROW = 2
STATUSES = ("待处理", "已修改", "豁免", "误报")
_TIME_FORMAT = "[h]:mm:ss"
_LONGEST_HIT = 1_000

letter = partial(column_letter, COLUMNS)


def write_findings(
    sheet: Worksheet, sheaves: Sequence[Sheaf], *, law_rows: Mapping[str, int], summary_rows: Sequence[int]
) -> None:
    """Fill the sheet; `law_rows` maps a citation to its row in 法条依据, `summary_rows` are those of 汇总."""
    write_header(sheet, COLUMNS, 1)
    row = FIRST_ROW
    for sheaf, summary_row in zip(sheaves, summary_rows, strict=True):
        for note in sheaf.notes:
            _write_row(sheet, row, sheaf, note)
            link_inside(sheet[f"{letter('文件')}{row}"], SUMMARY, f"A{summary_row}")
            if note.finding.law:
                target = law_rows[citation(note.finding.law[0])]
                link_inside(sheet[f"{letter('法条')}{row}"], LAWS, f"A{target}")
            row += 1
    last = row - 1
    style_body(sheet, COLUMNS, FIRST_ROW, last)
    sheet.freeze_panes = f"{letter('来源')}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A1:{letter('处理说明')}{max(1, last)}"
    _add_status_choice(sheet, max(FIRST_ROW, last))
    _add_colors(sheet, max(FIRST_ROW, last))
    set_up_print(sheet, 1, wide=True)


def _write_row(sheet: Worksheet, row: int, sheaf: Sheaf, note: Note) -> None:
    finding = note.finding

    def cell(title: str) -> Cell:
        return cell_at(sheet, f"{letter(title)}{row}")

    cell("序号").value = row - FIRST_ROW + 1
    for title, text in _texts(sheaf, note).items():
        put_text(cell(title), text)
    if note.line is not None:
        color = SEVERITY_COLORS[finding.severity][0]
        put_marked(cell("原文"), *_passage(sheaf.document.text, finding), color)
    if (seconds := seconds_of(note, sheaf.line(note))) is not None:
        cell("时间").value = timedelta(seconds=round(seconds))
        cell("时间").number_format = _TIME_FORMAT
    for title, bound in (("处罚区间下限", finding.exposure.min), ("处罚区间上限", finding.exposure.max)):
        cell(title).value = bound
        cell(title).number_format = MONEY_FORMAT
    cell("置信度").value = finding.confidence
    cell("置信度").number_format = "0.00"


def _texts(sheaf: Sheaf, note: Note) -> dict[str, str]:
    finding = note.finding
    asks = finding.outcome is Outcome.ASKS
    opinion = f"语言模型意见：{remark_text(finding.opinion)}" if finding.opinion else ""
    near = "；".join(map(precedent_text, finding.grounds.nearest)) if finding.grounds else ""
    like = f"相近的语料：{near}" if near else ""
    explained = (
        finding.message,
        finding.explanation,
        like,
        opinion,
        *(f"待补：{question}" for question in finding.questions),
    )
    return {
        "文件": sheaf.name,
        "来源": SOURCE_LABELS[sheaf.report.source],
        "位置": place_label(note, sheaf.line(note)),
        "命中": finding.text,
        "类型": KIND_LABELS[finding.kind],
        "严重度": SEVERITY_LABELS[finding.severity],
        "处置": OUTCOME_LABELS[Outcome.ASKS] if asks else ACTION_LABELS[finding.action],
        "规则": finding.rule,
        "规则名称": finding.title,
        "法条": "\n".join(citation(law) for law in finding.law),
        "依据": "\n".join(_basis(finding)),
        "建议改写": finding.suggestion,
        "改写": rewriting(finding, sheaf.document.text),
        "说明": "\n".join(text for text in explained if text),
        "识别方式": SEEN_AS_LABELS[finding.seen_as],
        "处理状态": STATUSES[0],
    }


def _passage(text: str, finding: Finding) -> tuple[str, str, str]:
    before, hit, after = context(text, finding.start, finding.end)
    return before, hit if len(hit) <= _LONGEST_HIT else f"{hit[:_LONGEST_HIT]}…", after


def _basis(finding: Finding) -> tuple[str, ...]:
    # The two number columns are empty when the article sets no amount; this column says so.
    exposure = finding.exposure
    unnumbered = exposure.min is None and exposure.max is None
    condition = (f"条件：{finding.condition}",) if finding.condition else ()
    other = (other_basis_text(finding.other_basis),) if finding.other_basis is not None else ()
    return (*((finding_risk(finding),) if unnumbered else ()), *exposure_details(exposure), *condition, *other)


def _add_status_choice(sheet: Worksheet, last: int) -> None:
    choice = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=False)
    choice.errorTitle, choice.error = "处理状态", f"请从下拉列表中选择：{'、'.join(STATUSES)}"
    choice.showErrorMessage = True
    choice.add(f"{letter('处理状态')}{FIRST_ROW}:{letter('处理状态')}{last}")
    sheet.add_data_validation(choice)


def _add_colors(sheet: Worksheet, last: int) -> None:
    column, status = letter("严重度"), letter("处理状态")
    for severity in Severity:
        text, fill = SEVERITY_COLORS[severity]
        rule = color_rule(f'${column}{FIRST_ROW}="{SEVERITY_LABELS[severity]}"', text=text, fill=fill, bold=True)
        sheet.conditional_formatting.add(f"{column}{FIRST_ROW}:{column}{last}", rule)
    done = color_rule(f'AND(${status}{FIRST_ROW}<>"{STATUSES[0]}",${status}{FIRST_ROW}<>"")', text="8C959F")
    sheet.conditional_formatting.add(f"A{FIRST_ROW}:{letter('处理说明')}{last}", done)
