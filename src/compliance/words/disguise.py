"""Words found as they stand, and terms seen through disguise: by sound, shape, signs, spelled out, taken apart.

Characters for characters (蕞低价, 未成午, 加v) are looked for at the few places where `heads` says that a word may
begin. Several for one (氵台疗, zui di jia, ㄗㄨㄟ) are looked for around the places that can be rewritten. What was
found is weighed by `guards`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import glyph, is_unused
from compliance.text.kept import Kept, Units, kept, kept_units, of_view, units_of
from compliance.text.numerals import spellings
from compliance.text.spelling import ZHUYIN_LETTERS
from compliance.text.views import View
from compliance.words.beginnings import Candidate, Head, Rows, alike
from compliance.words.guards import CONFIDENCE, Guards, Likeness, Reading, accepts, likeness
from compliance.words.heads import Heads
from compliance.words.index import Index, Keys
from compliance.words.relations import (
    codes,
    codes_of,
    first_stands,
    may_be_disguised,
    meanings,
    pair_of,
    read_as,
    relations,
    second_stands,
)
from compliance.words.tokens import Rewriter, Rewriting, Token, readings

LONGEST = 12
"""Longer terms are not looked for in disguise."""

SHORT = 400
"""Texts up to this length are read character by character, longer ones all at once."""

_MOST_REMEMBERED = 1 << 17


class Form(NamedTuple):
    """A word in units of kept text; `guards` where it may be disguised, `plain` where it counts as it is.

    Several forms may have one number: another way of writing the same term counts as folded.
    """

    text: str
    number: int
    plain: bool = True
    guards: Guards | None = None
    variant: bool = False


class Disguised(NamedTuple):
    """Raw half-open span, the number of the term, and how it was seen."""

    start: int
    end: int
    term: int
    seen_as: SeenAs
    confidence: float


class Sightings(NamedTuple):
    """Words as they stand: (number, place of the first character, place behind the last), and disguised ones."""

    plain: list[tuple[int, int, int]]
    disguised: list[Disguised]


class Finder:
    """Immutable but for what it remembers; safe to share between threads."""

    def __init__(self, forms: Iterable[Form], heads: Heads | None = None) -> None:
        """`heads`: those of a finder of the same forms, to save the time of building them."""
        self._forms = [_usable(form) for form in forms]
        disguised = [form for form in self._forms if form.guards is not None]
        self._reach = max((len(form.text) for form in disguised), default=0)
        self._rewriter = Rewriter({char for form in disguised for char in form.text})
        self.heads = heads or Heads(
            (form.text for form in self._forms if form.guards is None),
            ((form.text, form.guards is not None and form.guards.in_words) for form in disguised),
            self._rewriter.pairs() if disguised else (),
        )
        self._single = {form.text: number for number, form in enumerate(self._forms) if len(form.text) == 1}
        self._alone = frozenset(self._single) | (ZHUYIN_LETTERS if self._reach else frozenset())
        self._likenesses: dict[tuple[int, str], Likeness | None] = {}
        self._fitting: dict[tuple[str, str, str], bool] = {}
        self._beginnings: dict[str, tuple[int, ...]] = {}
        self._rows = Rows(self.head)

    @cached_property
    def longest(self) -> int:
        """Characters of the longest form."""
        return max((len(form.text) for form in self._forms), default=0)

    @cached_property
    def _standing(self) -> Index:
        """(first character, reading of the second) and (reading of the first, second character) → forms."""
        return Index(
            (key, number)
            for number, form in enumerate(self._forms)
            if form.guards is not None
            for key in (
                *(first_stands(form.text[0], reading) for reading in glyph(form.text[1]).keys),
                *(second_stands(reading, form.text[1]) for reading in glyph(form.text[0]).keys),
            )
        )

    @cached_property
    def _as_they_are(self) -> Index:
        """First two characters → forms."""
        return Index(
            (pair_of(ord(form.text[0]), ord(form.text[1])), number)
            for number, form in enumerate(self._forms)
            if len(form.text) >= 2
        )

    @cached_property
    def _rewritable(self) -> Index:
        """Readings of the first two characters → forms."""
        return Index(
            (pair_of(first, second), number)
            for number, form in enumerate(self._forms)
            if form.guards is not None
            for first, second in product(meanings(form.text[0]), meanings(form.text[1]))
        )

    @cached_property
    def _adjacent(self) -> Keys:
        """Readings that stand side by side in some form."""
        return Keys(
            pair_of(before, after)
            for form in self._forms
            if form.guards is not None
            for one, other in pairwise(form.text)
            for before, after in product(meanings(one), meanings(other))
        )

    def look(self, text: str) -> tuple[Kept, Sightings]:
        """Everything in a text, and what of the text was kept."""
        if not self._forms:
            return Kept("", ()), Sightings([], [])
        if len(text) > SHORT:
            held, units = kept_units(text)
            return held, self.read(text, held, self.places(units))
        held = kept(text)
        return held, self.read(text, held, self.places_of_few(held.text))

    def in_view(self, text: str, view: View) -> list[Disguised]:
        """The disguised words of a text of which there is a skeleton view already."""
        if not self._forms:
            return []
        units = units_of(view)
        held = of_view(view, text, units)
        places = self.places(units) if len(units) > SHORT else self.places_of_few(held.text)
        return self.read(text, held, places).disguised

    def places(self, units: Units) -> list[int]:
        """Places of a long text that are worth reading, ascending."""
        places = self.heads.places(units)
        if self._alone and (alone := np.flatnonzero(np.isin(units, [ord(char) for char in self._alone]))).size:
            places = sorted({*places, *alone.tolist()})
        return places

    def places_of_few(self, text: str) -> list[int]:
        """The same for a short kept text."""
        places = self.heads.marked(text)
        if not self._alone.isdisjoint(text):
            places = sorted({*places, *(at for at, char in enumerate(text) if char in self._alone)})
        return places

    def read(self, text: str, held: Kept, places: Iterable[int]) -> Sightings:
        """What stands at the places of a kept text."""
        plain: list[tuple[int, int, int]] = []
        disguised: set[Disguised] = set()
        sites: list[int] = []
        units, rows, forms = held.text + "。。", self._rows, self._forms
        for at in places:
            head = rows[units[at]][units[at + 1]]
            if head is None:
                continue
            for number, term, length, _, fourth, like in head[units[at + 2]]:
                end = at + length
                if length > 2:
                    window = units[at:end]
                    if window != term:
                        if length > 3 and units[at + 3 : at + 4] not in fourth:
                            continue
                        like = self._likeness(number, window)  # noqa: PLW2901  # of two characters it is known
                        if like is None:
                            continue
                if like is None:
                    self._stands(number, held, at, end, plain, disguised)
                elif like.holds(held, at, end):
                    disguised.add(_sighted(held, at, end, forms[number].number, like.seen_as))
            if head.rewritten:
                sites.append(at)
        if sites or (held.emblems and self._reach):
            disguised.update(self._rewritings(text, held, sites))
        self._forget()
        return Sightings(plain, sorted(disguised))

    def _stands(
        self, number: int, held: Kept, at: int, end: int, plain: list[tuple[int, int, int]], seen: set[Disguised]
    ) -> None:
        form = self._forms[number]
        if form.variant:
            seen.add(_sighted(held, at, end, form.number, SeenAs.FOLDED))
        elif form.plain:
            plain.append((form.number, at, end))

    def sites(self, held: Kept) -> list[int]:
        """Places of a short kept text at which something to rewrite stands or, at its end, may begin; ascending."""
        if not self._reach:
            return []
        text = held.text
        places = {at for at in self.heads.marked(text) if self._rewriter.begins(text[at], text[at + 1])}
        places.update(bisect_left(held.raw, emblem) for emblem in held.emblems)
        if not ZHUYIN_LETTERS.isdisjoint(text):
            places.update(at for at, char in enumerate(text) if char in ZHUYIN_LETTERS)
        if self._rewriter.may_begin(text[-1:]):
            places.add(len(text) - 1)
        return sorted(places)

    def _forget(self) -> None:
        if self._rows.pairs > _MOST_REMEMBERED:
            self._rows = Rows(self.head)

    def head(self, first: str, second: str) -> Head | None:
        """What may begin with two characters; None for nothing."""
        rewritten = bool(self._reach) and self._rewriter.begins(first, second)
        candidates = []
        if first in self._single:
            candidates.append(self._candidate(self._single[first], None))
        if self.heads.may_begin(first, second):
            pair = first + second
            numbers = {
                **dict.fromkeys(self._as_they_are.get(pair_of(ord(first), ord(second)))),
                **dict.fromkeys(self._like(first, second)),
            }
            for number in numbers:
                short = len(self._forms[number].text) == 2
                like = self._likeness(number, pair) if short and self._forms[number].text != pair else None
                if not short or like is not None or self._forms[number].text == pair:
                    candidates.append(self._candidate(number, like))
        return Head(tuple(candidates), rewritten) if candidates or rewritten else None

    def _candidate(self, number: int, like: Likeness | None) -> Candidate:
        form = self._forms[number]
        third, fourth = (
            alike(char) if form.guards is not None else frozenset({char}) for char in form.text[2:4].ljust(2)
        )
        return Candidate(number, form.text, len(form.text), third, fourth, like)

    def _like(self, first: str, second: str) -> Iterator[int]:
        """Disguised forms of which one of the first two characters stands and the other may be meant.

        Of a form of two characters both may be written as characters that nobody writes for themselves.
        """
        index = self._standing
        for key in glyph(second).keys:
            yield from index.get(first_stands(first, key))
        for key in glyph(first).keys:
            yield from index.get(second_stands(key, second))
        if is_unused(first) and is_unused(second):
            pairs = product(glyph(first).keys, glyph(second).keys)
            numbers = (number for one, other in pairs for number in self._rewritable.get(pair_of(one, other)))
            yield from (number for number in numbers if len(self._forms[number].text) == 2)

    def _likeness(self, number: int, window: str) -> Likeness | None:
        key = (number, window)
        try:
            return self._likenesses[key]
        except KeyError:  # asked twice, it may be gone: another thread forgets when there are too many
            like = self._compared(number, window)
        if len(self._likenesses) > _MOST_REMEMBERED:
            self._likenesses.clear()
        self._likenesses[key] = like
        return like

    def _compared(self, number: int, window: str) -> Likeness | None:
        form = self._forms[number]
        if len(window) != len(form.text):
            return None  # the text ends before
        how = relations([Token(glyph(char), 0, 1, SeenAs.EXACT) for char in window], form.text)
        return None if how is None or form.guards is None else likeness(window, form.text, how, form.guards)

    def _rewritings(self, text: str, held: Kept, sites: list[int]) -> Iterator[Disguised]:
        found = self._rewriter.rewritings(text, held, sites)
        for tokens in readings(held, found, self._lively(text, held, found), self._reach):
            for at in range(len(tokens) - 1):
                candidates = self._candidates(tokens[at], tokens[at + 1])
                yield from self._accepted(tokens, at, candidates, held)

    def _lively(self, text: str, held: Kept, found: list[Rewriting]) -> list[int]:
        """Those of the rewritings that fit with something beside them, or in themselves."""
        units, lively, last_place = held.text, [], -1
        for index, (first, last, ways) in enumerate(found):
            touches = last_place >= first or (index + 1 < len(found) and found[index + 1].first <= last)
            last_place = max(last_place, last)
            if touches:
                near = found[max(index - LONGEST, 0) : index + LONGEST + 1]
                before = codes_of(way[-1] for other in near if other.last == first for way in other.ways)
                behind = codes_of(way[0] for other in near if other.first == last for way in other.ways)
                fits = self._fits(units[max(first - 1, 0) : first], ways, units[last : last + 1], before, behind)
            else:
                written = text[ways[0][0].start : ways[0][-1].end]
                key = (units[max(first - 1, 0) : first], written, units[last : last + 1])
                known = self._fitting.get(key)
                fits = self._fits(key[0], ways, key[2]) if known is None else known
                if len(self._fitting) < _MOST_REMEMBERED:
                    self._fitting[key] = fits
            if fits:
                lively.append(index)
        return lively

    def _fits(
        self,
        before: str,
        ways: tuple[tuple[Token, ...], ...],
        behind: str,
        ending: frozenset[int] = frozenset(),
        starting: frozenset[int] = frozenset(),
    ) -> bool:
        """Whether two that stand side by side here do so in some form; what stands around may be rewritten as well."""
        left = ending.union(*(codes(glyph(char)) for char in before))
        right = starting.union(*(codes(glyph(char)) for char in behind))
        return self._adjacent.holds_any(
            pair_of(one, other)
            for way in ways
            for here, there in pairwise((left, *map(read_as, way), right))
            for one, other in product(here, there)
        )

    def _candidates(self, first: Token, second: Token) -> Iterable[int]:
        """Forms that may begin with two tokens."""
        key = first.glyph.char + second.glyph.char
        plain = len(key) == 2 and first.seen is second.seen is SeenAs.EXACT
        found = self._beginnings.get(key) if plain else None
        if found is None:
            pairs = product(read_as(first), read_as(second))
            found = tuple({number for one, other in pairs for number in self._rewritable.get(pair_of(one, other))})
            if plain and len(self._beginnings) < _MOST_REMEMBERED:
                self._beginnings[key] = found
        return found

    def _accepted(self, tokens: list[Token], at: int, candidates: Iterable[int], held: Kept) -> Iterator[Disguised]:
        for number in candidates:
            form = self._forms[number]
            part = tokens[at : at + len(form.text)]
            how = relations(part, form.text) if len(part) == len(form.text) else None
            if how is None or form.guards is None:
                continue
            reading = Reading(form.text, tuple(part), how)
            if accepts(reading, held, form.guards):
                seen = reading.seen_as
                yield Disguised(part[0].start, part[-1].end, form.number, seen, CONFIDENCE[seen])


def _usable(form: Form) -> Form:
    """Only words of a fitting length and kind may be disguised."""
    fits = 2 <= len(form.text) <= LONGEST and may_be_disguised(form.text)
    return form if fits else form._replace(guards=None)


def _sighted(held: Kept, first: int, end: int, number: int, seen: SeenAs) -> Disguised:
    return Disguised(*held.span(first, end), number, seen, CONFIDENCE[seen])


def with_spellings(form: Form) -> list[Form]:
    """A form and, where it may be disguised as a number, the other ways of writing its numbers."""
    if form.guards is None or SeenAs.FOLDED not in form.guards.ways:
        return [form]
    others = [Form(text, form.number, plain=False, variant=True) for text in spellings(form.text)]
    return [form, *others]
