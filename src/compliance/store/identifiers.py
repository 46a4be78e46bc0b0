"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

import secrets
import time
import uuid
from datetime import UTC, datetime, timedelta
from threading import Lock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_lock = Lock()
_last = 0


def new_id() -> str:
    """A UUID of version 7; within a process each is greater than the one before, even in the same instant."""
    global _last  # noqa: PLW0603 - one clock a process
    with _lock:
        # 48 bits of milliseconds and 12 bits of their fraction (RFC 9562, 6.2, method 3).
        _last = tick = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
    milliseconds, fraction = divmod(tick, 4096)
    value = milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def time_of(identifier: str) -> datetime:
    """When an identifier of `new_id` was made: UTC, to the microsecond."""
    value = uuid.UUID(identifier).int
    ticks = (value >> 80) * 4096 + (value >> 64 & 0xFFF)
    return _EPOCH + timedelta(microseconds=ticks * 1000 // 4096)
