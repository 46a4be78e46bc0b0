"""`compliance evaluate`: the engine against a labelled set."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from compliance.cli.failure import errors
from compliance.cli.options import AsOfOption, LexiconsOption, PoliciesOption, day_of, folders
from compliance.engine import Engine
from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.model.report import Report
from compliance.release.evaluation import Evaluation, GoldRecord, evaluate

console = Console(highlight=False)


def evaluate_command(
    gold: Annotated[
        Path,
        typer.Argument(help="JSONL：id、source、category、text、labels[{kind, span}]、verdict。", metavar="GOLD.jsonl"),
    ],
    show: Annotated[int, typer.Option("--show", min=0, help="列出前 N 个漏报和误报。")] = 0,
    json_output: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象。")] = False,
    as_of: AsOfOption = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """在标注集上量召回、精确率和误报，按违规种类列出。"""
    records = _records(gold)
    chosen = folders(policies, lexicons)
    engine = Engine.load(chosen.policies, chosen.lexicons)
    day = day_of(as_of)
    reports: dict[str, Report] = {}
    for record in track(records, description="审查", console=errors, transient=True, disable=not errors.is_terminal):
        document = Document(id=record.id, source=record.source, category=record.category, text=record.text)
        reports[record.id] = engine.review(document, day)
    result = evaluate(records, reports)
    if json_output:
        console.print_json(orjson.dumps(result.summary()).decode())
        return
    _print(result)
    for title, rows in (("漏报", result.misses), ("误报", result.alarms)):
        for row in rows[:show]:
            console.print(f"{title}：{' | '.join(row)}", markup=False, soft_wrap=True)


def _records(path: Path) -> list[GoldRecord]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ReadError(f"文件打不开（{error.strerror}）", place=str(path), remedy="检查路径与权限") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(GoldRecord.model_validate(orjson.loads(line)))
            except ValueError as error:
                problem = "不是标注记录"
                raise ReadError(
                    problem, place=f"{path} 第{number}行", remedy="按 compliance evaluate --help 的字段改正"
                ) from error
    return found


def _print(result: Evaluation) -> None:
    summary: dict[str, Any] = result.summary()
    for key, value in summary.items():
        if key != "by_kind":
            console.print(f"{key:18} {value}")
    table = Table("kind", "labels", "recall", "(kind)", "findings", "precision", box=None)
    for kind, row in summary["by_kind"].items():
        cells = (row["labels"], row["recall"], row["recall_kind"], row["findings"], row["precision"])
        table.add_row(kind, *map(str, cells))
    console.print(table)
