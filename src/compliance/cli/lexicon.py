"""`compliance lexicon`: check words, and edit them in Excel."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.group import Command, Group
from compliance.cli.options import AsOfOption, LexiconsOption, PoliciesOption, day_of

app = typer.Typer(cls=Group)

IntoOption = Annotated[
    Path | None,
    typer.Option(
        "--into",
        help="改动写进哪个词库文件夹；不给就是 --lexicons 或 COMPLIANCE_LEXICONS 的最后一个，都没有就是随产品发布的。",
        show_default=False,
    ),
]

# What they do is imported where it is used: the workbook library takes a while.


@app.callback()
def lexicon() -> None:
    """词库：检查、导出到 Excel、从 Excel 导入。"""


@app.command(cls=Command)
def lint(
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    as_of: AsOfOption = None,
    stats: Annotated[bool, typer.Option("--stats", help="只列各类词的数目。")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有警告也算不通过。")] = False,
) -> None:
    """找出没用到的、永远不命中的、重复的、太宽的、援引失效条文的词。退出码：0 没有错误，3 有错误。"""
    day = day_of(as_of)
    from compliance.cli import run_lexicon as run  # noqa: PLC0415

    raise typer.Exit(run.statistics(policies, lexicons) if stats else run.lint(policies, lexicons, day, strict=strict))


@app.command(cls=Command)
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="写入的工作簿，以 .xlsx 结尾。")],
    lexicons: LexiconsOption = None,
) -> None:
    """把词库导出为 Excel 工作簿，每个词一行，可以改了再导入。"""
    from compliance.cli import run_lexicon as run  # noqa: PLC0415

    run.export(output, lexicons)


@app.command(name="import", cls=Command)
def import_(
    workbook: Annotated[Path, typer.Argument(help="改过的工作簿。", show_default=False, metavar="FILE")],
    apply: Annotated[bool, typer.Option("--apply", help="写入词库文件；不给就只列出改动。")] = False,
    lexicons: LexiconsOption = None,
    into: IntoOption = None,
) -> None:
    """列出工作簿与词库的不同；加上 --apply 才写入。退出码：0 没有错误，3 工作簿有错误，什么也没有写。"""
    from compliance.cli import run_lexicon as run  # noqa: PLC0415

    run.import_(workbook, lexicons, into, apply=apply)
