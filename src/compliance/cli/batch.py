"""`compliance batch`: a Document a line in, a Report a line out."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import AsOfOption, LexiconsOption, PoliciesOption, day_of


def batch(
    documents: Annotated[
        Path, typer.Argument(help="JSONL 文件，每行一个 Document；- 读标准输入。", metavar="IN.jsonl")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSONL 文件，每行一个 Report，顺序与输入相同。")],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="并行的进程数；结果与进程数无关。")] = 1,
    as_of: AsOfOption = None,
    record: Annotated[bool, typer.Option("--record/--no-record", help="是否记入审计数据库。")] = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """批量审查 JSONL。全部审完以 0 退出；某一行有错时指出行号、继续审其余各行，并以 3 退出。"""
    day = day_of(as_of)
    from compliance.cli import run_batch as run  # noqa: PLC0415  # the engine, once the options are known to be right

    setup = run.Setup(run.folders(policies, lexicons), day, record)
    raise typer.Exit(run.run(documents, output, setup, workers))
