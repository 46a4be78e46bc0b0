"""The trained weights, and the probabilities they give."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.meaning.about import About
from compliance.meaning.features import COLUMNS, Floats, Occurrences, Rows, Stretch, occurrences, rows
from compliance.model.vocabulary import Kind

KIND_SHARE = 0.5
"""How much of the strongest kind's score joins the score of “any breach”."""


class Calibration(NamedTuple):
    """A score becomes the probability 1 / (1 + exp(-(slope * score + offset))); slopes are above zero."""

    slope: float
    offset: float

    def probability(self, score: npt.NDArray[np.floating]) -> Floats:
        odds = np.exp(np.clip(self.slope * score + self.offset, -60, 60))
        return np.asarray(odds / (1 + odds), dtype=np.float32)


class Reading(NamedTuple):
    """Of each stretch: the probability of any breach, shape (n,), and of each kind, shape (n, kinds)."""

    breach: Floats
    kinds: Floats


@dataclass(frozen=True)
class Model:
    """Immutable. `weights[i]` belongs to column `columns[i]`: its first number is for any breach, then one a kind.

    `rarity` has one number a column of the features, 0 where the column does not count.
    """

    kinds: tuple[Kind, ...]
    columns: npt.NDArray[np.int32]
    rarity: Floats
    weights: Floats
    bias: Floats
    breach: Calibration
    kind: Calibration
    digest: str = ""
    about: About = field(default_factory=About)

    @cached_property
    def _place(self) -> npt.NDArray[np.int32]:
        """The row of each feature column in `_table`; the last row for columns that the model has not."""
        place = np.full(COLUMNS, len(self.columns), dtype=np.int32)
        place[self.columns] = np.arange(len(self.columns), dtype=np.int32)
        return place

    @cached_property
    def _table(self) -> Floats:
        return np.concatenate([self.weights, np.zeros((1, self.weights.shape[1]), dtype=np.float32)])

    def weight(self, columns: npt.NDArray[np.int64]) -> Floats:
        """The weights of feature columns, zero for those that the model has not."""
        return self._table[self._place[columns]]

    def scores(self, stretches: list[Stretch], found: Occurrences | None = None) -> Floats:
        """Shape (stretches, 1 + kinds), before calibration."""
        return self.scores_of(rows(stretches, self.rarity, found or occurrences(stretches)))

    def scores_of(self, encoded: Rows) -> Floats:
        sums = np.zeros((encoded.height + 1, len(self.bias)), dtype=np.float32)
        weighed = self.weight(encoded.columns) * encoded.values[:, None]
        full = np.flatnonzero(np.diff(encoded.starts))
        if len(full):
            sums[full] = np.add.reduceat(weighed, encoded.starts[full], axis=0)
        return sums[:-1] + self.bias

    def read(self, stretches: list[Stretch]) -> Reading:
        return self.reading(self.scores(stretches))

    def reading(self, scores: Floats) -> Reading:
        breach, kinds = joined(scores)
        return Reading(self.breach.probability(breach), self.kind.probability(kinds))


def joined(scores: Floats) -> tuple[Floats, Floats]:
    """The uncalibrated score of any breach and of each kind.

    That a stretch is in breach, and which breach it is, are two questions: a kind's score is the log of the
    product of the two answers.
    """
    own = scores[:, 1:]
    breach = scores[:, 0] + KIND_SHARE * own.max(axis=1)
    strongest = own.max(axis=1, keepdims=True)
    share = own - strongest - np.log(np.exp(own - strongest).sum(axis=1, keepdims=True))
    return breach, np.minimum(share - np.logaddexp(0, -breach)[:, None], -1e-6)
