"""A filter that says of a key that it is none of those given, or that it may be one."""

from collections.abc import Collection, Iterable
from typing import Self

import numpy as np

from compliance.words.kernel import MARK, MULTIPLIER, OTHER_MARK
from compliance.words.keys import Keys

_WORD = 0xFFFF_FFFF_FFFF_FFFF


class Bloom:
    """Two bits of a word for each key; the kernel knows where, too. To be filled, and then left as it is."""

    def __init__(self, most: int) -> None:
        """For so many keys at most: two share a word on average, or one has it alone."""
        size = max((most // 2).bit_length(), 4)
        self.filtered = np.zeros(1 << size, dtype=np.uint64)
        self.shift = 64 - size

    @classmethod
    def of(cls, keys: Keys) -> Self:
        bloom = cls(len(keys))
        bloom.put(keys)
        return bloom

    def put(self, keys: Keys) -> None:
        spread = keys * np.uint64(MULTIPLIER)
        word = spread >> np.uint64(self.shift)
        for mark in (MARK, OTHER_MARK):
            np.bitwise_or.at(self.filtered, word, np.uint64(1) << (spread >> np.uint64(mark) & np.uint64(63)))

    def passing(self, firsts: Iterable[int], seconds: Collection[int], bits: int) -> list[int]:
        """Keys that may be among those given: one of the firsts, so many bits further up, and one of the seconds."""
        words, shift = self.filtered.data, self.shift  # of its memory, each is a plain integer, not a numpy scalar
        found = []
        for first in firsts:
            upper = first << bits
            for second in seconds:
                key = upper | second
                spread = key * MULTIPLIER & _WORD
                word = words[spread >> shift]
                if word >> (spread >> MARK & 63) & word >> (spread >> OTHER_MARK & 63) & 1:
                    found.append(key)
        return found
