"""Rebuild the example files from the plain-text sources beside this script.

Run `python examples/build.py [FOLDER]`. The PDF needs the WenQuanYi Micro Hei font
(Debian: fonts-wqy-microhei). The same sources and library versions give the same bytes.
"""

import re
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pysubs2
from docx.document import Document as WordDocument
from fpdf import FPDF
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

SOURCES = Path(__file__).parent / "sources"
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)

CHARACTERS_PER_SECOND = 3.4  # an unhurried host
BREATH = 0.2  # seconds between two cues of one stretch of speech
PAUSE = 9.0  # seconds off the microphone where the source has a blank line


def build_docx(source: str) -> bytes:
    """Word script: `#` headings, `| a | b |` table rows, every other line a paragraph."""
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line.startswith("#"):
            marks, _, heading = line.partition(" ")
            document.add_heading(heading, level=len(marks))
        elif line.strip():
            document.add_paragraph(line)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = MADE_AT
    out = BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue())


def _add_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def build_xlsx(source: str) -> bytes:
    """Storyboard: `== name ==` starts a sheet, ` | ` separates its cells, its first row is the header."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    sheet = None
    for line in filter(str.strip, source.splitlines()):
        if title := re.fullmatch(r"== (.+) ==", line):
            sheet = book.create_sheet(title[1])
        elif sheet is None:
            raise ValueError(f"cells before the first “== sheet ==”: {line}")
        else:
            sheet.append(line.split(" | "))
    for sheet in book.worksheets:
        for index, cell in enumerate(sheet[1], start=1):
            cell.font = Font(bold=True)
            words = cell.value in {"话术", "内容"}
            sheet.column_dimensions[get_column_letter(index)].width = 90 if words else 24
        for row in sheet.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    out = BytesIO()
    book.save(out)
    return _with_fixed_times(out.getvalue())


def _with_fixed_times(package: bytes) -> bytes:
    """The same Office package with every clock reading replaced by MADE_AT."""
    out = BytesIO()
    stamp = MADE_AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            entry = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()


def build_gb18030(source: str) -> bytes:
    """Plain text as older Windows tools save it: GB18030, CRLF."""
    return source.replace("\n", "\r\n").encode("gb18030")


def build_srt(source: str) -> bytes:
    """Transcript: one cue a line; a blank line is a pause."""
    subtitles = pysubs2.SSAFile()
    clock = 1.5
    for line in source.splitlines():
        if not line:
            clock += PAUSE
            continue
        end = clock + len(line) / CHARACTERS_PER_SECOND
        subtitles.append(pysubs2.SSAEvent(start=round(clock * 1000), end=round(end * 1000), text=line))
        clock = end + BREATH
    return subtitles.to_string("srt").encode()


def build_pdf(source: str) -> bytes:
    """Prompter sheet: every source line is one printed line; a line too wide for the page is an error."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(MADE_AT)
    pdf.set_title("直播口播稿")
    pdf.add_font("body", fname=FONT)
    pdf.add_page()
    for line in source.splitlines():
        text = line.lstrip("# ")
        if not text:
            pdf.ln(3)
            continue
        size = {"## ": 14, "# ": 17}.get(line.removesuffix(text), 12)
        pdf.set_font("body", size=size)
        if pdf.get_string_width(text) > pdf.epw:
            raise ValueError(f"too wide for the page: {text}")
        pdf.cell(h=size * 0.6, text=text, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


TARGETS = {
    "01-cosmetics-serum.docx": build_docx,
    "02-health-food-storyboard.xlsx": build_xlsx,
    "03-apparel-gb18030.txt": build_gb18030,
    "04-jewelry-live.srt": build_srt,
    "05-food-compliant.pdf": build_pdf,
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in TARGETS.items():
        source = (SOURCES / name).with_suffix(".txt").read_text(encoding="utf-8")
        (folder / name).write_bytes(build(source))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
