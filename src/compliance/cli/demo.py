"""`compliance demo`: the shipped example scripts from file to report, workbook and audit database."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.progress import track

from compliance.cli.failure import errors
from compliance.cli.review import record_reviews, write_file
from compliance.engine import Engine
from compliance.export import FORMATS, print_report, render, render_many
from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Category, Source
from compliance.readers import read
from compliance.release.shipped import shipped
from compliance.settings import Settings

console = Console(highlight=False)
_DAY = date(2026, 11, 22)
"""The demo is reviewed under the law of one fixed day, so that its output does not change with the calendar."""


def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="报告写到哪个文件夹；缺省在状态文件夹下。")
    ] = None,
) -> None:
    """审查随产品发布的示例话术，留下 JSON、HTML、Excel 和审计数据库。"""
    settings = Settings()
    folder = output or settings.reports / "demo"
    engine = Engine.load()
    examples = shipped("examples")
    entries: list[dict[str, Any]] = yaml.safe_load((examples / "demo.yaml").read_text("utf-8"))
    reviewed: list[tuple[Document, Report]] = []
    for entry in track(entries, description="审查示例", console=errors, disable=not errors.is_terminal):
        document = _document(examples, entry)
        room = room_for(document.source)
        taken = room.intake(document)
        reviewed.append((taken, room.review(taken, engine.review, _DAY)))
    for document, report in reviewed:
        print_report(console, document, report)
    written = _write(folder, reviewed)
    record_reviews(reviewed)
    console.print(f"已审查 {len(reviewed)} 份话术，规则 {len(engine.release.rules)} 条", markup=False)
    for label, path in (*written, ("审计数据库", settings.database)):
        console.print(f"{label}：{path}", markup=False, soft_wrap=True)


def _document(examples: Path, entry: dict[str, Any]) -> Document:
    """The file with the facts and evidence that the demo states for it."""
    category = Category(entry["category"]) if entry.get("category") else None
    source = Source(entry["source"]) if entry.get("source") else None
    document = read(examples / entry["file"], source=source, category=category, platform=entry.get("platform"))
    stated = {name: value for name, value in (entry.get("facts") or {}).items() if name not in document.facts}
    return document.model_copy(update={"facts": {**document.facts, **stated}})


def _write(folder: Path, reviewed: list[tuple[Document, Report]]) -> list[tuple[str, Path]]:
    for document, report in reviewed:
        write_file(folder / f"{document.id}.json", render(document, report, "json"))
        write_file(folder / f"{document.id}.html", render(document, report, "html"))
    named = {"xlsx": "Excel 工作簿", "html": "HTML 汇总", "sarif": "SARIF"}
    files = [("每份话术的 JSON 与 HTML", folder)]
    for format_, label in named.items():
        path = folder / f"demo{FORMATS[format_].suffix}"
        write_file(path, render_many(reviewed, format_))
        files.append((label, path))
    return files
