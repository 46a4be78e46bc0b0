"""All words of all groups, found in one pass, with exact raw offsets.

The automaton runs over the skeleton view (folded, noise out). A hit whose raw span is as long as the
word had no noise inside. Covers are entries of the same automaton: an ordinary longer word over a hit
excuses it. The literals that patterns need are entries too; patterns.py does the rest.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache, partial

import numpy as np

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.alphabet import alphabet
from compliance.text.views import View, fold_word, skeleton
from compliance.words.automaton import Automaton
from compliance.words.entities import find_entities
from compliance.words.group import WordGroup
from compliance.words.patterns import PatternMatcher
from compliance.words.scan import EVERY_GROUP, Covered, Covers, Found, Pending, Scan

Occurrences = list[tuple[int, int, int]]
"""Last character in the skeleton view, index of the automaton's word, number of the stretch. Plain tuples."""

NOISE_PER_GAP = 4
"""More noise than this between two characters, on average, and they are not one word."""

CONFIDENCE = {SeenAs.EXACT: 1.0, SeenAs.FOLDED: 0.98, SeenAs.NOISE: 0.9, SeenAs.ENTITY: 0.99}

_STOPS = re.compile(r"[。！？!?；;\n]")
# What every kind of personal information has at least, noise taken out: a run of letters and digits, or a house number.
_MAY_HOLD_ENTITY = re.compile(
    "[0-9a-z零一二三四五六七八九两幺]{5}|@|[0-9零一二三四五六七八九十百](?:号|弄|栋|幢|座|单元|室|楼)"
)


@dataclass(slots=True)
class _Word:
    """One skeleton form in the automaton: the groups it is a term of, the groups it covers."""

    length: int
    terms: list[tuple[int, str, bool]] = field(default_factory=list)  # group, lexicon form, wants boundaries
    covers: set[tuple[int, str]] = field(default_factory=set)  # group (or every), skeleton of one term or ""
    patterns: tuple[int, ...] = ()  # patterns that need this literal
    text: str = ""
    starts_latin: bool = False
    ends_latin: bool = False
    all_latin: bool = False


Words = list[_Word | None]
Pendings = defaultdict[int, list[Pending]]


@dataclass(frozen=True)
class Selection:
    """What one scan looks for, by the automaton's word: hits to make, needs of patterns that it meets."""

    words: Words
    triggers: list[tuple[int, ...] | None]
    entities: dict[int, frozenset[str]]
    groups: frozenset[int]


def _is_latin(code: int) -> bool:
    return 0x30 <= code <= 0x39 or 0x61 <= code <= 0x7A


