"""Files that cannot be reviewed, by name, each with a piece of the sentence that is due."""

import io
import os
import zipfile
from pathlib import Path

import docx
import openpyxl

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)

EXPECTED = {
    "空.txt": "文件是空的",
    "空白.txt": "文件里没有文字",
    "乱码.txt": "空字符（NUL）",
    "图片.txt": "不是文档",
    "编码.txt": "第1行：无法确定文字编码",
    "加密.docx": "文件已加密",
    "炸弹.docx": "压缩比超过",
    "实体.docx": "DOCTYPE 或实体声明",
    "半截.docx": "不完整或已损坏",
    "百万格.xlsx": "单元格达到 1,000,000 个的上限",
    "巨大.txt": "超过 50 MB 的上限",
    "坏.json": "第2行 第10列：不是合法的 JSON",
    "错字段.json": "第1行 字段 catgory：不认识这个字段",
    "错品类.json": "字段 category：应当是这些之一",
    "错事实.json": "没有名为「商品.颜色」的事实",
    "表.csv": "请另存为 .xlsx",
    "没有.txt": "文件不存在",
    "文件夹": "这是文件夹，不是文件",
}


def make(folder: Path) -> None:
    """Write all of them (but the missing one) into `folder`."""
    contents = {
        "空.txt": b"",
        "空白.txt": b" \n\t\n",
        "乱码.txt": bytes(range(256)) * 20,
        "图片.txt": b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        "编码.txt": "café au lait déjà".encode("latin-1"),
        "加密.docx": OLE,
        "炸弹.docx": _docx_with(b"<w:document>" + b" " * 12_000_000 + b"</w:document>"),
        "实体.docx": _docx_with(XXE),
        "半截.docx": _saved(docx.Document())[:-30],
        "百万格.xlsx": _million_cells(),
        "坏.json": b'{"id": "a",\n "text": }',
        "错字段.json": '{"id": "a", "text": "好", "catgory": "food"}'.encode(),
        "错品类.json": '{"id": "a", "text": "好", "category": "手机"}'.encode(),
        "错事实.json": '{"id": "a", "text": "好", "facts": {"商品.颜色": "红"}}'.encode(),
        "表.csv": "话术\n最好".encode(),
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    (folder / "巨大.txt").touch()
    os.truncate(folder / "巨大.txt", 200 * 2**20)  # sparse: no disk is used
    (folder / "文件夹").mkdir()


def _saved(file: object) -> bytes:
    stream = io.BytesIO()
    file.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _docx_with(body: bytes) -> bytes:
    return _with(_saved(docx.Document()), "word/document.xml", body, zipfile.ZIP_DEFLATED)


def _million_cells() -> bytes:
    rows = b"".join(b'<row r="%d">%s</row>' % (row, b'<c t="n"><v>1</v></c>' * 1000) for row in range(1, 1002))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>'
    return _with(
        _saved(openpyxl.Workbook()), "xl/worksheets/sheet1.xml", sheet % rows + b"</worksheet>", zipfile.ZIP_STORED
    )


def _with(package: bytes, name: str, content: bytes, method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return stream.getvalue()
