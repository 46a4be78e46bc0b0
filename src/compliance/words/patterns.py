"""Patterns, tried only in sentences that hold the words they need.

Each pattern gives the automaton its most selective literals. Where one occurs, the sentence around it is
searched, and only when somebody asks for the pattern's group. So the cost of a pattern is the cost of its
words, however many patterns there are.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Any

import re2

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.views import View, fold_word, folded
from compliance.words.group import WordGroup
from compliance.words.pattern import Pattern
from compliance.words.scan import Finder

CONFIDENCE = 0.95

_SHORT = 400
"""Sentences up to this length may be searched with backtracking; RE2 takes longer to call but never to run."""
_STOPS = re.compile(r"[。！？!?；;\n]")

Triggers = list[tuple[int, tuple[int, ...]]]
"""Where a literal ends in the skeleton view, and the patterns that need it. Plain tuples: there are thousands."""

Surface = tuple[str, int, View]
"""A sentence as one view shows it, where it begins in that view, and the view."""


class _Compiled:
    """One pattern, compiled when it is first tried: most of a release's patterns never are."""

    def __init__(self, group: int, pattern: Pattern) -> None:
        self.groups = [group]  # the same pattern may stand in several groups; it runs once
        self.source = pattern.source
        self.bounded = pattern.bounded

    @cached_property
    def linear(self) -> Any:
        return re2.compile(self.source)

    @cached_property
    def quick(self) -> re.Pattern[str]:
        return re.compile(self.source, re.ASCII)  # RE2 reads \d, \w and \b as ASCII

    def find(self, numbers: Sequence[int], sentences: Sequence[tuple[Surface, ...]]) -> list[Hit]:
        """Every match in the sentences numbered. Backtracks only where that is bounded and the sentence short."""
        hits = []
        for number in numbers:
            for words, base, view in sentences[number]:
                quick = self.bounded and len(words) <= _SHORT
                if quick and self.quick.search(words) is None:
                    continue
                for match in self.quick.finditer(words) if quick else self.linear.finditer(words):
                    if match.end() > match.start():
                        start, end = view.span(base + match.start(), base + match.end())
                        hits.append(Hit(start, end, f"/{self.source}/", SeenAs.PATTERN, CONFIDENCE))
        return hits


class PatternMatcher:
    """The patterns of all groups. Immutable after construction."""

    def __init__(self, groups: Sequence[WordGroup]) -> None:
        self._patterns: list[_Compiled] = []
        self._always: list[int] = []
        self.triggers: defaultdict[str, list[int]] = defaultdict(list)
        """Skeleton form of a literal → the patterns that need it."""
        known: dict[Pattern, int] = {}
        for group, content in enumerate(groups):
            for pattern in content.patterns:
                if pattern in known:
                    self._patterns[known[pattern]].groups.append(group)
                else:
                    known[pattern] = len(self._patterns)
                    self._add(group, pattern)

    def _add(self, group: int, pattern: Pattern) -> None:
        index = len(self._patterns)
        self._patterns.append(_Compiled(group, pattern))
        needed = next((forms for each in pattern.required if (forms := _forms(each))), ())
        if not needed:
            self._always.append(index)
        for form in needed:
            self.triggers[form].append(index)

    def pending(self, text: str, view: View, triggered: Triggers) -> defaultdict[int, list[Finder]]:
        """For each group that may have matches, the searches that would find them."""
        pending: defaultdict[int, list[Finder]] = defaultdict(list)
        if not self._patterns:
            return pending
        stops = [match.start() for match in _STOPS.finditer(view.text)]
        places: defaultdict[int, list[int]] = defaultdict(list)  # pattern → sentences to search
        for last, patterns in triggered:
            number = bisect_left(stops, last)
            for index in patterns:
                places[index].append(number)
        for index in self._always:
            places[index].extend(range(len(stops) + 1))
        sentences = _Sentences(text, view, stops)
        for index, numbers in places.items():
            pattern = self._patterns[index]
            for group in pattern.groups:
                pending[group].append(partial(pattern.find, list(dict.fromkeys(numbers)), sentences))
        return pending


class _Sentences(Sequence[tuple[Surface, ...]]):
    """The sentences of the skeleton view; where noise was taken out of one, the folded view of it as well."""

    def __init__(self, text: str, view: View, stops: list[int]) -> None:
        self._text = text
        self._view = view
        self._stops = stops
        self._made: dict[int, tuple[Surface, ...]] = {}

    def __len__(self) -> int:
        return len(self._stops) + 1

    def __getitem__(self, number: Any) -> Any:  # an index; slices are never asked for
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = tuple(self._surfaces(number))
        return made

    def _surfaces(self, number: int) -> Iterator[Surface]:
        view, stops = self._view, self._stops
        start = stops[number - 1] + 1 if number else 0
        end = stops[number] if number < len(stops) else len(view.codes)
        if start >= end:
            return
        yield view.text[start:end], start, view
        first, last = view.span(start, end)
        if last - first != end - start:
            plain = self._plain
            begin, finish = (int(i) for i in plain.raw.searchsorted((first, last)))
            yield plain.text[begin:finish], begin, plain

    @cached_property
    def _plain(self) -> View:
        return folded(self._text)


def _forms(literals: frozenset[str]) -> tuple[str, ...]:
    """The literals as the skeleton shows them; none when one of them is all noise."""
    forms = {fold_word(literal) for literal in literals}
    return () if "" in forms else tuple(sorted(forms))
