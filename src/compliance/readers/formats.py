"""Which format a file is: by its extension, checked against its first bytes."""

import io
import re
import zipfile
from enum import StrEnum

from compliance.model.errors import ReadError
from compliance.readers.limits import Limits


class Format(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    TXT = "txt"
    SRT = "srt"
    VTT = "vtt"
    ASS = "ass"
    PDF = "pdf"
    JSON = "json"
    JSONL = "jsonl"


_BY_EXTENSION = {form.value: form for form in Format} | {
    "xlsm": Format.XLSX,
    "text": Format.TXT,
    "md": Format.TXT,
    "ssa": Format.ASS,
    "ndjson": Format.JSONL,
}
_SUPPORTED = "、".join(form.value for form in Format)
# Extensions that say nothing about the content.
_ANONYMOUS = frozenset({"bin", "dat", "tmp", "upload"})
_SAVE_AS = (
    dict.fromkeys(("doc", "docm", "dotx", "wps", "rtf", "odt", "pages", "html", "htm"), "docx")
    | dict.fromkeys(("xls", "xlsb", "xltx", "et", "csv", "tsv", "ods", "numbers"), "xlsx")
    | dict.fromkeys(("ppt", "pptx", "key", "dps", "odp"), "pdf")
)
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")  # a script may begin with a brace, hardly with this
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"ID3", b"OggS", b"\x7fELF")


def extension(name: str) -> str | None:
    """The extension in lower case, or None: “话术v1.2” and “2024.11.11” have none."""
    found = re.search(r".\.([A-Za-z][A-Za-z0-9]{0,9}|7z|3gp|mp3|mp4)$", name)
    return found[1].lower() if found else None


def refuse_extension(name: str) -> None:
    """Raise for an extension that no reader knows, so that a video is refused before it is read."""
    suffix = extension(name)
    if suffix is None or suffix in _BY_EXTENSION or suffix in _ANONYMOUS:
        return
    remedy = f"请另存为 .{_SAVE_AS[suffix]} 后重试" if suffix in _SAVE_AS else f"请改用这些格式之一：{_SUPPORTED}"
    raise ReadError(f"不支持 .{suffix} 格式", place=name, remedy=remedy)


def recognise(data: bytes, name: str, limits: Limits) -> Format:
    """The format of a file's bytes.

    Raises:
        ReadError: empty, encrypted, legacy or unknown, or the content belies the extension.
    """
    if not data:
        raise ReadError("文件是空的", remedy="请确认文件已保存并传输完整")
    suffix = extension(name)
    expected = _BY_EXTENSION.get(suffix or "")
    if data.startswith(_OLE):
        raise _ole_error(data, suffix)
    actual = _container(data, limits)
    if expected is None:
        if suffix not in _ANONYMOUS and suffix is not None:
            try:
                refuse_extension(name)
            except ReadError as error:  # the caller adds the name
                raise ReadError(error.problem, remedy=error.remedy) from error
        return actual or (Format.JSON if _OBJECT.match(data) else Format.TXT)
    binary = expected in (Format.DOCX, Format.XLSX, Format.PDF)
    if actual is not None and actual is not expected:
        raise ReadError(
            f"扩展名是 .{suffix}，内容却是 {actual}",
            remedy=f"请把扩展名改为 .{actual} 后重试",
        )
    if binary and actual is None:
        raise ReadError(f"内容不是有效的 {expected} 文件", remedy="请确认文件没有损坏，扩展名没有改错")
    return expected


def _container(data: bytes, limits: Limits) -> Format | None:
    """What the first bytes say; None when they may be text."""
    if data.startswith(_ZIP):
        return _zip_kind(data, limits)
    if b"%PDF-" in data[:1024]:
        # The mark may follow a little rubbish, but not text: a script may speak of “%PDF-”.
        head = data[: data.index(b"%PDF-")]
        if not head.strip(b"\r\n\t \x00\xef\xbb\xbf"):
            return Format.PDF
    if data.startswith(b"{\\rtf"):
        raise ReadError("这是 RTF 文件", remedy="请用 Word 或 WPS 另存为 .docx 后重试")
    if data.startswith(_BINARY) or data[4:8] == b"ftyp":
        raise ReadError("这是图片、音视频、压缩包或程序，不是文档", remedy=f"请改用这些格式之一：{_SUPPORTED}")
    return None


def _zip_kind(data: bytes, limits: Limits) -> Format:
    # Counted first: the directory of a hostile archive is itself a bomb.
    if data.count(b"PK\x01\x02") > limits.max_members:
        raise ReadError(f"压缩包内超过 {limits.max_members:,} 个文件", remedy="请用 Word 或 Excel 打开后重新保存")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadError("文件不完整或已损坏", remedy="请重新传输，或用原来的软件打开后重新保存") from error
    for prefix, kind in (("word/", Format.DOCX), ("xl/", Format.XLSX)):
        if any(name.startswith(prefix) for name in names):
            return kind
    raise ReadError("这是压缩包，不是 docx 或 xlsx", remedy="请解压后逐个检查里面的文件")


def _ole_error(data: bytes, suffix: str | None) -> ReadError:
    """Compound files are either encrypted packages or documents from before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError("文件已加密，无法读取", remedy="请去除密码后重试")
    legacy_word = "WordDocument".encode("utf-16-le") in data
    legacy_excel = "Workbook".encode("utf-16-le") in data
    if legacy_word or legacy_excel or suffix in ("doc", "xls"):
        old, new = ("doc", "docx") if legacy_word or (suffix == "doc" and not legacy_excel) else ("xls", "xlsx")
        return ReadError(f"这是旧版 .{old} 文件", remedy=f"请用 Office 或 WPS 另存为 .{new} 后重试")
    return ReadError("文件已加密，或是旧版 Office 文件", remedy="请去除密码后重试，旧版文件请另存为 .docx 或 .xlsx")
