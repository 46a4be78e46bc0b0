"""Words found as they stand, and terms seen through disguise: by sound, shape, signs, spelled out, taken apart.

Characters for characters (蕞低价, 未成午, 加v) are found by the kernel, in one pass over the text. Several for one
(氵台疗, zui di jia, ㄗㄨㄟ) are read around the places that may be written otherwise, and weighed by `guards`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple, TypeGuard

from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import glyph
from compliance.text.kept import Kept, of_arrays
from compliance.text.spelling import LONGEST_RUN
from compliance.text.views import utf_32
from compliance.words import kernel
from compliance.words.bloom import Bloom
from compliance.words.guards import CONFIDENCE, Reading, accepts
from compliance.words.index import Index, beside
from compliance.words.kernel import AS_IT_STANDS, EMBLEM_SIZE, HEAD, LONGEST, ODDS, ROW, SITE
from compliance.words.packed import Packed, characters
from compliance.words.relations import CODE_BITS, Codes, codes, codes_of, pair_of, read_as, relation, relations
from compliance.words.tokens import Rewriter, Spot, Token, plain_tokens, readings

_MOST_REMEMBERED, _MOST_TEXTS = 1 << 17, 1 << 13
_SEEN = tuple(SeenAs)
_FAR = 1 << 30
_BESIDE = 2
"""Characters on each side of a spot with which three characters of a form are read over it."""


Plain = tuple[int, ...]
"""A word as it stands, a row of the kernel: form, number, first and last + 1 kept place, raw start and end, how."""


class Disguised(NamedTuple):
    """Raw half-open span, the number of the term, and how it was seen."""

    start: int
    end: int
    term: int
    seen_as: SeenAs
    confidence: float


class Look:
    """What was found in a text; what of the text was kept is worked out when somebody asks."""

    __slots__ = ("_arrays", "_kept", "count", "disguised", "plain")

    def __init__(self, count: int = 0, arrays: Sequence[Any] | None = None) -> None:
        """`arrays`: the kept units and their raw offsets; there may be more behind `count`."""
        self.count, self._arrays = count, arrays
        self._kept: Kept | None = None
        self.plain: Sequence[Plain] = ()
        self.disguised: Sequence[Disguised] = ()

    @property
    def kept(self) -> Kept:
        if self._kept is None:
            self._kept = Kept("", ()) if self._arrays is None else of_arrays(self._arrays, self.count)
        return self._kept


NOTHING = Look()
"""What is found in most short texts."""


class Finder:
    """Immutable but for what it remembers; safe to share between threads."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self._tables, self._reach, self._any = packed.tables, packed.reach, bool(packed)
        self._scan: Callable[..., Any] = kernel.scan
        self._fitting: dict[tuple[str, str, str], bool] = {}
        self._beginning_at: dict[tuple[str, str, str], int | None] = {}
        self._beginnings: dict[str, tuple[int, ...]] = {}
        self._first_fit = lru_cache(maxsize=_MOST_TEXTS)(self._first_fitting)
        self._three_fit = lru_cache(maxsize=_MOST_REMEMBERED)(self._three_side_by_side)
        self._text = lru_cache(maxsize=_MOST_TEXTS)(packed.text)

    @cached_property
    def _rewriter(self) -> Rewriter:
        return Rewriter(self.packed.alphabet)

    @property
    def longest(self) -> int:
        """Characters of the longest form."""
        return self.packed.longest

    @cached_property
    def _lengths(self) -> bytes:
        """Characters of each form that may be disguised."""
        return self.packed.lengths.astype("u1").tobytes()

    @cached_property
    def _rewritable(self) -> Index:
        """Readings of the first two characters → forms."""
        forms = self.packed.disguised
        return Index(self.packed.units_at(forms, 0), self.packed.units_at(forms, 1), forms)

    @cached_property
    def _adjacent(self) -> Bloom:
        """Readings that stand side by side in some form."""
        return beside(*self.packed.runs(2))

    @cached_property
    def _threes(self) -> Bloom:
        """Three readings that do."""
        return beside(*self.packed.runs(3))

    @cached_property
    def _short(self) -> Bloom:
        """Readings of forms of two characters."""
        return beside(*self.packed.runs(2, whole=True))

    def look(self, text: str) -> Look:
        """Everything in a text."""
        return self.look_on(text)[-1]

    def look_on(
        self, text: str, since: int = 0, otherwise_since: int = 0, wait: int = 0, reach: int = 0
    ) -> tuple[int, int, int, Look]:
        """What begins in a text at a raw offset or behind it, with what is written otherwise from another on.

        For the others, and for what comes with it, see the kernel's `scan`.
        """
        if not self._any:
            return len(text), len(text), len(text), NOTHING
        decided, otherwise_from, needed_from, found, units, raw = self._scan(
            characters(), self._tables, utf_32(text), since, otherwise_since, wait, reach
        )
        if found is None:
            return decided, otherwise_from, needed_from, NOTHING
        told = found.tolist()
        count, rows, sites, emblems = told[:HEAD]
        look = Look(count, (units, raw))
        until = HEAD + ROW * rows
        if rows:
            self._tell(look, units, [*_chunks(told[HEAD:until], ROW)])
        if self._reach and (sites or emblems):
            end = until + SITE * sites
            rewritten = self._rewritten(
                text, look.kept, _chunks(told[until:end], SITE), [*_chunks(told[end:], EMBLEM_SIZE)]
            )
            look.disguised = sorted({*look.disguised, *rewritten})
        return decided, otherwise_from, needed_from, look

    def _tell(self, look: Look, units: Any, rows: Sequence[tuple[int, ...]]) -> None:
        look.plain = [row for row in rows if row[-1] == AS_IT_STANDS]
        if len(look.plain) < len(rows):
            others = [row for row in rows if row[-1] != AS_IT_STANDS]
            look.disguised = sorted(self._guarded(units, look.count, others))

    def _guarded(self, units: Any, count: int, rows: Iterable[tuple[int, ...]]) -> set[Disguised]:
        """Rows of words that do not stand there themselves, where their surroundings bear them out."""
        disguised = set()
        for form, number, first, _, start, end, how in rows:
            odds = how >> ODDS
            if odds and kernel.gain(characters(), self._tables, units, count, form, first) < odds:
                continue
            seen = _SEEN[how & ((1 << ODDS) - 1)]
            disguised.add(Disguised(start, end, number, seen, CONFIDENCE[seen]))
        return disguised

    def _rewritten(
        self, text: str, held: Kept, sites: Iterable[tuple[int, ...]], emblems: Sequence[tuple[int, ...]]
    ) -> Iterator[Disguised]:
        spots = self._lively(held, self._rewriter.spots(text, held, sites, emblems))
        begins = [self._begins(held.text, spots, index) for index in range(len(spots))]
        # What no form can be written over is nothing to its neighbours either.
        spots = [spot for spot, begin in zip(spots, begins, strict=True) if begin is not None]
        for index, (spot, begin) in enumerate(zip(spots, filter(_is_there, begins), strict=True)):
            if _apart(spots, index) > self._reach:
                yield from self._read_alone(held, spot, begin)
            else:
                yield from self._read_together(held, spots, index)

    def _begins(self, units: str, spots: list[Spot], index: int) -> int | None:
        """How far before the spot a form over it may begin, None where none can be: a place, counted from the spot.

        Told by three characters of a form, or all of one of two; where others are near, not how far.
        """
        if _apart(spots, index) <= _BESIDE:
            return -self._reach if self._fits_together(units, spots, index) else None
        spot = spots[index]
        key = units[max(spot.first - _BESIDE, 0) : spot.first], spot.written, units[spot.last : spot.last + _BESIDE]
        if key in self._beginning_at:
            return self._beginning_at[key]
        begins = self._first_of_three(units, spot)
        if len(self._beginning_at) < _MOST_REMEMBERED:
            self._beginning_at[key] = begins
        return begins

    def _first_of_three(self, units: str, spot: Spot) -> int | None:
        before = [codes(glyph(char)) for char in units[max(spot.first - _BESIDE, 0) : spot.first]]
        behind = [codes(glyph(char)) for char in units[spot.last : spot.last + _BESIDE]]
        begins = [
            begin
            for way in spot.ways
            if (begin := self._first_fitting([*before, *map(read_as, way), *behind], len(before), len(way))) is not None
        ]
        return min(begins, default=None)

    def _fits_together(self, units: str, spots: list[Spot], index: int) -> bool:
        """The same for a spot near others, whichever of them are read."""
        spot = spots[index]
        around = spots[max(index - LONGEST, 0) : index] + spots[index + 1 : index + LONGEST + 1]
        begin, end = spot.first - LONGEST_RUN - _BESIDE, spot.last + LONGEST_RUN + _BESIDE
        others = [other for other in around if begin <= other.last and other.first <= end]
        beside = product(
            _beside(units, spot.first, others, _BESIDE, ahead=False),
            _beside(units, spot.last, others, _BESIDE, ahead=True),
        )
        return any(
            self._first_fit((*before[::-1], *map(read_as, way), *behind), len(before), len(way)) is not None
            for before, behind in beside
            for way in spot.ways
        )

    def _first_fitting(self, read: Sequence[Codes], before: int, length: int) -> int | None:
        """The same for what the characters around a spot, and its tokens behind so many, may be read as."""
        for at in range(before + length):
            three, two = read[at : at + 3], read[at : at + 2]
            if len(three) == 3 and self._three_fit(*three):
                return at - before if at else -self._reach
            if at >= before - 1 and len(two) == 2 and self._short.passing(two[0], two[1], CODE_BITS):
                return at - before
        return None

    def _three_side_by_side(self, first: Codes, second: Codes, third: Codes) -> bool:
        pairs = self._adjacent.passing(first, second, CODE_BITS)
        return bool(pairs and self._threes.passing(pairs, third, CODE_BITS))

    def _read_together(self, held: Kept, spots: list[Spot], index: int) -> Iterator[Disguised]:
        """Forms over a spot that others stand near."""
        for tokens in readings(held, spots, [index], self._reach):
            for at in range(len(tokens) - 1):
                for form in self._candidates(tokens[at], tokens[at + 1]):
                    yield from self._accepted(form, tokens[at : at + self._lengths[form]], held)

    def _read_alone(self, held: Kept, spot: Spot, begins: int) -> Iterator[Disguised]:
        """Forms over a spot around which everything stands as it is written, that begin so far from it or later."""
        units, first, last = held.text, spot.first, spot.last
        begin = max(first + max(begins, 1 - self._reach), 0)
        for number, way in enumerate(spot.ways):
            tokens = None
            for start in range(begin, first + len(way)):
                before = max(first - start, 0)
                for form in self._beginning(units, way, start, spot):
                    length = self._lengths[form]
                    if length <= before or (before and relation(way[0], self.packed.unit(form, before)) is None):
                        continue
                    if tokens is None:
                        tokens = plain_tokens(held, begin, first)
                        tokens += spot.tokens(held, number)
                        tokens += plain_tokens(held, last, min(last + self._reach, len(units)))
                    yield from self._accepted(form, tokens[start - begin : start - begin + length], held)

    def _beginning(self, units: str, way: tuple[Token, ...], start: int, spot: Spot) -> Iterable[int]:
        """Forms that may begin at a place before a spot, or at one of its tokens, which are counted on as places."""
        at = start - spot.first
        if at < -1:
            return self._as_written(units[start : start + 2])
        first = way[at] if at >= 0 else _written(units[start])
        if at + 1 < len(way):
            return self._candidates(first, way[at + 1])
        return self._candidates(first, _written(units[spot.last])) if spot.last < len(units) else ()

    def _as_written(self, pair: str) -> tuple[int, ...]:
        """Forms that may begin with two characters."""
        found = self._beginnings.get(pair)
        if found is None:
            first, second = map(_written, pair)
            found = self._beginning_with(first, second)
            if len(self._beginnings) < _MOST_REMEMBERED:
                self._beginnings[pair] = found
        return found

    def _candidates(self, first: Token, second: Token) -> tuple[int, ...]:
        """Forms that may begin with two tokens."""
        pair = first.glyph.char + second.glyph.char
        if len(pair) == 2 and first.seen is second.seen is SeenAs.EXACT:
            return self._as_written(pair)
        return self._beginning_with(first, second)

    def _beginning_with(self, first: Token, second: Token) -> tuple[int, ...]:
        pairs = product(read_as(first), read_as(second))
        return tuple({form for one, other in pairs for form in self._rewritable.get(pair_of(one, other))})

    def _accepted(self, form: int, part: list[Token], held: Kept) -> Iterator[Disguised]:
        """What the tokens are when they are read as the form, if that counts."""
        term = self._text(form)
        how = relations(part, term) if len(part) == len(term) else None
        if how is None:
            return
        reading = Reading(term, tuple(part), how)
        if accepts(reading, held, self.packed.guards(form)):
            seen = reading.seen_as
            yield Disguised(part[0].start, part[-1].end, self.packed.number(form), seen, CONFIDENCE[seen])

    def _lively(self, held: Kept, spots: list[Spot]) -> list[Spot]:
        """Those of the spots that fit with something beside them, or in themselves."""
        units, fitting, lively = held.text, self._fitting, []
        reached = -1
        for index, spot in enumerate(spots):
            first, last, written, ways, _ = spot
            behind = units[last : last + 1]
            before = units[first - 1] if first else ""
            if reached >= first or (index + 1 < len(spots) and spots[index + 1].first <= last):
                near = _touching(spots, index)
                written += "".join([other.written + ("<" if other.last == first else ">") for other in near])
            else:
                near = []
            key = (before, written, behind)
            fits = fitting.get(key)
            if fits is None:
                fits = self._fits_with(before, near, spot, behind) if near else self._fits(before, ways, behind)
                if len(fitting) < _MOST_REMEMBERED:
                    fitting[key] = fits
            if fits:
                lively.append(spot)
            reached = max(reached, last)
        return lively

    def _fits_with(self, before: str, near: Sequence[Spot], spot: Spot, behind: str) -> bool:
        """The same for a spot that touches others, which may be rewritten as well."""
        ending = codes_of(way[-1] for other in near if other.last == spot.first for way in other.ways)
        starting = codes_of(way[0] for other in near if other.first == spot.last for way in other.ways)
        return self._fits(before, spot.ways, behind, ending, starting)

    def _fits(
        self,
        before: str,
        ways: tuple[tuple[Token, ...], ...],
        behind: str,
        ending: frozenset[int] = frozenset(),
        starting: frozenset[int] = frozenset(),
    ) -> bool:
        """Whether two that stand side by side here may do so in some form; what is around may be rewritten as well."""
        left = ending.union(*(codes(glyph(char)) for char in before))
        right = starting.union(*(codes(glyph(char)) for char in behind))
        return any(
            self._adjacent.passing(here, there, CODE_BITS)
            for way in ways
            for here, there in pairwise((left, *map(read_as, way), right))
        )


