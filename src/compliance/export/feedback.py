"""Findings as lines for people to confirm or reject, in the words that were read together with them."""

from collections.abc import Iterator
from typing import Any

from compliance.export.redaction import redact
from compliance.meaning.stretches import around, cuts
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Outcome, SeenAs


def feedback_lines(review: str, document: Document, report: Report) -> Iterator[dict[str, Any]]:
    """One JSON object a finding that is about words that were said, personal information masked.

    Keys: id (review#position), source, category, text, labels of one {kind, span}, rule, feedback (null). Questions
    and duties that were not kept are left out: there are no words to learn from. Raises ComplianceError when the
    report was not made from this document.
    """
    masked, _ = redact(document, report)
    read = list(cuts(document))
    for position, finding in enumerate(report.findings):
        if finding.outcome is not Outcome.FIRES or finding.seen_as is SeenAs.ABSENCE or finding.start == finding.end:
            continue
        start, end = around(read, finding.start, finding.end)
        yield {
            "id": f"{review}#{position}",
            "source": document.source.value,
            "category": document.category.value if document.category else None,
            "text": masked.text[start:end],
            "labels": [{"kind": finding.kind.value, "span": masked.text[finding.start : finding.end]}],
            "rule": finding.rule,
            "feedback": None,
        }
