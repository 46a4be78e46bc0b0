"""`compliance review`: files in, annotated report out."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.failure import OptionError
from compliance.cli.options import (
    AsOfOption,
    CategoryOption,
    LexiconsOption,
    PlatformOption,
    PoliciesOption,
    SourceOption,
    category_of,
    day_of,
    source_of,
)

FORMATS = {"text": (".txt",), "json": (".json",), "html": (".html", ".htm"), "sarif": (".sarif",), "xlsx": (".xlsx",)}
FAIL_ON = {"revise": 1, "block": 2, "never": 3}


def review(
    files: Annotated[
        list[str], typer.Argument(help="docx、xlsx、txt、srt/vtt/ass、pdf、json 文件；- 读标准输入。", metavar="FILE")
    ],
    category: CategoryOption = None,
    source: SourceOption = None,
    platform: PlatformOption = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option("--format", "-f", help="text、json、html、sarif 或 xlsx；不给则看 -o 的后缀，再不然就是 text。"),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到文件；不给则写到标准输出。")] = None,
    column: Annotated[str | None, typer.Option("--column", help="xlsx 里话术所在的列（字母或表头）。")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="xlsx 里只审这个工作表。")] = None,
    as_of: AsOfOption = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="从哪一级起以非零退出：revise、block 或 never。")
    ] = "revise",
    record: Annotated[bool, typer.Option("--record/--no-record", help="是否记入审计数据库。")] = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="连同被例外排除的命中一起显示。")] = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """审查文件：指出每处风险、法条、罚款区间和改法。退出码：0 通过，1 修改，2 禁止，3 无法审查。"""
    if fail_on not in FAIL_ON:
        raise OptionError(f"没有「{fail_on}」这一级", place="--fail-on", remedy=f"可用：{'、'.join(FAIL_ON)}")
    chosen = format_of(format, output)
    day, about, kind = day_of(as_of), category_of(category), source_of(source)
    from compliance.cli import run_review as run  # noqa: PLC0415  # the engine, once the options are known to be right

    reading = run.Reading(kind, about, platform, column, sheet)
    raise typer.Exit(
        run.run(
            files, reading, run.Writing(chosen, output, verbose), run.folders(policies, lexicons),
            day=day, record=record, fail_on=FAIL_ON[fail_on],
        )
    )  # fmt: skip


def format_of(name: str | None, output: Path | None) -> str:
    """The format that is asked for, or that the output's name stands for, or text. Raises OptionError."""
    if name is None:
        suffix = output.suffix.lower() if output is not None else ""
        return next((format_ for format_, suffixes in FORMATS.items() if suffix in suffixes), "text")
    if name not in FORMATS:
        raise OptionError(f"不支持的格式「{name}」", place="--format", remedy=f"可用：{'、'.join(FORMATS)}")
    return name
