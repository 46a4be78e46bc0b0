"""`compliance db`: the audit database."""

import typer

from compliance.cli.group import Command, Group

app = typer.Typer(cls=Group)


@app.callback()
def database() -> None:
    """审计数据库。"""


@app.command("upgrade", cls=Command)
def upgrade_command() -> None:
    """把审计数据库升级到当前版本；可以重复执行。"""
    from compliance.cli.configuration import settings  # noqa: PLC0415
    from compliance.cli.recording import prepare_home  # noqa: PLC0415
    from compliance.store.engine import open_database  # noqa: PLC0415
    from compliance.store.migrate import current, upgrade  # noqa: PLC0415

    chosen = settings()
    prepare_home(chosen)
    engine = open_database(chosen.database)
    try:
        before = current(engine)
        after = upgrade(engine)
    finally:
        engine.dispose()
    shown = engine.url.render_as_string(hide_password=True)
    typer.echo(f"{shown} 已是最新版本 {after}" if before == after else f"{shown} 已升级：{before or '空库'} → {after}")
