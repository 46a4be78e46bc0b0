"""Lexicons → an Excel workbook that legal can edit: one sheet of lexicons, one of terms."""

import io
import re
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from compliance.export.cells import cell_at, put_text
from compliance.export.printable import printable
from compliance.lexicon.columns import LEXICON_FIELDS, LEXICONS, TERM_FIELDS, TERMS, Field, shown
from compliance.lexicon.written import WrittenLexicon
from compliance.model.errors import ComplianceError

_LONGEST = 32_767  # UTF-16 units of a cell
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")  # Excel reads it as a character


def to_workbook(lexicons: Iterable[WrittenLexicon]) -> bytes:
    """An .xlsx file. Raises ComplianceError for text that a cell cannot hold as it is."""
    lexicons = tuple(lexicons)
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    _fill(book.create_sheet(LEXICONS), LEXICON_FIELDS, map(_lexicon_row, lexicons))
    _fill(book.create_sheet(TERMS), TERM_FIELDS, (row for each in lexicons for row in _term_rows(each)))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lexicon_row(lexicon: WrittenLexicon) -> dict[str, object]:
    return {"group": lexicon.group, "path": lexicon.path, **lexicon.fields}


def _term_rows(lexicon: WrittenLexicon) -> Iterator[dict[str, object]]:
    for term in lexicon.terms:
        yield {"group": lexicon.group, "text": term.text, **term.fields}


def _fill(sheet: Worksheet, fields: tuple[Field, ...], rows: Iterable[dict[str, object]]) -> None:
    for number, field in enumerate(fields, start=1):
        cell = cell_at(sheet, 1, number)
        put_text(cell, field.heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = field.width
    sheet.freeze_panes = "C2"
    for row_number, row in enumerate(rows, start=2):
        for number, field in enumerate(fields, start=1):
            cell = cell_at(sheet, row_number, number)
            cell.number_format = "@"  # text, so that Excel makes no number or date of what is typed
            cell.alignment = Alignment(vertical="top", wrap_text=field.form == "list")
            text = shown(field, row.get(field.name))
            if text:
                _check(text, field, row)
                put_text(cell, text)
    sheet.auto_filter.ref = sheet.dimensions


def _check(text: str, field: Field, row: dict[str, object]) -> None:
    value = row.get(field.name)
    lines = value if isinstance(value, tuple) else (text,)
    unfit = printable(text) != text or _ESCAPE.search(text) or any("\n" in str(line) for line in lines)
    if unfit or len(text.encode("utf-16-le")) > 2 * _LONGEST:
        place = f"词库「{row['group']}」" + (f"的词「{printable(str(row['text']))[:20]}」" if "text" in row else "")
        remedy = "先在词库文件里去掉换行、控制字符，或拆短"
        raise ComplianceError(f"“{field.heading}”的文字放不进 Excel 的单元格", place=place, remedy=remedy)
