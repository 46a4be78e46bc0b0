"""SQLite as a database of record: WAL, durable commits, foreign keys, and transactions that say what they want."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from compliance.model.errors import StoreError
from compliance.store.failures import place_of

BUSY_SECONDS = 30.0
WRITES = "compliance_writes"  # the execution option of a transaction that is going to write


def create_sqlite_engine(url: URL) -> Engine:
    """An engine on the file of `url`, created (for its owner alone) when missing. Raises StoreError."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:") or url.query:
        raise StoreError(
            "SQLite 地址必须是一个不带参数的文件路径，内存数据库留不下记录",
            place="数据库地址",
            remedy="请写成 sqlite:///路径/compliance.db",
        )
    _create_file(Path(url.database), place_of(url))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _create_file(path: Path, place: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"数据库文件不能建立或写入（{error.strerror}）",
            place=place,
            remedy="请检查文件夹与文件的写权限，或换一个数据库地址",
        ) from error


def _configure(connection: Any, _record: Any) -> None:
    # The driver's own transactions would commit around DDL and never begin before a read: we emit BEGIN ourselves.
    connection.isolation_level = None
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        # NORMAL may lose the last commits in a power cut; what was said to be recorded must stay recorded.
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Changing the mode fails at once, whatever the busy timeout, when two processes try it together.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
            continue
        if mode != "wal":
            raise StoreError(
                f"所在磁盘不支持 WAL（实际为 {mode}），多半是网络盘",
                place="SQLite 数据库",
                remedy="请把数据库放到本地磁盘，或改用 PostgreSQL",
            )
        return


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later may find its snapshot stale; IMMEDIATE waits its turn instead.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
