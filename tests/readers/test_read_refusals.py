"""Files that cannot be read, and the sentence that says why."""

import os
import zipfile
from pathlib import Path

import pytest
from sample_files import (
    SCRIPT_ROWS,
    SRT,
    body_docx,
    docx_file,
    member,
    pdf_file,
    repacked,
    samples,
    xlsx_file,
)

from compliance.model.errors import ReadError
from compliance.readers import Limits, read, read_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
JSON_SEGMENTS = b'{"id": "a", "segments": [{"text": "x"}, {"text": "x"}, {"text": "x"}]}'
BOMB = b"<w:document>" + b" " * 12_000_000 + b"</w:document>"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "xxxxxxxxxx"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&a;&b;</w:t></w:r></w:p></w:body></w:document>"
)


def message(data: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name, limits=limits or Limits())
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.txt", "a.txt：文件是空的；请确认文件已保存并传输完整。"),
        (b" \n\t\r\n\xe3\x80\x80", "a.txt", "a.txt：文件里没有文字；请确认选对了文件。"),
        (docx_file(("", " ")), "a.docx", "a.docx：文件里没有文字；请确认选对了文件。"),
        (docx_file(), "a.txt", "a.txt：扩展名是 .txt，内容却是 docx；请把扩展名改为 .docx 后重试。"),
        (docx_file(), "a.xlsx", "a.xlsx：扩展名是 .xlsx，内容却是 docx；请把扩展名改为 .docx 后重试。"),
        (pdf_file(), "a.srt", "a.srt：扩展名是 .srt，内容却是 pdf；请把扩展名改为 .pdf 后重试。"),
        (
            "话术".encode(),
            "a.docx",
            "a.docx：内容不是有效的 docx 文件；请确认文件没有损坏，扩展名没有改错。",
        ),
        (
            "话术".encode(),
            "a.xyz",
            "a.xyz：不支持 .xyz 格式；请改用这些格式之一：docx、xlsx、txt、srt、vtt、ass、pdf、json、jsonl。",
        ),
        (b"a,b", "a.csv", "a.csv：不支持 .csv 格式；请另存为 .xlsx 后重试。"),
        (OLE, "a.doc", "a.doc：这是旧版 .doc 文件；请用 Office 或 WPS 另存为 .docx 后重试。"),
        (
            OLE + "Workbook".encode("utf-16-le"),
            "a.xlsx",
            "a.xlsx：这是旧版 .xls 文件；请用 Office 或 WPS 另存为 .xlsx 后重试。",
        ),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "a.docx：文件已加密，无法读取；请去除密码后重试。",
        ),
        (b"{\\rtf1 x}", "a", "a：这是 RTF 文件；请用 Word 或 WPS 另存为 .docx 后重试。"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "a.txt：这是图片、音视频、压缩包或程序，不是文档"),
        (b"abc\x00def", "a.txt", "a.txt：含有空字符（NUL），不是文本文件；请确认选对了文件。"),
        (bytes(range(1, 32)) * 9, "a.txt", "a.txt：含有大量控制字符，不是文本文件；请确认选对了文件。"),
        ("café au lait déjà".encode("latin-1"), "a.txt", "a.txt 第1行：无法确定文字编码"),
        (b"\xef\xbb\xbf\xe4\xb8\xad\n\xff", "a.txt", "a.txt 第2行：标明是 UTF-8，却有不合法的字节；"),
        (b"hello", "a.srt", "a.srt 第1行：第一条时间轴之前有文字；请补上这段文字的时间轴。"),
        (SRT.replace("00:00:04,000", "00:00:4").encode(), "a.srt", "a.srt 第6行：时间轴写法不对；"),
        (b"WEBVTT\n\n", "a.vtt", "a.vtt：没有找到任何 vtt 字幕；"),
        (b"[Events]\nDialogue: 0,x,y,z", "a.ass", "a.ass：不是有效的 ass 字幕；请用字幕软件打开后重新保存。"),
        (pdf_file([[]]), "a.pdf", "a.pdf：PDF 没有文字层，可能是扫描件；请先做文字识别（OCR）"),
        (b"%PDF-1.4 rubbish", "a.pdf", "a.pdf：文件不完整或已损坏；请重新导出 PDF 后重试。"),
        (docx_file()[:-30], "a.docx", "a.docx：文件不完整或已损坏；请重新传输"),
        (repacked(xlsx_file([["甲"]]), {"xl/workbook.xml": b"<x/>"}), "a.xlsx", "a.xlsx：工作簿里没有工作表；"),
    ],
)
def test_one_sentence_names_file_place_and_remedy(data: bytes, name: str, expected: str) -> None:
    assert message(data, name).startswith(expected)


