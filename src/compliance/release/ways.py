"""A labelled set reviewed by the rules alone, by the second reader alone, and by both, and what each finds of what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from compliance.judge.judge import Judge
from compliance.lang import tree
from compliance.lang.rule import Rule
from compliance.lang.walk import walk
from compliance.meaning.reader import Reader
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Stage
from compliance.release.evaluation import Evaluation, GoldRecord, evaluate
from compliance.release.release import Release

BINS = 8
"""Bands of confidence."""


class Way(StrEnum):
    RULES = "rules"
    READER = "reader"
    BOTH = "both"


Chosen = Callable[[GoldRecord], Iterable[str]]
SLICES: dict[str, Chosen] = {
    "kind": lambda record: {str(label.kind) for label in record.labels},
    "source": lambda record: [str(record.source)],
    "tag": lambda record: set(record.tags),
}


class Slice(NamedTuple):
    """Part of a set: `found` of the labels and `flagged` of the lawful records, by way."""

    name: str
    labels: int
    lawful: int
    found: dict[Way, int]
    flagged: dict[Way, int]


class Band(NamedTuple):
    """Hits of about one confidence: how many, what it is on average, and the share right in kind and place."""

    least: float
    hits: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Compared:
    """`reports`: by way and record."""

    records: tuple[GoldRecord, ...]
    reports: dict[Way, dict[str, Report]]

    def measured(self, way: Way, chosen: Callable[[GoldRecord], bool] = lambda _: True) -> Evaluation:
        return evaluate([record for record in self.records if chosen(record)], self.reports[way])

    def slices(self, of: str) -> list[Slice]:
        """By kind of breach, by source or by tag. A slice by kind counts the labels of that kind, no lawful records."""
        values = sorted({value for record in self.records for value in SLICES[of](record)})
        return [self._slice(of, value) for value in values]

    def _slice(self, of: str, value: str) -> Slice:
        results = {way: self.measured(way, lambda record: value in SLICES[of](record)) for way in Way}
        counts = {way: result.by_kind[value] if of == "kind" else result.counts for way, result in results.items()}
        return Slice(
            value,
            counts[Way.BOTH]["labels"],
            counts[Way.BOTH]["compliant"],
            {way: count["found"] for way, count in counts.items()},
            {way: count["flagged"] for way, count in counts.items()},
        )


def compared(release: Release, records: Sequence[GoldRecord], day: date, watch: Iterable[GoldRecord]) -> Compared:
    """`watch`: the same records, from an iterable that shows how far the review is."""
    judges = _judges(release)
    reports: dict[Way, dict[str, Report]] = {way: {} for way in Way}
    for record in watch:
        document = document_of(record)
        for way, judge in judges.items():
            reports[way][record.id] = judge.review(document, day)
    return Compared(tuple(records), reports)


def document_of(record: GoldRecord) -> Document:
    return Document(id=record.id, source=record.source, category=record.category, text=record.text)


def thresholds(rules: Iterable[Rule]) -> Iterator[tuple[Rule, tree.Semantic]]:
    """What live rules ask the second reader."""
    for rule in rules:
        if rule.stage is Stage.LIVE:
            for node in walk(rule.condition):
                if isinstance(node, tree.Semantic):
                    yield rule, node


def _judges(release: Release) -> dict[Way, Judge]:
    live = [rule for rule in release.rules if rule.stage is Stage.LIVE]
    asking = {rule.id for rule, _ in thresholds(live)}
    groups = {
        Way.RULES: ([rule for rule in live if rule.id not in asking], None),
        Way.READER: ([rule for rule in live if rule.id in asking], release.reader),
        Way.BOTH: (live, release.reader),
    }
    return {
        way: Judge(rules, release.scanner, release.facts, release.stances, release.digest, reader)
        for way, (rules, reader) in groups.items()
    }


def reliability(reader: Reader, records: Iterable[GoldRecord]) -> list[Band]:
    """The reader's hits by band of confidence, the least sure first."""
    said: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for record in records:
        places = [(label, record.text.index(label.span)) for label in record.labels]
        for hit in reader.study(document_of(record)).hits:
            right = any(
                label.kind is hit.kind and hit.start < at + len(label.span) and at < hit.end for label, at in places
            )
            said[min(int(hit.confidence * BINS), BINS - 1)].append((hit.confidence, right))
    return [
        Band(
            band / BINS,
            len(pairs),
            sum(confidence for confidence, _ in pairs) / len(pairs),
            sum(good for _, good in pairs) / len(pairs),
        )
        for band, pairs in sorted(said.items())
    ]
