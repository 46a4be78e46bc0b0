"""Which of many texts are most like one: by the characters they share, in order and a little apart."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from compliance.meaning import features
from compliance.meaning.features import SLOTS, Flags, Floats, Index, Stretch
from compliance.text.views import folded


class Alike(NamedTuple):
    """Number of the text from 0, and its likeness from 0 (nothing in common) to 1 (the same characters)."""

    number: int
    likeness: float


class Nearest:
    """Immutable. What few of the texts share weighs most; disguised spellings are folded first."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._seen: Index = np.empty(0, dtype=np.int64)
        if not any(texts):
            return
        stretches = [_stretch(text) for text in texts]
        every = np.ones(2 * SLOTS, dtype=np.float32)
        self._seen, times = np.unique(features.rows(stretches, every).columns, return_counts=True)
        self._rarities = np.log1p(len(texts) / times).astype(np.float32)
        rows = features.rows(stretches, self._rarity)
        # By column, so that only what the text asked about has is looked at.
        order = rows.columns.argsort(kind="stable")
        self._owners, self._values = rows.owners[order], rows.values[order]
        self._starts = rows.columns[order].searchsorted([*self._seen, 2 * SLOTS])

    def like(self, text: str, most: int = 5) -> list[Alike]:
        """The texts most like this one, the likest first; those that share nothing are left out."""
        if not len(self._seen):
            return []
        asked = features.rows([_stretch(text)], self._rarity)
        place, known = self._places(asked.columns)
        starts, counts = self._starts[place[known]], np.diff(self._starts)[place[known]]
        held = np.repeat(starts - (counts.cumsum() - counts), counts) + np.arange(counts.sum())
        weighed = self._values[held] * np.repeat(asked.values[known], counts)
        shares = np.bincount(self._owners[held], weighed, self._count) / (1 + features.PAIR_WEIGHT**2)
        order = np.lexsort((np.arange(self._count), -shares))[:most]
        return [Alike(int(i), min(float(shares[i]), 1.0)) for i in order if shares[i] > 0]

    def _rarity(self, columns: Index) -> Floats:
        place, known = self._places(columns)
        return np.where(known, self._rarities[place], np.log1p(self._count).astype(np.float32))

    def _places(self, columns: Index) -> tuple[Index, Flags]:
        """Where each column stands among those of the texts, if it does."""
        place = np.minimum(self._seen.searchsorted(columns), len(self._seen) - 1)
        return place, self._seen[place] == columns


def _stretch(text: str) -> Stretch:
    return Stretch(folded(text).codes, ())
