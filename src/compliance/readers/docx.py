"""Word documents: paragraphs, tables, content controls and text boxes in reading order."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from compliance.model.document import Place, Segment
from compliance.readers.limits import Limits
from compliance.readers.package import check_package

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT_BOX = qn("w:txbxContent")
_TEXT = (qn("w:t"), _MATH_TEXT)
_WRITTEN = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# What was deleted or moved away, what formats, ruby glosses, and the copy of a drawing kept for old programs.
_SKIPPED = frozenset(
    {qn(f"w:{tag}") for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "rt")}
    | {_MC + "Fallback"}
)
_BLOCKS = (_PARAGRAPH, _TABLE)


def read_docx(data: bytes, limits: Limits) -> Iterator[Segment]:
    """A segment for each body paragraph, table cell and text box paragraph.

    Paragraphs are numbered as they stand in the body, blank ones included; rows and columns on the table's grid.
    """
    check_package(data, limits)
    body = docx.Document(io.BytesIO(data)).element.body
    paragraph = table = 0
    for block in _within(body, _BLOCKS):
        if block.tag == _TABLE:
            table += 1
            yield from _table(block, f"表{table}", Place(label="", table=table))
        else:
            paragraph += 1
            place = Place(label=f"第{paragraph}段", paragraph=paragraph)
            yield Segment(text=_text(block), place=place)
            yield from _text_boxes(block, place)


def _within(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Descendants with these tags, not looking inside one, through content controls and tracked insertions."""
    for child in parent.iterchildren():
        if child.tag in tags:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _within(child, tags)


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _TEXT:
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != _TEXT_BOX:
            yield from _pieces(child)


def _text_boxes(paragraph: Any, place: Place) -> Iterator[Segment]:
    """The text boxes anchored in a paragraph, read after it."""
    for box in _within(paragraph, (_TEXT_BOX,)):
        label = f"{place.label} 文本框"
        yield from _blocks(box, place.model_copy(update={"label": label}))


def _blocks(parent: Any, place: Place) -> Iterator[Segment]:
    """Blocks inside a cell or text box: consecutive paragraphs are one segment, nested tables come where they stand."""
    paragraphs: list[str] = []
    boxes: list[Segment] = []
    nested = 0
    for block in _within(parent, _BLOCKS):
        if block.tag == _TABLE:
            yield from _flush(paragraphs, boxes, place)
            nested += 1
            yield from _table(block, f"{place.label} 内表{nested}", place)
        else:
            paragraphs.append(_text(block))
            boxes.extend(_text_boxes(block, place))
    yield from _flush(paragraphs, boxes, place)


def _flush(paragraphs: list[str], boxes: list[Segment], place: Place) -> Iterator[Segment]:
    text = "\n".join(filter(str.strip, paragraphs))
    if text:
        yield Segment(text=text, place=place)
    yield from boxes
    paragraphs.clear()
    boxes.clear()


def _table(table: Any, label: str, outer: Place) -> Iterator[Segment]:
    """Cells row by row; `outer` keeps the numbers of the outermost cell when tables are nested."""
    nested = outer.row is not None or outer.paragraph is not None
    for number, row in enumerate(_within(table, (_ROW,)), start=1):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        column = 1 + _number(properties, "w:gridBefore", 0)
        for cell in _within(row, (_CELL,)):
            where = {"label": f"{label} 第{number}行 第{column}列"}
            numbers = {} if nested else {"row": number, "column": column}
            if not _continues_merge(cell):
                yield from _blocks(cell, outer.model_copy(update={**where, **numbers}))
            column += _number(cell.find(qn("w:tcPr")), "w:gridSpan", 1)


def _continues_merge(cell: Any) -> bool:
    """Whether the cell is the lower part of a vertical merge: Word shows the text of the upper part only."""
    properties = cell.find(qn("w:tcPr"))
    merge = None if properties is None else properties.find(qn("w:vMerge"))
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _number(properties: Any, tag: str, default: int) -> int:
    element = None if properties is None else properties.find(qn(tag))
    value = "" if element is None else element.get(qn("w:val"), "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default
