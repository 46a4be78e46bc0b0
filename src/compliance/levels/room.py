"""What every level does: intake, review, decide, record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from compliance.levels.decision import Decision, decide
from compliance.model.document import Document
from compliance.model.errors import ComplianceError
from compliance.model.report import Report
from compliance.model.vocabulary import Source
from compliance.store.records import NewReview

if TYPE_CHECKING:
    from compliance.store.reviews import ReviewStore

Reviewer = Callable[[Document, date | None], Report]
"""The judge, as the rooms see it."""


class IntakeError(ComplianceError):
    """A level cannot take the document in."""


@dataclass(frozen=True)
class Room:
    """One level. Rooms never call each other; `pipeline.py` says who comes next."""

    level: int
    title: str
    sources: frozenset[Source]

    def intake(self, document: Document) -> Document:
        """The document, ready for review. Raises IntakeError when there is nothing to read."""
        if not document.text.strip():
            raise IntakeError("没有可以审查的文字", place=f"文档 {document.id}", remedy="检查文件内容")
        return document

    def review(self, document: Document, reviewer: Reviewer, as_of: date | None = None) -> Report:
        return reviewer(document, as_of)

    def decide(self, report: Report) -> Decision:
        return decide(self.level, report)

    def record(self, store: "ReviewStore", reviewed: list[tuple[Document, Report]]) -> tuple[str, ...]:
        """Writes all reviews in one transaction; the ids, in order."""
        return store.record_many(
            NewReview(document=document, report=report, outcome=self.decide(report).disposition.value)
            for document, report in reviewed
        )
