"""Ordinary words as arrays, and the characters that stand side by side in prose, within words and across them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from compliance.text.tables import lines_of, words
from compliance.text.tables.ordinary import LONGEST, Words

Units = npt.NDArray[np.uint16]


def columns(words: Words) -> tuple[Units, npt.NDArray[np.int64]]:
    """(word, character), 0 behind shorter ones; and the frequency of each."""
    codes = _codes(words.text)
    spaces, ends = np.flatnonzero(codes == ord(" ")), np.flatnonzero(codes == ord("\n"))
    starts = np.concatenate([[0], ends[:-1] + 1])
    chars = np.zeros((len(ends), LONGEST), dtype=np.uint16)
    for place in range(LONGEST):
        there = starts + place < spaces
        chars[there, place] = codes[starts[there] + place]
    frequencies = np.zeros(len(ends), dtype=np.int64)
    for place in range(1, int((ends - spaces).max())):
        there = spaces + place < ends
        frequencies[there] = 10 * frequencies[there] + codes[spaces[there] + place] - ord("0")
    return chars, frequencies


class Pairs(AbstractSet[str]):
    """Two characters each."""

    def __init__(self, codes: npt.NDArray[np.uint32]) -> None:
        """The first character in the upper half of each."""
        ordered = np.sort(codes)
        self.codes = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, str) or len(pair) != 2:
            return False
        codes = self.codes.data  # of its memory, each is a plain integer, not a numpy scalar
        code = ord(pair[0]) << 16 | ord(pair[1])
        at = bisect_left(codes, code)
        return at < len(codes) and codes[at] == code

    def __iter__(self) -> Iterator[str]:
        return (chr(code >> 16) + chr(code & 0xFFFF) for code in self.codes.tolist())

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def _from_iterable(cls, pairs: Iterable[Any]) -> AbstractSet[Any]:
        """What set operations on it give."""
        return frozenset(pairs)


def side_by_side(lines: list[str], words: Words) -> Pairs:
    """`lines`: a character, a space and all that may follow it; and what two characters ordinary words have."""
    firsts = np.repeat(_codes("".join([line[0] for line in lines])), [len(line) - 2 for line in lines])
    across = firsts << np.uint32(16) | _codes("".join([line[2:] for line in lines]))
    chars = columns(words)[0].astype(np.uint32)
    within = (chars[:, :-1] << np.uint32(16) | chars[:, 1:])[chars[:, 1:] > 0]
    return Pairs(np.concatenate([across, within]))


@cache
def pairs() -> Pairs:
    """Two characters that ordinary prose has side by side: across words, and within an ordinary word."""
    return side_by_side(lines_of("pairs.txt"), words())


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
