"""Which emblems (❤, +) may stand for something in the forms, and what must stand beside them there: for the kernel.

An emblem is taken out of the text. It is looked at where a neighbour may be that of a character it stands for, in some
form that may be disguised; and so are components (氵台) that make a character.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.glyphs import units_beyond
from compliance.text.kept import EMBLEM, unit_table
from compliance.text.readings import UNITS, readings
from compliance.text.tables import signs
from compliance.words import kernel
from compliance.words.keys import Keys, among, distinct

Units = npt.NDArray[np.uint16]


class Emblems(NamedTuple):
    """`rows`: code point of an emblem in the upper half, in the lower a unit that it stands for, or 0 where it says
    two that stand side by side in a form; ascending. `beside`: keys of the kernel's filter for the neighbours of these
    units, and of those that components make.
    """

    rows: Keys
    beside: Keys

    @classmethod
    def of(cls, left: Units, right: Units, made: Units) -> "Emblems":
        """Of units that stand side by side in forms, and units that components make."""
        alphabet = np.zeros(UNITS, dtype=bool)
        alphabet[left] = alphabet[right] = True
        adjacent = distinct(kernel.keys_of(0, left, right))
        single, double = _meanings()
        single, double = single[alphabet[single[:, 1]]], double[among(double[:, 1], adjacent)]
        rows = distinct(np.concatenate([single[:, 0] << np.uint64(32) | single[:, 1], double[:, 0] << np.uint64(32)]))
        wanted = np.zeros(UNITS, dtype=bool)
        wanted[single[:, 1]] = True
        wanted[made] = True
        before, behind = wanted[right], wanted[left]
        beside = np.concatenate(
            [
                *_keys(kernel.LEFT_STANDS, kernel.LEFT_LIKE, left[before], right[before]),
                *_keys(kernel.RIGHT_STANDS, kernel.RIGHT_LIKE, right[behind], left[behind]),
            ]
        )
        return cls(rows, distinct(beside))


@cache
def _meanings() -> tuple[Keys, Keys]:
    """(code point of an emblem, a unit that it stands for), and (the same, two side by side in what it stands for)."""
    table, beyond = unit_table(), units_beyond()
    meanings = [
        (ord(sign), [ord(beyond.get(char, char)) for char in meant])
        for sign, each in signs().items()
        if len(sign) == 1 and table[ord(sign)] == EMBLEM
        for meant in each
    ]
    single = [(code, unit) for code, units in meanings for unit in units]
    double = [(code, first << 16 | second) for code, units in meanings for first, second in pairwise(units)]
    return tuple(np.array(pairs, dtype=np.uint64).reshape(-1, 2) for pairs in (single, double))  # type: ignore[return-value]


def _keys(stands: int, like: int, neighbours: Units, units: Units) -> list[Keys]:
    index, keys = readings().keys_of(neighbours)
    return [kernel.keys_of(stands, neighbours, units), kernel.keys_of(like, keys, units[index])]
