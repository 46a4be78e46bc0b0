"""`compliance demo`: the shipped example scripts from file to report, workbook and audit database."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="报告写到哪个文件夹；缺省在状态文件夹下。")
    ] = None,
) -> None:
    """审查随产品发布的示例话术，留下 JSON、HTML、Excel、SARIF 和审计数据库。"""
    from compliance.cli.run_demo import run  # noqa: PLC0415  # the engine

    run(output)
