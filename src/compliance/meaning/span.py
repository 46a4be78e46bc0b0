"""Where in a stretch the breach is: the run of clauses that weighs most, and the characters in it that did."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from compliance.meaning.features import COLUMNS, SLOTS, Floats, Stretch, occurrences, rows
from compliance.meaning.model import KIND_SHARE, Model
from compliance.meaning.stretches import Cut
from compliance.text.views import View

COHESION = 0.2
"""What a clause without weight of its own still counts for, so that a claim is marked with its assurance."""
MOST_WORDS = 3
WORD_WEIGHT = 0.4
"""Characters that weigh less than this share of the heaviest are no part of the explanation."""


class Marked(NamedTuple):
    """Raw half-open span, and the stretches of characters in it that weighed most, heaviest first.

    `shares` are theirs of all weight in the span that speaks for a breach.
    """

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    shares: tuple[float, ...]


class Place(NamedTuple):
    """A cut of the raw text, its view and its stretch, and the number of a kind in the model."""

    cut: Cut
    view: View
    stretch: Stretch
    kind: int


def marked(model: Model, places: Sequence[Place]) -> list[Marked]:
    """Where the kinds are, in the raw text of which the cuts are."""
    if not places:
        return []
    weights = character_weights(model, [place.stretch for place in places], [place.kind for place in places])
    return [_marked(each, place) for each, place in zip(weights, places, strict=True)]


def _marked(weights: Floats, place: Place) -> Marked:
    cut = place.cut
    raw = np.zeros(cut.end - cut.start, dtype=np.float32)
    np.add.at(raw, place.view.raw, weights)
    start, end = _heaviest_run(raw, cut)
    words = _words(raw, start, end)
    total = max(float(raw[start:end].clip(min=0).sum()), 1e-9)
    return Marked(
        cut.start + start,
        cut.start + end,
        tuple((cut.start + a, cut.start + b) for a, b in words),
        tuple(min(float(raw[a:b].sum()) / total, 1.0) for a, b in words),
    )


def character_weights(model: Model, stretches: Sequence[Stretch], kinds: Sequence[int]) -> list[Floats]:
    """What each character of the folded stretches adds to the scores, each stretch to that of its own kind.

    Each n-gram and pair shares out its weight.
    """
    found = occurrences(stretches)
    encoded = rows(stretches, model.rarity, found)
    keys = encoded.owners * COLUMNS + encoded.columns
    sought = found.stretch * COLUMNS + found.column
    weights = np.zeros(sum(len(stretch.codes) for stretch in stretches), dtype=np.float32)
    if len(keys):
        place = np.minimum(keys.searchsorted(sought), len(keys) - 1)
        known = np.flatnonzero(keys[place] == sought)
        stretch, column, first, last = (each[known] for each in found)
        place = place[known]
        counts = np.bincount(place, minlength=len(keys))
        rated = model.weight(column)
        own = rated[np.arange(len(rated)), 1 + np.asarray(kinds)[stretch]]
        score = encoded.values[place] / counts[place] * (rated[:, 0] + (KIND_SHARE + 1) * own)
        pairs = column >= SLOTS
        reach = np.where(pairs, 2, last - first + 1)
        share = (score / reach).astype(np.float32)
        np.add.at(weights, first, share)
        np.add.at(weights, last[reach > 1], share[reach > 1])
        inner = (reach > 2) & ~pairs
        np.add.at(weights, first[inner] + 1, share[inner])
    return np.split(weights, np.cumsum([len(stretch.codes) for stretch in stretches[:-1]]))


def _heaviest_run(raw: Floats, cut: Cut) -> tuple[int, int]:
    """The run of clauses of largest weight, relative to the stretch, without blanks at its ends."""
    best, best_run = -np.inf, (0, len(cut.pieces))
    total, begun = 0.0, 0
    for number, (start, end) in enumerate(cut.pieces):
        if total < 0:
            total, begun = 0.0, number
        total += float(raw[start - cut.start : end - cut.start].sum()) + COHESION
        if total > best:
            best, best_run = total, (begun, number + 1)
    return cut.pieces[best_run[0]][0] - cut.start, cut.pieces[best_run[1] - 1][1] - cut.start


def _words(raw: Floats, start: int, end: int) -> list[tuple[int, int]]:
    """Neighbouring heavy characters of the span, relative to the stretch."""
    heavy = raw[start:end]
    if not len(heavy) or heavy.max() <= 0:
        return []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], heavy > WORD_WEIGHT * heavy.max(), [False]])))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    runs.sort(key=lambda run: (-float(heavy[run[0] : run[1]].sum()), run))
    return [(start + a, start + b) for a, b in runs[:MOST_WORDS]]
