"""A draft against the live release on documents that are there: what would newly fire, and what would stop.

Problems are compared, not rules: the same kind at overlapping words is the same problem, whichever rule tells it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from compliance.model.document import Document
from compliance.model.report import Finding, Report
from compliance.model.vocabulary import Kind

Labels = Sequence[tuple[Kind, int, int]]
"""Kind and half-open span of each violation that people marked."""

Review = Callable[[Document], Report]


@dataclass(frozen=True)
class Change:
    """One problem that only one of the two finds; `right` says whether a label agrees, None without labels."""

    document: str
    finding: Finding
    fires: bool
    right: bool | None

    @property
    def exposure(self) -> int:
        return self.finding.exposure.max or 0


@dataclass
class Backtest:
    """`verdicts` counts pairs of verdicts that differ: before → after."""

    documents: int = 0
    changes: list[Change] = field(default_factory=list)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def ranked(self) -> list[Change]:
        """What puts most money at risk first."""
        return sorted(self.changes, key=lambda c: (-c.exposure, c.finding.rule, c.document, c.finding.start))

    def by_rule(self) -> list["RuleTally"]:
        """By the exposure of what changes, highest first."""
        tallies: defaultdict[str, RuleTally] = defaultdict(RuleTally)
        for change in self.changes:
            tally = tallies[change.finding.rule]
            tally.rule = change.finding.rule
            tally.exposure += change.exposure
            if change.fires:
                tally.fires += 1
                tally.labelled += change.right is not None
                tally.right += bool(change.right)
            else:
                tally.stops += 1
                tally.lost += bool(change.right)
        return sorted(tallies.values(), key=lambda tally: (-tally.exposure, tally.rule))


@dataclass
class RuleTally:
    """`lost`: of what stops, how much was labelled as a violation."""

    rule: str = ""
    fires: int = 0
    stops: int = 0
    labelled: int = 0
    right: int = 0
    lost: int = 0
    exposure: int = 0

    @property
    def precision(self) -> float | None:
        """Of what newly fires on labelled documents, the share that is labelled; None where there is none."""
        return self.right / self.labelled if self.labelled else None


def backtest(corpus: Iterable[tuple[Document, Labels | None]], before: Review, after: Review) -> Backtest:
    """Raises what the reviews raise."""
    result = Backtest()
    for document, labels in corpus:
        old, new = before(document), after(document)
        result.documents += 1
        if old.verdict is not new.verdict:
            result.verdicts[old.verdict.value, new.verdict.value] += 1
        for findings, others, fires in ((new.findings, old.findings, True), (old.findings, new.findings, False)):
            for finding in findings:
                if not any(_same(finding, other) for other in others):
                    right = None if labels is None else any(_labelled(finding, label) for label in labels)
                    result.changes.append(Change(document.id, finding, fires, right))
    return result


def _same(one: Finding, other: Finding) -> bool:
    overlap = one.start < other.end and other.start < one.end
    return one.kind is other.kind and one.outcome is other.outcome and overlap


def _labelled(finding: Finding, label: tuple[Kind, int, int]) -> bool:
    _, start, end = label
    return finding.start < end and start < finding.end
