"""Offsets in code points ↔ line and column as editors count them, in UTF-16 units unless another unit was agreed."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

Units = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END = re.compile(r"\r\n|\n|\r")  # what the protocol takes for one; U+2028 and the like are none
_SIZES: Mapping[Units, Callable[[str], int]] = {
    "utf-8": lambda char: 1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff"),
    "utf-16": lambda char: 1 + (char > "\uffff"),
    "utf-32": lambda _: 1,
}


class Place(NamedTuple):
    """0-based line, and column in units."""

    line: int
    column: int


class Lines:
    """The lines of one text."""

    def __init__(self, text: str, units: Units = "utf-16") -> None:
        self._text = text
        self._size = _SIZES[units]
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._ends = [*(end.start() for end in ends), len(text)]

    def place(self, offset: int) -> Place:
        """Where a code point stands; behind the text, its end; between \\r and \\n, the end of the line."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : min(offset, self._ends[line])]
        return Place(line, sum(map(self._size, before)))

    def offset(self, place: Place) -> int:
        """The code point that stands there; in the middle of one, its beginning; behind a line, the line's end."""
        if place.line < 0:
            return 0
        if place.line >= len(self._starts):
            return len(self._text)
        left = place.column
        for offset in range(self._starts[place.line], self._ends[place.line]):
            left -= self._size(self._text[offset])
            if left < 0:
                return offset
        return self._ends[place.line]
