"""What `compliance evaluate` does."""

from datetime import date
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from compliance.cli.configuration import Folders, folders
from compliance.cli.loading import load_engine
from compliance.cli.output import write_stdout
from compliance.cli.progress import tracked
from compliance.model.document import Document
from compliance.model.errors import ComplianceError
from compliance.release.evaluation import Evaluation, evaluate
from compliance.release.labelled import gold_records
from compliance.words.masking import mask

__all__ = ["folders", "run"]


def run(gold: Path, chosen: Folders, *, day: date | None, show: int, as_json: bool) -> None:
    """Measure and print. Raises ComplianceError naming file and line for a record that cannot be measured."""
    records = gold_records(gold)
    engine = load_engine(chosen)
    reports = {}
    for record in tracked(records, "审查"):
        try:
            document = Document(id=record.id, source=record.source, category=record.category, text=record.text)
            reports[record.id] = engine.review(document, day)
        except ComplianceError as error:
            raise ComplianceError(error.problem, place=f"{gold} {error.place}", remedy=error.remedy) from error
    result = evaluate(records, reports)
    if as_json:
        write_stdout(orjson.dumps(result.summary(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    console = Console(highlight=False)
    _print(console, result)
    for title, rows in (("漏报", result.misses), ("误报", result.alarms)):
        for row in rows[:show]:
            console.print(mask(f"{title}：{' | '.join(row)}"), markup=False, soft_wrap=True)


def _print(console: Console, result: Evaluation) -> None:
    summary: dict[str, Any] = result.summary()
    for key, value in summary.items():
        if key != "by_kind":
            console.print(f"{key:18} {value}")
    table = Table("kind", "labels", "recall", "(kind)", "findings", "precision", box=None)
    for kind, row in summary["by_kind"].items():
        cells = (row["labels"], row["recall"], row["recall_kind"], row["findings"], row["precision"])
        table.add_row(kind, *map(str, cells))
    console.print(table)
