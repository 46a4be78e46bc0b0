"""What each group needs before it can have hits, by the automaton's entry; worked out once a release."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from compliance.model.lexicon import Overlap
from compliance.text.kept import in_units
from compliance.text.views import fold_word
from compliance.words.disguise import Finder, with_spellings
from compliance.words.entry import Entry
from compliance.words.group import WordGroup
from compliance.words.guards import Guards
from compliance.words.packed import Form
from compliance.words.pattern import Pattern
from compliance.words.patterns import CompiledPattern
from compliance.words.stretches import ANYWHERE, NOWHERE

EVERY_GROUP = -1


@dataclass(frozen=True)
class PatternNeeds:
    """A pattern and what leads to it: entries of the automaton, or signs that are noise to the skeleton.

    Where `also` is not empty, one of those entries must be in the sentence as well.
    """

    number: int
    pattern: CompiledPattern
    entries: frozenset[int]
    signs: tuple[str, ...]
    also: frozenset[int]

    @property
    def always(self) -> bool:
        """Whether nothing at all is needed: the pattern is tried on every sentence."""
        return not self.entries and not self.signs


@dataclass
class GroupNeeds:
    """The terms of a group in columns, most of which never occur: entry, lexicon form, and what is asked of hits."""

    entries: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    asked: bytes = b""
    patterns: tuple[PatternNeeds, ...] = ()
    entities: frozenset[str] = frozenset()
    overlap: Overlap = "longest"

    @cached_property
    def terms(self) -> dict[int, list[tuple[str, bool, bool]]]:
        """Entry → (lexicon form, wants boundaries, may be disguised)."""
        terms: dict[int, list[tuple[str, bool, bool]]] = {}
        for entry, text, asked in zip(self.entries, self.texts, self.asked, strict=True):
            terms.setdefault(entry, []).append((text, bool(asked & _BOUNDED), bool(asked & _DISGUISED)))
        return terms

    @property
    def unled(self) -> bool:
        """Whether hits are possible where no entry occurs."""
        return bool(self.entities) or any(pattern.always or pattern.signs for pattern in self.patterns)


_BOUNDED, _DISGUISED = 1, 2


class Needs:
    """All entries of a release and the groups that need them."""

    def __init__(self, groups: Sequence[WordGroup], covers: Iterable[str]) -> None:
        numbering = _Numbering()
        for word in covers:
            numbering.cover(word, (EVERY_GROUP, ""))
        self.groups = [numbering.group(number, group) for number, group in enumerate(groups)]
        self.entries = Entries(numbering)
        self.entity_kinds = frozenset[str]().union(*(needs.entities for needs in self.groups))
        self.covers = frozenset(numbering.covers)
        self.disguises = Finder(
            form
            for entry, guards in sorted(numbering.disguised.items(), key=lambda item: item[0])
            for form in with_spellings(Form(in_units(self.entries.forms[entry]), entry, plain=False, guards=guards))
        )


class Entries(Sequence[Entry]):
    """The entries by their numbers, made when they are asked for: those that never occur stay in columns."""

    def __init__(self, numbering: "_Numbering") -> None:
        self.forms = tuple(numbering.by_form)
        self._texts = tuple(numbering.texts)
        self._covers = {entry: frozenset(scopes) for entry, scopes in numbering.covers.items()}
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, number: int) -> Entry: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Entry]: ...

    def __getitem__(self, number: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        made = self._made.get(number)
        if made is None:
            covers = self._covers.get(number, frozenset())
            made = self._made[number] = Entry(self._texts[number], self.forms[number], covers)
        return made


class _Numbering:
    """Numbers for what groups need, while they are gone through."""

    def __init__(self) -> None:
        self.by_form: dict[str, int] = {}
        self.texts: list[str] = []
        self.covers: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
        self.disguised: dict[int, Guards] = {}
        self._patterns: dict[Pattern, PatternNeeds] = {}

    def group(self, number: int, group: WordGroup) -> GroupNeeds:
        entries, texts, asked = [], [], bytearray()
        for term in group.terms:
            entry = self._entry(term.text)
            if entry is None:
                continue
            if term.disguise is not None:
                self.disguised.setdefault(entry, Guards.of(term.disguise))
            entries.append(entry)
            texts.append(term.text)
            asked.append(_BOUNDED * (term.boundary == "auto") | _DISGUISED * (term.disguise is not None))
            for cover in term.covers:
                self.cover(cover, (number, fold_word(term.text)))
        for cover in group.covers:
            self.cover(cover, (number, ""))
        patterns = tuple(self._pattern(pattern) for pattern in dict.fromkeys(group.patterns))
        entities = frozenset(group.entities)
        return GroupNeeds(tuple(entries), tuple(texts), bytes(asked), patterns, entities, group.overlap)

    def _pattern(self, pattern: Pattern) -> PatternNeeds:
        """The same pattern may stand in several groups; it is compiled once."""
        if pattern not in self._patterns:
            first, second = (*pattern.required, frozenset[str](), frozenset[str]())[:2]
            entries, signs = self._literals(first)
            also, uncertain = self._literals(second)
            self._patterns[pattern] = PatternNeeds(
                len(self._patterns), CompiledPattern(pattern), entries, signs, frozenset() if uncertain else also
            )
        return self._patterns[pattern]

    def _literals(self, literals: AbstractSet[str]) -> tuple[frozenset[int], tuple[str, ...]]:
        """Entries, and signs: “+” is noise to the skeleton, so that it is looked for in the text itself."""
        entries = {literal: self._entry(literal) for literal in literals}
        led = frozenset(entry for entry in entries.values() if entry is not None)
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


class Selection:
    """A part of the groups, as one scan looks for them; immutable after construction.

    Each pattern has two places in a list of stretches: 2n for the entries it needs, 2n + 1 for those it needs
    besides. What is in both is where the pattern may match.
    """

    def __init__(self, needs: Needs, groups: AbstractSet[int]) -> None:
        chosen = {number: needs.groups[number] for number in sorted(groups)}
        patterns = {pattern.number: pattern for group in chosen.values() for pattern in group.patterns}
        count = len(needs.entries)
        self.leading = _inverted(count, {number: dict.fromkeys(group.entries) for number, group in chosen.items()})
        """Entry → the groups of which it is a term."""
        led = {2 * number: pattern.entries for number, pattern in patterns.items()}
        also = {2 * number + 1: pattern.also for number, pattern in patterns.items()}
        self.places = _inverted(count, led | also)
        """Entry → the places that it fills."""
        self.blank = [NOWHERE] * (2 * (max(patterns, default=-1) + 1))
        """The list of stretches before anything is found; a pattern that needs nothing besides has it anywhere."""
        for number, pattern in patterns.items():
            if not pattern.also:
                self.blank[2 * number + 1] = ANYWHERE
        self.groups_of: list[list[int]] = [[] for _ in range(len(self.blank) // 2)]
        """Pattern → the groups that it stands in."""
        for number, group in chosen.items():
            for pattern in group.patterns:
                self.groups_of[pattern.number].append(number)
        self.unled = [number for number, group in chosen.items() if group.unled]
        """Groups that may have hits where no entry occurs."""


def _inverted(count: int, entries: Mapping[int, Iterable[int]]) -> list[tuple[int, ...]]:
    inverted: list[list[int]] = [[] for _ in range(count)]
    for number, needed in entries.items():
        for entry in needed:
            inverted[entry].append(number)
    return [tuple(numbers) for numbers in inverted]
