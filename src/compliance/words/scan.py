"""What a scan found. Groups are resolved when somebody asks for them: most are never asked for."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from compliance.model.hit import Hit
from compliance.text.views import fold_word
from compliance.words.overlap import leftmost_longest

EVERY_GROUP = -1

Finder = Callable[[], Iterable[Hit]]
"""Work put off until its group is needed: patterns and entities."""


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


class Scan(Mapping[int, list[Hit]]):
    """Hits by group index, leftmost-longest within a group, in text order; groups without hits are not in it."""

    def __init__(
        self, found: defaultdict[int, list[Hit]], covers: Covers, pending: defaultdict[int, list[Finder]]
    ) -> None:
        self._found = found
        self._covers = covers
        self._pending = pending
        self._resolved: dict[int, list[Hit]] = {}
        self._covered: list[Covered] = []
        self.possible = found.keys() | pending.keys()
        """Groups that may have hits; all others have none."""

    @property
    def hits(self) -> Mapping[int, list[Hit]]:
        return self

    @property
    def covered(self) -> list[Covered]:
        """Hits of all groups that ordinary words excuse; resolves every group."""
        for group in sorted(self.possible):
            self._resolve(group)
        return self._covered

    @property
    def excused(self) -> list[Covered]:
        """The same for the groups that were asked for."""
        return self._covered

    def __getitem__(self, group: int) -> list[Hit]:
        hits = self._resolve(group)
        if not hits:
            raise KeyError(group)
        return hits

    def __iter__(self) -> Iterator[int]:
        return (group for group in sorted(self.possible) if self._resolve(group))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _resolve(self, group: int) -> list[Hit]:
        if group in self._resolved:
            return self._resolved[group]
        if group not in self.possible:
            return []
        unique = dict.fromkeys(self._found.get(group, ()))
        for find in self._pending.get(group, ()):
            unique.update(dict.fromkeys(find()))
        hits = list(unique)
        kept = self._covers.uncovered(group, hits, self._covered)
        self._resolved[group] = leftmost_longest(kept) if len(kept) > 1 else kept
        return self._resolved[group]
