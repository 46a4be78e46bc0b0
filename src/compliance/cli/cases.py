"""`compliance cases`: past cases, and past findings for people to confirm or reject."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.group import Command, Group
from compliance.cli.options import day_of, kind_of

app = typer.Typer(cls=Group)


@app.callback()
def cases() -> None:
    """既往案例：找相近的，导出结论供人确认或驳回。"""


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


@app.command(name="export-feedback", cls=Command)
def export_feedback(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="写到哪里，JSONL；文件已经有了就只添新的，填好的 feedback 不动。",
            metavar="FILE.jsonl",
        ),
    ],
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="从哪一天的审查起。", show_default=False)
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="YYYY-MM-DD", help="到哪一天的审查止（含）。", show_default=False),
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="只要一种，如 medical-claim。", show_default=False)] = None,
) -> None:
    """把审计数据库里的结论写成一行一条：那句话（个人信息已遮盖）、种类、片段，feedback 留空。

    填上 confirmed 或 rejected，交给 compliance model train --feedback。同一句话同一种类只写一次。
    """
    first, last = day_of(since, "--since"), day_of(until, "--until")
    chosen = kind_of(kind)
    from compliance.cli import run_feedback as run  # noqa: PLC0415

    run.export(output, first, last, chosen)
