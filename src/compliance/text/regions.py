"""Quoted stretches of a text: quotation marks and book titles are different regions."""

import re
from bisect import bisect_right
from itertools import accumulate

_QUOTES = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"))
_TITLES = (("《", "》"), ("〈", "〉"))
_LONGEST = 200
"""A mark that is not closed within this many characters opens nothing."""
_STRAIGHT = re.compile(rf'"([^"\n]{{0,{_LONGEST}}})"')


class Regions:
    """Half-open spans of what stands between marks of one family, nested marks included."""

    def __init__(self, text: str, family: str) -> None:
        pairs = _TITLES if family == "title" else _QUOTES
        spans = [span for opening, closing in pairs if opening in text for span in _paired(text, opening, closing)]
        if family == "quote":
            spans += [m.span(1) for m in _STRAIGHT.finditer(text)]
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]
        self._reach = list(accumulate((end for _, end in self.spans), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether some region contains the whole span."""
        i = bisect_right(self._starts, start)
        return i > 0 and self._reach[i - 1] >= end


def _paired(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    pattern = re.compile(f"[{opening}{closing}]")
    stack: list[int] = []
    spans = []
    for mark in pattern.finditer(text):
        if mark.group() == opening:
            stack.append(mark.end())
        elif stack:
            start = stack.pop()
            if mark.start() - start <= _LONGEST:
                spans.append((start, mark.start()))
    return spans
