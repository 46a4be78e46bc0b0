"""What `compliance lexicon` does with words."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

import typer

from compliance.cli.configuration import folders
from compliance.cli.failure import COULD_NOT_REVIEW, OptionError, show
from compliance.cli.output import replacing, write_file
from compliance.engine import CHINA
from compliance.lang.parse import parse
from compliance.lang.registry import LawRegistry
from compliance.lang.uses import uses
from compliance.lexicon.applying import file_text
from compliance.lexicon.columns import LEXICONS
from compliance.lexicon.difference import Change, differences
from compliance.lexicon.lint import lint as lint_lexicons
from compliance.lexicon.lint import statistics as statistics_of
from compliance.lexicon.sheets import LIMITS, from_workbook
from compliance.lexicon.workbook import to_workbook
from compliance.lexicon.written import WrittenLexicon, read_written
from compliance.model.errors import ComplianceError, ReadError
from compliance.release.laws import load_laws
from compliance.release.shipped import shipped
from compliance.release.sources import read_sources


def lint(policies: list[Path] | None, lexicons: list[Path] | None, day: date | None, *, strict: bool) -> int:
    """Prints every doubt; the exit code."""
    chosen = folders(policies, lexicons)
    sources = read_sources(chosen.policies, chosen.lexicons)
    files = [parse(text, path)[0] for path, text in sources.rules]
    used = uses(files, [lexicon.group for lexicon in sources.lexicons])
    laws = LawRegistry(sources.instruments)
    doubts = lint_lexicons(sources.lexicons, used, laws, day or datetime.now(CHINA).date())
    for doubt in doubts:
        show(str(doubt), colour="red" if doubt.is_error else "yellow")
    wrong = sum(doubt.is_error for doubt in doubts)
    typer.echo(f"{len(sources.lexicons)} 个词库，{wrong} 处错误，{len(doubts) - wrong} 处警告")
    return COULD_NOT_REVIEW if wrong or (strict and doubts) else 0


def statistics(policies: list[Path] | None, lexicons: list[Path] | None) -> int:
    chosen = folders(policies, lexicons)
    figures = statistics_of(read_sources(chosen.policies, chosen.lexicons).lexicons)
    typer.echo(f"{figures.lexicons} 个词库，{figures.terms} 个词，折叠后不同的 {figures.distinct} 个")
    typer.echo(f"看穿伪装的 {figures.disguised} 个，同组里已有更短的词的 {figures.redundant} 个")
    typer.echo(f"盖词 {figures.covers} 个，提示词 {figures.cues} 个")
    for name, (count, terms) in figures.by_folder.items():
        typer.echo(f"  {name}：{count} 个词库，{terms} 个词")
    return 0


def export(output: Path, lexicons: list[Path] | None) -> None:
    """Raises ComplianceError."""
    if output.suffix.lower() != ".xlsx":
        raise OptionError(f"「{output.name}」不是 .xlsx 文件", place="--output", remedy="文件名以 .xlsx 结尾")
    words = read_written(_all(lexicons))
    write_file(output, to_workbook(words))
    show(f"{len(words)} 个词库，{sum(len(each.terms) for each in words)} 个词，已写入 {output}")


def import_(workbook: Path, lexicons: list[Path] | None, into: Path | None, *, apply: bool) -> None:
    """Print the differences, and write them when asked to: all files or none. Raises ComplianceError."""
    every = _all(lexicons)
    target = into or every[-1]
    if into is not None and into not in every:
        every.append(into)
    before = read_written([folder for folder in every if folder.is_dir()])
    laws = LawRegistry(load_laws(shipped("policies") / "laws"))
    after = from_workbook(_read(workbook), workbook.name, laws, datetime.now(CHINA).date())
    _check_files(before, after, workbook.name)
    changes = differences(before, after)
    for change in changes:
        typer.echo(f"{change.now.group}（{change.now.path}）")
        for line in change.lines:
            typer.echo(f"  {line}")
    given = {lexicon.group for lexicon in after}
    untouched = sum(lexicon.group not in given for lexicon in before)
    left = f"，{untouched} 个词库不在表里，保持原样" if untouched else ""
    written = _planned(changes, every, target)  # what would not load is refused with or without --apply
    if not apply:
        typer.echo(f"{len(changes)} 个词库有改动{left}" + ("；没有写入，确认后加 --apply" if changes else ""))
        return
    with ExitStack() as files:
        # Each file takes its name when the stack ends, after all of them are written.
        for path, text in written.items():
            files.enter_context(replacing(path)).write(text.encode())
    typer.echo(f"{len(changes)} 个词库有改动{left}，已写入 {target}")


def _check_files(before: Sequence[WrittenLexicon], after: Sequence[WrittenLexicon], name: str) -> None:
    """A lexicon stays in its file, and a file belongs to its lexicon. Raises ComplianceError."""
    of_group = {lexicon.group: lexicon.path for lexicon in before}
    of_path = {lexicon.path: lexicon.group for lexicon in before}
    for lexicon in after:
        path, owner = of_group.get(lexicon.group, lexicon.path), of_path.get(lexicon.path, lexicon.group)
        if path != lexicon.path:
            problem, remedy = f"词库「{lexicon.group}」的文件是 {path}", "“文件”列改回去；要改名就直接改文件名"
        elif owner != lexicon.group:
            problem = f"文件 {lexicon.path} 已经是词库「{owner}」的"
            remedy = "词库名改回去，或给新词库写一个新的文件名；要改名就直接改文件"
        else:
            continue
        raise ComplianceError(problem, place=f"{name} 的“{LEXICONS}”表", remedy=remedy)


def _planned(changes: list[Change], every: list[Path], target: Path) -> dict[Path, str]:
    """Path → text of every file to write. Raises LawError for a lexicon that would not load."""
    planned = {}
    for change in changes:
        path = target / change.now.path
        planned[path] = file_text(change.now, change.was, _text(change.was, every), path)
    return planned


def _text(lexicon: WrittenLexicon | None, every: list[Path]) -> str:
    if lexicon is None:
        return ""
    file = next(path for folder in reversed(every) if (path := folder / lexicon.path).is_file())
    return file.read_bytes().decode("utf-8-sig")


def _all(lexicons: list[Path] | None) -> list[Path]:
    return [shipped("lexicons"), *folders(None, lexicons).lexicons]


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMITS.max_file_bytes:
            raise ReadError("文件太大", place=str(path), remedy="只留下要改的词库")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"文件打不开（{reason}）", place=str(path), remedy="检查路径与权限") from error
