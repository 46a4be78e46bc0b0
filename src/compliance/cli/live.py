"""`compliance live`: segments of a broadcast in, alerts out while it runs, the report at its end."""

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
    category_of,
    day_of,
    source_of,
)
from compliance.cli.review import FAIL_ON, format_of

LIVE_SOURCES = ("transcript", "danmaku")


def live(
    category: CategoryOption = None,
    platform: PlatformOption = None,
    source: Annotated[
        str, typer.Option("--source", help="transcript（主播的话，弹幕可以夹在里面）或 danmaku（只有弹幕）。")
    ] = "transcript",
    name: Annotated[str, typer.Option("--id", help="这场直播的编号，写进报告。")] = "live",
    facts: Annotated[
        Path | None,
        typer.Option("--facts", help='JSON 文件，写已知的事实与证据：{"facts": {…}, "evidence": […]}。'),
    ] = None,
    as_of: AsOfOption = None,
    report: Annotated[
        Path | None, typer.Option("--report", "-o", help="收尾报告写到这个文件；格式看后缀，同 review -o。")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="从哪一级起以非零退出：revise、block 或 never。")
    ] = "revise",
    record: Annotated[bool, typer.Option("--record/--no-record", help="收尾报告是否记入审计数据库。")] = True,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="提醒里的个人信息不打码。")] = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """边播边审：标准输入每行一个分段（JSON），标准输出每行一个提醒，随到随出。

    分段：text，可以有 t_start、t_end（秒）、speaker、channel、id、sequence；id 或 sequence 相同的后一个替换前一个。
    看不懂的行指出行号、跳过，其余照审，最后以 3 退出。输入结束（或 Ctrl-C）时收尾。退出码同 review。
    """
    if fail_on not in FAIL_ON:
        raise OptionError(f"没有「{fail_on}」这一级", place="--fail-on", remedy=f"可用：{'、'.join(FAIL_ON)}")
    chosen = format_of(None, report)
    day, about, kind = day_of(as_of), category_of(category), source_of(source)
    if kind is None or kind.value not in LIVE_SOURCES:
        raise OptionError(f"「{source}」不是边播边审的", place="--source", remedy=f"可用：{'、'.join(LIVE_SOURCES)}")
    from compliance.cli import run_live as run  # noqa: PLC0415  # the engine, once the options are known to be right

    known: dict[str, object] = {"id": name, "source": kind}
    known |= {key: value for key, value in (("category", about), ("platform", platform)) if value is not None}
    closing = run.Closing(report, chosen, record, FAIL_ON[fail_on])
    raise typer.Exit(run.run(known, facts, run.folders(policies, lexicons), closing, day=day, masked=not unmasked))