def test_names_without_extension_are_sniffed() -> None:
    for name, data in samples().items():
        if name.startswith("话术"):
            document = read_bytes(data, "上传v1.2")
            assert document.segments == read_bytes(data, name).segments
            assert document.id == "上传v1.2"


@pytest.mark.parametrize(
    ("name", "shown"), [("../../etc/a.txt", "a.txt"), ("", "未命名文件"), ("\udcff\n.txt", "��.txt")]
)
def test_any_upload_name_is_made_printable(name: str, shown: str) -> None:
    assert read_bytes("话术".encode(), name).title == shown


def test_files_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, expected in (
        (tmp_path, "这是文件夹，不是文件；"),
        (tmp_path / "无.txt", "无.txt：文件不存在；"),
        (tmp_path / "a\x00.txt", "无法打开文件（路径不合法）；"),
        (tmp_path / ("长" * 300 + ".txt"), "无法打开文件"),
        (tmp_path / "视频.mp4", "不支持 .mp4 格式；"),
    ):
        with pytest.raises(ReadError, match=expected):
            read(path)
    locked = tmp_path / "a.txt"
    locked.write_text("话术", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the superuser may open anything
    with pytest.raises(ReadError, match=r"a\.txt：没有读取权限；"):
        read(locked)


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.txt"
    path.touch()
    os.truncate(path, 200 * 2**20)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("the file was opened"))
    with pytest.raises(ReadError, match="超过 50 MB 的上限；请拆成几个较小的文件"):
        read(path)


def test_bytes_beyond_the_limit_are_refused_whatever_the_size_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="超过 50 MB 的上限"):
        read(Path("/dev/zero"))
    assert "的上限" in message(b"abcdef", "a.txt", Limits(max_file_bytes=5))


@pytest.mark.parametrize(
    ("data", "name", "limits", "expected"),
    [
        (b"abc\ndef", "a.txt", Limits(max_characters=6), "a.txt 第2行：文字超过 6 字的上限"),
        (b"a\nb\nc", "a.txt", Limits(max_segments=2), "a.txt 第3行：超过 2 段的上限"),
        (JSON_SEGMENTS, "a.json", Limits(max_segments=2), "a.json 第1行：超过 2 段的上限"),
        (
            b'{"id": "a", "text": "x", "y": [' + b"0," * 99 + b"0]}",
            "a.json",
            Limits(max_segments=2),
            "a.json 第1行：数据项",
        ),
        (JSON_SEGMENTS, "a.json", Limits(max_characters=2), "a.json 第1行：文字超过 2 字的上限"),
        (pdf_file([[(50, 700, "甲乙丙")]]), "a.pdf", Limits(max_characters=2), "a.pdf 第1页：文字超过 2 字的上限"),
        (pdf_file([[(50, 700, "甲")]] * 3), "a.pdf", Limits(max_pages=2), "a.pdf：超过 2 页的上限"),
        (xlsx_file(SCRIPT_ROWS), "a.xlsx", Limits(max_cells=15), "a.xlsx：单元格达到 15 个的上限"),
        (docx_file(["甲"] * 99), "a.docx", Limits(max_xml_tags=600), "a.docx：超过 600 个 XML 标签的上限"),
        (repacked(docx_file(), {}, extra=99), "a.docx", Limits(max_members=99), "a.docx：压缩包内超过 99 个文件"),
        (repacked(docx_file(), {"word/x.xml": BOMB}), "a.docx", Limits(), "a.docx：压缩比超过"),
        (
            repacked(docx_file(), {"word/x.xml": BOMB}),
            "a.docx",
            Limits(max_unpacked_bytes=2**20),
            "a.docx：解压后超过 1 MB 的上限",
        ),
    ],
)
def test_limits_are_kept(data: bytes, name: str, limits: Limits, expected: str) -> None:
    assert message(data, name, limits).startswith(expected)


