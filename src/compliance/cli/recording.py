"""Putting reviews into the audit database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance.levels.pipeline import room_for
from compliance.model.document import Document
from compliance.model.errors import StoreError
from compliance.model.report import Report
from compliance.settings import Settings, releases_folder

if TYPE_CHECKING:
    from compliance.release.release import Release
    from compliance.store.reviews import ReviewStore

# SQLAlchemy and Alembic are imported where they are used: a command that keeps no record starts without them.


@contextmanager
def open_store(settings: Settings) -> "Iterator[ReviewStore]":
    """The review store, created and migrated on first use, for the length of the block. Raises StoreError."""
    from compliance.store.encryption import load_key, parse_key  # noqa: PLC0415
    from compliance.store.engine import open_database  # noqa: PLC0415
    from compliance.store.reviews import ReviewStore  # noqa: PLC0415
    from compliance.store.schema import current, head  # noqa: PLC0415

    prepare_home(settings)
    engine = open_database(settings.database)
    try:
        if current(engine) != head():
            from compliance.store.migrate import upgrade  # noqa: PLC0415

            upgrade(engine)
        key = settings.encryption_key
        cipher = parse_key(key.get_secret_value()) if key else load_key(settings.key_file)
        yield ReviewStore(engine, cipher)
    finally:
        engine.dispose()


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


def record_reviews(store: "ReviewStore", reviewed: list[tuple[Document, Report]]) -> None:
    """Into the audit database, one transaction a level. Raises StoreError."""
    by_level: dict[int, list[tuple[Document, Report]]] = {}
    for document, report in reviewed:
        by_level.setdefault(room_for(document.source).level, []).append((document, report))
    for pairs in by_level.values():
        room_for(pairs[0][0].source).record(store, pairs)


def keep_release(release: "Release") -> None:
    """The release of recorded reviews, so that they can be replayed. Raises LawError when it cannot be kept."""
    from compliance.release.published import Releases  # noqa: PLC0415

    releases = Releases(releases_folder())
    if not releases.has(release.digest):
        releases.keep(release.sources)
