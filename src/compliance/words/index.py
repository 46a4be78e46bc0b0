"""Pairs of readings that terms begin with, or hold: arrays, where a dict of lists would take twenty times the room."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Self

import numpy as np
import numpy.typing as npt

from compliance.text.readings import readings
from compliance.words.relations import CODE_BITS, ITSELF

_REMEMBERED = 1 << 14
_SPARSE = 16
_OTHERWISE = 24
"""Where in a spread key the second slot is taken from."""
_MULTIPLIER, _WORD = 0x9E3779B97F4A7C15, 0xFFFF_FFFF_FFFF_FFFF

Units = npt.NDArray[np.uint16]
Pairs = npt.NDArray[np.int64]


class Index:
    """Pair of readings → the numbers given with the units that may be read so. Immutable after construction."""

    def __init__(self, first: Units, second: Units, numbers: npt.NDArray[np.intp]) -> None:
        which, keys = _read((first, second))
        order = keys.argsort(kind="stable")
        self._keys = keys[order]
        self._numbers = numbers[which[order]].astype(np.int32)
        self.get = lru_cache(maxsize=_REMEMBERED)(self._looked_up)

    def _looked_up(self, key: int) -> tuple[int, ...]:
        """The numbers of a key, none for a key that is not there."""
        begin, end = self._keys.searchsorted((key, key + 1)).tolist()
        return tuple(self._numbers[begin:end].tolist())


class Filter:
    """Says of a pair of readings that it is none of those given, or that it may be one: two bits each. Immutable."""

    def __init__(self, keys: Pairs) -> None:
        size = max((_SPARSE * len(keys)).bit_length(), 10)
        self._shift, self._mask = 64 - size, (1 << size) - 1
        spread = keys.astype(np.uint64) * np.uint64(_MULTIPLIER)
        marked = np.zeros(1 << size, dtype=bool)
        marked[(spread >> np.uint64(self._shift)).astype(np.intp)] = True
        marked[(spread >> np.uint64(_OTHERWISE) & np.uint64(self._mask)).astype(np.intp)] = True
        self._bits = np.packbits(marked, bitorder="little").tobytes()

    @classmethod
    def of(cls, *columns: Units) -> Self:
        """All that units which stand side by side may be read as: two or three columns of them."""
        together = np.zeros(len(columns[0]), dtype=np.uint64)
        for column in columns:
            together = together << np.uint64(16) | column
        together = np.unique(together)
        shifts = range(16 * (len(columns) - 1), -1, -16)
        return cls(_read([(together >> np.uint64(shift)).astype(np.uint16) for shift in shifts])[1])

    def passes_any(self, keys: Iterable[int]) -> bool:
        bits, shift, mask = self._bits, self._shift, self._mask
        for key in keys:
            spread = key * _MULTIPLIER & _WORD
            slot = spread >> shift
            if bits[slot >> 3] >> (slot & 7) & 1:
                slot = spread >> _OTHERWISE & mask
                if bits[slot >> 3] >> (slot & 7) & 1:
                    return True
        return False


def _read(columns: Sequence[Units]) -> tuple[npt.NDArray[np.intp], Pairs]:
    """(index, readings as one number) of all that units side by side may be read from."""
    which, keys = _meanings(columns[0])
    for column in columns[1:]:
        inner, behind = _meanings(column[which])
        which, keys = which[inner], keys[inner] << CODE_BITS | behind
    return which, keys


def _meanings(units: Units) -> tuple[npt.NDArray[np.intp], Pairs]:
    """(index, what a character of a term may be read from): its readings, and itself."""
    which, keys = readings().keys_of(units)
    every = np.arange(len(units))
    return np.concatenate([which, every]), np.concatenate([keys.astype(np.int64), units.astype(np.int64) + ITSELF])
