"""Stretches of a transcript of which there are no words: nobody spoke, or nothing was transcribed."""

from collections.abc import Iterable
from typing import NamedTuple

from compliance.model.document import Segment

LOST_SECONDS = 30.0
"""Between segments, a longer silence is taken for words that were lost: hosts do not pause for so long."""


class Silence(NamedTuple):
    """In seconds from the start of the broadcast."""

    begin: float
    end: float


class Silences:
    """The silences longer than LOST_SECONDS between segments that come in the order of their starts."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        self.found: list[Silence] = []
        self._heard: float | None = None  # until when there are words; None before the first and after an unknown end
        timed = [segment for segment in segments if segment.t_start is not None]
        for segment in sorted(timed, key=lambda s: s.t_start or 0.0):
            self.add(segment)

    def add(self, segment: Segment) -> None:
        """The next segment. One without an end lasts until the next one starts."""
        if segment.t_start is None:
            return
        if self._heard is not None and segment.t_start - self._heard > LOST_SECONDS:
            self.found.append(Silence(self._heard, segment.t_start))
        self._heard = None if segment.t_end is None else max(segment.t_end, self._heard or 0.0)


def within(silences: Iterable[Silence], begin: float, end: float) -> list[Silence]:
    """Those that share time with an interval."""
    return [silence for silence in silences if silence.begin < end and silence.end > begin]


def latest(segments: Iterable[Segment]) -> float:
    """Start of the latest segment, in seconds; 0 when none has times."""
    return max((s.t_start for s in segments if s.t_start is not None), default=0.0)
