"""One problem, one finding: several rules of one kind that the same words break are told once."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from compliance.lang.rule import PenaltyRef
from compliance.model.report import Finding
from compliance.model.vocabulary import Kind, Outcome, SeenAs

_READ = frozenset({SeenAs.SEMANTIC, SeenAs.OPINION})


class Judged(NamedTuple):
    """A finding with the penalty articles of every rule that it stands for."""

    finding: Finding
    penalties: tuple[PenaltyRef, ...]


class _Place(NamedTuple):
    start: int
    end: int
    group: int


def one_per_problem(judged: Iterable[Judged]) -> list[Judged]:
    """The gravest finding at each place and kind, in text order; overlapping ones of its kind stand in its `also`."""
    kept: list[list[Judged]] = []
    places: defaultdict[Kind, list[_Place]] = defaultdict(list)  # in text order; those of a kind never overlap
    for candidate in sorted(judged, key=_gravest_first):
        row = places[candidate.finding.kind]
        same = _overlapping(row, candidate.finding)
        if same is None:
            insort(row, _Place(candidate.finding.start, candidate.finding.end, len(kept)))
            kept.append([candidate])
        else:
            kept[same].append(candidate)
    merged = [group[0] if len(group) == 1 else _merged(group) for group in kept]
    return sorted(merged, key=lambda j: (j.finding.start, j.finding.end, j.finding.rule))


def _gravest_first(judged: Judged) -> tuple[bool, bool, int, int, int, str]:
    """What fires before what asks, and what words prove before what only reads so."""
    f = judged.finding
    return f.outcome is Outcome.ASKS, f.seen_as in _READ, -f.severity.rank, f.start - f.end, f.start, f.rule


def _overlapping(row: list[_Place], finding: Finding) -> int | None:
    """The group of the gravest finding among those in the row that share words with this one."""
    groups = []
    i = bisect_left(row, (finding.end,)) - 1
    while i >= 0 and row[i].end > finding.start:
        groups.append(row[i].group)
        i -= 1
    return min(groups, default=None)


def _merged(group: list[Judged]) -> Judged:
    first = group[0].finding
    others = tuple(dict.fromkeys(j.finding.rule for j in group[1:] if j.finding.rule != first.rule))
    penalties = tuple(dict.fromkeys(p for j in group for p in j.penalties))
    return Judged(first.model_copy(update={"also": others}) if others else first, penalties)
