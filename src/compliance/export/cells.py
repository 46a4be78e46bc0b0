"""Writing one spreadsheet cell: user text stays text, whatever it begins with and however long it is."""

from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from compliance.export.printable import printable

_LONGEST = 32_767  # UTF-16 units that a cell holds
_CUT = "……（超出单元格上限，已截断）"
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cell_at(sheet: Worksheet, place: str | int, column: int | None = None) -> Cell:
    """The cell at “B5” or at (row, column); the cells of our sheets are never merged ones, which cannot be written."""
    return cast("Cell", sheet[place] if isinstance(place, str) else sheet.cell(place, column or 1))


def put_text(cell: Cell, text: str) -> None:
    """Store `text` as text, never as a formula; control characters made visible, over-long text cut with a note."""
    cell.value = _fitting(printable(text), _LONGEST)
    cell.data_type = "s"
    # Without the quote prefix the text would turn into a formula as soon as somebody edits the cell.
    cell.quotePrefix = _like_formula(text)


def put_marked(cell: Cell, before: str, hit: str, after: str, color: str) -> None:
    """Store a passage with `hit` in bold and in brackets, so that it is seen without colour too."""
    before, hit, after = printable(before), printable(hit), printable(after)
    plain = f"{before}【{hit}】{after}" if hit else before + after
    if not hit or _units(plain) > _LONGEST:
        put_text(cell, plain)
        return
    blocks: list[str | TextBlock] = [
        before,
        TextBlock(InlineFont(rFont="微软雅黑", sz=10, b=True, color=Color(rgb=f"FF{color}")), f"【{hit}】"),
        after,
    ]
    cell.value = CellRichText([block for block in blocks if block])
    cell.quotePrefix = _like_formula(plain)


def put_formula(cell: Cell, formula: str) -> None:
    """Store a formula of our own; `formula` starts with “=” and holds no user text."""
    cell.value = formula


def link_inside(cell: Cell, sheet: str, target: str) -> None:
    """Make the cell jump to `target` (“A5”) of `sheet`."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{target}", display=None)


def _like_formula(text: str) -> bool:
    return text.lstrip().startswith(_FORMULA_STARTS)


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _fitting(text: str, longest: int) -> str:
    if _units(text) <= longest:
        return text
    room = longest - len(_CUT)
    cut = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return cut + _CUT
