"""Which of several overlapping hits count."""

from collections.abc import Iterable

from compliance.model.hit import Hit


def leftmost_longest(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that remain when, from left to right, the longest at each place excludes those it overlaps."""
    kept: list[Hit] = []
    end = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept
