"""What each group needs before it can have hits, by the automaton's entry; worked out once a release.

Most groups, patterns and entries never matter to a text: they stay in columns until one of them does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from compliance.model.lexicon import Overlap
from compliance.text.kept import in_units
from compliance.text.views import fold_word
from compliance.words.columns import Lists, Strings, marked
from compliance.words.disguise import Finder
from compliance.words.entry import Entry
from compliance.words.forms import Form, Forms
from compliance.words.group import WordGroup
from compliance.words.guards import Guards
from compliance.words.packed import Packed
from compliance.words.pattern import Pattern
from compliance.words.patterns import CompiledPattern

EVERY_GROUP = -1


class PatternNeeds(NamedTuple):
    """A pattern, and what leads to it beside entries: signs that are noise to the skeleton, or nothing at all."""

    number: int
    pattern: CompiledPattern
    signs: tuple[str, ...]
    always: bool


class Term(NamedTuple):
    """A lexicon form, and what is asked of its hits."""

    text: str
    wants_boundary: bool
    disguised: bool


class GroupNeeds(NamedTuple):
    """`terms`: by entry."""

    terms: "_Terms"
    patterns: tuple[PatternNeeds, ...]
    entities: frozenset[str]
    overlap: Overlap


_BOUNDED, _DISGUISED = 1, 2


class Needs:
    """All entries of a release and the groups that need them."""

    def __init__(self, groups: Sequence[WordGroup], covers: Iterable[str]) -> None:
        numbering = _Numbering()
        for word in covers:
            numbering.cover(word, (EVERY_GROUP, ""))
        for number, group in enumerate(groups):
            numbering.take(number, group)
        self.entries = Entries(numbering)
        self.patterns = Patterns(numbering, len(self.entries))
        self.groups = Groups(numbering, self.patterns)
        self.leading = self.groups.terms.inverted(len(self.entries))
        """Entry → the groups of which it is a term."""
        self.entity_kinds = frozenset[str]().union(*numbering.entities.values())
        forms = (
            Form(in_units(self.entries.forms[entry]), entry, guards)
            for entry, guards in sorted(numbering.disguised.items(), key=lambda item: item[0])
        )
        self.disguises = Finder(Packed(Forms.of(forms, plain=False).with_spellings()))


class Entries:
    """The entries by their numbers."""

    def __init__(self, numbering: "_Numbering") -> None:
        self.forms = Strings(numbering.by_form)
        self._texts = Strings(numbering.texts)
        scopes: dict[tuple[int, str], int] = {}
        covers = [
            [scopes.setdefault(scope, len(scopes)) for scope in numbering.covers.get(entry, ())]
            for entry in range(len(self.forms))
        ]
        self._covers = Lists.of(covers)
        self._scope_groups = np.array([group for group, _ in scopes], dtype=np.int32)
        self._scope_terms = Strings(term for _, term in scopes)
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self.forms)

    def __getitem__(self, number: int) -> Entry:
        made = self._made.get(number)
        if made is None:
            covers = frozenset((int(self._scope_groups[n]), self._scope_terms[n]) for n in self._covers[number])
            made = self._made[number] = Entry(self._texts[number], self.forms[number], covers)
        return made

    @cached_property
    def covering(self) -> frozenset[int]:
        """Those that are covers."""
        return frozenset(np.flatnonzero(self._covers.lengths).tolist())


class Patterns:
    """The patterns by their numbers.

    Each has two places in a list of stretches: 2n for the entries it needs, 2n + 1 for those it needs besides.
    """

    def __init__(self, numbering: "_Numbering", entries: int) -> None:
        self._sources = Strings(pattern.source for pattern in numbering.patterns)
        self._backtracks = np.array([pattern.backtracks for pattern in numbering.patterns])
        self._signs = {number: signs for number, signs in enumerate(numbering.signs) if signs}
        needed = Lists.of(chain.from_iterable(zip(numbering.led, numbering.also, strict=True)))
        self.places = needed.inverted(entries)
        """Entry → the places that it fills."""
        self.unneeded = needed.lengths == 0
        """The places that nothing fills."""
        self._made: dict[int, PatternNeeds] = {}

    def __len__(self) -> int:
        return len(self._sources)

    def __getitem__(self, number: int) -> PatternNeeds:
        """The same pattern may stand in several groups; it is compiled once."""
        made = self._made.get(number)
        if made is None:
            pattern = Pattern(self._sources[number], backtracks=float(self._backtracks[number]))
            signs = self._signs.get(number, ())
            always = not signs and bool(self.unneeded[2 * number])
            made = self._made[number] = PatternNeeds(number, CompiledPattern(pattern), signs, always)
        return made

    @property
    def unled(self) -> list[int]:
        """Those that may match where no entry occurs."""
        return [number for number in range(len(self)) if number in self._signs or self.unneeded[2 * number]]


class Groups:
    """What the groups need, by their numbers."""

    def __init__(self, numbering: "_Numbering", patterns: Patterns) -> None:
        self.terms = Lists.of(numbering.entries)
        """Group → entries, one a term."""
        self._texts = Strings(numbering.forms)
        self._asked = bytes(numbering.asked)
        self.patterns = Lists.of(numbering.patterns_of)
        self.holding = self.patterns.inverted(len(patterns))
        """Pattern → groups."""
        self._entities, self._overlaps = numbering.entities, numbering.overlaps
        unled = set(patterns.unled)
        self.unled = marked(
            len(self.terms),
            (n for n, held in enumerate(numbering.patterns_of) if n in self._entities or not unled.isdisjoint(held)),
        )
        """Groups that may have hits where no entry occurs."""
        self._of = patterns
        self._made: dict[int, GroupNeeds] = {}

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, number: int) -> GroupNeeds:
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = GroupNeeds(
                _Terms(self, number),
                tuple(self._of[each] for each in self.patterns[number]),
                self._entities.get(number, frozenset()),
                self._overlaps.get(number, "longest"),
            )
        return made

    def term(self, place: int) -> Term:
        """The term at a place in the column of all of them."""
        asked = self._asked[place]
        return Term(self._texts[place], bool(asked & _BOUNDED), bool(asked & _DISGUISED))


class _Terms(dict[int, list[Term]]):
    """The terms of a group, by those entries that somebody has asked for."""

    def __init__(self, groups: Groups, number: int) -> None:
        self._groups = groups
        self._first, end = groups.terms.bounds(number)
        self._entries = groups.terms.flat[self._first : end]

    def __missing__(self, entry: int) -> list[Term]:
        places = self._first + np.flatnonzero(self._entries == entry)
        found = self[entry] = [self._groups.term(place) for place in places.tolist()]
        return found


class _Numbering:
    """Numbers for what groups need, while they are gone through."""

    def __init__(self) -> None:
        self.by_form: dict[str, int] = {}
        self.texts: list[str] = []
        self.covers: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
        self.disguised: dict[int, Guards] = {}
        # By group: its terms as entries, and all their lexicon forms and what is asked of hits, one after another.
        self.entries: list[list[int]] = []
        self.forms: list[str] = []
        self.asked = bytearray()
        self.patterns_of: list[list[int]] = []
        self.entities: dict[int, frozenset[str]] = {}
        self.overlaps: dict[int, Overlap] = {}
        # By pattern: entries and signs one of which leads to it, and entries one of which it needs besides.
        self.patterns: dict[Pattern, int] = {}
        self.led: list[list[int]] = []
        self.signs: list[tuple[str, ...]] = []
        self.also: list[list[int]] = []

    def take(self, number: int, group: WordGroup) -> None:
        entries = []
        for term in group.terms:
            entry = self._entry(term.text)
            if entry is None:
                continue
            if term.disguise is not None:
                self.disguised.setdefault(entry, Guards.of(term.disguise))
            entries.append(entry)
            self.forms.append(term.text)
            self.asked.append(_BOUNDED * (term.boundary == "auto") | _DISGUISED * (term.disguise is not None))
            for cover in term.covers:
                self.cover(cover, (number, fold_word(term.text)))
        for cover in group.covers:
            self.cover(cover, (number, ""))
        self.entries.append(entries)
        self.patterns_of.append([self._pattern(pattern) for pattern in dict.fromkeys(group.patterns)])
        if group.entities:
            self.entities[number] = frozenset(group.entities)
        if group.overlap != "longest":
            self.overlaps[number] = group.overlap

    def _pattern(self, pattern: Pattern) -> int:
        if pattern not in self.patterns:
            first, second = (*pattern.required, frozenset[str](), frozenset[str]())[:2]
            led, signs = self._literals(first)
            also, uncertain = self._literals(second)
            self.patterns[pattern] = len(self.patterns)
            self.led.append(led)
            self.signs.append(signs)
            self.also.append([] if uncertain else also)
        return self.patterns[pattern]

    def _literals(self, literals: AbstractSet[str]) -> tuple[list[int], tuple[str, ...]]:
        """Entries, and signs: “+” is noise to the skeleton, so that it is looked for in the text itself."""
        entries = {literal: self._entry(literal) for literal in literals}
        led = [entry for entry in entries.values() if entry is not None]
        return led, tuple(sorted(literal for literal, entry in entries.items() if entry is None))

    def cover(self, word: str, scope: tuple[int, str]) -> None:
        entry = self._entry(word)
        if entry is not None:
            self.covers[entry].add(scope)

    def _entry(self, text: str) -> int | None:
        """Number of the entry with the text's skeleton; None when all of it is noise."""
        form = fold_word(text)
        if not form:
            return None
        if form not in self.by_form:
            self.by_form[form] = len(self.texts)
            self.texts.append(text)
        return self.by_form[form]


class _Asked(dict[int, list[int]]):
    """Those of many lists that somebody has asked for."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def __missing__(self, number: int) -> list[int]:
        found = self[number] = self._lists[number]
        return found


class Selection:
    """A part of the groups, as one scan looks for them; immutable but for what it remembers."""

    def __init__(self, needs: Needs, groups: AbstractSet[int]) -> None:
        chosen = marked(len(needs.groups), groups)
        wanted = needs.groups.patterns.union(chosen)
        patterns = marked(len(needs.patterns), wanted)
        self.leading = _Asked(needs.leading.only(chosen))
        """Entry → the groups of which it is a term."""
        self.places = _Asked(needs.patterns.places.only(np.repeat(patterns, 2)))
        """Entry → the places of patterns that it fills."""
        self.wants_more = (~needs.patterns.unneeded[1::2]).tobytes()
        """Pattern → whether it needs anything besides."""
        self.groups_of = _Asked(needs.groups.holding.only(chosen))
        """Pattern → the groups that it stands in."""
        self.unled = np.flatnonzero(chosen & needs.groups.unled).tolist()
        """Groups that may have hits where no entry occurs."""
