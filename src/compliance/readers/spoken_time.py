"""Times as people write them in a running sheet → seconds from the start of the broadcast."""

import math
import re
from datetime import datetime, time, timedelta

_RANGE = re.compile(r"\s*(?:-->|->|→|[-–—~～至到])\s*")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)")
_UNITS = re.compile(
    r"(?:(\d{1,3})\s*(?:小时|时|h))?\s*(?:(\d{1,4})\s*(?:分钟|分|min|m|['′]))?\s*"
    r"(?:(\d{1,6}(?:\.\d+)?)\s*(?:秒钟|秒|s|[\"″])?)?",
    re.IGNORECASE,
)
_LONGEST = 40  # characters of a written time
_EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (spreadsheet times have no zone)
_CLOCK_YEAR = 1901  # a date before it is a duration that Excel stored as a date

Seconds = tuple[float | None, float | None]


def parse_spoken_time(value: object) -> Seconds:
    """Start and end in seconds; None where the cell does not say.

    Takes “00:12:30”, “12:30”, “00:00-05:00”, “5分30秒”, “90”, numbers of seconds, and Excel times and durations.
    A calendar date says nothing about the broadcast.
    """
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return None, None
        return _parse_range(value.replace("：", ":").strip())
    return _seconds(value), None


def _parse_range(text: str) -> Seconds:
    parts = _RANGE.split(text, maxsplit=1)
    start = _parse_one(parts[0])
    end = _parse_one(parts[1]) if len(parts) == 2 else None
    if start is None:
        return None, None
    return start, end if end is not None and end >= start else None


def _parse_one(text: str) -> float | None:
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = clock.groups(default="0")
    elif text and (units := _UNITS.fullmatch(text)):
        hours, minutes, seconds = units.groups(default="0")
    else:
        return None
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _seconds(value: object) -> float | None:
    match value:
        case bool():
            return None
        case int() | float():
            seconds = float(value)
        case timedelta():
            seconds = value.total_seconds()
        case datetime() if value.year < _CLOCK_YEAR:
            seconds = (value - _EXCEL_DAY_ZERO).total_seconds()
        case time():
            seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        case _:
            return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
