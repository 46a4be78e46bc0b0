"""The front door for documents: files of every supported format become a `Document`.

`read` takes a path, `read_bytes` an upload or standard input, `read_jsonl` a batch file. Whatever the bytes are, only
`ReadError` comes out: what is wrong, in which file and where in it, and what to do.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from compliance.model.document import Document, Segment
from compliance.model.errors import ReadError
from compliance.model.vocabulary import Category, Source
from compliance.readers.choice import Choice
from compliance.readers.collecting import collect
from compliance.readers.encoding import decode
from compliance.readers.formats import Format, extension, recognise, refuse_extension
from compliance.readers.json_document import parse_document, read_jsonl, read_single
from compliance.readers.json_segment import parse_broadcast, parse_segment
from compliance.readers.limits import DEFAULT_LIMITS, Limits
from compliance.readers.txt import read_txt

__all__ = [
    "Format",
    "Limits",
    "parse_broadcast",
    "parse_document",
    "parse_segment",
    "read",
    "read_bytes",
    "read_jsonl",
]

_SUBTITLES = (Format.SRT, Format.VTT, Format.ASS)
_JSON = (Format.JSON, Format.JSONL)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read(
    path: Path,
    *,
    source: Source | None = None,
    category: Category | None = None,
    platform: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    column: str | None = None,
    sheet: str | None = None,
) -> Document:
    """Read one file; see `read_bytes`. The size is checked before anything is read into memory.

    Raises:
        ReadError: the file is missing, a directory, not permitted, too large, or not readable as its format.
    """
    path = Path(path)
    name = _display_name(path.name)
    if not _is_directory(path):
        refuse_extension(name)
    data = _load(path, name, limits)
    return read_bytes(
        data,
        name,
        source=source,
        category=category,
        platform=platform,
        limits=limits,
        column=column,
        sheet=sheet,
    )


def read_bytes(  # noqa: PLR0913 (one option a keyword, the same as `read`)
    data: bytes,
    name: str,
    *,
    source: Source | None = None,
    category: Category | None = None,
    platform: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    column: str | None = None,
    sheet: str | None = None,
) -> Document:
    """Read a file's bytes; the extension of `name` gives the format, a name without one is sniffed.

    `source` defaults to transcript for subtitles and to script for the rest. A JSON document keeps its own id, title,
    source, category and platform unless an argument says otherwise. `column` (letter or header) and `sheet` (name)
    choose the text of a workbook and mean nothing to other formats.

    Raises:
        ReadError: for any bytes that cannot be read.
    """
    name = _display_name(name)
    given = {"source": source, "category": category, "platform": platform}
    try:
        return _read(data, name, limits, Choice(column, sheet), {k: v for k, v in given.items() if v is not None})
    except ReadError as error:
        raise ReadError(error.problem, place=f"{name} {error.place}".strip(), remedy=error.remedy) from error
    except Exception as error:  # the parsers raise anything at all when a file is damaged
        raise ReadError("内容已损坏", place=name, remedy="请用原来的软件打开，确认无误后重新保存再试") from error


def _read(data: bytes, name: str, limits: Limits, choice: Choice, given: dict[str, Any]) -> Document:
    if len(data) > limits.max_file_bytes:
        raise _too_large(limits)
    form = recognise(data, name, limits)
    if form in _JSON:
        document = read_single(data, _stem(name), limits, lines=form is Format.JSONL)
        return document.model_copy(update=given)
    source = Source.TRANSCRIPT if form in _SUBTITLES else Source.SCRIPT
    segments = collect(_segments(form, data, limits, choice), limits)
    return Document(**{"id": _stem(name), "title": name, "source": source, "segments": segments} | given)


def _segments(form: Format, data: bytes, limits: Limits, choice: Choice) -> Iterator[Segment]:
    # Each format's library is imported when such a file comes: together they take a second to load.
    match form:
        case Format.DOCX:
            from compliance.readers.docx import read_docx  # noqa: PLC0415

            return read_docx(data, limits)
        case Format.XLSX:
            from compliance.readers.xlsx import read_xlsx  # noqa: PLC0415

            return read_xlsx(data, limits, choice)
        case Format.PDF:
            from compliance.readers.pdf import read_pdf  # noqa: PLC0415

            return read_pdf(data, limits)
        case Format.TXT:
            return read_txt(decode(data))
        case _:
            from compliance.readers.subtitles import read_subtitles  # noqa: PLC0415

            return read_subtitles(decode(data), form)


def _load(path: Path, name: str, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise ReadError("这是文件夹，不是文件", place=name, remedy="请指明文件夹里的文件")
        if path.stat().st_size > limits.max_file_bytes:
            error = _too_large(limits)
            raise ReadError(error.problem, place=name, remedy=error.remedy)
        with path.open("rb") as file:
            # One byte more than allowed: a pipe or a growing file has no honest size.
            return file.read(limits.max_file_bytes + 1)
    except FileNotFoundError as error:
        raise ReadError("文件不存在", place=name, remedy="请检查路径和文件名") from error
    except PermissionError as error:
        raise ReadError("没有读取权限", place=name, remedy="请修改文件权限或换用有权限的账号") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"无法打开文件（{reason}）", place=name, remedy="请检查路径") from error


def _is_directory(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _too_large(limits: Limits) -> ReadError:
    size = f"{limits.max_file_bytes / 2**20:g} MB"
    return ReadError(f"文件超过 {size} 的上限", remedy="请拆成几个较小的文件")


def _display_name(name: str) -> str:
    """The last part of a name, safe to print and to store: an upload may be called anything."""
    last = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", name.replace("\\", "/").rstrip("/").rpartition("/")[2]).strip()
    return last or "未命名文件"


def _stem(name: str) -> str:
    return PurePosixPath(name).stem if extension(name) else name
