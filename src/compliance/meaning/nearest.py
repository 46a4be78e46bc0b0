"""Which of many texts are most like one: by the characters they share, in order and a little apart."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from compliance.meaning import features
from compliance.meaning.features import SLOTS, Floats, Rows, Stretch
from compliance.text.views import folded


class Alike(NamedTuple):
    """Number of the text from 0, and its likeness from 0 (nothing in common) to 1 (the same characters)."""

    number: int
    likeness: float


class Nearest:
    """Immutable. What few of the texts share weighs most; disguised spellings are folded first."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._rows: Rows | None = None
        if not texts:
            return
        stretches = [_stretch(text) for text in texts]
        every = np.ones(2 * SLOTS, dtype=np.float32)
        self._seen, times = np.unique(features.rows(stretches, every).columns, return_counts=True)
        self._rarities = np.log1p(len(texts) / times).astype(np.float32)
        self._rows = features.rows(stretches, self._rarity())

    def like(self, text: str, most: int = 5) -> list[Alike]:
        """The texts most like this one, the likest first; those that share nothing are left out."""
        if self._rows is None:
            return []
        asked = features.rows([_stretch(text)], self._rarity())
        weights = np.zeros(features.COLUMNS, dtype=np.float32)
        weights[asked.columns] = asked.values
        sums = np.bincount(self._rows.owners, self._rows.values * weights[self._rows.columns], self._count)
        shares = sums / (1 + features.PAIR_WEIGHT**2)
        order = np.lexsort((np.arange(self._count), -shares))[:most]
        return [Alike(int(i), min(float(shares[i]), 1.0)) for i in order if shares[i] > 0]

    def _rarity(self) -> Floats:
        """Of every column; kept only for those that occur, or many of these would fill the memory."""
        rarity = np.full(2 * SLOTS, np.log1p(self._count), dtype=np.float32)
        rarity[self._seen] = self._rarities
        return rarity


def _stretch(text: str) -> Stretch:
    return Stretch(folded(text).codes, ())
