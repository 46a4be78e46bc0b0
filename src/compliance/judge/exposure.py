"""What a finding or a report puts at risk, in CNY.

One act under several fining provisions is punished once, at the heavier (行政处罚法 第二十九条): findings
whose words overlap are one act. Over a report each penalty article counts once, however often it is broken.
"""

from collections.abc import Iterable, Sequence

from compliance.lang.rule import PenaltyRef
from compliance.model.report import Exposure, Finding


def heaviest(penalties: Iterable[PenaltyRef]) -> PenaltyRef | None:
    """The penalty with the highest upper bound, then the highest lower bound."""
    return max(penalties, key=_weight, default=None)


def _weight(ref: PenaltyRef) -> tuple[int, int, str]:
    return (ref.penalty.max or 0, ref.penalty.min or 0, ref.citation)


def of_rule(penalties: Sequence[PenaltyRef]) -> Exposure:
    """Exposure of one finding: the heaviest of its rule's penalty articles; the others stay in the basis."""
    top = heaviest(penalties)
    if top is None:
        return Exposure()
    ordered = [top, *(p for p in penalties if p is not top)]
    return Exposure(
        min=top.penalty.min,
        max=top.penalty.max,
        basis=tuple(f"{p.citation}：{p.penalty.basis}" for p in ordered),
        multiples=_unique(p.penalty.multiple for p in ordered),
        civil=_unique(p.penalty.civil for p in ordered),
    )


def of_report(findings: Sequence[Finding], penalties: Sequence[Sequence[PenaltyRef]]) -> Exposure:
    """Exposure of all findings; `penalties` are those of each finding's rule, in the same order."""
    chosen: dict[str, PenaltyRef] = {}
    for act in _acts(findings):
        top = heaviest(ref for i in act for ref in penalties[i])
        if top is not None:
            chosen[top.citation] = top
    refs = sorted(chosen.values(), key=_weight, reverse=True)
    everything = sorted({ref.citation: ref for refs in penalties for ref in refs}.values(), key=_weight, reverse=True)
    bounded = [ref.penalty for ref in refs if ref.penalty.max is not None]
    return Exposure(
        min=sum(p.min or 0 for p in bounded) if bounded else None,
        max=sum(p.max or 0 for p in bounded) if bounded else None,
        basis=tuple(f"{ref.citation}：{ref.penalty.basis}" for ref in refs),
        multiples=_unique(ref.penalty.multiple for ref in refs),
        civil=_unique(ref.penalty.civil for ref in everything),  # what buyers may claim is no fine: nothing absorbs it
    )


def _acts(findings: Sequence[Finding]) -> list[list[int]]:
    """Indexes of findings grouped by overlapping words."""
    acts: list[list[int]] = []
    reach = -1
    for i in sorted(range(len(findings)), key=lambda i: (findings[i].start, findings[i].end)):
        if acts and findings[i].start < reach:
            acts[-1].append(i)
        else:
            acts.append([i])
        reach = max(reach, findings[i].end)
    return acts


def _unique(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
