"""Patterns, tried only in sentences that hold the words they need.

Each pattern gives the automaton its most selective literals. Where one occurs, the sentence around it is
searched, and only when somebody asks for the pattern's group. So the cost of a pattern is the cost of its
words, however many patterns there are.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from typing import Any

import re2

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.views import View, fold_word, folded
from compliance.words.group import WordGroup
from compliance.words.pattern import Pattern
from compliance.words.scan import Pending

CONFIDENCE = 0.95

LONGEST_BACKTRACKED = 400
"""Sentences up to this length may be searched with backtracking; RE2 takes longer to call but never to run."""
Triggers = list[tuple[int, tuple[int, ...]]]
"""Number of the sentence that holds a literal, and the patterns that need it. Plain tuples: there are thousands."""

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

    def find(self, sentences: "_Sentences", numbers: Collection[int]) -> list[Hit]:
        """Every match in the sentences numbered. Backtracks only where that is bounded and the sentence short."""
        hits = []
        search = self.quick.search if self.bounded else None
        for words, base, view in sentences.shown(numbers):
            quick = search is not None and len(words) <= LONGEST_BACKTRACKED
            if search is not None and quick and search(words) is None:
                continue
            for match in self.quick.finditer(words) if quick else self.linear.finditer(words):
                start, end = view.span(base + match.start(), base + match.end())
                hits.append(Hit(start, end, f"/{self.source}/", SeenAs.PATTERN, CONFIDENCE))
        return hits


class PatternMatcher:
    """The patterns of all groups. Immutable after construction."""

    def __init__(self, groups: Sequence[WordGroup]) -> None:
        self._patterns: list[_Compiled] = []
        self._always: list[int] = []
        self._noise: defaultdict[str, list[int]] = defaultdict(list)
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
        if not pattern.required:
            self._always.append(index)
            return
        for literal in pattern.required[0]:
            form = fold_word(literal)
            if form:
                self.triggers[form].append(index)
            else:
                self._noise[literal].append(index)  # “+” is noise to the skeleton: looked for in the text itself

    def of_groups(self, groups: AbstractSet[int]) -> frozenset[int]:
        """Indexes of the patterns that stand in one of the groups."""
        return frozenset(i for i, pattern in enumerate(self._patterns) if not groups.isdisjoint(pattern.groups))

    def pending(
        self, text: str, view: View, stops: list[int], triggered: Triggers, groups: AbstractSet[int]
    ) -> defaultdict[int, list[Pending]]:
        """For each group that may have matches, where, and the searches that would find them.

        `stops` are the positions in the skeleton view where sentences end.
        """
        pending: defaultdict[int, list[Pending]] = defaultdict(list)
        places: defaultdict[int, set[int]] = defaultdict(set)  # pattern → sentences to search
        for number, patterns in triggered:
            for index in patterns:
                places[index].add(number)
        everywhere = [index for literal, indexes in self._noise.items() if literal in text for index in indexes]
        for index in (*self._always, *everywhere):
            places[index].update(range(len(stops) + 1))
        sentences = _Sentences(text, view, stops)
        for index, numbers in places.items():
            pattern = self._patterns[index]
            search = partial(pattern.find, sentences)
            for group in pattern.groups:
                if group in groups:
                    pending[group].append(Pending(numbers, search))
        return pending


class _Sentences:
    """The sentences of the skeleton view; where noise was taken out of one, the folded view of it as well."""

    def __init__(self, text: str, view: View, stops: list[int]) -> None:
        self._text = text
        self._view = view
        self._stops = stops
        self._known: dict[int, tuple[Surface, ...]] = {}

    def shown(self, numbers: Collection[int]) -> list[Surface]:
        """All surfaces of the sentences numbered."""
        known = self._known
        surfaces: list[Surface] = []
        for number in numbers:
            if number not in known:
                known[number] = self.surfaces(number)
            surfaces += known[number]
        return surfaces

    def surfaces(self, number: int) -> tuple[Surface, ...]:
        view, stops = self._view, self._stops
        start = stops[number - 1] + 1 if number else 0
        end = stops[number] if number < len(stops) else len(view.codes)
        clean = (view.text[start:end], start, view)
        # From stop to stop in the raw text: noise at either end (“+薇…”) belongs to the sentence as well.
        first = int(view.raw[stops[number - 1]]) + 1 if number else 0
        last = int(view.raw[stops[number]]) if number < len(stops) else len(self._text)
        if last - first == end - start:
            return (clean,)
        begin, finish = (int(i) for i in self._plain.raw.searchsorted((first, last)))
        return clean, (self._plain.text[begin:finish], begin, self._plain)

    @cached_property
    def _plain(self) -> View:
        return folded(self._text)