class Scanner:
    """Immutable after construction; safe to share between threads."""

    def __init__(self, groups: Sequence[WordGroup], covers: Iterable[str] = ()) -> None:
        words: dict[str, _Word] = {}
        for word in covers:
            self._word(words, word).covers.add((EVERY_GROUP, ""))
        for index, group in enumerate(groups):
            for term in group.terms:
                entry = self._word(words, term.text)
                entry.terms.append((index, term.text, term.boundary == "auto"))
                for cover in term.covers:
                    self._word(words, cover).covers.add((index, fold_word(term.text)))
            for cover in group.covers:
                self._word(words, cover).covers.add((index, ""))
        self._entity_groups = {i: frozenset(group.entities) for i, group in enumerate(groups) if group.entities}
        self._patterns = PatternMatcher(groups)
        for literal, patterns in self._patterns.triggers.items():
            self._word(words, literal).patterns = tuple(patterns)
        words.pop("", None)
        self._all = list(words.values())
        self._everything = self.select(frozenset(range(len(groups))))
        self._automaton = Automaton(list(words)) if words else None

    @staticmethod
    def _word(words: dict[str, _Word], text: str) -> _Word:
        form = fold_word(text)
        if form not in words:
            codes = [ord(c) for c in form] or [0]
            words[form] = _Word(
                len(form),
                text=text,
                starts_latin=_is_latin(codes[0]),
                ends_latin=_is_latin(codes[-1]),
                all_latin=all(map(_is_latin, codes)),
            )
        return words[form]

    def select(self, groups: AbstractSet[int]) -> "Selection":
        """A part of the groups to scan for; what the others need is passed over."""
        wanted = self._patterns.of_groups(groups)
        triggers = [tuple(n for n in word.patterns if n in wanted) or None for word in self._all]
        words = [self._selected(word, groups) for word in self._all]
        entities = {group: kinds for group, kinds in self._entity_groups.items() if group in groups}
        return Selection(words, triggers, entities, frozenset(groups))

    @staticmethod
    def _selected(word: _Word, groups: AbstractSet[int]) -> _Word | None:
        terms = [term for term in word.terms if term[0] in groups]
        covers = {scope for scope in word.covers if scope[0] == EVERY_GROUP or scope[0] in groups}
        return replace(word, terms=terms, covers=covers) if terms or covers else None

    def scan(self, text: str, selection: "Selection | None" = None) -> Scan:
        """The hits of the selected groups in `text`, all groups by default; a newline ends every word."""
        chosen = selection or self._everything
        view = skeleton(text)
        stops = [match.start() for match in _STOPS.finditer(view.text)]
        raw_stops = view.raw[stops].tolist()
        occurrences = self._occurrences(view, stops)
        found: Found = defaultdict(list)
        covers = Covers()
        self._take_words(text, view, occurrences, chosen.words, found, covers)
        triggers = chosen.triggers
        triggered = [(number, needed) for _, index, number in occurrences if (needed := triggers[index]) is not None]
        pending = self._patterns.pending(text, view, stops, triggered, chosen.groups)
        if chosen.entities:
            self._entities(text, view, stops, chosen.entities, pending)
        return Scan(found, covers, pending, raw_stops)

    def _occurrences(self, view: View, stops: list[int]) -> Occurrences:
        if self._automaton is None:
            return []
        matches = self._automaton.matches(view.codes)
        numbers = np.searchsorted(stops, [last for last, _ in matches]).tolist()
        return [(last, index, number) for (last, index), number in zip(matches, numbers, strict=True)]

    def _take_words(
        self, text: str, view: View, occurrences: Occurrences, words: Words, found: Found, covers: Covers
    ) -> None:
        """Word hits into `found`, cover hits into `covers`."""
        raw = view.raw.tolist()  # a list: one offset of an array costs ten of a list
        expanded = len(raw) > 1 and bool((view.raw[1:] == view.raw[:-1]).any())
        for last, index, number in occurrences:
            word = words[index]
            if word is None:
                continue
            if expanded and not view.whole(last - word.length + 1, last + 1):
                continue
            start, end = raw[last - word.length + 1], raw[last] + 1
            noise = end - start - word.length
            if noise > 0 and not self._noise_allowed(text, word, start, end, noise):
                continue
            if word.covers:
                covers.add(start, end, word)
            if not word.terms:
                continue
            bounded = self._bounded(text, word, start, end) if word.starts_latin or word.ends_latin else True
            surface = text[start:end]
            for group, term, wants_boundary in word.terms:
                if bounded or not wants_boundary:
                    seen = SeenAs.NOISE if noise > 0 else SeenAs.EXACT if surface == term else SeenAs.FOLDED
                    found[group].append((number, Hit(start, end, term, seen, CONFIDENCE[seen])))

    @staticmethod
    def _noise_allowed(text: str, word: _Word, start: int, end: int, noise: int) -> bool:
        if noise > NOISE_PER_GAP * max(word.length - 1, 1):
            return False
        # “to p” is not “top”: spaces between Latin letters are spaces, unless the entry itself has one.
        return not word.all_latin or " " in word.text or not any(c.isspace() for c in text[start:end])

    @staticmethod
    def _bounded(text: str, word: _Word, start: int, end: int) -> bool:
        fold = alphabet().fold
        if word.starts_latin and start > 0 and _is_latin(int(fold[ord(text[start - 1])])):
            return False
        return not (word.ends_latin and end < len(text) and _is_latin(int(fold[ord(text[end])])))

    @staticmethod
    def _entities(
        text: str, view: View, stops: list[int], wanted: dict[int, frozenset[str]], pending: Pendings
    ) -> None:
        """Personal information is looked for in the sentences that hold enough digits and letters.

        All kinds that some group wants compete for the same digits.
        """
        kinds = frozenset().union(*wanted.values())
        numbers = {bisect_left(stops, match.start()) for match in _MAY_HOLD_ENTITY.finditer(view.text)}
        if not numbers:
            return

        @cache
        def found(number: int) -> list[Hit]:
            first = int(view.raw[stops[number - 1]]) + 1 if number else 0
            last = int(view.raw[stops[number]]) if number < len(stops) else len(text)
            confidence = CONFIDENCE[SeenAs.ENTITY]
            entities = find_entities(text[first:last], kinds)
            return [Hit(first + e.start, first + e.end, e.kind, SeenAs.ENTITY, confidence) for e in entities]

        for group, of_group in wanted.items():
            pending[group].append(Pending(numbers, partial(_of_kinds, found, of_group)))


def _of_kinds(found: Callable[[int], list[Hit]], kinds: frozenset[str], numbers: Collection[int]) -> list[Hit]:
    return [hit for number in numbers for hit in found(number) if hit.term in kinds]


__all__ = ["Covered", "Scan", "Scanner", "Selection"]
