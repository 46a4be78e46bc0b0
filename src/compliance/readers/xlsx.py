"""Excel workbooks: the cells of the column that holds the words, with time, speaker and product of their rows."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from compliance.model.document import Place, Segment
from compliance.model.errors import ReadError
from compliance.readers.choice import Choice
from compliance.readers.limits import Limits
from compliance.readers.package import check_package, too_many_cells
from compliance.readers.sheet_columns import Columns, Row, find_columns, headers
from compliance.readers.spoken_time import parse_spoken_time

_LAST_ROW = 1_048_576  # of any worksheet
_PADDING = 20  # empty cells that openpyxl may fill in for each cell allowed
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, limits: Limits, choice: Choice) -> Iterator[Segment]:
    """A segment for each cell of the words column, row by row, in every sheet that has text (or in the chosen one).

    Raises:
        ReadError: no such sheet or column, a formula without a stored result, or too many cells.
    """
    column, sheet = choice
    contents = check_package(data, limits, streamed=("xl/worksheets/", "xl/sharedstrings"))
    with warnings.catch_warnings():
        # openpyxl warns of features that it would lose on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        tables = _tables(data, limits, sheet, values=True)
        chosen = {title: find_columns(rows, column) for title, rows in tables.items()}
        if column is not None and not any(chosen.values()):
            raise _no_column(column, tables)
        if contents.formulas:
            _refuse_uncalculated(_tables(data, limits, sheet, values=False), tables, chosen)
    for title, rows in tables.items():
        columns = chosen[title]
        if columns is not None:
            yield from _sheet(title, rows, columns)


def _tables(data: bytes, limits: Limits, sheet: str | None, *, values: bool) -> dict[str, list[Row]]:
    """The cells of the wanted sheets; with `values` the stored results of formulas, without it the formulas."""
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        sheets = {worksheet.title: worksheet for worksheet in workbook.worksheets}
        if not sheets:
            raise ReadError("工作簿里没有工作表", remedy="请用 Excel 打开，确认无误后重新保存")
        if sheet is not None:
            if sheet not in sheets:
                names = "、".join(f"“{name}”" for name in sheets)
                raise ReadError(f"没有名为“{sheet}”的工作表", remedy=f"请从这些里选：{names}")
            sheets = {sheet: sheets[sheet]}
        tables, left = {}, limits.max_cells
        for title, worksheet in sheets.items():
            tables[title], used = _rows(worksheet, limits, left)
            left -= used
        return tables
    finally:
        workbook.close()


def _rows(worksheet: Any, limits: Limits, left: int) -> tuple[list[Row], int]:
    """Rows with content, and how many cells were read."""
    # The stored dimensions may lie, and openpyxl would make up every cell inside them.
    worksheet.reset_dimensions()
    rows: list[Row] = []
    used = padded = 0
    for number, cells in enumerate(worksheet.iter_rows(values_only=True), start=1):
        padded += len(cells)
        present = {column: value for column, value in enumerate(cells, start=1) if value not in (None, "")}
        used += len(present)
        if number > _LAST_ROW or used >= left or padded > limits.max_cells * _PADDING:
            raise too_many_cells(limits, place=f"工作表“{worksheet.title}”第{number}行")
        if present:
            rows.append((number, present))
    return rows, used


def _refuse_uncalculated(
    formulas: dict[str, list[Row]], tables: dict[str, list[Row]], chosen: dict[str, Columns | None]
) -> None:
    """A formula without a stored result would be read as an empty cell: say so instead."""
    for title, rows in formulas.items():
        columns = chosen[title] or find_columns(rows)
        known = dict(tables[title])
        if columns is None:
            continue
        for number, cells in rows:
            for column in columns.words:
                value = cells.get(column)
                if value is not None and column not in known.get(number, {}) and number > columns.header:
                    raise ReadError(
                        "公式没有保存计算结果",
                        place=_label(title, number, column),
                        remedy="请用 Excel 打开并保存后重试，或把公式粘贴为值",
                    )


def _no_column(column: str, tables: dict[str, list[Row]]) -> ReadError:
    known = list(dict.fromkeys(name for rows in tables.values() for name in headers(rows) if len(name) <= 20))[:12]
    remedy = f"请写列号（如 C）或表头，现有表头：{'、'.join(known)}" if known else "请写列号（如 C）或表头"
    return ReadError(f"没有找到列“{column}”", remedy=remedy)


def _sheet(title: str, rows: list[Row], columns: Columns) -> Iterator[Segment]:
    for number, cells in rows:
        if number <= columns.header:
            continue
        start, end = parse_spoken_time(cells.get(columns.start or 0))
        if columns.end is not None:
            end = parse_spoken_time(cells.get(columns.end))[0]
            end = end if end is not None and start is not None and end >= start else None
        for column in columns.words:
            if column in cells:
                yield Segment(
                    text=_text(cells[column]),
                    t_start=start,
                    t_end=end,
                    speaker=_name(cells.get(columns.speaker or 0)),
                    product=_name(cells.get(columns.product or 0)),
                    place=Place(
                        label=_label(title, number, column),
                        sheet=title,
                        cell=f"{get_column_letter(column)}{number}",
                        row=number,
                        column=column,
                    ),
                )


def _label(title: str, row: int, column: int) -> str:
    return f"工作表“{title}”{get_column_letter(column)}{row}"


def _text(value: object) -> str:
    match value:
        case str():
            # Excel writes characters that XML cannot hold as _xHHHH_.
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case datetime() | date() | time() | timedelta():
            return str(value)
        case _:
            return str(value)


def _name(value: object) -> str | None:
    return None if value is None else _text(value).strip() or None
