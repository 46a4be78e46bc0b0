"""What `compliance demo` does."""

from datetime import date
from pathlib import Path
from typing import Any

import typer
import yaml
from rich.console import Console

from compliance.cli.configuration import settings
from compliance.cli.output import write_file
from compliance.cli.progress import tell_of_compiling, tracked
from compliance.cli.recording import keep_release, open_store, record_reviews
from compliance.engine import Engine
from compliance.export import FORMATS, print_report, render, render_many
from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Category, Source
from compliance.readers import read
from compliance.release.shipped import shipped

_DAY = date(2026, 11, 22)
"""The demo is reviewed under the law of one fixed day, so that its output does not change with the calendar."""

Reviewed = list[tuple[Document, Report]]


def run(output: Path | None) -> None:
    """Review the examples, leave the files, and say at the end where they are. Raises ComplianceError."""
    chosen = settings()
    folder = output or chosen.reports / "demo"
    tell_of_compiling()
    engine = Engine.load()
    reviewed = _review(engine)
    console = Console(highlight=False)
    for document, report in reviewed:
        print_report(console, document, report)
    written = _write(folder, reviewed)
    with open_store(chosen) as store:
        record_reviews(store, reviewed)
    keep_release(engine.release)
    typer.echo(f"已审查 {len(reviewed)} 份话术，规则 {len(engine.release.rules)} 条")
    for label, where in (*written, ("审计数据库", _database(chosen.database))):
        typer.echo(f"{label}：{where}")


def _review(engine: Engine) -> Reviewed:
    examples = shipped("examples")
    entries: list[dict[str, Any]] = yaml.safe_load((examples / "demo.yaml").read_text("utf-8"))
    reviewed: Reviewed = []
    for entry in tracked(entries, "审查示例"):
        document = _document(examples, entry)
        room = room_for(document.source)
        document = room.intake(document)
        reviewed.append((document, room.review(document, engine.review, _DAY)))
    return reviewed


def _document(examples: Path, entry: dict[str, Any]) -> Document:
    """The file with the facts that the demo states for it."""
    category = Category(entry["category"]) if entry.get("category") else None
    source = Source(entry["source"]) if entry.get("source") else None
    document = read(examples / entry["file"], source=source, category=category, platform=entry.get("platform"))
    stated = {name: value for name, value in (entry.get("facts") or {}).items() if name not in document.facts}
    return document.model_copy(update={"facts": {**document.facts, **stated}})


def _write(folder: Path, reviewed: Reviewed) -> list[tuple[str, Path]]:
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


def _database(url: str) -> str:
    """The address as a person may see it: without a password."""
    from sqlalchemy import make_url  # noqa: PLC0415  # the record has loaded it already

    address = make_url(url)
    return address.database or "" if address.get_backend_name() == "sqlite" else address.render_as_string()
