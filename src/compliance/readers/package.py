"""What an office package (the zip inside docx and xlsx) must satisfy before any parser opens it."""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from compliance.model.errors import ReadError
from compliance.readers.limits import Limits

_CHUNK = 2**20
_OVERLAP = 256  # longer than any mark looked for
_ENCRYPTED_FLAG = 0x1
_SMALL = 2**20  # below this a high ratio harms nobody
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Pictures and imported pages may bring a DOCTYPE of their own; no parser of ours opens them.
_FOREIGN = (".svg", ".html", ".htm", ".mht")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_CELL = re.compile(rb"<(?:[A-Za-z_]\w*:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:[A-Za-z_]\w*:)?f[\s/>]")


class Contents(NamedTuple):
    """What was counted on the way through a package."""

    cells: int = 0
    formulas: bool = False  # whether any cell holds one
    tags: int = 0  # of parts that a parser builds in memory

    def plus(self, other: "Contents") -> "Contents":
        return Contents(self.cells + other.cells, self.formulas or other.formulas, self.tags + other.tags)


def check_package(data: bytes, limits: Limits, *, streamed: tuple[str, ...] = ()) -> Contents:
    """Refuse bombs, encryption, entity declarations and damage; read everything once, keep nothing.

    `streamed` begins the (lower case) names of parts whose parser does not hold them in memory.

    Raises:
        ReadError: with the member at fault as its place.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members, len(data), limits)
            contents = Contents()
            for member in members:
                contents = contents.plus(_check_member(archive, member, streamed))
                if contents.cells >= limits.max_cells:
                    raise too_many_cells(limits)
                if contents.tags > limits.max_xml_tags:
                    raise ReadError(f"超过 {limits.max_xml_tags:,} 个 XML 标签的上限", remedy="请拆成几个较小的文件")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise ReadError("文件不完整或已损坏", remedy="请重新传输，或用原来的软件打开后重新保存") from error
    return contents


def too_many_cells(limits: Limits, place: str = "") -> ReadError:
    return ReadError(
        f"单元格达到 {limits.max_cells:,} 个的上限", place=place, remedy="请删去空白的格式行列，或拆成几个工作簿"
    )


def _check_directory(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(members) > limits.max_members:
        raise ReadError(f"压缩包内超过 {limits.max_members:,} 个文件", remedy="请用 Word 或 Excel 打开后重新保存")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.max_unpacked_bytes:
        size = f"{limits.max_unpacked_bytes / 2**20:g} MB"
        raise ReadError(f"解压后超过 {size} 的上限", remedy="请删去图片等附件，或拆成几个较小的文件")
    if unpacked > _SMALL and unpacked > packed * limits.max_zip_ratio:
        raise ReadError(f"压缩比超过 {limits.max_zip_ratio} 倍，疑似压缩炸弹", remedy="请用原来的软件打开后重新保存")
    for member in members:
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise ReadError("文件已加密，无法读取", place=member.filename, remedy="请去除密码后重试")
        if member.compress_type not in _PLAIN_METHODS:
            raise ReadError("使用了 Office 不用的压缩方法", place=member.filename, remedy="请用 Office 重新保存")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, streamed: tuple[str, ...]) -> Contents:
    """Read one member to its end: zipfile holds it to its declared size and checksum."""
    name = member.filename.lower()
    is_sheet, is_tree = name.startswith("xl/worksheets/"), not name.startswith(streamed)
    cells, formulas, tags, tail, first = 0, False, 0, b"", True
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if first:
                _check_xml_head(chunk, member.filename)
                wide = chunk.startswith(_UTF16_MARKS)
                is_xml = wide or chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
                first = False
            if not name.endswith(_FOREIGN):
                _refuse_doctype(tail + chunk, member.filename, wide=wide)
            tags += chunk.count(b"<") if is_xml and is_tree else 0
            if is_sheet:
                narrow = chunk.replace(b"\x00", b"") if wide else chunk
                cells += len(_CELL.findall(narrow))
                formulas = formulas or _FORMULA.search(narrow) is not None
            tail = chunk[-_OVERLAP:]
    return Contents(cells, formulas, tags)


def _check_xml_head(chunk: bytes, name: str) -> None:
    """Only the encodings that the standard allows: any other could hide a declaration from the search below."""
    declared = _DECLARED.search(chunk[:1024].replace(b"\x00", b""))
    if declared and declared[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii", b"ascii"):
        raise ReadError("XML 的编码不是 UTF-8 或 UTF-16", place=name, remedy="请用 Office 打开后重新保存")
    if b"http://purl.oclc.org/ooxml/" in chunk and name.lower().endswith(("document.xml", "workbook.xml")):
        raise ReadError("这是“严格 Open XML”格式", place=name, remedy="请另存为普通的 .docx 或 .xlsx 后重试")


def _refuse_doctype(chunk: bytes, name: str, *, wide: bool) -> None:
    text = chunk.replace(b"\x00", b"") if wide else chunk
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ReadError("XML 里有 DOCTYPE 或实体声明，可能有害", place=name, remedy="请用 Office 打开后重新保存")
