"""Which emblems (❤, +) may stand for something in the forms, and what must stand beside them there: for the kernel.

An emblem is taken out of the text. It is looked at where a neighbour may be that of a character it stands for, in some
form that may be disguised.
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

Units = npt.NDArray[np.uint16]
Keys = npt.NDArray[np.uint64]


class Emblems(NamedTuple):
    """`rows`: code point of an emblem in the upper half, in the lower a unit that it stands for, or 0 where it says
    two that stand side by side in a form; ascending. `beside`: keys of the kernel's filter for the units' neighbours.
    """

    rows: Keys
    beside: Keys

    @classmethod
    def of(cls, left: Units, right: Units) -> "Emblems":
        """Of units that stand side by side in forms."""
        alphabet = set(np.unique(np.concatenate([left, right])).tolist())
        adjacent = set((left.astype(np.uint32) << np.uint32(16) | right).tolist())
        rows = set()
        for code, meanings in _meanings():
            for meant in meanings:
                rows |= {code << 32 | unit for unit in meant if unit in alphabet}
                if not adjacent.isdisjoint(first << 16 | second for first, second in pairwise(meant)):
                    rows.add(code << 32)
        those = np.array(sorted(rows), dtype=np.uint64)
        wanted = np.zeros(UNITS, dtype=bool)
        wanted[(those & np.uint64(0xFFFF)).astype(np.intp)] = True
        before, behind = wanted[right], wanted[left]
        return cls(
            those,
            np.unique(
                np.concatenate(
                    [
                        *_keys(kernel.LEFT_STANDS, kernel.LEFT_LIKE, left[before], right[before]),
                        *_keys(kernel.RIGHT_STANDS, kernel.RIGHT_LIKE, right[behind], left[behind]),
                    ]
                )
            ),
        )


@cache
def _meanings() -> list[tuple[int, list[tuple[int, ...]]]]:
    """Code points of emblems, and the units of all that they stand for."""
    table, beyond = unit_table(), units_beyond()
    return [
        (ord(sign), [tuple(ord(beyond.get(char, char)) for char in meant) for meant in meanings])
        for sign, meanings in signs().items()
        if len(sign) == 1 and table[ord(sign)] == EMBLEM
    ]


def _keys(stands: int, like: int, neighbours: Units, units: Units) -> list[Keys]:
    index, keys = readings().keys_of(neighbours)
    return [kernel.keys_of(stands, neighbours, units), kernel.keys_of(like, keys, units[index])]
