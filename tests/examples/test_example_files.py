"""The shipped examples hold what their table says: size, planted spans, and readable containers."""

import runpy
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pysubs2
import pytest
import yaml
from docx.table import Table

from compliance.model.document import Document
from compliance.model.vocabulary import Category, Kind, Source
from compliance.readers import read

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANTED: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "planted.yaml").read_text(encoding="utf-8")
)
BUILD = runpy.run_path(str(EXAMPLES / "build.py"))
TARGETS: dict[str, Callable[[str], bytes]] = BUILD["TARGETS"]


def docx_lines(path: Path) -> list[str]:
    lines = []
    for block in docx.Document(str(path)).iter_inner_content():
        lines += [cell.text for row in block.rows for cell in row.cells] if isinstance(block, Table) else [block.text]
    return lines


def xlsx_lines(path: Path) -> list[str]:
    return [str(row[-1].value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(min_row=2)]


def pdf_lines(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [line for page in pdf for line in page.get_textpage().get_text_bounded().splitlines() if line.strip()]


def lines_of(path: Path) -> list[str]:
    readers: dict[str, Callable[[Path], list[str]]] = {
        ".docx": docx_lines,
        ".xlsx": xlsx_lines,
        ".txt": lambda p: p.read_text(encoding="gb18030").splitlines(),
        ".srt": lambda p: [event.plaintext for event in pysubs2.load(str(p))],
        ".pdf": pdf_lines,
        ".json": lambda p: [s.text for s in Document.model_validate_json(p.read_bytes()).segments],
    }
    return readers[path.suffix](path)


def source_lines(name: str) -> list[str]:
    text = (EXAMPLES / "sources" / name).with_suffix(".txt").read_text(encoding="utf-8")
    return [line.lstrip("# ") for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", PLANTED)
def test_size_is_that_of_a_real_script(name: str) -> None:
    assert 1500 <= len("\n".join(lines_of(EXAMPLES / name))) <= 4000


@pytest.mark.parametrize("name", PLANTED)
def test_each_planted_span_is_in_the_text_once(name: str) -> None:
    text = "\n".join(lines_of(EXAMPLES / name))
    for planted in PLANTED[name]:
        assert Kind(planted["kind"])
        assert text.count(planted["span"]) == 1, planted["span"]


@pytest.mark.parametrize("name", PLANTED)
def test_the_readers_give_the_same_text(name: str) -> None:
    assert read(EXAMPLES / name).text.splitlines() == [line for line in lines_of(EXAMPLES / name) if line.strip()]


def test_readme_table_counts_the_planted_kinds() -> None:
    columns = [name for name in PLANTED if PLANTED[name]]
    counted = {name: Counter(p["kind"] for p in PLANTED[name]) for name in columns}
    table: dict[str, list[int]] = {}
    for line in (EXAMPLES / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        kind = cells[0].rpartition(" ")[2]
        if len(cells) == 1 + len(columns) and kind in set(Kind):
            table[kind] = [int(cell or 0) for cell in cells[1:]]
    for kind in {kind for counts in counted.values() for kind in counts}:
        assert table.pop(kind) == [counted[name][kind] for name in columns]
    assert table == {}


def test_pdf_text_layer_reads_line_by_line_as_its_source() -> None:
    name = "05-food-compliant.pdf"
    assert lines_of(EXAMPLES / name) == source_lines(name)
    assert (EXAMPLES / name).stat().st_size < 1_000_000


@pytest.mark.parametrize("name", [name for name in TARGETS if not name.endswith(".pdf")])
def test_committed_file_is_what_its_source_builds(name: str, tmp_path: Path) -> None:
    source = (EXAMPLES / "sources" / name).with_suffix(".txt").read_text(encoding="utf-8")
    built = tmp_path / name
    built.write_bytes(TARGETS[name](source))
    assert lines_of(built) == lines_of(EXAMPLES / name)


@pytest.mark.parametrize("name", ["01-cosmetics-serum.docx", "02-health-food-storyboard.xlsx"])
def test_office_packages_carry_no_clock_reading(name: str) -> None:
    with zipfile.ZipFile(EXAMPLES / name) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 11, 1, 0, 0, 0)}
        assert package.read("docProps/core.xml").count(b">2026-11-01T00:00:00Z<") == 2


def test_transcript_is_timed_in_order_over_a_quarter_of_an_hour() -> None:
    events = list(pysubs2.load(str(EXAMPLES / "04-jewelry-live.srt")))
    assert 60 <= len(events) <= 100
    assert all(a.start < a.end <= b.start for a, b in pairwise(events))
    assert 13 * 60_000 <= events[-1].end <= 17 * 60_000


def test_batch_documents_are_valid_and_mix_the_sources() -> None:
    lines = (EXAMPLES / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [Document.model_validate_json(line) for line in lines]
    assert len({document.id for document in documents}) == len(documents)
    assert {document.source for document in documents} == set(Source)


def test_demo_names_every_script_once_with_its_category() -> None:
    demo: list[dict[str, Any]] = yaml.safe_load((EXAMPLES / "demo.yaml").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in demo] == list(PLANTED)
    for entry in demo:
        assert entry.keys() == {"file", "category", "source", "platform", "facts"}
        assert Category(entry["category"]).value == entry["facts"]["商品.类目"]
        assert Source(entry["source"]) == (Source.TRANSCRIPT if entry["file"].endswith(".srt") else Source.SCRIPT)
