"""`compliance policy`: check, test and explain rules; what becomes of releases is in releases.py."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from compliance.cli import releases
from compliance.cli.failure import OptionError
from compliance.cli.group import Command, Group
from compliance.cli.options import LexiconsOption, PoliciesOption

app = typer.Typer(cls=Group)

FilesArgument = Annotated[
    list[Path] | None,
    typer.Argument(help="规则文件或文件夹；不给就看随产品发布的全部规则。", show_default=False, metavar="FILE"),
]
LanguageOption = Annotated[str, typer.Option("--lang", help="诊断的语言：zh 或 en。")]

# The compiler is imported where it is used: `policy explain E012` needs the catalogue alone.


@app.callback()
def policy() -> None:
    """规则：检查、运行例子、排版、解释、编辑器支持、发布、比较、回测。"""


@app.command(cls=Command)
def check(
    files: FilesArgument = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    language: LanguageOption = "zh",
) -> None:
    """编译规则，列出全部错误和警告。退出码：0 没有错误，3 有错误。"""
    chosen = _language(language)
    from compliance.cli import run_check as run  # noqa: PLC0415
    from compliance.cli.selection import selection  # noqa: PLC0415

    raise typer.Exit(run.check(selection(files, policies, lexicons), chosen))


@app.command(cls=Command)
def test(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="规则文件、文件夹或规则编号；不给就看全部规则。", show_default=False, metavar="FILE|RULE"),
    ] = None,
    mutates: Annotated[
        bool,
        typer.Option(
            "--mutate",
            help="再逐一去掉条件、例外与距离，列出没有例子发现的改动。",
            show_default=False,
        ),
    ] = False,
    rewrites: Annotated[
        bool,
        typer.Option("--rewrites", help="再照改写改掉应报的例子，用全部规则重审。", show_default=False),
    ] = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    language: LanguageOption = "zh",
) -> None:
    """用真实的编译器和匹配器运行规则里的例子。

    退出码：0 全部通过，1 有例子不通过（或有变异没被发现、有改写改完还报），3 规则有错误。
    """
    chosen = _language(language)
    from compliance.cli import run_policy as run  # noqa: PLC0415
    from compliance.cli.selection import selection  # noqa: PLC0415

    raise typer.Exit(run.test(selection(files, policies, lexicons), chosen, mutates=mutates, rewrites=rewrites))


@app.command("fmt", cls=Command)
def format_(
    files: Annotated[
        list[Path], typer.Argument(help="规则文件或文件夹；原地改写。", show_default=False, metavar="FILE...")
    ],
    to: Annotated[
        str | None, typer.Option("--to", help="换成中文（zh）或英文（en）的写法；不给就保持文件里多数的写法。")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="只检查，不改写：列出排版不同的文件。")] = False,
    language: LanguageOption = "zh",
) -> None:
    """统一规则文件的排版：语法树、注释和空行不变。退出码：0 好了，1 --check 时有文件要改，3 有文件读不懂。"""
    chosen = _language(language)
    surface = None if to is None else _language(to, "--to")
    from compliance.cli import run_format  # noqa: PLC0415

    raise typer.Exit(run_format.run(files, surface, chosen, check=check))


@app.command(cls=Command)
def explain(
    name: Annotated[str, typer.Argument(help="规则编号（AD-ABS-001）或诊断代码（E012）。", metavar="NAME")],
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """解释一条规则：条件、依据、罚则、例子；或一个诊断代码。"""
    from compliance.cli.explain_code import explanation  # noqa: PLC0415

    text = explanation(name)
    if text is None:
        from compliance.cli import run_policy as run  # noqa: PLC0415
        from compliance.cli.selection import selection  # noqa: PLC0415

        text = run.explanation(name, selection(None, policies, lexicons))
    typer.echo(text)


@app.command(cls=Command)
def coverage(
    law: Annotated[
        str | None, typer.Option("--law", help="只看这一部法律，列出每一条由哪些规则援引。", show_default=False)
    ] = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """列出规则覆盖了哪些法条、哪些类型和品类，以及缺口。"""
    from compliance.cli import run_coverage as run  # noqa: PLC0415

    run.coverage(policies, lexicons, law, as_json=as_json)


@app.command(cls=Command)
def lsp(
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    language: LanguageOption = "zh",
    stdio: Annotated[bool, typer.Option("--stdio", hidden=True)] = True,  # noqa: ARG001  # some editors always add it
) -> None:
    """供编辑器用的语言服务：诊断、补全、悬停说明、跳转、排版。由编辑器启动，走标准输入输出。"""
    chosen = _language(language)
    from compliance.cli import run_lsp  # noqa: PLC0415
    from compliance.cli.configuration import folders  # noqa: PLC0415

    raise typer.Exit(run_lsp.run(folders(policies, lexicons), chosen))


releases.add_to(app)


def _language(text: str, option: str = "--lang") -> Literal["zh", "en"]:
    match text:
        case "zh" | "en":
            return text
    raise OptionError(f"没有语言「{text}」", place=option, remedy="可用：zh、en")
