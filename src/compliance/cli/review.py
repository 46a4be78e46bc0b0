"""`compliance review`: files in, annotated report out."""

import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import track

from compliance.cli.database import open_store
from compliance.cli.failure import COULD_NOT_REVIEW, errors, tell
from compliance.cli.options import (
    AsOfOption,
    OptionError,
    CategoryOption,
    LexiconsOption,
    PlatformOption,
    PoliciesOption,
    SourceOption,
    category_of,
    day_of,
    folders,
    source_of,
)
from compliance.engine import Engine
from compliance.export import FORMATS, print_report, render, render_many
from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.errors import ComplianceError
from compliance.model.report import Report
from compliance.model.vocabulary import Category, Source, Verdict
from compliance.readers import read, read_bytes
from compliance.settings import Settings

EXIT_CODES = {Verdict.PASS: 0, Verdict.REVISE: 1, Verdict.BLOCK: 2}
_FAIL_ON = {"revise": 1, "block": 2, "never": 3}


class Choices(NamedTuple):
    """How to read the files of one call."""

    source: Source | None
    category: Category | None
    platform: str | None
    column: str | None
    sheet: str | None


def review(
    files: Annotated[
        list[str], typer.Argument(help="docx、xlsx、txt、srt/vtt/ass、pdf、json 文件；- 读标准输入。", metavar="FILE…")
    ],
    category: CategoryOption = None,
    source: SourceOption = None,
    platform: PlatformOption = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text、json、html、sarif 或 xlsx。")] = "text",  # noqa: A002
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到文件；不给则写到标准输出。")] = None,
    column: Annotated[str | None, typer.Option("--column", help="xlsx 里话术所在的列（字母或表头）。")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="xlsx 里只审这个工作表。")] = None,
    as_of: AsOfOption = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="从哪一级起以非零退出：revise、block 或 never。")
    ] = "revise",
    record: Annotated[bool, typer.Option("--record/--no-record", help="是否记入审计数据库。")] = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="连同被例外排除的命中一起显示。")] = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """审查文件：指出每处风险、法条、罚款区间和改法。退出码：0 通过，1 修改，2 禁止，3 无法审查。"""
    if format not in FORMATS:
        raise OptionError(f"不支持的格式「{format}」", place="--format", remedy=f"可用：{'、'.join(FORMATS)}")
    if fail_on not in _FAIL_ON:
        raise OptionError(f"没有「{fail_on}」这一级", place="--fail-on", remedy=f"可用：{'、'.join(_FAIL_ON)}")
    day = day_of(as_of)
    chosen = Choices(source_of(source), category_of(category), platform, column, sheet)
    chosen_folders = folders(policies, lexicons)
    engine = Engine.load(chosen_folders.policies, chosen_folders.lexicons)
    reviewed: list[tuple[Document, Report]] = []
    failed = 0
    for name in track(files, description="审查", console=errors, transient=True, disable=not errors.is_terminal):
        try:
            document = _read(name, chosen)
            room = room_for(document.source)
            taken = room.intake(document)
            reviewed.append((taken, room.review(taken, engine.review, day)))
        except ComplianceError as error:
            tell(error)
            failed += 1
    if reviewed:
        _write(reviewed, format, output, verbose=verbose)
        if record:
            record_reviews(reviewed)
    raise typer.Exit(_exit_code([report for _, report in reviewed], failed, fail_on))


def record_reviews(reviewed: list[tuple[Document, Report]]) -> None:
    """Into the audit database, one transaction a level."""
    store = open_store(Settings())
    by_level: dict[int, list[tuple[Document, Report]]] = {}
    for document, report in reviewed:
        by_level.setdefault(room_for(document.source).level, []).append((document, report))
    for pairs in by_level.values():
        room_for(pairs[0][0].source).record(store, pairs)


def _read(name: str, chosen: Choices) -> Document:
    if name == "-":
        data = sys.stdin.buffer.read()
        return read_bytes(
            data, "标准输入", source=chosen.source, category=chosen.category, platform=chosen.platform,
            column=chosen.column, sheet=chosen.sheet,
        )  # fmt: skip
    return read(
        Path(name), source=chosen.source, category=chosen.category, platform=chosen.platform,
        column=chosen.column, sheet=chosen.sheet,
    )  # fmt: skip


def _write(reviewed: list[tuple[Document, Report]], format_: str, output: Path | None, *, verbose: bool) -> None:
    if format_ == "text" and output is None:
        console = Console(highlight=False)
        for document, report in reviewed:
            print_report(console, document, report, verbose=verbose)
        return
    data = render(*reviewed[0], format_) if len(reviewed) == 1 else render_many(reviewed, format_)
    if output is not None:
        write_file(output, data)
        errors.print(f"已写入 {output}", markup=False)
        return
    if FORMATS[format_].binary and sys.stdout.isatty():
        raise OptionError(f"{format_} 是二进制文件，不能显示在终端", place="--format", remedy="用 -o 写到文件")
    sys.stdout.buffer.write(data)
    if not data.endswith(b"\n") and not FORMATS[format_].binary:
        sys.stdout.buffer.write(b"\n")


def write_file(path: Path, data: bytes) -> None:
    """All or nothing: a half-written report never stands under its final name. Raises ComplianceError."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ComplianceError(f"写不进去（{error.strerror}）", place=str(path), remedy="换一个可写的位置") from error


def _exit_code(reports: list[Report], failed: int, fail_on: str) -> int:
    if failed:
        return COULD_NOT_REVIEW
    worst = max((EXIT_CODES[report.verdict] for report in reports), default=0)
    return worst if worst >= _FAIL_ON[fail_on] else 0
