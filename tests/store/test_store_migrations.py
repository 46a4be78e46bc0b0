"""The tables come from migrations alone: complete, in one transaction, and safe when processes start together."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.fernet import MultiFernet
from sqlalchemy import Engine, inspect, text

from compliance.model.errors import StoreError
from compliance.store import migrate, schema, sqlite
from compliance.store.engine import open_database, writing
from compliance.store.migrate import alembic_config, current, head, upgrade
from compliance.store.reviews import ReviewStore
from compliance.store.tables import Base


def test_the_migrations_make_exactly_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_constraints_are_named_by_convention(engine: Engine) -> None:
    tables = inspect(engine)
    named = {
        "pk": tables.get_pk_constraint("finding")["name"],
        "fk": tables.get_foreign_keys("finding")[0]["name"],
        "uq": tables.get_unique_constraints("finding")[0]["name"],
        "ck": {check["name"] for check in tables.get_check_constraints("review")},
        "ix": {index["name"] for index in tables.get_indexes("review")},
    }
    assert named == {
        "pk": "pk_finding",
        "fk": "fk_finding_review_id_review",
        "uq": "uq_finding_review_id_position",
        "ck": {"ck_review_characters_not_negative", "ck_review_score_in_range"},
        "ix": {"ix_review_created_at", "ix_review_verdict", "ix_review_document_id_text_sha256"},
    }


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == schema.REVISIONS
    assert scripts.get_current_head() == head()


def test_no_revision_uses_batch_mode() -> None:
    versions = Path(schema.__file__).parent / "migrations" / "versions"
    sources = {path.name: path.read_text(encoding="utf-8") for path in versions.glob("r*.py")}
    assert len(sources) == len(schema.REVISIONS)
    assert [name for name, source in sources.items() if "batch" in source] == []


def test_upgrading_is_idempotent(empty: Engine) -> None:
    assert current(empty) is None
    assert upgrade(empty) == head()
    assert current(empty) == head()
    assert upgrade(empty) == head()


def test_what_was_upgraded_can_be_taken_back(engine: Engine) -> None:
    with writing(engine) as connection:
        downgrade(alembic_config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert upgrade(engine) == head()


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE finding (mine INTEGER)"))
    with pytest.raises(StoreError, match="已有同名的表，却不是本程序建的；请换一个空的数据库"):
        upgrade(empty)
    assert inspect(empty).get_table_names() == ["finding"]
    assert current(empty) is None


def test_processes_that_upgrade_together_all_succeed(database_url: str) -> None:
    script = (
        "import sys\n"
        "from compliance.store.engine import open_database\n"
        "from compliance.store.migrate import upgrade\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(upgrade(open_database(sys.argv[1])))"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    assert [child.communicate()[0].strip() for child in children] == [head()] * 3
    engine = open_database(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    engine.dispose()


def test_an_upgrade_waits_for_the_one_under_way(
    empty: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "TURN_SECONDS", 0.05)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    second = open_database(database_url)
    with writing(empty) as connection:
        migrate._take_turn(connection)
        with pytest.raises(StoreError, match="数据库正被另一个进程占用"):
            upgrade(second)
    assert upgrade(second) == head()
    second.dispose()


def test_a_database_that_is_not_migrated_is_refused(empty: Engine, cipher: MultiFernet) -> None:
    with pytest.raises(StoreError, match="数据库还没有建表；请先运行 compliance db upgrade"):
        ReviewStore(empty, cipher)


def test_a_database_of_an_older_schema_is_refused(
    engine: Engine, cipher: MultiFernet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002"))
    with pytest.raises(StoreError, match="结构版本 0001 旧于 0002；请先运行 compliance db upgrade"):
        ReviewStore(engine, cipher)


def test_a_database_of_a_newer_schema_is_refused_at_every_door(
    engine: Engine, cipher: MultiFernet, database_url: str
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for door in (
        lambda: open_database(database_url),
        lambda: upgrade(engine),
        lambda: ReviewStore(engine, cipher),
    ):
        with pytest.raises(StoreError, match=r"结构版本 9999 比本程序认识的 .* 新；请升级 compliance"):
            door()
