"""How good a reader is: labels of the right kind found at an overlapping place, against lawful records flagged."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from compliance.model.vocabulary import Kind

LEVELS = (0.02, 0.04, 0.08)
"""Shares of lawful records flagged at which recall is told."""


class Label(NamedTuple):
    """A breach that is there: raw half-open span."""

    kind: Kind
    start: int
    end: int


class Found(NamedTuple):
    """A breach that a reader claims."""

    kind: Kind
    start: int
    end: int
    confidence: float


class Point(NamedTuple):
    """What holds when everything above `threshold` is said."""

    threshold: float
    flagged: float
    """Share of lawful records with a hit."""
    recall: float
    precision: float
    records: float
    """Share of unlawful records with a hit of any kind."""


class Measure(NamedTuple):
    average_precision: float
    points: dict[float, Point]
    kinds: dict[Kind, tuple[int, int]]
    """Of each kind: labels found at the middle level, labels there are."""


def measure(found: Sequence[Sequence[Found]], labels: Sequence[Sequence[Label]]) -> Measure:
    """One sequence of hits and one of labels for each record; at least one record is lawful."""
    highest = [max((hit.confidence for hit in hits), default=0.0) for hits in found]
    lawful = sorted((top for top, there in zip(highest, labels, strict=True) if not there), reverse=True)
    points = {level: _point(found, labels, lawful[int(level * len(lawful))]) for level in LEVELS}
    middle = points[LEVELS[1]].threshold
    there = Counter(label.kind for group in labels for label in group)
    seen = Counter(
        label.kind
        for hits, group in zip(found, labels, strict=True)
        for label in group
        if any(hit.confidence > middle and _right(hit, label) for hit in hits)
    )
    kinds = {kind: (seen[kind], there[kind]) for kind in Kind if there[kind]}
    return Measure(_average_precision(found, labels), points, kinds)


def _right(hit: Found, label: Label) -> bool:
    return hit.kind is label.kind and hit.start < label.end and label.start < hit.end


def _point(found: Sequence[Sequence[Found]], labels: Sequence[Sequence[Label]], threshold: float) -> Point:
    said = [[hit for hit in hits if hit.confidence > threshold] for hits in found]
    pairs = list(zip(said, labels, strict=True))
    total = sum(map(len, labels))
    reached = sum(any(_right(hit, label) for hit in hits) for hits, group in pairs for label in group)
    right = sum(any(_right(hit, label) for label in group) for hits, group in pairs for hit in hits)
    flagged = [bool(hits) for hits, group in pairs if not group]
    caught = [bool(hits) for hits, group in pairs if group]
    return Point(
        threshold,
        sum(flagged) / len(flagged),
        reached / max(total, 1),
        right / max(sum(map(len, said)), 1),
        sum(caught) / max(len(caught), 1),
    )


def _average_precision(found: Sequence[Sequence[Found]], labels: Sequence[Sequence[Label]]) -> float:
    """Mean over the labels of the precision at which each is reached; a label never reached counts 0."""
    hits = [
        (hit.confidence, any(_right(hit, label) for label in group))
        for said, group in zip(found, labels, strict=True)
        for hit in said
    ]
    right = np.array([good for _, good in sorted(hits, key=lambda hit: -hit[0])], dtype=np.float64)
    total = sum(map(len, labels))
    if not len(right) or not total:
        return 0.0
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float((precision * right).sum() / total)
