"""What the sheets of the workbook share: names, rows, header style, print set-up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from compliance.export.annotate import Annotated, Line, Note
from compliance.export.cells import cell_at, put_text
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Severity

SUMMARY = "汇总"
FINDINGS = "问题明细"
LAWS = "法条依据"

# (text, fill) by severity, readable in black and white print too.
SEVERITY_COLORS = {
    Severity.CRITICAL: ("7F1D1D", "F8B4B4"),
    Severity.HIGH: ("9B1C1C", "FDE2E2"),
    Severity.MEDIUM: ("8A4B08", "FDF0CF"),
    Severity.LOW: ("1E5A6B", "DDF1F5"),
    Severity.INFO: ("3B4A5A", "EBEFF3"),
}
MONEY_FORMAT = '#,##0"元"'
LINK_FONT = Font(name="微软雅黑", size=10, color="0B57D0", underline="single")
BODY_FONT = Font(name="微软雅黑", size=10)
_HEADER_FONT = Font(name="微软雅黑", size=10, bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", start_color="1F3A5F", end_color="1F3A5F")
_THIN = Side(style="thin", color="D0D7DE")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINE_HEIGHT, _TALLEST = 15.0, 409.0  # points; the second is the format's limit
_PAPER_A3, _PAPER_A4 = 8, 9


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One document of the workbook: its unique name, itself, its report, and the two brought together."""

    name: str
    document: Document
    report: Report
    annotated: Annotated

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.annotated.notes

    def line(self, note: Note) -> Line | None:
        """The line in which the note's words begin."""
        return None if note.line is None else self.annotated.lines[note.line]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in digits (a Han takes two), and whether its cells are centred."""

    title: str
    width: float
    centred: bool = False


def column_letter(columns: Sequence[Column], title: str) -> str:
    """The letter of the column with that heading."""
    return get_column_letter([column.title for column in columns].index(title) + 1)


def write_header(sheet: Worksheet, columns: Sequence[Column], row: int) -> None:
    """Headings in `row`, widths, and everything above the first data row frozen."""
    for number, column in enumerate(columns, start=1):
        cell = cell_at(sheet, row, number)
        put_text(cell, column.title)
        cell.font, cell.fill, cell.border = _HEADER_FONT, _HEADER_FILL, _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 30


def style_body(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    """Font, border, wrapping and height of the data rows; links keep their own font."""
    for number, row in enumerate(sheet.iter_rows(min_row=first, max_row=last, max_col=len(columns)), start=first):
        for cell, column in zip(row, columns, strict=True):
            cell.border = _BORDER
            cell.alignment = Alignment(horizontal="center" if column.centred else None, vertical="top", wrap_text=True)
            cell.font = LINK_FONT if cell.hyperlink else BODY_FONT
        sheet.row_dimensions[number].height = _height(row, columns)


def _height(cells: Sequence[Cell | MergedCell], columns: Sequence[Column]) -> float:
    """Points that the fullest cell needs: not every spreadsheet fits rows to wrapped text when it opens a file."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        if isinstance(cell.value, str) and cell.data_type != "f":
            lines = max(lines, sum(ceil(cell_len(part) / (column.width - 1)) or 1 for part in cell.value.split("\n")))
    return min(_TALLEST, lines * _LINE_HEIGHT + 5)


def set_up_print(sheet: Worksheet, header_row: int, *, wide: bool = False) -> None:
    """Landscape, one page wide (A3 for wide sheets, else A4), header repeated, page numbers at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A3 if wide else _PAPER_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if footer := sheet.oddFooter:
        footer.left.text, footer.right.text = "&A", "第 &P 页，共 &N 页"


def color_rule(formula: str, *, text: str | None = None, fill: str | None = None, bold: bool = False) -> Rule:
    """Conditional format: cells for which `formula` holds get these colours (RRGGBB) and weight."""
    pattern = PatternFill("solid", start_color=fill, end_color=fill) if fill else None
    style = DifferentialStyle(font=Font(color=text, bold=bold or None), fill=pattern)
    return Rule(type="expression", dxf=style, formula=[formula])


def safe_criterion(name: str) -> str:
    """A document name that COUNTIF compares literally: its wildcards and leading operators made full-width."""
    name = name.translate(str.maketrans("*?~", "＊？～"))
    return re.sub(r"^[=<>]+", lambda found: found[0].translate(str.maketrans("=<>", "＝＜＞")), name)
