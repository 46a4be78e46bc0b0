"""Patterns (RE2), tried only in sentences that hold the words they need.

Each pattern gives the automaton its most selective literals. Where one occurs, the sentence around it is
the window; the pattern's other literals must stand in it as well before it is tried. So the cost of a
pattern is the cost of its words, however many patterns there are.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import re2

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.views import View, fold_word, folded
from compliance.words.group import WordGroup
from compliance.words.pattern import Pattern

CONFIDENCE = 0.95

_SHORT = 1_000
"""Windows up to this length may be searched with backtracking; RE2 takes longer to call but never to run."""
_CHECKED = 4
"""Sets with more literals than this are not looked up first: the pattern itself is as quick."""
_STOPS = re.compile(r"[。！？!?；;\n]")


Triggers = list[tuple[int, tuple[int, ...]]]
"""Where a literal ends in the skeleton view, and the patterns that need it. Plain tuples: there are thousands."""


class _Compiled(NamedTuple):
    groups: list[int]  # the same pattern may stand in several groups; it runs once
    source: str
    linear: Any  # the compiled RE2 pattern
    quick: re.Pattern[str] | None  # the same for short windows, where backtracking is bounded
    others: tuple[tuple[str, ...], ...]  # of each of these, one must stand in the window


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
        sets = [forms for each in pattern.required if (forms := _forms(each))]
        index = len(self._patterns)
        quick = re.compile(pattern.source, re.ASCII) if pattern.bounded else None  # RE2 reads \d, \w and \b as ASCII
        linear = re2.compile(pattern.source)
        others = tuple(each for each in sets[1:] if len(each) <= _CHECKED)
        self._patterns.append(_Compiled([group], pattern.source, linear, quick, others))
        if not sets:
            self._always.append(index)
        for form in sets[0] if sets else ():
            self.triggers[form].append(index)

    def find(self, text: str, view: View, triggered: Triggers, found: defaultdict[int, list[Hit]]) -> None:
        """Adds to `found` every match in the skeleton view or, where there was noise, in the folded view."""
        if not self._patterns:
            return
        for start, end, patterns in self._windows(view, triggered):
            for said in _surfaces(text, view, start, end):
                words = said.text
                for index in patterns:
                    pattern = self._patterns[index]
                    if _possible(pattern, words):
                        self._collect(pattern, said, found)

    def _windows(self, view: View, triggered: Triggers) -> Iterator[tuple[int, int, list[int]]]:
        """Sentences of the skeleton view, each with the patterns to try there."""
        stops = [match.start() for match in _STOPS.finditer(view.text)]
        wanted: defaultdict[int, set[int]] = defaultdict(set)
        for last, patterns in triggered:
            wanted[bisect_left(stops, last)].update(patterns)
        for number in range(len(stops) + 1) if self._always else ():
            wanted[number].update(self._always)
        for number in sorted(wanted):
            start = stops[number - 1] + 1 if number else 0
            end = stops[number] if number < len(stops) else len(view.codes)
            if start < end:
                yield start, end, sorted(wanted[number])

    @staticmethod
    def _collect(pattern: _Compiled, said: View, found: defaultdict[int, list[Hit]]) -> None:
        words = said.text
        execute = pattern.quick if pattern.quick is not None and len(words) <= _SHORT else pattern.linear
        for match in execute.finditer(words):
            if match.end() == match.start():
                continue
            start, end = said.span(match.start(), match.end())
            hit = Hit(start, end, f"/{pattern.source}/", SeenAs.PATTERN, CONFIDENCE)
            for group in pattern.groups:
                if hit not in found[group][-4:]:  # the two views of a sentence find the same place
                    found[group].append(hit)


def _possible(pattern: _Compiled, words: str) -> bool:
    """A quick no for most sentences: a literal is missing, or the pattern does not occur."""
    for choices in pattern.others:
        if not any(word in words for word in choices):
            return False
    return pattern.quick is None or len(words) > _SHORT or pattern.quick.search(words) is not None


def _forms(literals: frozenset[str]) -> tuple[str, ...]:
    """The literals as the skeleton shows them; none when one of them is all noise."""
    forms = {fold_word(literal) for literal in literals}
    return () if "" in forms else tuple(sorted(forms))


def _surfaces(text: str, view: View, start: int, end: int) -> Iterator[View]:
    """One sentence of the skeleton and, where noise was taken out of it, the same sentence folded only."""
    yield View(view.codes[start:end], view.raw[start:end])
    first, last = view.span(start, end)
    if last - first != end - start:
        plain = folded(text[first:last])
        yield View(plain.codes, plain.raw + np.intp(first))
