"""Which of several overlapping hits of a group count."""

from collections.abc import Collection, Iterable

from compliance.model.hit import Hit
from compliance.model.lexicon import Overlap


def resolved(hits: Collection[Hit], overlap: Overlap) -> list[Hit]:
    """The hits that count, in text order."""
    if len(hits) == 1:
        return list(hits)
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end))
    return ordered if overlap == "all" else list(leftmost_longest(ordered))


def leftmost_longest(ordered: Iterable[Hit], end: int = -1) -> Iterable[Hit]:
    """The hits that remain when, from left to right, the longest at each place excludes those it overlaps.

    `ordered` by start, the longest first; `end` is where the last hit before them ended.
    """
    for hit in ordered:
        if hit.start >= end:
            end = hit.end
            yield hit
