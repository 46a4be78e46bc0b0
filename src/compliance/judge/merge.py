"""One problem, one finding: several rules of one kind that the same words break are told once."""

from collections.abc import Iterable
from typing import NamedTuple

from compliance.lang.rule import PenaltyRef
from compliance.model.report import Finding
from compliance.model.vocabulary import Outcome


class Judged(NamedTuple):
    """A finding with the penalty articles of every rule that it stands for."""

    finding: Finding
    penalties: tuple[PenaltyRef, ...]


def one_per_problem(judged: Iterable[Judged]) -> list[Judged]:
    """The gravest finding at each place and kind, in text order; overlapping ones of its kind stand in its `also`."""
    kept: list[list[Judged]] = []
    for candidate in sorted(judged, key=_gravest_first):
        same = next((group for group in kept if _same_problem(group[0].finding, candidate.finding)), None)
        if same is None:
            kept.append([candidate])
        else:
            same.append(candidate)
    merged = [_merged(group) for group in kept]
    return sorted(merged, key=lambda j: (j.finding.start, j.finding.end, j.finding.rule))


def _gravest_first(judged: Judged) -> tuple[bool, int, int, int, str]:
    f = judged.finding
    return f.outcome is Outcome.ASKS, -f.severity.rank, f.start - f.end, f.start, f.rule


def _same_problem(one: Finding, other: Finding) -> bool:
    return one.kind is other.kind and one.start < other.end and other.start < one.end


def _merged(group: list[Judged]) -> Judged:
    first = group[0].finding
    others = tuple(dict.fromkeys(j.finding.rule for j in group[1:] if j.finding.rule != first.rule))
    penalties = tuple(dict.fromkeys(p for j in group for p in j.penalties))
    return Judged(first.model_copy(update={"also": others}) if others else first, penalties)
