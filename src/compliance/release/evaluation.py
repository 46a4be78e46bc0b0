"""Recall, precision and false alarms of reports against labelled records.

A label is found when a finding overlaps an occurrence of its span. A finding is right when it overlaps
some label of its record. A compliant record (no labels) is clean when its verdict is `pass`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from compliance.model.report import Finding, Report
from compliance.model.vocabulary import Category, Kind, Source, Verdict

Span = tuple[int, int]


class Label(BaseModel):
    """One violation: its kind and an exact substring of the record's text."""

    kind: Kind
    span: str


class GoldRecord(BaseModel):
    """One labelled text; fields beyond these (notes) are allowed and ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str
    source: Source
    category: Category | None = None
    text: str
    labels: list[Label]
    verdict: Verdict
    tags: tuple[str, ...] = ()
    pair: str | None = None

    @field_validator("tags", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        """Notes of another form are none of ours."""
        return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else ()

    @field_validator("pair", mode="before")
    @classmethod
    def _name(cls, value: object) -> object:
        return value if isinstance(value, str) else None


@dataclass
class Evaluation:
    """Counts over a set; `misses` and `alarms` name what was not found and what was found wrongly."""

    counts: Counter[str] = field(default_factory=Counter)
    by_kind: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[tuple[str, ...]] = field(default_factory=list)
    alarms: list[tuple[str, ...]] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        c = self.counts
        recall, precision = _ratio(c["found"], c["labels"]), _ratio(c["right"], c["findings"])
        recall_kind, precision_kind = _ratio(c["found_kind"], c["labels"]), _ratio(c["right_kind"], c["findings"])
        return {
            "records": c["records"],
            "labels": c["labels"],
            "findings": c["findings"],
            "recall": recall,
            "precision": precision,
            "f1": _f1(precision, recall),
            "recall_kind": recall_kind,
            "precision_kind": precision_kind,
            "f1_kind": _f1(precision_kind, recall_kind),
            "compliant": c["compliant"],
            "compliant_flagged": _ratio(c["flagged"], c["compliant"]),
            "verdict_accuracy": _ratio(c["verdicts"], c["records"]),
            "by_kind": {
                str(kind): {
                    "labels": k["labels"],
                    "recall": _ratio(k["found"], k["labels"]),
                    "recall_kind": _ratio(k["found_kind"], k["labels"]),
                    "findings": k["findings"],
                    "precision": _ratio(k["right"], k["findings"]),
                }
                for kind, k in sorted(self.by_kind.items())
            },
        }


def evaluate(records: Sequence[GoldRecord], reports: Mapping[str, Report]) -> Evaluation:
    """Compare each record with its report; every record must have one."""
    result = Evaluation()
    for record in records:
        _one(result, record, reports[record.id])
    return result


def _one(result: Evaluation, record: GoldRecord, report: Report) -> None:
    places = [(label, _occurrences(record.text, label.span)) for label in record.labels]
    for label, spans in places:
        over = [f for f in report.findings if _overlaps(f, spans)]
        same = any(f.kind is label.kind for f in over)
        for counter in (result.counts, result.by_kind[label.kind]):
            counter.update(labels=1, found=bool(over), found_kind=same)
        if not over:
            result.misses.append((record.id, label.kind, label.span, record.text))
    for finding in report.findings:
        kinds = {label.kind for label, spans in places if _overlaps(finding, spans)}
        result.counts.update(findings=1, right=bool(kinds), right_kind=finding.kind in kinds)
        result.by_kind[finding.kind].update(findings=1, right=bool(kinds))
        if not kinds:
            result.alarms.append((record.id, f"{finding.kind} {finding.rule}", finding.text, record.text))
    result.counts.update(records=1, verdicts=report.verdict is record.verdict)
    if not record.labels:
        result.counts.update(compliant=1, flagged=report.verdict is not Verdict.PASS)


def _overlaps(finding: Finding, spans: Iterable[Span]) -> bool:
    return any(finding.start < end and start < finding.end for start, end in spans)


def _occurrences(text: str, span: str) -> list[Span]:
    found, at = [], text.find(span)
    while at >= 0:
        found.append((at, at + len(span)))
        at = text.find(span, at + 1)
    return found


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    total = precision + recall
    return round(2 * precision * recall / total, 4) if total else 0.0
