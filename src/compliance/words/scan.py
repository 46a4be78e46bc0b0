"""What a scan found. Groups are resolved when somebody asks for them: most are never asked for."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from compliance.model.hit import Hit
from compliance.text.views import fold_word
from compliance.words.overlap import leftmost_longest

EVERY_GROUP = -1


@dataclass(frozen=True, slots=True)
class Covered:
    """A hit that an ordinary longer word excuses."""

    group: int
    hit: Hit
    cover: str


class CoverWord(Protocol):
    """An ordinary word: `covers` are (group or EVERY_GROUP, skeleton of the only term it excuses or "")."""

    text: str
    covers: set[tuple[int, str]]


class Covers:
    """The ordinary words found in one text, looked up by the place they stand over."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, CoverWord]] = []
        self._starts: list[int] = []
        self._longest = 0
        self._under: set[int] = set()  # offsets that some cover stands over

    def add(self, start: int, end: int, word: CoverWord) -> None:
        self._found.append((start, end, word))
        self._under.update(range(start, end))
        self._longest = max(self._longest, end - start)

    def uncovered(self, group: int, hits: list[Hit], covered: list[Covered]) -> list[Hit]:
        """The hits that no cover excuses; the others go to `covered`."""
        if not self._found:
            return hits
        if not self._starts:
            self._found.sort(key=lambda cover: cover[0])
            self._starts = [start for start, _, _ in self._found]
        kept = []
        for hit in hits:
            word = self._over(group, hit) if hit.start in self._under else None
            if word is None:
                kept.append(hit)
            else:
                covered.append(Covered(group, hit, word))
        return kept

    def _over(self, group: int, hit: Hit) -> str | None:
        for i in range(bisect_right(self._starts, hit.start) - 1, -1, -1):
            start, end, word = self._found[i]
            if start < hit.end - self._longest:
                return None
            if end >= hit.end and end - start > hit.end - hit.start:
                scopes = word.covers
                if (EVERY_GROUP, "") in scopes or (group, "") in scopes or (group, fold_word(hit.term)) in scopes:
                    return word.text
        return None


class Search(Protocol):
    """Work put off until its group is needed: a pattern, or personal information."""

    def __call__(self, numbers: Collection[int]) -> Iterable[Hit]:
        """Hits in the stretches numbered."""


class Pending(NamedTuple):
    """A search and the stretches where it may find something."""

    numbers: AbstractSet[int]
    search: Search


Found = defaultdict[int, list[tuple[int, Hit]]]
"""Word hits by group, each with the number of its stretch."""


class Scan(Mapping[int, list[Hit]]):
    """Hits by group index, leftmost-longest within a group, in text order; groups without hits are not in it.

    The text is cut into stretches at `stops` (raw offsets of sentence ends), which no hit crosses. Where a
    group may have hits is known before its patterns are searched, and they are searched only where asked.
    """

    def __init__(
        self,
        found: Found,
        covers: Covers,
        pending: defaultdict[int, list[Pending]],
        stops: list[int],
    ) -> None:
        self._found = found
        self._covers = covers
        self._pending = pending
        self._stops = stops
        self._where: dict[int, AbstractSet[int]] = {}
        self._known: defaultdict[int, set[int]] = defaultdict(set)  # stretches that were searched for a group
        self._settled: defaultdict[int, dict[int, list[Hit]]] = defaultdict(dict)
        self._covered: list[Covered] = []
        self.possible = found.keys() | pending.keys()
        """Groups that may have hits; all others have none."""

    @property
    def hits(self) -> Mapping[int, list[Hit]]:
        return self

    @property
    def covered(self) -> list[Covered]:
        """Hits of all groups that ordinary words excuse; searches everything."""
        for group in sorted(self.possible):
            self.hits_in(group, None)
        return self._covered

    @property
    def excused(self) -> list[Covered]:
        """The same for what has been asked for."""
        return self._covered

    def stretch(self, offset: int) -> int:
        """Number of the stretch that holds a raw offset."""
        return bisect_left(self._stops, offset)

    def where(self, group: int) -> AbstractSet[int]:
        """Stretches in which the group may have hits."""
        if group not in self._where:
            words = {number for number, _ in self._found.get(group, ())}
            self._where[group] = words.union(*(pending.numbers for pending in self._pending.get(group, ())))
        return self._where[group]

    def hits_in(self, group: int, numbers: AbstractSet[int] | None) -> list[Hit]:
        """The group's hits in the stretches numbered, everywhere for None."""
        if group not in self.possible:
            return []
        wanted = self.where(group) if numbers is None else self.where(group) & numbers
        known = self._known[group]
        missing = wanted - known
        if missing:
            self._settle(group, missing)
            known |= missing
        settled = self._settled[group]
        return [hit for number in sorted(settled.keys() & wanted) for hit in settled[number]]

    def __getitem__(self, group: int) -> list[Hit]:
        hits = self.hits_in(group, None)
        if not hits:
            raise KeyError(group)
        return hits

    def __iter__(self) -> Iterator[int]:
        return (group for group in sorted(self.possible) if self.hits_in(group, None))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _settle(self, group: int, numbers: AbstractSet[int]) -> None:
        """Search the stretches, drop what ordinary words cover, keep the leftmost-longest."""
        hits: defaultdict[int, dict[Hit, None]] = defaultdict(dict)
        for number, hit in self._found.get(group, ()):
            if number in numbers:
                hits[number][hit] = None
        for pending in self._pending.get(group, ()):
            for hit in pending.search(numbers & pending.numbers):
                hits[self.stretch(hit.start)][hit] = None
        settled = self._settled[group]
        for number, unique in hits.items():
            kept = self._covers.uncovered(group, list(unique), self._covered)
            settled[number] = leftmost_longest(kept) if len(kept) > 1 else kept


NOTHING = Scan(defaultdict(list), Covers(), defaultdict(list), [])
"""The scan of a text in which nothing was looked for."""
