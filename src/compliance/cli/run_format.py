"""What `compliance policy fmt` does."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import typer

from compliance.cli.failure import COULD_NOT_REVIEW, show
from compliance.lang.diagnostics import Language, render
from compliance.lang.layout import formatted
from compliance.model.errors import LawError
from compliance.release.rules import read_rule_file

WOULD_CHANGE = 1


def run(paths: list[Path], to: Language | None, language: Language, *, check: bool) -> int:
    """Lays out every rule file, or only names those that would change; the exit code.

    Raises LawError when there is nothing to lay out or a file cannot be read or written.
    """
    broken = changed = 0
    files = _files(paths)
    for file in files:
        source = read_rule_file(file)
        text, diagnostics = formatted(source, str(file), to)
        for diagnostic in diagnostics:
            show(f"{render(diagnostic, source, language)}\n", colour="red")
        if text is None:
            broken += 1
        elif text.encode() != file.read_bytes():
            changed += 1
            typer.echo(str(file))
            if not check:
                _write(file, text)
    typer.echo(f"{len(files)} 个文件，{changed} 个{'要改' if check else '已改'}，{broken} 个读不懂")
    if broken:
        return COULD_NOT_REVIEW
    return WOULD_CHANGE if check and changed else 0


def _files(paths: list[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise LawError("规则文件不存在", place=str(path), remedy="检查路径")
        inside = sorted(path.rglob("*.rule")) if path.is_dir() else [path]
        if not inside:
            raise LawError("里面没有规则文件", place=str(path), remedy="规则文件的名字以 .rule 结尾")
        found |= dict.fromkeys(inside)
    return list(found)


def _write(file: Path, text: str) -> None:
    """All of it or nothing: a file beside it takes its place."""
    made = ""
    try:
        handle, made = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        Path(made).chmod(file.stat().st_mode)
        Path(made).replace(file)
    except OSError as error:
        with suppress(OSError):
            Path(made).unlink()
        raise LawError(f"文件写不进去（{error.strerror}）", place=str(file), remedy="检查权限与磁盘") from error