def _apart(spots: list[Spot], index: int) -> int:
    """Characters between a spot and the nearest other."""
    return min(
        spots[index].first - spots[index - 1].last if index else _FAR,
        spots[index + 1].first - spots[index].last if index + 1 < len(spots) else _FAR,
    )


def _beside(units: str, place: int, others: Sequence[Spot], count: int, *, ahead: bool) -> Iterator[tuple[Codes, ...]]:
    """What up to `count` characters beside a place may be read as, the nearest first, for each choice of spots."""
    if not count:
        yield ()
        return
    at = place if ahead else place - 1
    if 0 <= at < len(units):
        for rest in _beside(units, place + 1 if ahead else place - 1, others, count - 1, ahead=ahead):
            yield (codes(glyph(units[at])), *rest)
    else:
        yield ()
    for number, other in enumerate(others):
        near, far = (other.first, other.last) if ahead else (other.last, other.first)
        if near == place:
            left = [*others[:number], *others[number + 1 :]]
            for way in other.ways:
                read = [read_as(token) for token in (way if ahead else reversed(way))][:count]
                for rest in _beside(units, far, left, count - len(read), ahead=ahead):
                    yield (*read, *rest)


def _is_there(begin: int | None) -> TypeGuard[int]:
    return begin is not None


def _touching(spots: list[Spot], index: int) -> list[Spot]:
    """Other spots that end where the spot begins, or begin where it ends."""
    first, last = spots[index].first, spots[index].last
    near = spots[max(index - LONGEST, 0) : index] + spots[index + 1 : index + LONGEST + 1]
    return [other for other in near if other.last == first or other.first == last]


def _chunks(numbers: list[int], size: int) -> Iterable[tuple[int, ...]]:
    return zip(*[iter(numbers)] * size, strict=True)


def _written(char: str) -> Token:
    """A character that stands as it is; where, does not matter."""
    return Token(glyph(char), 0, 1, SeenAs.EXACT)
