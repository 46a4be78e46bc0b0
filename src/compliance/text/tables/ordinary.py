"""Ordinary words: a hundred thousand, not an object each."""

import re
from collections.abc import Iterable, Iterator, Mapping

LONGEST = 4
_BEGINNING_ALIKE = re.compile(r"(?m)^(.).*\n(?:\1.*\n)*")


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

    @property
    def text(self) -> str:
        """All of them: a word, a space and its frequency a line."""
        return "".join(self._lines.values())


def _read(lines: str) -> dict[str, int]:
    parts = lines.split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))
