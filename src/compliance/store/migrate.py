"""Bring a database to the tables of this program, whatever its age and however many processes try it at once."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from compliance.store.engine import writing
from compliance.store.failures import explained, place_of
from compliance.store.schema import current, head, refuse_newer

__all__ = ["alembic_config", "current", "head", "upgrade"]

_MIGRATIONS = Path(__file__).parent / "migrations"
TURN_SECONDS = 60.0  # how long to wait for the upgrade of another process
_ADVISORY_LOCK = 7_305_808_868_113_313_139  # any number that nobody else locks
_alembic = Lock()  # Alembic keeps the migration under way in a module


def upgrade(engine: Engine) -> str:
    """Apply every missing revision in one transaction and return the revision reached. Raises StoreError.

    Processes take their turn: those that come later find nothing left to do. A failure leaves the database as it was.
    """
    with _alembic, explained(place_of(engine.url)), writing(engine) as connection:
        _take_turn(connection)
        refuse_newer(connection)
        command.upgrade(alembic_config(connection), "head")
    return head()


def alembic_config(connection: Connection | None = None) -> Config:
    """The Alembic environment of this package, on an open connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")  # a module's name cannot start with a digit
    return config


def _take_turn(connection: Connection) -> None:
    # On SQLite the BEGIN IMMEDIATE of `writing` has done it already.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{TURN_SECONDS}s"})
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
