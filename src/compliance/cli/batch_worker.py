"""The processes that review the lines of a batch, each with an engine of its own."""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from itertools import islice
from typing import NamedTuple

from compliance.cli.configuration import Folders
from compliance.cli.lines import Line
from compliance.cli.loading import load_engine
from compliance.engine import Engine
from compliance.export.report_json import render
from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.errors import ComplianceError, ReadError
from compliance.model.report import Report
from compliance.opinion.configured import configured
from compliance.readers import parse_document
from compliance.release.release import Release

_engine: Engine | None = None  # one a process; workers that are forked have it from their parent


class Setup(NamedTuple):
    """Under what the lines are reviewed, and whether the reviews are wanted back to be recorded."""

    folders: Folders
    day: date | None
    record: bool


class Result(NamedTuple):
    """One line's outcome: its line of output, or why there is none."""

    line: bytes = b""
    reviewed: tuple[Document, Report] | None = None
    error: ComplianceError | None = None
    ignored: frozenset[str] = frozenset()


def results(chunks: Iterator[list[Line]], name: str, workers: int, setup: Setup) -> Generator[list[Result], None, None]:
    """The results of each chunk, in order. Raises LawError before the first when the rules do not load."""
    _load(setup.folders)
    if workers == 1:
        for chunk in chunks:
            yield _review(chunk, name, setup)
        return
    count = min(workers, os.cpu_count() or 1)
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(setup.folders,))
    try:
        waiting = deque(pool.submit(_review, chunk, name, setup) for chunk in islice(chunks, 2 * count))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_review, chunk, name, setup) for chunk in islice(chunks, 1))
    except BrokenProcessPool as error:
        raise ComplianceError(
            "一个工作进程意外退出，可能是内存不足", place=name, remedy="减少 --workers 后重试"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start(folders: Folders) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent alone decides and speaks
    if _engine is None:
        _load(folders)


def _load(folders: Folders) -> None:
    global _engine  # noqa: PLW0603  # a process holds one engine
    _engine = load_engine(folders, configured())


def loaded() -> Release:
    """The release that this process reviews under, once `results` has begun."""
    if _engine is None:
        raise RuntimeError("BUG: asked for the release before the engine was loaded")
    return _engine.release


def _review(chunk: list[Line], name: str, setup: Setup) -> list[Result]:
    if _engine is None:
        raise RuntimeError("BUG: a chunk reached a worker before its engine")
    return [_one(_engine, line, name, setup) for line in chunk]


def _one(engine: Engine, line: Line, name: str, setup: Setup) -> Result:
    ignored: set[str] = set()
    try:
        if line.data is None:
            raise ReadError("这一行超过单个文档的大小上限", remedy="拆成几个较小的文档")
        document = parse_document(line.data, line=line.number, ignored=ignored)
        room = room_for(document.source)
        document = room.intake(document)
        report = room.review(document, engine.review, setup.day)
    except ComplianceError as error:
        number = f"第{line.number}行"
        place = f"{name} {number} {error.place.removeprefix(number).strip()}".strip()
        return Result(error=ComplianceError(error.problem, place=place, remedy=error.remedy))
    reviewed = (document, report) if setup.record else None
    return Result(render(document, report, indent=False), reviewed, None, frozenset(ignored))
