"""What the store gives back: frozen values, free of SQLAlchemy."""

from datetime import date, datetime

from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.value import Value
from compliance.model.vocabulary import Action, Category, Kind, Outcome, Severity, Source, Verdict


class NewReview(Value):
    """A review to record; `outcome` is what the level decided."""

    document: Document
    report: Report
    outcome: str | None = None


class StoredReview(Value):
    """A review with all its words. `created_at` is UTC."""

    id: str
    created_at: datetime
    text_sha256: str
    outcome: str | None
    document: Document
    report: Report


class ReviewSummary(Value):
    """A review as it stands in a list: nothing here needed the key. Amounts in CNY, `created_at` in UTC."""

    id: str
    created_at: datetime
    document_id: str
    title: str | None
    source: Source
    category: Category | None
    platform: str | None
    text_sha256: str
    characters: int
    release: str
    as_of: date
    verdict: Verdict
    score: float
    exposure_min: int | None
    exposure_max: int | None
    outcome: str | None


class StoredFinding(Value):
    """A finding as it stands in a list, with the review it belongs to; the words are in `ReviewStore.get`."""

    id: str
    review_id: str
    created_at: datetime
    document_id: str
    title: str | None
    source: Source
    category: Category | None
    position: int
    rule: str
    kind: Kind
    severity: Severity
    action: Action
    outcome: Outcome
    start: int
    end: int
    place: str | None
    law: str
    exposure_min: int | None
    exposure_max: int | None
    contribution: float
