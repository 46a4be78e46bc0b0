"""Bytes → text: byte order mark, then UTF-8, then whichever of GB18030, Big5 and UTF-16 reads as Chinese.

Decoding without an error proves little: most pairs of bytes are some character in GB18030, and in UTF-16. So each
reading is scored by how much of it is ordinary Chinese, and a file that no reading makes ordinary is refused.
"""

import codecs
from typing import NamedTuple

from compliance.model.errors import ReadError
from compliance.readers.han_frequency import plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000  # characters scored
_ENOUGH = 0.55  # mean plausibility of a reading that may be accepted
_MARGIN = 0.08  # by which another encoding must beat GB18030, the usual one
_MAX_CONTROLS = 0.01  # share of control characters beyond which it is no text
_REMEDY = "请用记事本打开，另存为 UTF-8 编码后重试"


class _Reading(NamedTuple):
    encoding: str
    text: str
    score: float


def decode(data: bytes) -> str:
    """The text of a file.

    Raises:
        ReadError: no known encoding, damaged, or binary; the place is the line of the first bad byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decode_marked(data[len(mark) :], encoding)
            break
    else:
        text = _decode_unmarked(data)
    _refuse_binary(text)
    return text


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = _line(data, error.start)
        raise ReadError(f"标明是 {encoding.upper()}，却有不合法的字节", place=place, remedy=_REMEDY) from error


def _decode_unmarked(data: bytes) -> str:
    bad_byte: int | None = None
    if b"\x00" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            bad_byte = error.start
        else:
            return _settle_utf8(data, text)
    reading = _best_reading(data)
    if reading is not None:
        return reading.text
    if b"\x00" in data:
        raise ReadError("含有空字符（NUL），不是文本文件", remedy="请确认选对了文件")
    place = "" if bad_byte is None else _line(data, bad_byte)
    problem = "无法确定文字编码（不是 UTF-8，也不像 GB18030、Big5 或 UTF-16）"
    raise ReadError(problem, place=place, remedy=_REMEDY)


def _settle_utf8(data: bytes, text: str) -> str:
    """UTF-8 unless the bytes fit by chance, as those of a few characters in UTF-16 or GBK may."""
    if _controls(text):
        reading = _best_reading(data)
        return text if reading is None else reading.text
    # A character of three bytes or more hardly ever comes about by chance.
    return text if text.isascii() or max(text) >= "\u0800" else _settle_short_gbk(data, text)


def _settle_short_gbk(data: bytes, text: str) -> str:
    """Two-byte sequences only: “café” in UTF-8, or a few Chinese characters in GBK whose bytes happen to fit.

    An accented Latin letter stands among Latin letters, as a Chinese character does not.
    """
    reading = _reading(data, "gb18030")
    if reading is None or reading.score < _ENOUGH:
        return text
    beyond = [i for i, character in enumerate(text) if not character.isascii()]
    in_words = any(_beside_latin(text, i) for i in beyond)
    symbols = all(text[i] <= "\xff" and not text[i].isalpha() for i in beyond) and any(map(str.isalnum, text))
    return text if in_words or symbols else reading.text


def _beside_latin(text: str, index: int) -> bool:
    neighbours = text[max(index - 1, 0) : index] + text[index + 1 : index + 2]
    return any(character.isascii() and character.isalpha() for character in neighbours)


def _best_reading(data: bytes) -> _Reading | None:
    gb = None if b"\x00" in data else _reading(data, "gb18030")
    others = ["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else []
    if b"\x00" not in data:
        others.insert(0, "big5hkscs")
    best = gb
    for encoding in others:
        reading = _reading(data, encoding)
        if reading is None:
            continue
        margin = _MARGIN if best is gb else 0.0
        if best is None or reading.score > best.score + margin:
            best = reading
    return best if best is not None and best.score >= _ENOUGH else None


def _reading(data: bytes, encoding: str) -> _Reading | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return _Reading(encoding, text, plausibility(text[:_SAMPLE], traditional_only=encoding == "big5hkscs"))


def _refuse_binary(text: str) -> None:
    nul = text.find("\x00")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise ReadError("含有空字符（NUL），不是文本文件", place=f"第{line}行", remedy="请确认选对了文件")
    if _controls(text) > max(len(text) * _MAX_CONTROLS, 1):
        raise ReadError("含有大量控制字符，不是文本文件", remedy="请确认选对了文件")


def _controls(text: str) -> int:
    return sum(map(text.count, map(chr, (*range(1, 9), *range(14, 32), *range(0x7F, 0xA0)))))


def _line(data: bytes, offset: int) -> str:
    number = data.count(b"\n", 0, offset) + 1
    return f"第{number}行"
