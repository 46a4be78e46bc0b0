"""What `compliance policy profile` does."""

from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import typer
from rich.console import Console
from rich.table import Table

from compliance.cli.configuration import Folders, folders
from compliance.cli.loading import load_engine
from compliance.engine import CHINA
from compliance.judge.profile import Profile, profile
from compliance.model.vocabulary import Category
from compliance.readers import read

__all__ = ["folders", "run"]


def run(file: Path, chosen: Folders, *, day: date | None, category: Category | None, top: int) -> None:
    """Profiles the review of one file and prints. Raises ComplianceError."""
    document = read(file, category=category)
    engine = load_engine(chosen)
    _print(profile(engine.judge, document, day or datetime.now(CHINA).date(), perf_counter), len(document.text), top)


def _print(result: Profile, length: int, top: int) -> None:
    typer.echo(
        f"{length} 字，审查 {result.review * 1e3:.2f} 毫秒；其中准备与扫描 {result.scan * 1e3:.2f} 毫秒；"
        f"可能相关的规则 {result.asked} 条，词语出现而求值的 {len(result.rules)} 条"
    )
    total = sum(result.rules.values()) or 1.0
    table = Table("规则", "毫秒", "占求值", "结论", box=None)
    for name, seconds in sorted(result.rules.items(), key=lambda item: -item[1])[:top]:
        table.add_row(name, f"{seconds * 1e3:.3f}", f"{seconds / total:.0%}", str(result.findings[name]))
    Console(highlight=False).print(table)
