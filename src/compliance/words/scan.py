"""What a scan found. Groups are resolved when somebody asks for them: most are never asked for."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.alphabet import table_of
from compliance.text.views import Index, View, skeleton
from compliance.words.backends import NO_MATCHES, Matches
from compliance.words.covers import Covered, Covers
from compliance.words.disguise import Disguised
from compliance.words.entities import find_entities
from compliance.words.entry import Entry
from compliance.words.needs import GroupNeeds, Needs, Selection, Term
from compliance.words.overlap import resolved
from compliance.words.patterns import Sentences
from compliance.words.stretches import ANYWHERE, NOWHERE, Stretches, alone, numbers

CONFIDENCE = {SeenAs.EXACT: 1.0, SeenAs.FOLDED: 0.98, SeenAs.NOISE: 0.9, SeenAs.ENTITY: 0.99}

_PLACE_BITS = 31

_STOPS = table_of("。！？!?；;\n")
# What every kind of personal information has at least, noise taken out: a run of letters and digits, or a house number.
_MAY_HOLD_ENTITY = re.compile(
    "[0-9a-z零一二三四五六七八九两幺]{5}|@|[0-9零一二三四五六七八九十百](?:号|弄|栋|幢|座|单元|室|楼)"
)


class Scan(Mapping[int, list[Hit]]):
    """Hits by group index, leftmost-longest within a group, in text order; groups without hits are not in it.

    The text is cut into stretches at sentence ends, which no hit crosses. Where a group may have hits is known
    before words are measured and patterns searched, and both are done only where asked.
    """

    def __init__(
        self,
        text: str,
        view: View,
        matches: Matches,
        disguised: Iterable[Disguised],
        needs: Needs,
        selection: Selection,
    ) -> None:
        self._text = text
        self._view = view
        self._raw = memoryview(view.raw.data)  # one offset of an array costs ten of a view of its memory
        self._expanded = len(view.raw) > 1 and bool((view.raw[1:] == view.raw[:-1]).any())
        stops = np.flatnonzero(_STOPS.take(view.codes))
        self._stops = stops.tolist()
        self._sentences = Sentences(text, view, self._stops, view.raw[stops].tolist())
        self._needs = needs
        self._places: dict[int, list[int]] = {}  # entry → last characters, in the view, of its occurrences
        self._where: defaultdict[int, Stretches] = defaultdict(int)  # group → stretches where it may have hits
        self._triggered: defaultdict[int, Stretches] = defaultdict(int)  # pattern → stretches to search
        self._led: defaultdict[int, list[int]] = defaultdict(list)  # group → entries that occurred and lead to it
        self._disguised: defaultdict[int, list[Disguised]] = defaultdict(list)  # entry → readings of it
        self._take(matches, stops, selection)
        self._take_disguised(disguised, selection)
        self._known: defaultdict[int, Stretches] = defaultdict(int)  # group → stretches that are settled
        self._settled: defaultdict[int, dict[int, list[Hit]]] = defaultdict(dict)
        self._entities: dict[int, list[Hit]] = {}
        self._covered: list[Covered] = []

    def _take(self, matches: Matches, stops: Index, selection: Selection) -> None:
        where, led = self._where, self._led
        leading, places = selection.leading, selection.places
        filled: defaultdict[int, Stretches] = defaultdict(int)
        for entry, held in self._occurrences(matches, stops):
            for group in leading[entry]:
                where[group] |= held
                led[group].append(entry)
            for place in places[entry]:
                filled[place] |= held
        for place, needed in filled.items():
            if place & 1:
                continue
            pattern = place >> 1
            both = needed & filled.get(place + 1, NOWHERE) if selection.wants_more[pattern] else needed
            if both:
                self._triggered[pattern] = both
                for group in selection.groups_of[pattern]:
                    where[group] |= both
        for group in selection.unled:
            held = self._unled(self._needs.groups[group])
            if held:
                where[group] |= held

    def _take_disguised(self, disguised: Iterable[Disguised], selection: Selection) -> None:
        for reading in disguised:
            entry, held = reading.term, 1 << self.stretch(reading.start)
            for group in selection.leading[entry]:
                self._where[group] |= held
                if entry not in self._places and entry not in self._disguised:
                    self._led[group].append(entry)
            self._disguised[entry].append(reading)

    def _occurrences(self, matches: Matches, stops: Index) -> Iterable[tuple[int, Stretches]]:
        """(entry, stretches that hold it); sorts the places by entry on the way."""
        if not len(matches.words):
            return ()
        stretches = stops.searchsorted(matches.lasts) // self._sentences.per_stretch
        # Sorting numbers takes a tenth of the time of sorting the places of numbers.
        order = np.sort(matches.words << _PLACE_BITS | np.arange(len(matches.words))) & ((1 << _PLACE_BITS) - 1)
        words = matches.words[order]
        firsts = [0, *((words[1:] != words[:-1]).nonzero()[0] + 1).tolist()]
        held = np.bitwise_or.reduceat(alone(stretches)[order], firsts)
        entries, lasts = words[firsts].tolist(), matches.lasts[order].tolist()
        for entry, first, end in zip(entries, firsts, [*firsts[1:], len(lasts)], strict=True):
            self._places[entry] = lasts[first:end]
        return zip(entries, held, strict=True)

    def _unled(self, needs: GroupNeeds) -> Stretches:
        """Where a group may have hits though no entry led to it."""
        held = self._personal if needs.entities else NOWHERE
        for pattern in needs.patterns:
            if pattern.always or any(sign in self._text for sign in pattern.signs):
                held = self._triggered[pattern.number] = self._sentences.everywhere()
        return held

    @property
    def possible(self) -> Mapping[int, Stretches]:
        """Groups that may have hits, and in which stretches; all others have none."""
        return self._where

    @property
    def hits(self) -> Mapping[int, list[Hit]]:
        return self

    @property
    def covered(self) -> list[Covered]:
        """Hits of all groups that ordinary words excuse; searches everything."""
        for group in sorted(self._where):
            self.hits_in(group)
        return self._covered

    @property
    def excused(self) -> list[Covered]:
        """The same for what has been asked for."""
        return self._covered

    def stretch(self, offset: int) -> int:
        """Number of the stretch that holds a raw offset."""
        return self._sentences.stretch(offset)

    def where(self, group: int) -> Stretches:
        """Stretches in which the group may have hits."""
        return self._where.get(group, NOWHERE)

    def hits_in(self, group: int, stretches: Stretches = ANYWHERE) -> list[Hit]:
        """The group's hits in the stretches."""
        wanted = self._where.get(group, NOWHERE) & stretches
        if not wanted:
            return []
        missing = wanted & ~self._known[group]
        if missing:
            self._settle(group, missing)
            self._known[group] |= missing
        settled = self._settled[group]
        return [hit for number in sorted(settled) if wanted >> number & 1 for hit in settled[number]]

    def __getitem__(self, group: int) -> list[Hit]:
        hits = self.hits_in(group)
        if not hits:
            raise KeyError(group)
        return hits

    def __iter__(self) -> Iterator[int]:
        return (group for group in sorted(self._where) if self.hits_in(group))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _settle(self, group: int, stretches: Stretches) -> None:
        """Measure the words, search the patterns, drop what ordinary words cover, keep the leftmost-longest."""
        needs = self._needs.groups[group]
        hits: defaultdict[int, dict[Hit, None]] = defaultdict(dict)
        for entry in self._led.get(group, ()):
            self._settle_word(entry, needs.terms[entry], stretches, hits)
        triggered = self._triggered
        for pattern in needs.patterns:
            if pattern.number in triggered and (wanted := stretches & triggered[pattern.number]):
                for hit in pattern.pattern.find(self._sentences, wanted):
                    hits[self.stretch(hit.start)][hit] = None
        if needs.entities:
            for number in numbers(stretches & self._personal):
                hits[number].update((hit, None) for hit in self._entities_in(number) if hit.term in needs.entities)
        settled = self._settled[group]
        for number, unique in hits.items():
            kept = self._covers.uncovered(group, list(unique), self._covered)
            settled[number] = resolved(kept, needs.overlap) if len(kept) > 1 else kept

    def _settle_word(
        self,
        index: int,
        terms: list[Term],
        stretches: Stretches,
        hits: defaultdict[int, dict[Hit, None]],
    ) -> None:
        entry = self._needs.entries[index]
        for last in self._places.get(index, ()):
            stretch = self._sentences.stretch_of(last)
            if not stretches >> stretch & 1 or (span := self._span(entry, last)) is None:
                continue
            start, end = span
            bounded = entry.bounded(self._text, start, end)
            surface = self._text[start:end]
            for term, wants_boundary, _ in terms:
                if bounded or not wants_boundary:
                    seen = seen_in(surface, term, entry.length)
                    hits[stretch][Hit(start, end, term, seen, CONFIDENCE[seen])] = None
        for reading in self._disguised.get(index, ()):
            stretch = self.stretch(reading.start)
            if stretches >> stretch & 1:
                for term, _, disguised in terms:
                    if disguised:
                        hit = Hit(reading.start, reading.end, term, reading.seen_as, reading.confidence)
                        hits[stretch][hit] = None

    def _span(self, entry: Entry, last: int) -> tuple[int, int] | None:
        """Raw span of an occurrence; None when it begins or ends inside a character, or holds too much noise."""
        first = last - entry.length + 1
        if self._expanded and not self._view.whole(first, last + 1):
            return None
        start, end = self._raw[first], self._raw[last] + 1
        if end - start > entry.length and not entry.allows_noise(self._text[start:end]):
            return None
        return start, end

    @cached_property
    def _covers(self) -> Covers:
        covers = Covers()
        for index in self._needs.entries.covering & self._places.keys():
            entry = self._needs.entries[index]
            for last in self._places.get(index, ()):
                if (span := self._span(entry, last)) is not None:
                    covers.add(*span, entry)
        return covers

    @cached_property
    def _personal(self) -> Stretches:
        """Stretches that hold enough digits and letters for personal information."""
        held = NOWHERE
        for match in _MAY_HOLD_ENTITY.finditer(self._view.text):
            held |= 1 << bisect_left(self._stops, match.start()) // self._sentences.per_stretch
        return held

    def _entities_in(self, stretch: int) -> list[Hit]:
        """All kinds that some group wants compete for the same digits."""
        if stretch not in self._entities:
            confidence = CONFIDENCE[SeenAs.ENTITY]
            self._entities[stretch] = [
                Hit(first + e.start, first + e.end, e.kind, SeenAs.ENTITY, confidence)
                for first, last in map(self._sentences.bounds, self._sentences.of(stretch))
                for e in find_entities(self._text[first:last], self._needs.entity_kinds)
            ]
        return self._entities[stretch]


def seen_in(surface: str, term: str, length: int) -> SeenAs:
    """How a word is seen in what is written, noise and all; `length` is that of its form."""
    if len(surface) > length:
        return SeenAs.NOISE
    return SeenAs.EXACT if surface == term else SeenAs.FOLDED


_NO_GROUPS = Needs([], [])
NOTHING = Scan("", skeleton(""), NO_MATCHES, (), _NO_GROUPS, Selection(_NO_GROUPS, frozenset()))
"""The scan of a text in which nothing was looked for."""
