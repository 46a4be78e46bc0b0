"""Identifiers sort by time and are UUIDs of version 7."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from compliance.store.identifiers import new_id, time_of


def test_identifiers_are_version_7_and_rise() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    for identifier in made[:100]:
        value = uuid.UUID(identifier)
        assert (value.version, value.variant, str(value)) == (7, uuid.RFC_4122, identifier)


def test_an_identifier_knows_when_it_was_made() -> None:
    before = datetime.now(UTC)
    made = time_of(new_id())
    assert before - timedelta(milliseconds=1) <= made <= datetime.now(UTC) + timedelta(milliseconds=1)
    assert made.utcoffset() == timedelta(0)


def test_the_example_of_the_standard_is_read() -> None:
    # RFC 9562, appendix A.6: 2022-02-22T14:22:22.000-05:00; its next twelve bits are random there, a fraction here.
    made = time_of("017f22e2-79b0-7000-98c4-dc0c0c07398f")
    assert made == datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_threads_never_share_an_identifier() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(), range(2000)))
    assert len(set(made)) == 2000
