"""Open a database by its address, and begin transactions that write."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from compliance.model.errors import StoreError
from compliance.store.failures import explained, place_of
from compliance.store.schema import refuse_newer
from compliance.store.sqlite import WRITES, create_sqlite_engine

_CONNECT_SECONDS = 10


def open_database(url: str) -> Engine:
    """Open `sqlite:///path` (created when missing) or `postgresql://user:password@host/name`.

    The database can be reached and written, and is not of a newer schema, when this returns; it may still
    have to be migrated. Raises StoreError.
    """
    address = _parse(url)
    sqlite = address.get_backend_name() == "sqlite"
    engine = create_sqlite_engine(address) if sqlite else _create_postgresql_engine(address)
    try:
        with explained(place_of(address)), writing(engine) as connection:
            refuse_newer(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: committed at the end of the block, undone whole by any exception."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        yield connection


def _parse(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # the message would quote the address, and with it a password
        address = None
    backend = address.drivername.partition("+")[0] if address is not None else ""
    if address is None or backend not in {"sqlite", "postgresql", "postgres"}:
        raise StoreError(
            f"不支持的数据库类型 {backend}" if backend else "看不懂这个地址",
            place="数据库地址",
            remedy="请写成 sqlite:///路径/compliance.db 或 postgresql://用户:密码@主机/库名",
        )
    return address.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _create_postgresql_engine(url: URL) -> Engine:
    timeout = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
    try:
        return create_engine(url, connect_args=timeout, pool_pre_ping=True, hide_parameters=True)
    except ImportError as error:
        raise StoreError(
            "没有安装 PostgreSQL 驱动 psycopg",
            place=place_of(url),
            remedy="请运行 pip install 'compliance[postgres]'，或改用 SQLite",
        ) from error
