"""Patterns, tried only in sentences that hold the words they need.

Each pattern gives the automaton its most selective literals. Where one occurs, the sentence around it is
searched, and only when somebody asks for the pattern's group. So the cost of a pattern is the cost of its
words, however many patterns there are.
"""

import re
from bisect import bisect_left
from functools import cached_property
from typing import Any

import re2

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.views import View, folded
from compliance.words.pattern import Pattern
from compliance.words.stretches import Stretches, numbers, per_stretch, span

CONFIDENCE = 0.95

LONGEST_BACKTRACKED = 400
"""Sentences up to this length may be searched with backtracking; RE2 takes longer to call but never to run."""

MOST_STEPS = 5_000_000
"""Nor may trying a pattern in every way at every place of a sentence take more steps than these."""

_ONLY_RE2 = re.compile(r"\\[pP]|\\x\{")
r"""What `re` does not know: \p{Han}, \x{4e00}."""

Surface = tuple[str, int, View]
"""A sentence as one view shows it, where it begins in that view, and the view."""


class Sentences:
    """The sentences of the skeleton view; where noise was taken out of one, the folded view of it as well.

    `stops` are the positions in the skeleton view where sentences end, `raw_stops` the same in the text.
    """

    def __init__(self, text: str, view: View, stops: list[int], raw_stops: list[int]) -> None:
        self.per_stretch = per_stretch(len(stops) + 1)
        self._text = text
        self._view = view
        self._stops = stops
        self._raw_stops = raw_stops
        self._known: dict[int, list[Surface]] = {}

    def shown(self, stretches: Stretches) -> list[Surface]:
        """All surfaces of the sentences in the stretches."""
        known = self._known
        surfaces: list[Surface] = []
        for stretch in numbers(stretches):
            if stretch not in known:
                known[stretch] = [surface for number in self.of(stretch) for surface in self._surfaces(number)]
            surfaces += known[stretch]
        return surfaces

    def of(self, stretch: int) -> range:
        """Numbers of the sentences in a stretch."""
        first = stretch * self.per_stretch
        return range(first, min(first + self.per_stretch, len(self._stops) + 1))

    def stretch(self, offset: int) -> int:
        """The stretch that holds a raw offset."""
        return bisect_left(self._raw_stops, offset) // self.per_stretch

    def stretch_of(self, position: int) -> int:
        """The stretch that holds a position of the view."""
        return bisect_left(self._stops, position) // self.per_stretch

    def everywhere(self) -> Stretches:
        return span(0, len(self._stops) // self.per_stretch)

    def bounds(self, number: int) -> tuple[int, int]:
        """Raw half-open span, from stop to stop: noise at either end (“+薇…”) belongs to the sentence."""
        first = self._raw_stops[number - 1] + 1 if number else 0
        return first, self._raw_stops[number] if number < len(self._raw_stops) else len(self._text)

    def _surfaces(self, number: int) -> tuple[Surface, ...]:
        view, stops = self._view, self._stops
        start = stops[number - 1] + 1 if number else 0
        end = stops[number] if number < len(stops) else len(view.codes)
        clean = (view.text[start:end], start, view)
        first, last = self.bounds(number)
        if last - first == end - start:
            return (clean,)
        begin, finish = (int(i) for i in self._plain.raw.searchsorted((first, last)))
        return clean, (self._plain.text[begin:finish], begin, self._plain)

    @cached_property
    def _plain(self) -> View:
        return folded(self._text)


class CompiledPattern:
    """One pattern, compiled when it is first tried: most of a release's patterns never are."""

    def __init__(self, pattern: Pattern) -> None:
        self.source = pattern.source
        foreign = _ONLY_RE2.search(pattern.source) is not None
        self._longest = -1 if foreign else min(LONGEST_BACKTRACKED, MOST_STEPS / pattern.backtracks)
        self._term = f"/{pattern.source}/"

    @cached_property
    def linear(self) -> Any:
        return re2.compile(self.source)

    @cached_property
    def quick(self) -> re.Pattern[str]:
        return re.compile(self.source, re.ASCII)  # RE2 reads \d, \w and \b as ASCII

    def find(self, sentences: Sentences, stretches: Stretches) -> list[Hit]:
        """Every match in the stretches. Backtracks only where that is bounded."""
        hits = []
        for words, base, view in sentences.shown(stretches):
            quick = len(words) <= self._longest
            if quick and self.quick.search(words) is None:
                continue
            for match in self.quick.finditer(words) if quick else self.linear.finditer(words):
                start, end = view.span(base + match.start(), base + match.end())
                hits.append(Hit(start, end, self._term, SeenAs.PATTERN, CONFIDENCE))
        return hits
