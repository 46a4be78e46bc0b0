"""`compliance batch`: a Document a line in, a Report a line out."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from compliance.cli.failure import COULD_NOT_REVIEW, errors, tell
from compliance.cli.options import AsOfOption, LexiconsOption, PoliciesOption, day_of, folders
from compliance.cli.review import record_reviews
from compliance.engine import Engine
from compliance.export.report_json import render as render_json
from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.errors import ComplianceError
from compliance.model.report import Report
from compliance.readers import parse_document

_CHUNK = 64

_worker: tuple[Engine, date | None] | None = None  # one a worker process, loaded once


def batch(
    documents: Annotated[Path, typer.Argument(help="JSONL 文件，每行一个 Document。", metavar="IN.jsonl")],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSONL 文件，每行一个 Report，顺序与输入相同。")],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="并行的进程数。")] = 1,
    as_of: AsOfOption = None,
    record: Annotated[bool, typer.Option("--record/--no-record", help="是否记入审计数据库。")] = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """批量审查 JSONL。某一行有错时指出行号、继续审其余各行，并以 3 退出。"""
    chosen = folders(policies, lexicons)
    setup = _Setup(chosen.policies, chosen.lexicons, day_of(as_of))
    total = _count(documents)
    part = output.with_name(f".{output.name}.part")
    output.parent.mkdir(parents=True, exist_ok=True)
    failed = 0
    ignored: frozenset[str] = frozenset()
    try:
        with part.open("wb") as out, _progress() as progress:
            task = progress.add_task("审查", total=total)
            for results in _results(_chunks(documents), workers, setup):
                good = [(r.document, r.report) for r in results if r.document is not None and r.report is not None]
                for document, report in good:
                    out.write(render_json(document, report, indent=False))
                ignored |= frozenset().union(*(r.ignored for r in results))
                for error in (r.error for r in results if r.error is not None):
                    tell(error)
                    failed += 1
                if record and good:
                    record_reviews(good)
                progress.advance(task, len(results))
        part.replace(output)
    finally:
        with suppress(OSError):
            part.unlink()
    if ignored:
        errors.print(f"忽略了 Document 之外的字段：{'、'.join(sorted(ignored))}", markup=False)
    errors.print(f"{total - failed} 篇已审查，写入 {output}", markup=False)
    if failed:
        raise typer.Exit(COULD_NOT_REVIEW)


class Result(NamedTuple):
    """One line's outcome: a document with its report, or the reason why there is none."""

    document: Document | None
    report: Report | None
    error: ComplianceError | None
    ignored: frozenset[str]


Line = tuple[int, bytes]


class _Setup(NamedTuple):
    policies: list[Path]
    lexicons: list[Path]
    day: date | None


def _count(path: Path) -> int:
    try:
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError as error:
        raise ComplianceError(f"文件打不开（{error.strerror}）", place=str(path), remedy="检查路径与权限") from error


def _chunks(path: Path) -> Iterator[list[Line]]:
    with path.open("rb") as lines:
        numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
        while chunk := list(islice(numbered, _CHUNK)):
            yield chunk


def _results(jobs: Iterator[list[Line]], workers: int, setup: _Setup) -> Iterator[list[Result]]:
    """The results of each chunk, in order, with at most a few chunks in flight."""
    if workers == 1:
        _load(setup)
        yield from map(_review, jobs)
        return
    with ProcessPoolExecutor(min(workers, os.cpu_count() or 1), initializer=_load, initargs=(setup,)) as pool:
        waiting = deque(pool.submit(_review, chunk) for chunk in islice(jobs, 2 * workers))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_review, chunk) for chunk in islice(jobs, 1))


def _load(setup: _Setup) -> None:
    global _worker  # noqa: PLW0603  # a worker process holds one engine
    _worker = (Engine.load(setup.policies, setup.lexicons), setup.day)


def _review(chunk: list[Line]) -> list[Result]:
    if _worker is None:
        raise RuntimeError("BUG: a chunk reached a worker before its engine")
    return [_one(*_worker, number, line) for number, line in chunk]


def _one(engine: Engine, day: date | None, number: int, line: bytes) -> Result:
    ignored: set[str] = set()
    try:
        document = parse_document(line, line=number, ignored=ignored)
        room = room_for(document.source)
        taken = room.intake(document)
        return Result(taken, room.review(taken, engine.review, day), None, frozenset(ignored))
    except ComplianceError as error:
        return Result(None, None, error, frozenset(ignored))


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=errors, transient=True, disable=not errors.is_terminal,
    )  # fmt: skip
