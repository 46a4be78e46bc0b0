"""Every failure of the database as one sentence with a remedy; no statement and no parameter is ever shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from compliance.model.errors import StoreError

MIGRATE = "请先运行 compliance db upgrade"


class _Known(NamedTuple):
    """A failure that both drivers report in their own way: SQLite in words, PostgreSQL by SQLSTATE."""

    words: tuple[str, ...]
    states: tuple[str, ...]
    problem: str
    remedy: str


_KNOWN = (
    _Known(
        ("locked", "busy"),
        ("55P03", "40P01", "40001"),
        "数据库正被另一个进程占用",
        "请稍后重试，或结束占用它的进程",
    ),
    _Known(("readonly",), ("25006", "42501"), "数据库只能读，不能写", "请把写权限授予当前用户，或换一个数据库地址"),
    _Known(("unable to open",), (), "数据库文件打不开", "请检查所在文件夹是否存在、是否可写"),
    _Known(("not a database", "malformed"), (), "文件不是 SQLite 数据库，或已经损坏", "请换一个文件，或从备份恢复"),
    _Known(("disk is full",), ("53100",), "磁盘已满", "请腾出空间后重试"),
    _Known(("no such table", "no such column"), ("42P01", "42703"), "数据库还没有建表，或结构过旧", MIGRATE),
    _Known(("already exists",), ("42P07",), "数据库里已有同名的表，却不是本程序建的", "请换一个空的数据库"),
    _Known((), ("22003",), "数值超出数据库能保存的范围", "请检查金额与位置是否正确"),
    _Known(
        ("connection to server", "connection timeout", "failed to resolve", "server closed", "connection is closed"),
        ("28P01", "28000", "57P01", "57P03", "53300", "3D000"),
        "连不上数据库",
        "请检查地址、库名、用户名与密码，以及数据库是否在运行",
    ),
)


def place_of(url: URL) -> str:
    """The database as a person names it: a path, or host and name. Never a password, wherever the URL carries it."""
    if url.get_backend_name() == "sqlite":
        return f"数据库 {url.database}"
    host = f"{url.host}:{url.port}" if url.host and url.port else url.host or ""
    return f"数据库 {host}/{url.database or ''}"


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what the driver raises inside the block into a StoreError that names `place`."""
    try:
        yield
    except OverflowError as error:  # sqlite3 raises it bare for integers beyond 64 bits
        raise StoreError("数值超出数据库能保存的范围", place=place, remedy="请检查金额与位置是否正确") from error
    except SQLAlchemyError as error:
        raise _explain(error, place) from error


def _explain(error: SQLAlchemyError, place: str) -> StoreError:
    cause = getattr(error, "orig", None)
    if isinstance(cause, StoreError):  # raised by one of our column types
        return cause
    text, state = str(cause or error).casefold(), getattr(cause, "sqlstate", None)
    for known in _KNOWN:
        if state in known.states if state else any(word in text for word in known.words):
            return StoreError(known.problem, place=place, remedy=known.remedy)
    # The message of an unforeseen failure may quote a row; its class and SQLSTATE do not.
    code = f"{type(cause or error).__name__}{f' {state}' if state else ''}"
    return StoreError(f"数据库报错（{code}）", place=place, remedy="没有写入任何内容，请查看数据库日志后重试")
