"""`compliance policy publish|diff|backtest|profile` and `compliance replay`."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.group import Command
from compliance.cli.options import (
    AsOfOption,
    CategoryOption,
    LexiconsOption,
    PoliciesOption,
    category_of,
    day_of,
)

_NAMES = "live（正在使用的）、current（现在的文件夹）、摘要的开头几位，或加在现在的规则之上的文件夹。"

# What the commands do is imported when they run: see main.py.


def add_to(policy: typer.Typer) -> None:
    """The commands of the group `policy`."""
    for command in (publish, diff, backtest, profile):
        policy.command(cls=Command)(command)


def publish(policies: PoliciesOption = None, lexicons: LexiconsOption = None) -> None:
    """把规则、词库、法律与事实冻结成一个版本并启用；有错误或例子不通过就不发布，正在使用的版本不变。"""
    from compliance.cli import run_release as run  # noqa: PLC0415

    raise typer.Exit(run.publish(run.folders(policies, lexicons)))


def diff(
    before: Annotated[str, typer.Argument(help=_NAMES, metavar="A")],
    after: Annotated[str, typer.Argument(help="同上。", metavar="B")] = "current",
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """两个版本差在哪里：规则新增、删除、含义变了、只改了措辞。退出码：0 没有差别，1 有差别。"""
    from compliance.cli import run_release as run  # noqa: PLC0415

    raise typer.Exit(run.diff(before, after, run.folders(policies, lexicons)))


def backtest(
    draft: Annotated[
        Path, typer.Argument(help="草稿规则的文件或文件夹，加在现在的规则之上。", metavar="DRAFT", exists=True)
    ],
    corpus: Annotated[
        Path, typer.Option("--on", help="JSONL：每行一个文档，可以带 labels[{kind, span}]。", metavar="CORPUS.jsonl")
    ],
    show: Annotated[int, typer.Option("--show", min=0, help="列出敞口最大的前 N 处。")] = 10,
    json_output: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象。")] = False,
    as_of: AsOfOption = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """草稿与现行规则在同一批文档上的差别：新报什么、不再报什么、精确率，按敞口排列。草稿里的草稿与影子规则按生效运行。"""
    day = day_of(as_of)
    from compliance.cli import run_backtest as run  # noqa: PLC0415

    run.run(draft, corpus, run.folders(policies, lexicons), day=day, show=show, as_json=json_output)


def profile(
    file: Annotated[Path, typer.Argument(help="要审查的文件。", metavar="FILE")],
    category: CategoryOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="列出最慢的前 N 条规则。")] = 20,
    as_of: AsOfOption = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """审查一个文件时，时间花在哪些规则上。"""
    day, kind = day_of(as_of), category_of(category)
    from compliance.cli import run_profile as run  # noqa: PLC0415

    run.run(file, run.folders(policies, lexicons), day=day, category=kind, top=top)


def replay(
    report: Annotated[str, typer.Argument(help="审查编号，或文档编号（取最近一次）。", metavar="REPORT")],
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """按记录下来的版本与日期重新审查记录下来的文档，逐字节比较。退出码：0 一致，1 不一致，3 无法重放。"""
    from compliance.cli import run_release as run  # noqa: PLC0415

    raise typer.Exit(run.replay(report, run.folders(policies, lexicons)))
