"""`compliance db`, and opening the audit database for other commands."""

from typing import TYPE_CHECKING

import typer
from rich.console import Console

from compliance.model.errors import StoreError
from compliance.settings import Settings

if TYPE_CHECKING:
    from compliance.store.reviews import ReviewStore

# SQLAlchemy and Alembic are imported where they are used: a command that keeps no record starts without them.

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)


def open_store(settings: Settings) -> "ReviewStore":
    """The review store, created and migrated on first use. Raises StoreError."""
    from compliance.store.encryption import load_key, parse_key  # noqa: PLC0415
    from compliance.store.engine import open_database  # noqa: PLC0415
    from compliance.store.reviews import ReviewStore  # noqa: PLC0415
    from compliance.store.schema import current, head  # noqa: PLC0415

    prepare_home(settings)
    engine = open_database(settings.database)
    if current(engine) != head():
        from compliance.store.migrate import upgrade  # noqa: PLC0415

        upgrade(engine)
    key = settings.encryption_key
    cipher = parse_key(key.get_secret_value()) if key else load_key(settings.key_file)
    return ReviewStore(engine, cipher)


def prepare_home(settings: Settings) -> None:
    """Make the folder for state; only its owner may look in. Raises StoreError."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"状态文件夹建不了（{error.strerror}）",
            place=str(settings.home),
            remedy="用 COMPLIANCE_HOME 指定一个可写的文件夹",
        ) from error


@app.command("upgrade")
def upgrade_command() -> None:
    """把审计数据库升级到当前版本；可以重复执行。"""
    from compliance.store.engine import open_database  # noqa: PLC0415
    from compliance.store.migrate import current, upgrade  # noqa: PLC0415

    settings = Settings()
    prepare_home(settings)
    engine = open_database(settings.database)
    before = current(engine)
    after = upgrade(engine)
    shown = engine.url.render_as_string(hide_password=True)
    console.print(
        f"{shown} 已是最新版本 {after}" if before == after else f"{shown} 已升级：{before or '空库'} → {after}",
        markup=False,
    )
