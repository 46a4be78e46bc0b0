"""PDF text layers: lines in reading order, wrapped lines put together again."""

import itertools
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from compliance.model.document import Place, Segment
from compliance.model.errors import ReadError
from compliance.readers.limits import Limits

# PDFium keeps global state and must be entered by one thread at a time.
_PDFIUM = threading.Lock()
_SENTENCE_END = "。！？!?；;：:…”）"
_HYPHENS = "\x02\ufffe"  # how PDFium marks a hyphen at a line's end
_CHARS_PER_CHARACTER = 4  # spaces and line ends of the layout that are not kept; a bound before the work
_UNREADABLE = 0.3  # share of characters without a meaning beyond which the text layer is useless


class _Line(NamedTuple):
    text: str
    number: int  # 1-based on the page
    left: float  # points
    right: float
    em: float  # about the width of a Chinese character


def read_pdf(data: bytes, limits: Limits) -> Iterator[Segment]:
    """A segment for each paragraph or line, with its page and its first line.

    Raises:
        ReadError: encrypted, damaged, too many pages, or without a usable text layer.
    """
    with _PDFIUM:
        pages = _read_pages(data, limits)
    text = "".join(line.text for _, lines, _ in pages for line in lines)
    if not text.strip():
        raise ReadError("PDF 没有文字层，可能是扫描件", remedy="请先做文字识别（OCR），或提供 Word、文本稿")
    unreadable = sum("\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text)
    if unreadable > len(text) * _UNREADABLE:
        raise ReadError("PDF 的文字层是乱码（字体没有编码表）", remedy="请提供 Word、文本稿，或做文字识别（OCR）")
    for page, lines, width in pages:
        yield from _paragraphs(page, lines, width)


def _read_pages(data: bytes, limits: Limits) -> list[tuple[int, list[_Line], float]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise ReadError("文件已加密，无法读取", remedy="请去除密码后重试") from error
        raise ReadError("文件不完整或已损坏", remedy="请重新导出 PDF 后重试") from error
    with document:
        if len(document) > limits.max_pages:
            raise ReadError(f"超过 {limits.max_pages:,} 页的上限", remedy="请拆成几个较小的文件")
        pages, characters = [], 0
        for index in range(len(document)):
            lines, width = _read_page(document, index, limits, limits.max_characters - characters)
            characters += sum(len(line.text) for line in lines)
            pages.append((index + 1, lines, width))
        return pages


def _read_page(document: Any, index: int, limits: Limits, left: int) -> tuple[list[_Line], float]:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise ReadError("这一页已损坏", place=f"第{index + 1}页", remedy="请重新导出 PDF 后重试") from error
    try:
        layer = page.get_textpage()
        try:
            lines = _lines(layer) if layer.count_chars() <= left * _CHARS_PER_CHARACTER else None
            if lines is None or sum(len(line.text) for line in lines) > left:
                problem = f"文字超过 {limits.max_characters:,} 字的上限"
                raise ReadError(problem, place=f"第{index + 1}页", remedy="请拆成几个较小的文件")
            return lines, page.get_width()
        finally:
            layer.close()
    finally:
        page.close()


def _lines(layer: Any) -> list[_Line]:
    """Code points are asked for one by one: PDFium's own strings lose what lies beyond the basic plane."""
    lines: list[_Line] = []
    held: list[tuple[int, str]] = []
    number = 1
    for index in range(layer.count_chars()):
        code = pdfium.FPDFText_GetUnicode(layer, index)
        character = chr(code) if 0 < code <= 0x10FFFF else ""
        if character == "\n":
            lines.extend(_line(layer, held, number))
            held, number = [], number + 1
        elif character and character != "\r":
            held.append((index, "-" if character in _HYPHENS else character))
    lines.extend(_line(layer, held, number))
    return lines


def _line(layer: Any, held: list[tuple[int, str]], number: int) -> Iterator[_Line]:
    visible = [index for index, character in held if not character.isspace()]
    if visible:
        first, last = layer.get_charbox(visible[0]), layer.get_charbox(visible[-1])
        em = max(last[3] - last[1], last[2] - last[0], 1.0)
        yield _Line("".join(character for _, character in held).strip(), number, first[0], last[2], em)


def _paragraphs(page: int, lines: list[_Line], width: float) -> Iterator[Segment]:
    """A line that runs to the right margin goes on in the next one, unless a sentence ends or an indent begins."""
    if not lines:
        return
    margin = min(line.left for line in lines)
    group = [lines[0]]
    for previous, line in itertools.pairwise(lines):
        full = previous.right >= width - margin - 1.5 * previous.em
        if full and previous.text[-1] not in _SENTENCE_END and line.left < margin + previous.em:
            group.append(line)
        else:
            yield _segment(page, group)
            group = [line]
    yield _segment(page, group)


def _segment(page: int, group: list[_Line]) -> Segment:
    text = group[0].text
    for line in group[1:]:
        # Latin words are parted by the space that the line break stood for; Chinese is not.
        latin = text[-1].isascii() and line.text[0].isascii() and text[-1] != "-"
        text += (" " if latin else "") + line.text
    first, last = group[0].number, group[-1].number
    lines = f"第{first}行" if first == last else f"第{first}–{last}行"
    return Segment(text=text, place=Place(label=f"第{page}页 {lines}", page=page, line=first))
