"""Ordinary longer words that excuse the hits under them."""

from bisect import bisect_right
from dataclasses import dataclass

from compliance.model.hit import Hit
from compliance.text.views import fold_word
from compliance.words.entry import Entry
from compliance.words.needs import EVERY_GROUP


@dataclass(frozen=True, slots=True)
class Covered:
    """A hit that an ordinary longer word excuses."""

    group: int
    hit: Hit
    cover: str


class Covers:
    """The ordinary words found in one text, looked up by the place they stand over."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, Entry]] = []
        self._starts: list[int] = []
        self._longest = 0
        self._under: set[int] = set()  # offsets that some cover stands over

    def add(self, start: int, end: int, word: Entry) -> None:
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
