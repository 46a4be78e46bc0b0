"""What `compliance policy backtest` does."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import orjson
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from compliance.cli.configuration import Folders, folders, model_in_use
from compliance.cli.loading import load_engine
from compliance.cli.output import write_stdout
from compliance.cli.progress import tracked
from compliance.engine import Engine
from compliance.export.money import money_range
from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.readers import parse_document
from compliance.release.backtest import Backtest, Labels, RuleTally, backtest
from compliance.release.evaluation import Label
from compliance.release.release import drafted, load_release
from compliance.settings import cache_folder
from compliance.words.masking import mask

__all__ = ["folders", "run"]

Line = tuple[Document, Labels | None]


def run(draft: Path, corpus: Path, chosen: Folders, *, day: date | None, show: int, as_json: bool) -> None:
    """Compares and prints. Raises ComplianceError naming file and line."""
    documents = list(_documents(corpus))
    live = load_engine(chosen)
    release = load_release([*chosen.policies, draft], chosen.lexicons, model_in_use(), cache=cache_folder())
    trial = Engine(drafted(release, draft))
    result = backtest(
        tracked(documents, "回测"), lambda each: live.review(each, day), lambda each: trial.review(each, day)
    )
    if as_json:
        write_stdout(orjson.dumps(_summary(result), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    _print(result, show)


def _documents(path: Path) -> Iterator[Line]:
    try:
        lines = path.read_bytes().split(b"\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"文件打不开（{reason}）", place=str(path), remedy="检查路径与权限") from error
    found = False
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = True
            try:
                document = parse_document(line, line=number, ignored=set())
            except ReadError as error:
                raise ReadError(error.problem, place=f"{path} {error.place}", remedy=error.remedy) from error
            yield document, _labels(line, document, f"{path} 第{number}行")
    if not found:
        raise ReadError("文件里没有文档", place=str(path), remedy="每行放一个文档，可以带 labels")


def _labels(line: bytes, document: Document, place: str) -> Labels | None:
    """Where people marked violations; None for a document without labels."""
    given = orjson.loads(line).get("labels")
    if given is None:
        return None
    try:
        labels = [Label.model_validate(each) for each in given]
    except (ValidationError, TypeError) as error:
        raise ReadError("labels 不合要求", place=place, remedy="写成 [{kind, span}] 的列表") from error
    missing = next((label.span for label in labels if not label.span or label.span not in document.text), None)
    if missing is not None:
        raise ReadError(f"标注的「{missing}」不在文本里", place=place, remedy="改成文本的原样片段")
    spans = []
    for label in labels:
        at = document.text.find(label.span)
        while at >= 0:
            spans.append((label.kind, at, at + len(label.span)))
            at = document.text.find(label.span, at + 1)
    return spans


def _print(result: Backtest, show: int) -> None:
    fires = sum(change.fires for change in result.changes)
    typer.echo(f"{result.documents} 份文档：新报 {fires} 处，不再报 {len(result.changes) - fires} 处")
    for (old, new), count in sorted(result.verdicts.items()):
        typer.echo(f"结论 {old} → {new}：{count} 份")
    if not result.changes:
        return
    table = Table("规则", "新报", "精确率", "不再报", "其中有标注", "敞口合计", box=None)
    for tally in result.by_rule():
        table.add_row(*_cells(tally))
    Console(highlight=False).print(table)
    for change in result.ranked()[:show]:
        label = {True: "，有标注", False: "，没有标注", None: ""}[change.right]
        risk = money_range(change.finding.exposure.min, change.finding.exposure.max)
        verb = "新报" if change.fires else "不再报"
        text = f"{verb} {change.finding.rule} {change.document}「{change.finding.text}」{risk}{label}"
        typer.echo(mask(text))


def _cells(tally: RuleTally) -> tuple[str, ...]:
    precision = "–" if tally.precision is None else f"{tally.precision:.2f}（{tally.right}/{tally.labelled}）"
    return tally.rule, str(tally.fires), precision, str(tally.stops), str(tally.lost), f"{tally.exposure:,} 元"


def _summary(result: Backtest) -> dict[str, object]:
    return {
        "documents": result.documents,
        "verdicts": {f"{old} → {new}": count for (old, new), count in sorted(result.verdicts.items())},
        "rules": [
            {
                "rule": tally.rule,
                "fires": tally.fires,
                "precision": tally.precision,
                "stops": tally.stops,
                "lost": tally.lost,
                "exposure": tally.exposure,
            }
            for tally in result.by_rule()
        ],
        "changes": [
            {
                "document": mask(change.document),
                "rule": change.finding.rule,
                "fires": change.fires,
                "start": change.finding.start,
                "end": change.finding.end,
                "text": mask(change.finding.text),
                "labelled": change.right,
                "exposure": change.exposure,
            }
            for change in result.ranked()
        ],
    }
