"""The findings that stand, several of one kind at one place told once, and what of them a change alters."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from compliance.judge.merge import Judged, one_per_problem
from compliance.model.report import Finding


class Key(NamedTuple):
    """A finding's identity in a report."""

    start: int
    end: int
    rule: str


class Change(NamedTuple):
    """Findings that no longer stand, and those that do now."""

    gone: dict[Key, Finding]
    come: dict[Key, Finding]


def key_of(finding: Finding) -> Key:
    return Key(finding.start, finding.end, finding.rule)


class Standing:
    """Keeps every finding of every rule, because one that stood in another's shadow may have to come forward."""

    def __init__(self) -> None:
        self.heads: dict[Key, Finding] = {}
        self._judged: dict[Key, Judged] = {}
        self._order: list[Key] = []
        self._longest = 0

    def change(self, removed: Iterable[Key], added: Mapping[Key, Judged]) -> Change:
        touched = set()
        for key in removed:
            if self._judged.pop(key, None) is not None:
                del self._order[bisect_left(self._order, key)]
                touched.add(key)
        for key, judged in added.items():
            if key not in self._judged:
                insort(self._order, key)
            self._judged[key] = judged
            self._longest = max(self._longest, key.end - key.start)
            touched.add(key)
        change = Change({}, {})
        done = -1
        for key in sorted(touched):
            if key.start >= done:
                done = self._retell(key, touched, change)
        return change

    def _retell(self, key: Key, touched: set[Key], change: Change) -> int:
        """Merge anew what overlaps a key, directly or through others; where that ends."""
        first, last = self._cluster(key.start, max(key.end, key.start + 1), touched)
        low = bisect_left(self._order, (first,))
        members = self._order[low : bisect_left(self._order, (last,))]
        told = {key_of(j.finding): j.finding for j in one_per_problem(self._judged[each] for each in members)}
        for each in {*members, *(t for t in touched if first <= t.start < last)}:
            before, after = self.heads.get(each), told.get(each)
            if before is not None and (after is None or before.outcome is not after.outcome):
                change.gone[each] = before
                del self.heads[each]
            if after is not None:
                if each not in self.heads:
                    change.come[each] = after
                self.heads[each] = after
        return last

    def _cluster(self, first: int, last: int, touched: set[Key]) -> tuple[int, int]:
        """The span of everything that overlaps a span, directly or through others."""
        while True:
            low = bisect_left(self._order, (first - self._longest,))
            near = [k for k in self._order[low : bisect_left(self._order, (last,))] if k.end > first]
            near += [k for k in touched if k.start < last and k.end > first]
            begin = min((k.start for k in near), default=first)
            end = max((k.end for k in near), default=last)
            if begin >= first and end <= last:
                return first, last
            first, last = min(first, begin), max(last, end)
