"""The `compliance` command and its groups.

What a command says of itself is here and in the modules named after the commands; what it does is in the `run_…`
modules, which load the engine and are imported only when the command runs.
"""

from typing import Annotated

import typer

from compliance import __version__
from compliance.cli import cases, database, lexicon, model, policy
from compliance.cli.batch import batch
from compliance.cli.demo import demo
from compliance.cli.evaluate import evaluate
from compliance.cli.group import Command, Group
from compliance.cli.live import live
from compliance.cli.releases import replay
from compliance.cli.review import review

app = typer.Typer(
    name="compliance",
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"compliance {__version__}")
        raise typer.Exit


@app.callback()
def compliance(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """直播带货话术合规审查：脚本、转写、弹幕、商品详情。

    退出码：0 通过，1 修改，2 禁止，3 无法审查（包括用法错误和中断）。
    """


app.command(cls=Command)(review)
app.command(cls=Command)(batch)
app.command(cls=Command)(live)
app.command(cls=Command)(evaluate)
app.command(cls=Command)(replay)
app.command(cls=Command)(demo)
app.add_typer(policy.app, name="policy", help="规则：检查、运行例子、解释、发布、比较、回测。")
app.add_typer(lexicon.app, name="lexicon", help="词库：检查、导出到 Excel、从 Excel 导入。")
app.add_typer(model.app, name="model", help="语义判读的模型：训练、评测、查看。")
app.add_typer(cases.app, name="cases", help="既往案例：找相近的，导出结论供人确认或驳回。")
app.add_typer(database.app, name="db", help="审计数据库。")


if __name__ == "__main__":
    app()
