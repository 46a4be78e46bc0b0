"""Sets of stretches as bits of an integer: a review meets and joins thousands of them.

A stretch is a sentence of the skeleton view; in a text of very many sentences, several in a row.
"""

Stretches = int
"""Bit n: the stretch numbered n."""

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


def span(first: int, last: int) -> Stretches:
    """All stretches from `first` to `last`."""
    return ((1 << (last - first + 1)) - 1) << first
