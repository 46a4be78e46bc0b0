"""Sets of stretches as bits of an integer: a review meets and joins thousands of them.

A stretch is a sentence of the skeleton view; in a text of very many sentences, several in a row.
"""

import numpy as np
import numpy.typing as npt

Stretches = int
"""Bit n: the stretch numbered n."""

Sets = npt.NDArray[np.object_]
"""Many of them."""

NOWHERE: Stretches = 0
ANYWHERE: Stretches = -1

MOST = 1 << 14
"""A text is never cut into more stretches, so that no set of them is longer than two kilobytes."""


def per_stretch(sentences: int) -> int:
    """How many sentences of so many make one stretch."""
    return -(-sentences // MOST)


def numbers(stretches: Stretches) -> list[int]:
    """The stretches of a finite set."""
    found = []
    while stretches:
        last = stretches.bit_length() - 1
        found.append(last)
        stretches ^= 1 << last
    return found


def alone(stretches: npt.NDArray[np.intp]) -> Sets:
    """The set of each stretch by itself; the last one has the highest number."""
    sets = _FIRST if stretches[-1] < len(_FIRST) else _each(int(stretches[-1]) + 1)
    return sets[stretches]


def _each(count: int) -> Sets:
    return np.array([1 << stretch for stretch in range(count)], dtype=object)


_FIRST = _each(1 << 10)
"""Made once: most texts have no more sentences."""


def span(first: int, last: int) -> Stretches:
    """All stretches from `first` to `last`."""
    return ((1 << (last - first + 1)) - 1) << first
