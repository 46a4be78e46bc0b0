"""A review as rows: what goes into the clear columns, and what into the encrypted payload."""

import hashlib
from typing import Any

from compliance.model.document import Document
from compliance.model.law import LawRef
from compliance.model.report import Finding
from compliance.store.identifiers import new_id, time_of
from compliance.store.records import NewReview


def review_row(new: NewReview) -> dict[str, Any]:
    """The columns of `review`, by name, with a new id."""
    document, report, identifier = new.document, new.report, new_id()
    return {
        "id": identifier,
        "created_at": time_of(identifier),
        "document_id": document.id,
        "title": document.title,
        "source": document.source.value,
        "category": document.category.value if document.category else None,
        "platform": document.platform,
        "text_sha256": text_sha256(document),
        "characters": len(document.text),
        "release": report.release,
        "as_of": report.as_of,
        "verdict": report.verdict.value,
        "score": report.score,
        "exposure_min": report.exposure.min,
        "exposure_max": report.exposure.max,
        "outcome": new.outcome,
        "payload": {
            # The id is sealed in, so that a payload moved to another row is noticed.
            "review": identifier,
            "document": document.model_dump(mode="json"),
            "report": report.model_dump(mode="json"),
        },
    }


def finding_row(review_id: str, position: int, finding: Finding) -> dict[str, Any]:
    """The columns of `finding`, by name; no words of the document are among them."""
    return {
        "id": new_id(),
        "review_id": review_id,
        "position": position,
        "rule": finding.rule,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "action": finding.action.value,
        "outcome": finding.outcome.value,
        "start": finding.start,
        "end": finding.end,
        "place": finding.place.label if finding.place else None,
        "law": _readable(finding.law),
        "exposure_min": finding.exposure.min,
        "exposure_max": finding.exposure.max,
        "contribution": finding.contribution,
    }


def text_sha256(document: Document) -> str:
    """The digest of the document's text in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(document.text.encode()).hexdigest()


def _readable(law: tuple[LawRef, ...]) -> str:
    return "；".join(f"{reference.name} {reference.article}" for reference in law)
