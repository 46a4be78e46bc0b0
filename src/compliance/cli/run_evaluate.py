"""What `compliance evaluate` does."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from compliance.cli.configuration import Folders, folders, load_engine
from compliance.cli.output import write_stdout
from compliance.cli.progress import tracked
from compliance.model.document import Document
from compliance.model.errors import ComplianceError, ReadError
from compliance.release.evaluation import Evaluation, GoldRecord, evaluate
from compliance.words.masking import mask

__all__ = ["folders", "run"]

_LIKE = "按 compliance evaluate --help 所列的字段改正"


def run(gold: Path, chosen: Folders, *, day: date | None, show: int, as_json: bool) -> None:
    """Measure and print. Raises ComplianceError naming file and line for a record that cannot be measured."""
    records = list(_records(gold))
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


def _records(path: Path) -> Iterator[GoldRecord]:
    try:
        lines = path.read_bytes().split(b"\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"文件打不开（{reason}）", place=str(path), remedy="检查路径与权限") from error
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path} 第{number}行"
        record = _record(line, place)
        if record.id in seen:
            raise ReadError(f"编号「{record.id}」与第{seen[record.id]}行重复", place=place, remedy="换一个编号")
        seen[record.id] = number
        yield record
    if not seen:
        raise ReadError("文件里没有标注记录", place=str(path), remedy="每行放一条记录")


def _record(line: bytes, place: str) -> GoldRecord:
    try:
        record = GoldRecord.model_validate(orjson.loads(line))
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"]))
        problem = f"字段 {field} 缺失或不合要求" if field else "不是标注记录"
        raise ReadError(problem, place=place, remedy=_LIKE) from error
    except ValueError as error:
        raise ReadError("不是合法的 JSON", place=place, remedy=_LIKE) from error
    for label in record.labels:
        if not label.span or label.span not in record.text:
            raise ReadError(f"标注的「{label.span}」不在文本里", place=place, remedy="改成文本的原样片段")
    return record


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
