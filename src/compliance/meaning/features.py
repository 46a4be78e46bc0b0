"""What a stretch of text looks like to the model: hashed characters and pairs, and what is sold.

Nothing here depends on where in the stretch a character stands. A stretch becomes a sparse row of two blocks of unit
length, n-grams of one to three characters and pairs of characters two to five apart, and the marks: the category, and
whether it is a complaint. Four characters, a longer list of cues (denial, question, quotation) and the other sources
were tried and left out: each made the model worse on an author it had not read. How often a source breaks the law
is a habit of whoever collected the examples, and a denial is seen by its characters and pairs.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.model.vocabulary import Category, Source

Floats = npt.NDArray[np.float32]
Index = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

VERSION = 1
"""Of the features: a model made with other features is refused."""

BITS = 20
SLOTS = 1 << BITS
"""Slots of one block; the n-grams have the first SLOTS, the pairs the next, then the marks."""
LONGEST_GRAM = 3
NEAREST_PAIR, FARTHEST_PAIR = 2, 5
PAIR_WEIGHT = 0.7
MARK_WEIGHT = 0.25

_CATEGORIES = tuple(Category)

Marks = tuple[int, ...]
MARKS = len(_CATEGORIES) + 1
COLUMNS = 2 * SLOTS + MARKS

_MIX = np.uint64(0x9E3779B97F4A7C15)
_PAIRED = np.uint64(0xC2B2AE3D27D4EB4F)
_HIGH = np.uint64(64 - BITS)


class Stretch(NamedTuple):
    """The code points of the folded stretch, and the marks that hold for it."""

    codes: npt.NDArray[np.uint32]
    marks: Marks


class Rows(NamedTuple):
    """Sparse rows: row `i` has columns `columns[starts[i]:starts[i + 1]]`, ascending, each once."""

    starts: Index
    columns: Index
    values: Floats

    @property
    def height(self) -> int:
        return len(self.starts) - 1

    @property
    def owners(self) -> Index:
        """The row that each entry belongs to."""
        return np.repeat(np.arange(self.height, dtype=np.int64), np.diff(self.starts))


class Occurrences(NamedTuple):
    """Every n-gram and pair where it stands: stretch, column, first and last position in the joined codes."""

    stretch: Index
    column: Index
    first: Index
    last: Index


def marks(source: Source, category: Category | None) -> Marks:
    """The marks of a stretch from its document's facts."""
    found = [] if category is None else [_CATEGORIES.index(category)]
    return tuple([*found, MARKS - 1] if source is Source.COMPLAINT else found)


def occurrences(stretches: Sequence[Stretch]) -> Occurrences:
    """All n-grams and pairs, none across two stretches."""
    codes = np.concatenate([stretch.codes for stretch in stretches]).astype(np.uint64) + np.uint64(1)
    owner = np.repeat(np.arange(len(stretches), dtype=np.int64), [len(stretch.codes) for stretch in stretches])
    parts: list[tuple[Index, Index, int]] = []  # positions, columns, reach
    hashed = np.zeros(len(codes), dtype=np.uint64)
    for reach in range(LONGEST_GRAM):
        hashed = (hashed[: len(codes) - reach] ^ codes[reach:]) * _MIX
        parts.append(_within(owner, _slot(hashed), reach))
        hashed ^= hashed >> np.uint64(29)
    for reach in range(NEAREST_PAIR, FARTHEST_PAIR + 1):
        pair = (codes[: max(len(codes) - reach, 0)] * _PAIRED ^ codes[reach:]) * _MIX
        parts.append(_within(owner, _slot(pair) + SLOTS, reach))
    first = np.concatenate([positions for positions, _, _ in parts])
    reach_of = np.concatenate([np.full(len(positions), reach) for positions, _, reach in parts])
    return Occurrences(owner[first], np.concatenate([columns for _, columns, _ in parts]), first, first + reach_of)


def _slot(hashed: npt.NDArray[np.uint64]) -> Index:
    return ((hashed ^ (hashed >> np.uint64(32))) * _MIX >> _HIGH).astype(np.int64)


def _within(owner: Index, columns: Index, reach: int) -> tuple[Index, Index, int]:
    """Of the columns that begin at each position, those whose characters belong to one stretch."""
    count = max(len(owner) - reach, 0)
    inside = np.flatnonzero(owner[:count] == owner[reach:])
    return inside, columns[:count][inside], reach


def rows(
    stretches: Sequence[Stretch], rarity: Floats | Callable[[Index], Floats], found: Occurrences | None = None
) -> Rows:
    """The stretches as rows; `rarity` weighs columns of the two blocks, as a table or by itself (0: does not count)."""
    found = occurrences(stretches) if found is None else found
    keys, counts = np.unique(found.stretch * (2 * SLOTS) + found.column, return_counts=True)
    owner, column = np.divmod(keys, 2 * SLOTS)
    values = (1 + np.log(counts)) * (rarity(column) if callable(rarity) else rarity[column])
    kept = values > 0
    owner, column, values = owner[kept], column[kept], values[kept]
    block = owner * 2 + (column >= SLOTS)
    length = np.sqrt(np.bincount(block, values * values, 2 * len(stretches)))
    values = values / length[block] * np.where(column >= SLOTS, PAIR_WEIGHT, 1.0)
    owners, marked = _marked(stretches)
    owner, column = np.concatenate([owner, owners]), np.concatenate([column, marked + 2 * SLOTS])
    values = np.concatenate([values, np.full(len(owners), MARK_WEIGHT)])
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(stretches) + 1))
    return Rows(starts, column[order], values[order].astype(np.float32))


def _marked(stretches: Sequence[Stretch]) -> tuple[Index, Index]:
    owners = np.repeat(np.arange(len(stretches), dtype=np.int64), [len(s.marks) for s in stretches])
    return owners, np.array([mark for stretch in stretches for mark in stretch.marks], dtype=np.int64)
