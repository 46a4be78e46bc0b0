"""Many words found in a text, as they stand and in disguise: for danmaku, streams, and lists without rules.

A `Scanner` finds what rules ask for, patterns and personal information among it, group by group when asked; a
`Matcher` finds the words of all its groups at once, and fast. Of the same words both find the same hits.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple, Self

from compliance.long_lived import long_lived
from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.kept import Kept, kept
from compliance.words import stored
from compliance.words.covers import Covered
from compliance.words.disguise import NOTHING, Finder, Look
from compliance.words.entry import Entry
from compliance.words.forms import Forms
from compliance.words.group import WordGroup
from compliance.words.guards import LONGEST_WORD, Guards
from compliance.words.kernel import LONGEST
from compliance.words.needs import EVERY_GROUP
from compliance.words.packed import Packed
from compliance.words.recent import Recent
from compliance.words.scan import CONFIDENCE, seen_in
from compliance.words.stream import Stream

_BETWEEN = "\x1e"
"""Stands between the texts of a batch: no word, no run of letters, no ordinary word goes over it."""

_SURFACES = 1 << 13
"""How many different ways of writing hits are remembered with the ordinary words that hold them."""

_AT_ONCE = 1 << 12
"""So many terms are folded together."""

_new = tuple.__new__
"""Makes a named tuple in half the time that calling its class takes."""
_IN_TEXT_ORDER = itemgetter(1, 2, 0, 3)
"""Of what is found: its start, end, group, term."""


class Over(NamedTuple):
    """Ordinary words that hold what is written: how far in, and their form; by the character before it in them, or
    behind it in those that begin with it."""

    before: dict[str, list[tuple[int, str, Entry]]]
    behind: dict[str, list[tuple[int, str, Entry]]]


class Found(NamedTuple):
    """A hit of a group: raw half-open span in code points, the term, how it was seen and how sure that is."""

    group: str
    start: int
    end: int
    term: str
    seen_as: SeenAs
    confidence: float


class Target(NamedTuple):
    """A term of a group; `over` what excuses it as it stands, `wants_boundary` where its Latin edges may not go on."""

    group: int
    name: str
    term: str
    over: Over | None
    wants_boundary: bool


Written = tuple[int, str, str, Over | None, bool, SeenAs, float]
"""A target, how it is seen in what is written, and how sure that is."""
Candidate = tuple[int, int, str, str, SeenAs, float, int]
"""A hit that may count: start, end, name of the group, term, how it was seen, how sure that is, group."""


class Matcher:
    """Immutable but for what it remembers of texts and of how words are written; safe to share between threads.

    To change the words, build another beside it and put that in its place. Patterns and entities of the groups are
    the `Scanner`'s business.
    """

    @long_lived()
    def __init__(
        self,
        groups: Sequence[WordGroup],
        covers: Iterable[str] = (),
        *,
        remembers: int = 0,
        packed: Packed | None = None,
    ) -> None:
        """`remembers`: how many texts of batches, at most, are answered from memory when they come again.

        `packed`: what `loads` has read of a matcher of the same words.
        """
        self.groups = tuple(groups)
        self._overlapping = {number for number, group in enumerate(self.groups) if group.overlap == "all"}
        self._everywhere = tuple(covers)
        self._covers: dict[str, Entry] = {}
        self._recent: Recent[tuple[Found, ...]] | None = Recent(remembers) if remembers else None
        for word in self._everywhere:
            self._cover(word, (EVERY_GROUP, ""))
        # Of each number, the first term that has it: its group, its place there. Most numbers have no more.
        self._first = array("i"), array("i")
        self._more: dict[int, list[tuple[int, int]]] = {}
        self._targets: dict[int, tuple[Entry, tuple[Target, ...]]] = {}
        forms = self._forms()
        self._finder = Finder(Packed(forms.with_spellings()) if packed is None else packed)
        self._over = lru_cache(maxsize=_SURFACES)(self._covers_over)
        self._written = lru_cache(maxsize=_SURFACES)(self._written_so)
        self._longest_cover = max(map(len, self._covers), default=0)
        self.wait = max(self._finder.longest + LONGEST_WORD - 1, self._longest_cover)
        """Kept characters that must follow a place before what begins there is decided, letters and signs apart."""
        self.reach = max(2 * LONGEST, self._longest_cover + LONGEST_WORD)
        """Kept characters before a place that what begins there may depend on, letters and signs apart."""
        self.look_on = self._finder.look_on

    def dumps(self) -> bytes:
        """The matcher, to be read by `loads` in a fraction of the time that building takes."""
        return stored.dumps(self.groups, self._everywhere, self._finder.packed)

    @classmethod
    @long_lived()
    def loads(cls, data: bytes) -> Self:
        """A stored matcher. Raises DamagedError for anything but what `dumps` of this version gives."""
        groups, covers, packed = stored.loads(data)
        return cls(groups, covers, packed=packed)

    def find(self, text: str) -> list[Found]:
        """The hits in a text, in text order; overlapping ones as their group wants it. A newline ends every word."""
        look = self.look_on(text)[-1]
        return [] if look is NOTHING else self.counting(self.candidates(text, look), {})

    def excused(self, text: str) -> list[Covered]:
        """What is no hit because an ordinary longer word stands over it."""
        excused: list[Covered] = []
        self.candidates(text, self.look_on(text)[-1], excused)
        return excused

    def find_many(self, texts: Sequence[str]) -> list[tuple[Found, ...]]:
        """The hits in each of many short texts, read in one go; those that were read lately, from memory."""
        if self._recent is None:
            return self._read(texts)
        answers = self._recent.get_many(texts)
        fresh = [text for text, known in zip(texts, answers, strict=True) if known is None]
        if not fresh:
            return answers  # type: ignore[return-value]
        found = self._read(fresh)
        self._recent.put_many(zip(fresh, found, strict=True))
        those = iter(found)
        return [next(those) if known is None else known for known in answers]

    def _read(self, texts: Sequence[str]) -> list[tuple[Found, ...]]:
        found: list[tuple[Found, ...]] = [()] * len(texts)
        joined = _BETWEEN.join(texts)
        if joined.count(_BETWEEN) >= len(texts):  # some text has its own
            return [tuple(self.find(text)) for text in texts]
        number = base = 0
        for group, start, end, term, seen, confidence in self.find(joined):
            number += joined.count(_BETWEEN, base, start)
            base = joined.rfind(_BETWEEN, base, start) + 1 or base
            found[number] += (Found(group, start - base, end - base, term, seen, confidence),)
        return found

    def candidates(self, text: str, look: Look, excused: list[Covered] | None = None) -> list[Candidate]:
        """Hits before overlaps are resolved, those as they stand first.

        `excused` takes what ordinary words excuse.
        """
        candidates: list[Candidate] = []
        units = look.kept.text
        for _, number, first, last, start, end, _ in look.plain:
            for group, name, term, over, wants_boundary, seen, confidence in self._written(number, text[start:end]):
                if wants_boundary and not self._targets_of(number)[0].bounded(text, start, end):
                    continue
                # Most hits stand beside no character that an ordinary word over them has there.
                if over is not None and (
                    units[first - 1 : first] in over.before or units[last : last + 1] in over.behind
                ):
                    cover = _cover_of(text, look.kept, first, last, over)
                    if cover is not None:
                        if excused is not None:
                            excused.append(Covered(group, Hit(start, end, term, seen, confidence), cover))
                        continue
                candidates.append((start, end, name, term, seen, confidence, group))
        for start, end, number, seen, confidence in look.disguised:
            for group, name, term, _, _ in self._targets_of(number)[1]:
                cover = self._cover_of_disguised(text, look.kept, start, end, group, term)
                if cover is None:
                    candidates.append((start, end, name, term, seen, confidence, group))
                elif excused is not None:
                    excused.append(Covered(group, Hit(start, end, term, seen, confidence), cover))
        return candidates

    def counting(self, candidates: list[Candidate], ends: dict[int, int]) -> list[Found]:
        """Those of the hits that count, in text order; overlapping ones as their group wants it.

        `ends`: where the last hit of a group that counted ended; kept up to date.
        """
        if len(candidates) > 1:
            candidates.sort(key=lambda candidate: (candidate[0], -candidate[1]))
        found, known = [], set()
        for candidate in candidates:
            start, end, name, term, seen, confidence, group = candidate
            if group in self._overlapping:
                if candidate in known:  # of a term that is there twice, once to be seen in disguise
                    continue
                known.add(candidate)
            elif start < ends.get(group, 0):
                continue
            else:
                ends[group] = end
            found.append(_new(Found, (name, start, end, term, seen, confidence)))
        if len(found) > 1:
            found.sort(key=_IN_TEXT_ORDER)
        return found

    def _written_so(self, number: int, surface: str) -> tuple[Written, ...]:
        """The targets of a number for what is written, with how each is seen; none where there is too much noise."""
        entry, targets = self._targets_of(number)
        if len(surface) != entry.length and not entry.allows_noise(surface):
            return ()
        seen_as = [seen_in(surface, target.term, entry.length) for target in targets]
        return tuple((*target, seen, CONFIDENCE[seen]) for target, seen in zip(targets, seen_as, strict=True))

    def _cover_of_disguised(self, text: str, held: Kept, start: int, end: int, group: int, term: str) -> str | None:
        """The ordinary longer word that stands over what is seen as a term of a group."""
        first, last = bisect_left(held.raw, start), bisect_left(held.raw, end)
        over = self._over(held.text[first:last], group, term)
        return None if over is None else _cover_of(text, held, first, last, over)

    def _covers_over(self, written: str, group: int, term: str) -> Over | None:
        """The ordinary words that hold what is written for a term of a group, None for none."""
        scopes = {(EVERY_GROUP, ""), (group, ""), (group, kept(term).text)}
        over = Over({}, {})
        for form, offset in self._held_by.get(written, ()):
            word = self._covers[form]
            if not word.covers.isdisjoint(scopes):
                beside = over.before if offset else over.behind
                char = form[offset - 1] if offset else form[len(written)]
                beside.setdefault(char, []).append((offset, form, word))
        return over if over.before or over.behind else None

    @cached_property
    def _held_by(self) -> dict[str, list[tuple[str, int]]]:
        """What ordinary words hold → those words, and where it stands in them."""
        held: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for form in self._covers:
            for offset in range(len(form)):
                for end in range(offset + 1, len(form) + 1):
                    if end - offset < len(form):
                        held[form[offset:end]].append((form, offset))
        return dict(held)

    def stream(self) -> Stream:
        """For a text that arrives in pieces."""
        return Stream(self)

    def _targets_of(self, number: int) -> tuple[Entry, tuple[Target, ...]]:
        """The terms of a number, and how they are written; remembered, for most never occur."""
        known = self._targets.get(number)
        if known is not None:
            return known
        places = [(self._first[0][number], self._first[1][number]), *self._more.get(number, ())]
        terms = [(group, self.groups[group].terms[place]) for group, place in places]
        form = kept(terms[0][1].text).text
        entry = Entry(terms[0][1].text, form)
        wanted = dict.fromkeys((group, term.text, term.boundary == "auto" and entry.has_edges) for group, term in terms)
        found = tuple(
            Target(group, self.groups[group].name, term, self._over(form, group, term), wants_boundary)
            for group, term, wants_boundary in wanted
        )
        self._targets[number] = entry, found
        return entry, found

    def _forms(self) -> Forms:
        """One form for each word and way of guarding it."""
        settings, which = _settings(self.groups)
        known: defaultdict[int, dict[str, int]] = defaultdict(dict)
        texts: list[str] = []
        chosen = array("i")
        of_group, of_place = self._first
        for group_number, group in enumerate(self.groups):
            for cover in group.covers:
                self._cover(cover, (group_number, ""))
            for place, (term, folded) in enumerate(zip(group.terms, _folded(group), strict=True)):
                if not folded:
                    continue
                for cover in term.covers:
                    self._cover(cover, (group_number, folded))
                setting = which[id(term.disguise)]
                number = known[setting].setdefault(folded, len(texts))
                if number < len(texts):
                    self._more.setdefault(number, []).append((group_number, place))
                    continue
                texts.append(folded)
                chosen.append(setting)
                of_place.append(place)
            of_group.extend(repeat(group_number, len(texts) - len(of_group)))
        return Forms(texts, array("i", range(len(texts))), chosen, settings)

    def _cover(self, word: str, scope: tuple[int, str]) -> None:
        form = kept(word).text
        if form:
            self._covers.setdefault(form, Entry(word, form)).covers |= {scope}


def _cover_of(text: str, held: Kept, first: int, last: int, over: Over) -> str | None:
    """The ordinary longer word that stands over a hit, which has these kept places."""
    units, raw = held
    for words in (over.before.get(units[first - 1 : first]), over.behind.get(units[last : last + 1])):
        for offset, form, word in words or ():
            begin = first - offset
            if begin >= 0 and units.startswith(form, begin):
                start, stop = raw[begin], raw[begin + len(form) - 1] + 1
                longer = stop - start > raw[last - 1] + 1 - raw[first]
                if longer and (stop - start == len(form) or word.allows_noise(text[start:stop])):
                    return word.text
    return None


def _settings(groups: Iterable[WordGroup]) -> tuple[tuple[Guards, ...], dict[int, int]]:
    """The settings of all terms; which of them each object that says how a term is disguised comes to, -1 for none."""
    disguises = {id(term.disguise): term.disguise for group in groups for term in group.terms}
    numbers: dict[Guards | None, int] = {None: -1}
    which = {
        each: numbers.setdefault(None if disguise is None else Guards.of(disguise), len(numbers) - 1)
        for each, disguise in disguises.items()
    }
    return tuple(filter(None, numbers)), which


def _folded(group: WordGroup) -> Iterator[str]:
    """The terms of a group as they stand in kept text: many at once, one by one where one holds a line end."""
    for begin in range(0, len(group.terms), _AT_ONCE):
        texts = [term.text for term in group.terms[begin : begin + _AT_ONCE]]
        folded = kept(_BETWEEN.join(texts)).text.split(_BETWEEN)
        if len(folded) != len(texts):
            folded = [kept(text).text for text in texts]
        for text, form in zip(texts, folded, strict=True):
            yield text if text == form else form
