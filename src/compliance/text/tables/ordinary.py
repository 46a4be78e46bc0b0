"""Ordinary words, and characters that stand side by side in prose: a hundred thousand and more, not an object each."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import numpy.typing as npt

LONGEST = 4
_BEGINNING_ALIKE = re.compile(r"(?m)^(.).*\n(?:\1.*\n)*")

Units = npt.NDArray[np.uint16]


class Words(Mapping[str, int]):
    """Word → frequency. Those that begin with a character are read when one of them is asked for: most never are."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts`: a word, a space and its frequency a line; words that begin alike together."""
        self._lines: dict[str, str] = {}
        for text in texts:
            for alike in _BEGINNING_ALIKE.finditer(text):
                self._lines[alike[1]] = self._lines.get(alike[1], "") + alike[0]
        self._read: dict[str, dict[str, int]] = {}

    def beginning(self, first: str) -> Mapping[str, int]:
        """The words that begin with a character."""
        known = self._read.get(first)
        if known is None:
            known = _read(self._lines.get(first, ""))
            if known:
                self._read[first] = known
        return known

    def __getitem__(self, word: str) -> int:
        return self.beginning(word[:1])[word]

    def __iter__(self) -> Iterator[str]:
        for lines in self._lines.values():
            yield from _read(lines)

    def __len__(self) -> int:
        return sum(lines.count("\n") for lines in self._lines.values())

    def columns(self) -> tuple[Units, npt.NDArray[np.int64]]:
        """(word, character), 0 behind shorter ones; and the frequency of each."""
        codes = _codes("".join(self._lines.values()))
        spaces, ends = np.flatnonzero(codes == ord(" ")), np.flatnonzero(codes == ord("\n"))
        starts = np.concatenate([[0], ends[:-1] + 1])
        words = np.zeros((len(ends), LONGEST), dtype=np.uint16)
        for place in range(LONGEST):
            there = starts + place < spaces
            words[there, place] = codes[starts[there] + place]
        frequencies = np.zeros(len(ends), dtype=np.int64)
        for place in range(1, int((ends - spaces).max())):
            there = spaces + place < ends
            frequencies[there] = 10 * frequencies[there] + codes[spaces[there] + place] - ord("0")
        return words, frequencies


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
    chars = words.columns()[0].astype(np.uint32)
    within = (chars[:, :-1] << np.uint32(16) | chars[:, 1:])[chars[:, 1:] > 0]
    return Pairs(np.concatenate([across, within]))


def _read(lines: str) -> dict[str, int]:
    parts = lines.split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
