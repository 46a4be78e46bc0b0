"""Pairs of readings that terms begin with, or hold: arrays, where a dict of lists would take twenty times the room."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from compliance.text.readings import readings
from compliance.words.bloom import Bloom
from compliance.words.keys import distinct
from compliance.words.relations import CODE_BITS, ITSELF

_REMEMBERED = 1 << 14
_NUMBER_BITS = 63 - 2 * CODE_BITS
_BLOCK = 1 << 13
"""So many are read at once: what they may be read as takes many times their room."""

Units = npt.NDArray[np.uint16]
Keys = npt.NDArray[np.int64]


class Index:
    """Pair of readings → the numbers given with the units that may be read so. Immutable after construction."""

    def __init__(self, first: Units, second: Units, numbers: npt.NDArray[np.intp]) -> None:
        found = [keys << _NUMBER_BITS | numbers[which] for which, keys in _read((first, second))]
        self._entries = np.concatenate([np.zeros(0, dtype=np.int64), *found])
        """Keys, each with a number below it; ascending."""
        self._entries.sort()
        self.get = lru_cache(maxsize=_REMEMBERED)(self._looked_up)

    def _looked_up(self, key: int) -> tuple[int, ...]:
        """The numbers of a key, none for a key that is not there."""
        begin, end = self._entries.searchsorted((key << _NUMBER_BITS, key + 1 << _NUMBER_BITS)).tolist()
        return tuple((self._entries[begin:end] & ((1 << _NUMBER_BITS) - 1)).tolist())


def beside(*columns: Units) -> Bloom:
    """A filter of all that units which stand side by side may be read as: two or three columns of them."""
    together = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        together = together << np.uint64(16) | column
    together = distinct(together)
    columns = tuple((together >> np.uint64(16 * place)).astype(np.uint16) for place in reversed(range(len(columns))))
    bloom = Bloom(_count(columns))
    for _, keys in _read(columns):
        bloom.put(keys.astype(np.uint64))
    return bloom


def _count(columns: Sequence[Units]) -> int:
    """How many keys there are of all that units side by side may be read from."""
    spans = readings().spans
    each = [spans[column, 1] - spans[column, 0] + 1 for column in columns]
    return int(np.prod(each, axis=0).sum())


def _read(columns: Sequence[Units]) -> Iterator[tuple[npt.NDArray[np.intp], Keys]]:
    """(index, readings as one number) of all that units side by side may be read from, block by block."""
    for begin in range(0, len(columns[0]), _BLOCK):
        which, keys = _meanings(columns[0][begin : begin + _BLOCK])
        for column in columns[1:]:
            inner, behind = _meanings(column[begin : begin + _BLOCK][which])
            which, keys = which[inner], keys[inner] << CODE_BITS | behind
        yield begin + which, keys


def _meanings(units: Units) -> tuple[npt.NDArray[np.intp], Keys]:
    """(index, what a character of a term may be read from): its readings, and itself."""
    which, keys = readings().keys_of(units)
    every = np.arange(len(units))
    return np.concatenate([which, every]), np.concatenate([keys.astype(np.int64), units.astype(np.int64) + ITSELF])
