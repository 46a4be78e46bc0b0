"""Small real files of every format, built with the libraries that write them."""

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx
import openpyxl

SRT = "1\n00:00:01,000 --> 00:00:03,500\n主播：今天全网<i>最低</i>价\n\n2\n00:00:04,000 --> 00:00:06,000\n只要\n99\n"
VTT = (
    "WEBVTT\n\nNOTE 内部备注\n不是台词\n\nintro\n00:01.000 --> 00:03.500\n<v 小美>买一送一 &amp; 包邮\n\n"
    "00:04.000 --> 00:06.000\n只要\n99\n"
)
ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,旁注不读\n"
    "Dialogue: 0,0:00:01.00,0:00:03.50,Default,小美,0,0,0,,{\\b1}今天{\\b0}最便宜\\N错过再等一年\n"
    "Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}\n"
)
JSON = (
    '{"id": "场次-1", "source": "listing", "category": "food", "text": "纯天然零添加", "facts": {"商品.类目": "食品"}}'
)


def docx_file(paragraphs: Iterable[str] = ("全网最低价", "", "三天见效")) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def xlsx_file(rows: Sequence[Sequence[object]], title: str = "分镜") -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(workbook)


SCRIPT_ROWS = (
    ("时间", "主播", "商品", "话术", "备注说明写得很长很长很长很长很长"),
    ("00:00-05:00", "小美", "面霜", "全网最低价", "这里的中文比话术列要多得多得多"),
    ("05:00", "小李", "面膜", "三天见效", "这里的中文比话术列要多得多得多"),
)


def saved(file: object) -> bytes:
    stream = io.BytesIO()
    file.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def repacked(
    data: bytes, changes: dict[str, bytes | None], *, method: int = zipfile.ZIP_DEFLATED, extra: int = 0
) -> bytes:
    """The package with members replaced (or, for None, left out), and `extra` empty members added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", method) as new:
        contents = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in contents.items():
            if content is not None:
                new.writestr(name, content)
        for number in range(extra):
            new.writestr(f"extra/{number}", b"")
    return stream.getvalue()


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def body_docx(body: str) -> bytes:
    """A document whose body is the given WordprocessingML."""
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:document {namespaces}><w:body>{body}</w:body></w:document>'
    return repacked(docx_file(()), {"word/document.xml": xml.encode()})


def pdf_file(pages: Sequence[Sequence[tuple[float, float, str]]] = (((50, 700, "全网最低价"),),)) -> bytes:
    """Pages of (x, y, text) at 12 points on A4, in the standard Chinese font, which needs no file."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    kids = []
    for lines in pages:
        shown = [f"1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj" for x, y, text in lines]
        content = f"BT /F1 12 Tf {' '.join(shown)} ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def samples() -> dict[str, bytes]:
    """A valid file of every format by name."""
    return {
        "话术.docx": docx_file(),
        "话术.xlsx": xlsx_file(SCRIPT_ROWS),
        "话术.txt": "全网最低价\n三天见效".encode("gb18030"),
        "字幕.srt": SRT.encode(),
        "字幕.vtt": VTT.encode(),
        "字幕.ass": ASS.encode(),
        "话术.pdf": pdf_file(),
        "文档.json": JSON.encode(),
        "文档.jsonl": JSON.encode() + b"\n",
    }
