"""Many words found in a text, as they stand and in disguise: for danmaku, streams, and lists without rules.

A `Scanner` finds what rules ask for, patterns and personal information among it, group by group when asked; a
`Matcher` finds the words of all its groups at once, and fast. Of the same words both find the same hits.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.kept import Kept, kept
from compliance.text.spelling import LONGEST_RUN
from compliance.words import stored
from compliance.words.covers import Covered
from compliance.words.disguise import LONGEST, Finder, Form, with_spellings
from compliance.words.entry import Entry
from compliance.words.group import WordGroup
from compliance.words.guards import LONGEST_WORD, Guards
from compliance.words.heads import Heads
from compliance.words.needs import EVERY_GROUP
from compliance.words.overlap import resolved
from compliance.words.recent import Recent
from compliance.words.scan import CONFIDENCE, seen_in
from compliance.words.stream import Stream

_BETWEEN = "\n"
"""Stands between the texts of a batch: no word, no run of letters, no ordinary word goes over it."""


_SURFACES = 1 << 13
"""How many different ways of writing hits are remembered with the ordinary words that hold them."""


class Found(NamedTuple):
    """A hit of a group: raw half-open span in code points, the term, how it was seen and how sure that is."""

    group: str
    start: int
    end: int
    term: str
    seen_as: SeenAs
    confidence: float


class Target(NamedTuple):
    """A term of a group; `wants_boundary` where its Latin edges may not go on."""

    group: int
    term: str
    wants_boundary: bool


class Matcher:
    """Immutable but for what it remembers of texts; safe to share between threads.

    To change the words, build another beside it and put that in its place. Patterns and entities of the groups are
    the `Scanner`'s business.
    """

    def __init__(
        self,
        groups: Sequence[WordGroup],
        covers: Iterable[str] = (),
        *,
        remembers: int = 1 << 14,
        heads: Heads | None = None,
    ) -> None:
        """`remembers`: how many texts of batches, at most, are answered from memory when they come again.

        `heads`: what `loads` has read of a matcher of the same words.
        """
        self.groups = tuple(groups)
        self._everywhere = tuple(covers)
        self._entries: list[Entry] = []
        self._targets: list[list[Target]] = []
        self._covers: dict[str, Entry] = {}
        self._recent: Recent[list[Found]] = Recent(remembers)
        for word in self._everywhere:
            self._cover(word, (EVERY_GROUP, ""))
        self._finder = Finder(self._forms(), heads)
        self._over = lru_cache(maxsize=_SURFACES)(self._covers_over)
        self._longest_cover = max(map(len, self._covers), default=0)

    def sites(self, held: Kept) -> list[int]:
        """Places of a short kept text at which letters, signs or components are, or may be, read otherwise."""
        return self._finder.sites(held)

    @property
    def reach(self) -> int:
        """Kept characters before a place that what begins there may depend on."""
        return max(2 * LONGEST + LONGEST_RUN + 8, self._longest_cover + LONGEST_WORD)

    def dumps(self) -> bytes:
        """The matcher, to be read by `loads` in a fraction of the time that building takes."""
        return stored.dumps(self.groups, self._everywhere, self._finder.heads)

    @classmethod
    def loads(cls, data: bytes) -> Self:
        """A stored matcher. Raises DamagedError for anything but what `dumps` of this version gives."""
        groups, covers, heads = stored.loads(data)
        return cls(groups, covers, heads=heads)

    @property
    def wait(self) -> int:
        """Kept characters that must follow a place before what begins there is decided, letters and signs apart."""
        return max(self._finder.longest, LONGEST_WORD, self._longest_cover)

    def find(self, text: str) -> list[Found]:
        """The hits in a text, in text order; overlapping ones as their group wants it. A newline ends every word."""
        return self.named(self._resolved(self.candidates(text)[0]))

    def excused(self, text: str) -> list[Covered]:
        """What is no hit because an ordinary longer word stands over it."""
        return self.candidates(text)[1]

    def find_many(self, texts: Sequence[str]) -> list[list[Found]]:
        """The hits in each of many short texts, read in one go."""
        known = {text: self._recent.get(text) for text in texts}
        answers = {text: found for text, found in known.items() if found is not None}
        fresh = [text for text in known if text not in answers]
        for text, found in zip(fresh, self._find_fresh(fresh), strict=True):
            self._recent.put(text, found)
            answers[text] = found
        return [list(answers[text]) for text in texts]

    def _find_fresh(self, texts: Sequence[str]) -> list[list[Found]]:
        found: list[list[Found]] = [[] for _ in texts]
        starts = [0]
        for text in texts:
            starts.append(starts[-1] + len(text) + 1)
        hits = self.named(self._resolved(self.candidates(_BETWEEN.join(texts))[0]))
        for group, start, end, *rest in hits:
            number = bisect_left(starts, start + 1) - 1
            base = starts[number]
            found[number].append(Found(group, start - base, end - base, *rest))  # type: ignore[arg-type]
        return found

    def candidates(self, text: str) -> tuple[dict[int, list[Hit]], list[Covered]]:
        """Hits by group before overlaps are resolved, and those that ordinary words excuse."""
        held, seen = self._finder.look(text)
        hits: defaultdict[int, dict[Hit, None]] = defaultdict(dict)
        for number, first, end in seen.plain:
            self._take_plain(text, held, (number, first, end), hits)
        for sighting in seen.disguised:
            for target in self._targets[sighting.term]:
                hit = Hit(sighting.start, sighting.end, target.term, sighting.seen_as, sighting.confidence)
                hits[target.group][hit] = None
        covered: list[Covered] = []
        if not self._covers:
            return {group: list(found) for group, found in hits.items()}, covered
        uncovered = {
            group: [hit for hit in found if not self._excuses(text, held, group, hit, covered)]
            for group, found in hits.items()
        }
        return uncovered, covered

    def _take_plain(
        self, text: str, held: Kept, place: tuple[int, int, int], hits: defaultdict[int, dict[Hit, None]]
    ) -> None:
        number, first, end = place
        entry, raw = self._entries[number], held.raw
        start, stop = raw[first], raw[end - 1] + 1
        surface = text[start:stop]
        if not held.whole(first, end) or (len(surface) != entry.length and not entry.allows_noise(surface)):
            return
        for group, term, wants_boundary in self._targets[number]:
            if not wants_boundary or entry.bounded(text, start, stop):
                seen = seen_in(surface, term, entry.length)
                hits[group][Hit(start, stop, term, seen, CONFIDENCE[seen])] = None

    def _excuses(self, text: str, held: Kept, group: int, hit: Hit, covered: list[Covered]) -> bool:
        """Whether an ordinary longer word stands over a hit."""
        first, end = bisect_left(held.raw, hit.start), bisect_left(held.raw, hit.end)
        units = held.text
        for offset, length, words in self._over(units[first:end], group, hit.term):
            begin = first - offset
            word = words.get(units[begin : begin + length]) if begin >= 0 else None
            if word is None:
                continue
            start, stop = held.span(begin, begin + length)
            if stop - start > hit.end - hit.start and (stop - start == length or word.allows_noise(text[start:stop])):
                covered.append(Covered(group, hit, word.text))
                return True
        return False

    def _covers_over(self, written: str, group: int, term: str) -> tuple[tuple[int, int, dict[str, Entry]], ...]:
        """The ordinary words that hold what is written for a term of a group, by where it stands in them and length."""
        over: defaultdict[tuple[int, int], dict[str, Entry]] = defaultdict(dict)
        scopes = {(EVERY_GROUP, ""), (group, ""), (group, kept(term).text)}
        for form, word in self._covers.items():
            if written and written in form and not word.covers.isdisjoint(scopes):
                for offset in range(len(form) - len(written) + 1):
                    if form.startswith(written, offset):
                        over[offset, len(form)][form] = word
        return tuple((offset, length, words) for (offset, length), words in over.items())

    def stream(self) -> Stream:
        """For a text that arrives in pieces."""
        return Stream(self)

    def _resolved(self, hits: dict[int, list[Hit]]) -> list[tuple[int, Hit]]:
        return [(group, hit) for group, found in hits.items() for hit in resolved(found, self.groups[group].overlap)]

    def named(self, hits: Iterable[tuple[int, Hit]]) -> list[Found]:
        """Hits with the names of their groups, in text order."""
        found = [Found(self.groups[group].name, *hit) for group, hit in hits]
        found.sort(key=lambda each: (each.start, each.end, each.group, each.term))
        return found

    def _forms(self) -> list[Form]:
        """One form for each word and way of guarding it."""
        numbers: dict[tuple[str, Guards | None], int] = {}
        ways: dict[int, Guards] = {}  # by identity: most terms share one setting
        forms: list[Form] = []
        for group_number, group in enumerate(self.groups):
            for cover in group.covers:
                self._cover(cover, (group_number, ""))
            for term in group.terms:
                folded = kept(term.text).text
                if not folded:
                    continue
                for cover in term.covers:
                    self._cover(cover, (group_number, folded))
                guards = None
                if term.disguise is not None:
                    guards = ways.setdefault(id(term.disguise), Guards.of(term.disguise))
                number = numbers.setdefault((folded, guards), len(self._entries))
                if number == len(self._entries):
                    self._entries.append(Entry(term.text, folded))
                    self._targets.append([])
                    forms += with_spellings(Form(folded, number, guards=guards))
                target = Target(group_number, term.text, term.boundary == "auto")
                self._targets[number].append(target)
        return forms

    def _cover(self, word: str, scope: tuple[int, str]) -> None:
        form = kept(word).text
        if form:
            self._covers.setdefault(form, Entry(word, form)).covers |= {scope}
