"""What `compliance review` does."""

import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from compliance.cli.configuration import Folders, folders, settings
from compliance.cli.failure import COULD_NOT_REVIEW, OptionError, show, tell
from compliance.cli.loading import load_engine
from compliance.cli.output import check_output, write_file, write_stdout
from compliance.cli.progress import tracked
from compliance.cli.recording import keep_release, open_store, record_reviews
from compliance.engine import Engine
from compliance.export import FORMATS, print_report, render, render_many
from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.errors import ComplianceError, ReadError
from compliance.model.report import Report
from compliance.model.vocabulary import Category, Source, Verdict
from compliance.opinion.configured import configured
from compliance.readers import Limits, read, read_bytes

__all__ = ["Reading", "Writing", "folders", "run"]

EXIT_CODES = {Verdict.PASS: 0, Verdict.REVISE: 1, Verdict.BLOCK: 2}
STDIN = "-"

Reviewed = list[tuple[Document, Report]]


class Reading(NamedTuple):
    """How to read the files of one call."""

    source: Source | None
    category: Category | None
    platform: str | None
    column: str | None
    sheet: str | None


class Writing(NamedTuple):
    """In which format to show the reports, and where: standard output when `output` is None."""

    format: str
    output: Path | None
    verbose: bool


def run(
    files: list[str],
    reading: Reading,
    writing: Writing,
    chosen: Folders,
    *,
    day: date | None,
    record: bool,
    fail_on: int,
) -> int:
    """Review the files; the exit code. A file that cannot be reviewed is told of and does not stop the others."""
    _check_writing(writing, files)
    engine = load_engine(chosen, configured())
    reviewed: Reviewed = []
    problems: list[ComplianceError] = []
    taken: set[str] = set()
    for name in tracked(files, "审查"):
        try:
            reviewed.append(_review(name, reading, engine, day, taken))
        except ComplianceError as error:
            tell(error)
            problems.append(error)
    if reviewed:
        problems += _keep(reviewed, writing, engine if record else None, single=len(files) == 1)
    return COULD_NOT_REVIEW if problems else _exit_code([report for _, report in reviewed], fail_on)


def _check_writing(writing: Writing, files: list[str]) -> None:
    if writing.output is not None:
        check_output(writing.output, (name for name in files if name != STDIN))
    elif FORMATS[writing.format].binary and sys.stdout is not None and sys.stdout.isatty():
        raise OptionError(f"{writing.format} 是二进制文件，不能显示在终端", place="--format", remedy="用 -o 写到文件")


def _review(name: str, reading: Reading, engine: Engine, day: date | None, taken: set[str]) -> tuple[Document, Report]:
    _refuse_twice(name, taken)
    document = _read(name, reading)
    try:
        room = room_for(document.source)
        document = room.intake(document)
        return document, room.review(document, engine.review, day)
    except ComplianceError as error:
        raise ComplianceError(error.problem, place=f"{name} {error.place}".strip(), remedy=error.remedy) from error


def _refuse_twice(name: str, taken: set[str]) -> None:
    try:
        where = name if name == STDIN else str(Path(name).resolve())
    except (OSError, RuntimeError, ValueError):  # reading it will say what is wrong
        return
    if where in taken:
        shown, problem = ("标准输入", "只能读一次") if name == STDIN else (name, "同一个文件给了两次")
        raise ReadError(problem, place=shown, remedy="只留一个，它已经审查过了")
    taken.add(where)


def _read(name: str, reading: Reading) -> Document:
    """Raises ReadError that names the file as it was given."""
    if name == STDIN:
        return read_bytes(_stdin(), "标准输入", **reading._asdict())
    path = Path(name)
    try:
        return read(path, **reading._asdict())
    except ReadError as error:
        rest = error.place.removeprefix(path.name) if path.name else ""
        place = name + rest if error.place != rest else error.place  # else the reader had to clean the name
        raise ReadError(error.problem, place=place, remedy=error.remedy) from error


def _stdin() -> bytes:
    """One byte more than allowed: the reader says what the bound is."""
    if sys.stdin is None:
        raise ReadError("标准输入是关闭的", place="标准输入", remedy="给出文件名，或用管道送入内容")
    try:
        return sys.stdin.buffer.read(Limits().max_file_bytes + 1)
    except OSError as error:
        raise ReadError(f"读不出来（{error.strerror}）", place="标准输入", remedy="检查管道与重定向") from error


def _keep(reviewed: Reviewed, writing: Writing, engine: Engine | None, *, single: bool) -> list[ComplianceError]:
    """Record under the release of `engine`, then show, whatever becomes of either; what went wrong is told last."""
    problems: list[ComplianceError] = []
    if engine is not None:
        try:
            with open_store(settings()) as store:
                record_reviews(store, reviewed)
            keep_release(engine.release)
        except ComplianceError as error:
            problems.append(error)
    try:
        _write(reviewed, writing, single=single)
    except ComplianceError as error:
        problems.append(error)
    for problem in problems:
        tell(problem)
    return problems


def _write(reviewed: Reviewed, writing: Writing, *, single: bool) -> None:
    if writing.format == "text" and writing.output is None:
        console = Console(highlight=False)
        for document, report in reviewed:
            print_report(console, document, report, verbose=writing.verbose)
        return
    # The number of files that were asked for decides, so that a program knows what to expect.
    data = render(*reviewed[0], writing.format) if single else render_many(reviewed, writing.format)
    if writing.output is None:
        write_stdout(data)
        return
    write_file(writing.output, data)
    show(f"已写入 {writing.output}")


def _exit_code(reports: list[Report], fail_on: int) -> int:
    worst = max((EXIT_CODES[report.verdict] for report in reports), default=0)
    return worst if worst >= fail_on else 0
