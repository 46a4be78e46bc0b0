"""Which revision of the tables a database holds, and whether this program may use it.

Kept apart from the migrations, so that a review need not load Alembic to find that all is well.
"""

from sqlalchemy import Connection, Engine, inspect, text

from compliance.model.errors import StoreError
from compliance.store.failures import MIGRATE, explained, place_of

REVISIONS = ("0001",)  # oldest first; a test holds it against migrations/versions


def head() -> str:
    """The revision that this program needs."""
    return REVISIONS[-1]


def current(engine: Engine) -> str | None:
    """The revision of the database, None when it has no tables yet. Raises StoreError."""
    with explained(place_of(engine.url)), engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def refuse_newer(connection: Connection) -> None:
    """Raise StoreError when the tables were made by a later version of this program (or by another one)."""
    revision = revision_of(connection)
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            f"数据库的结构版本 {revision} 比本程序认识的 {head()} 新",
            place=place_of(connection.engine.url),
            remedy="请升级 compliance，或换一个数据库地址",
        )


def require_current(connection: Connection) -> None:
    """Raise StoreError unless the tables are exactly those that this program needs."""
    refuse_newer(connection)
    revision = revision_of(connection)
    if revision != head():
        problem = "数据库还没有建表" if revision is None else f"数据库的结构版本 {revision} 旧于 {head()}"
        raise StoreError(problem, place=place_of(connection.engine.url), remedy=MIGRATE)