def test_limits_admit_what_is_just_within() -> None:
    assert read_bytes(b"abc\ndef", "a.txt", limits=Limits(max_characters=7)).text == "abc\ndef"
    assert len(read_bytes(xlsx_file(SCRIPT_ROWS), "a.xlsx", limits=Limits(max_cells=16)).segments) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    xml = ENTITIES.decode().encode(encoding)
    assert "XML 里有 DOCTYPE 或实体声明" in message(repacked(docx_file(), {"word/document.xml": xml}), "a.docx")


def test_entities_cannot_hide_in_a_strange_encoding_or_behind_a_long_prolog() -> None:
    strange = b'<?xml version="1.0" encoding="UTF-7"?>' + b"+ADw-+ACE-DOCTYPE x+AD4-<w:document/>"
    assert "编码不是 UTF-8" in message(repacked(docx_file(), {"word/document.xml": strange}), "a.docx")
    for padding in (2**20 - 30, 2**20 - 5, 2**20):
        late = b"<!--" + b"-x" * (padding // 2) + b"-->" + ENTITIES[21:]
        packed = repacked(docx_file(), {"word/document.xml": late}, method=zipfile.ZIP_STORED)
        assert "DOCTYPE" in message(packed, "a.docx")


def test_entities_in_a_part_with_a_foreign_name_are_not_expanded() -> None:
    data = docx_file()
    changes = {
        name: member(data, name).replace(b"document.xml", b"document.html")
        for name in ("[Content_Types].xml", "_rels/.rels")
    }
    body = ENTITIES.replace(b"&b;", b"").replace(b"&a;", "甲&a;乙".encode())
    renamed = repacked(data, {**changes, "word/document.xml": None, "word/document.html": body})
    assert "xxxxxxxxxx" not in read_bytes(renamed, "a.docx").text


def test_a_member_larger_than_it_says_is_refused() -> None:
    data = bytearray(repacked(docx_file(), {"word/document.xml": b" " * 5000}))
    for at in range(len(data) - 4):
        if data[at : at + 4] == (5000).to_bytes(4, "little"):
            data[at : at + 4] = (50).to_bytes(4, "little")
    assert "文件不完整或已损坏" in message(bytes(data), "a.docx")


def test_encrypted_members_odd_compression_and_strict_documents_are_named() -> None:
    data = bytearray(docx_file())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "文件已加密" in message(bytes(data), "a.docx")
    assert "压缩方法" in message(repacked(docx_file(), {}, method=zipfile.ZIP_LZMA), "a.docx")
    strict = member(body_docx(""), "word/document.xml").replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")
    assert "严格 Open XML" in message(repacked(docx_file(), {"word/document.xml": strict}), "a.docx")


def test_a_row_number_beyond_the_sheet_ends_at_once() -> None:
    data = xlsx_file([["话术"], ["甲"]])
    xml = member(data, "xl/worksheets/sheet1.xml").replace(b'<row r="2"', b'<row r="99999999999"')
    assert "单元格达到" in message(repacked(data, {"xl/worksheets/sheet1.xml": xml}), "a.xlsx")
