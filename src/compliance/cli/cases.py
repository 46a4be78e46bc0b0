"""`compliance cases`: past cases."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.group import Command, Group

app = typer.Typer(cls=Group)


@app.callback()
def cases() -> None:
    """既往案例：找相近的。"""


@app.command(cls=Command)
def similar(
    text: Annotated[str, typer.Argument(help="要比的一句话。", metavar="TEXT")],
    file: Annotated[
        Path, typer.Option("--cases", help="JSONL：每行一个案例，text 必填，id、kind 可选。", metavar="CASES.jsonl")
    ],
    most: Annotated[int, typer.Option("--most", min=1, help="最多列几个。")] = 5,
) -> None:
    """按共有的字列出最相近的既往案例，最像的在前；打头的数是相近程度，0 到 1。"""
    from compliance.cli import run_cases as run  # noqa: PLC0415

    run.similar(text, file, most)
