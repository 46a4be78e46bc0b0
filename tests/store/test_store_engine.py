"""A database that cannot be opened says which, why and what to do; one that can is safe to record in."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_samples import a_document, a_report
from sqlalchemy import Engine, text

from compliance.model.errors import StoreError
from compliance.store import sqlite
from compliance.store.encryption import load_key
from compliance.store.engine import open_database, writing
from compliance.store.migrate import upgrade
from compliance.store.reviews import ReviewStore

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may write anywhere; be nobody for a moment. Anyone else stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_sqlite_is_set_up_to_keep_records(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "reviews.db"
    engine = open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_transaction_that_fails_is_undone_with_its_tables(empty: Engine) -> None:
    def interrupted() -> None:
        with writing(empty) as connection:
            connection.execute(text("CREATE TABLE half (id INTEGER)"))
            connection.execute(text("INSERT INTO half VALUES (1)"))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        interrupted()
    with empty.connect() as connection:
        assert not empty.dialect.has_table(connection, "half")


def test_reading_goes_on_while_another_writes(engine: Engine) -> None:
    with writing(engine) as writer, engine.connect() as reader:
        writer.execute(text("DELETE FROM review"))
        assert reader.execute(text("SELECT count(*) FROM review")).scalar() == 0


def test_a_second_writer_is_told_that_the_database_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'reviews.db'}"
    engine = open_database(url)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    with writing(engine), pytest.raises(StoreError, match=r"数据库正被另一个进程占用；请稍后重试"):
        open_database(url)
    engine.dispose()


def test_a_file_that_another_program_has_locked_is_said_to_be_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with pytest.raises(StoreError, match=r"数据库正被另一个进程占用；请稍后重试"):
        open_database(f"sqlite:///{tmp_path / 'reviews.db'}")
    other.close()
    open_database(f"sqlite:///{tmp_path / 'reviews.db'}").dispose()


def test_two_processes_that_turn_wal_on_together_both_succeed(tmp_path: Path) -> None:
    class Contended(sqlite3.Connection):
        refusals = 2

        def execute(self, *args: Any) -> sqlite3.Cursor:
            if self.refusals:
                self.refusals -= 1
                raise sqlite3.OperationalError("database is locked")
            return super().execute(*args)

    connection = sqlite3.connect(tmp_path / "reviews.db", factory=Contended)
    sqlite._write_ahead(connection)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_disk_without_wal_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")  # the one database that stays out of WAL everywhere
    with pytest.raises(StoreError, match=r"不支持 WAL（实际为 memory）.*请把数据库放到本地磁盘"):
        sqlite._write_ahead(connection)
    connection.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "reviews.db",
        "mysql://u:hunter2@host/db",
        "oracle+x://[",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "sqlite:///x.db?mode=ro",
        "postgresql://u:hunter2@host:port/db",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(StoreError, match=r"数据库地址：.*；请写成 .+。") as caught:
        open_database(url)
    assert "hunter2" not in str(caught.value)


@given(st.text(max_size=40).filter(lambda url: not url.startswith(("sqlite", "postgres"))))
def test_no_address_breaks_the_parser(url: str) -> None:
    with pytest.raises(StoreError, match="请写成"):
        open_database(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("不是数据库" * 500, encoding="utf-8")
    with pytest.raises(StoreError, match=f"{path}：文件不是 SQLite 数据库，或已经损坏；请换一个文件"):
        open_database(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/reviews.db：数据库文件不能建立或写入.*请检查"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'reviews.db'}")
    with pytest.raises(StoreError, match="数据库文件不能建立或写入"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        open_database(f"sqlite:///{folder}/known.db").dispose()
        Path(folder).chmod(0o555)
        with unprivileged():
            with pytest.raises(StoreError, match=r"new.db：数据库文件不能建立或写入.*写权限"):
                open_database(f"sqlite:///{folder}/new.db")
            with pytest.raises(StoreError, match=r"known.db：.*；请"):
                open_database(f"sqlite:///{folder}/known.db")
        Path(folder).chmod(0o755)


def test_a_database_that_became_read_only_is_said_to_be_so(store: ReviewStore, engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")
        else:
            connection.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            connection.commit()
    with pytest.raises(StoreError, match="数据库只能读，不能写；请把写权限"):
        store.record(a_document(), a_report())


def test_a_missing_driver_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(
        StoreError, match=r"没有安装 PostgreSQL 驱动 psycopg；请运行 pip install 'compliance\[postgres\]'"
    ):
        open_database("postgresql://u:hunter2@localhost/reviews")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_that_is_not_there_is_named_without_its_password(scheme: str) -> None:
    url = f"{scheme}://u:hunter2@127.0.0.1:1/reviews?password=hunter2"
    with pytest.raises(StoreError, match=r"数据库 127\.0\.0\.1:1/reviews：连不上数据库；请检查地址") as caught:
        open_database(url)
    assert "hunter2" not in str(caught.value)


def test_a_host_that_has_no_address_is_said_to_be_out_of_reach() -> None:
    with pytest.raises(StoreError, match=r"数据库 \[/：连不上数据库；请检查地址"):
        open_database("postgresql://[")
    with pytest.raises(StoreError, match=r"数据库 /reviews：连不上数据库；请检查地址"):
        open_database(f"postgresql:///reviews?host={Path(__file__).parent}")


def test_a_database_that_does_not_exist_is_refused(postgresql: str) -> None:
    with pytest.raises(StoreError, match=r"/nowhere：连不上数据库；请检查地址、库名"):
        open_database(postgresql.replace("/postgres?", "/nowhere?"))


def test_tables_dropped_under_a_running_store_are_missed(store: ReviewStore, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE finding"))
    with pytest.raises(StoreError, match="数据库还没有建表，或结构过旧；请先运行 compliance db upgrade"):
        store.findings()


def test_a_store_is_reopened_with_all_it_held(database_url: str, tmp_path: Path) -> None:
    key = tmp_path / "compliance.key"
    engine = open_database(database_url)
    upgrade(engine)
    review_id = ReviewStore(engine, load_key(key)).record(a_document(), a_report())
    engine.dispose()
    again = open_database(database_url)
    assert ReviewStore(again, load_key(key)).get(review_id).document == a_document()
    again.dispose()
