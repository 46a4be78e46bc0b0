"""The `compliance` command and its groups."""

import typer

from compliance.cli import database, policy
from compliance.cli.batch import batch
from compliance.cli.demo import demo
from compliance.cli.evaluate import evaluate_command
from compliance.cli.failure import Failing
from compliance.cli.review import review

app = typer.Typer(
    name="compliance",
    help="直播带货话术合规审查：脚本、转写、弹幕、商品详情。",
    cls=Failing,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(review)
app.command()(batch)
app.command("evaluate")(evaluate_command)
app.command()(demo)
app.add_typer(policy.app, name="policy", help="规则：检查、运行例子、解释。")
app.add_typer(database.app, name="db", help="审计数据库。")


if __name__ == "__main__":
    app()
