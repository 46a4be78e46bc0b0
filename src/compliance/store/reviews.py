"""The repository of reviews: record them whole, find them again."""

import builtins
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography.fernet import MultiFernet
from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, bindparam, insert, select, tuple_, type_coerce

from compliance.model.document import Document
from compliance.model.errors import StoreError
from compliance.model.report import Report
from compliance.model.vocabulary import Kind, Verdict
from compliance.store.encryption import EncryptedJson
from compliance.store.engine import writing
from compliance.store.failures import explained, place_of
from compliance.store.records import NewReview, ReviewSummary, StoredFinding, StoredReview
from compliance.store.rows import finding_row, review_row
from compliance.store.schema import require_current
from compliance.store.tables import FindingRow, ReviewRow

_MAX_LIMIT = 1000
_SUMMARY = tuple(getattr(ReviewRow, name) for name in ReviewSummary.model_fields)
_OF_REVIEW = ("created_at", "document_id", "title", "source", "category")
_FINDING = tuple(getattr(ReviewRow if name in _OF_REVIEW else FindingRow, name) for name in StoredFinding.model_fields)


class ReviewStore:
    """Reviews in a migrated database, their words under `cipher`. Every method raises StoreError.

    A database that is not migrated, or whose latest review another key has sealed, is refused at once:
    otherwise a lost key file would go unnoticed until the old words are needed.
    """

    def __init__(self, engine: Engine, cipher: MultiFernet) -> None:
        self._engine = engine
        self._sealed = EncryptedJson(cipher)
        self._place = place_of(engine.url)
        with explained(self._place), engine.connect() as connection:
            require_current(connection)
            newest = select(type_coerce(ReviewRow.payload, self._sealed)).order_by(ReviewRow.id.desc()).limit(1)
            connection.execute(newest).all()

    def record(self, document: Document, report: Report, *, outcome: str | None = None) -> str:
        """Keep one review with its findings, all or nothing; returns the review's id."""
        (identifier,) = self.record_many([NewReview(document=document, report=report, outcome=outcome)])
        return identifier

    def record_many(self, reviews: Iterable[NewReview]) -> tuple[str, ...]:
        """Keep many reviews in one transaction, all or nothing; returns their ids in the same order."""
        rows, findings = [], []
        for new in reviews:  # all before the transaction begins: on SQLite there is one writer at a time
            row = review_row(new)
            rows.append(row)
            findings += [finding_row(row["id"], n, finding) for n, finding in enumerate(new.report.findings)]
        for row in rows:
            row["sealed"] = row.pop("payload")
        sealing = insert(ReviewRow).values(payload=bindparam("sealed", type_=self._sealed))
        with explained(self._place), writing(self._engine) as connection:
            if rows:
                connection.execute(sealing, rows)
            if findings:
                connection.execute(insert(FindingRow), findings)
        return tuple(row["id"] for row in rows)

    def get(self, review_id: str) -> StoredReview:
        """The review with its document and report, equal to those that were recorded."""
        payload = type_coerce(ReviewRow.payload, self._sealed).label("sealed")
        columns = (ReviewRow.id, ReviewRow.created_at, ReviewRow.text_sha256, ReviewRow.outcome, payload)
        with explained(self._place), self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(ReviewRow.id == review_id)).mappings().one_or_none()
        if row is None:
            raise StoreError(f"没有编号为 {review_id} 的审查记录", place=self._place, remedy="请核对编号")
        values = dict(row)
        content = values.pop("sealed")
        if content["review"] != values["id"]:
            raise StoreError(
                "加密内容属于另一条记录，数据库被改动过", place=f"审查 {review_id}", remedy="请从备份恢复这条记录"
            )
        try:
            return StoredReview.model_validate(values | {"document": content["document"], "report": content["report"]})
        except ValidationError:  # its message would quote the document
            problem = "记录由另一个版本写成，本程序读不懂"
        raise StoreError(problem, place=f"审查 {review_id}", remedy="请改用写入它的 compliance 版本读取")

    def list(
        self,
        limit: int = 50,
        *,
        before: str | None = None,
        verdict: Verdict | None = None,
        document_id: str | None = None,
        text_sha256: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[ReviewSummary, ...]:
        """Reviews, newest first, at most `limit` (1 to 1000); `before` the last id of a page gives the next page.

        `since` is inclusive and `until` exclusive; both are aware datetimes.
        """
        filters = [
            *_within(since, until),
            *_given(ReviewRow.id.__lt__, before),
            *_given(ReviewRow.verdict.__eq__, verdict and verdict.value),
            *_given(ReviewRow.document_id.__eq__, document_id),
            *_given(ReviewRow.text_sha256.__eq__, text_sha256),
        ]
        statement = select(*_SUMMARY).where(*filters).order_by(ReviewRow.id.desc()).limit(_checked(limit))
        with explained(self._place), self._engine.connect() as connection:
            return tuple(ReviewSummary.model_validate(dict(row)) for row in connection.execute(statement).mappings())

    def findings(
        self,
        limit: int = 200,
        *,
        after: StoredFinding | None = None,
        review_id: str | None = None,
        rule: str | None = None,
        kind: Kind | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[StoredFinding, ...]:
        """Findings in the order they were recorded, at most `limit` (1 to 1000); `after` the last gives the next page.

        `since` is inclusive and `until` exclusive; both are aware datetimes.
        """
        place = tuple_(FindingRow.review_id, FindingRow.position)
        filters = [
            *_within(since, until),
            *_given(FindingRow.review_id.__eq__, review_id),
            *_given(FindingRow.rule.__eq__, rule),
            *_given(FindingRow.kind.__eq__, kind and kind.value),
            *_given(place.__gt__, after and (after.review_id, after.position)),
        ]
        statement = (
            select(*_FINDING)
            .join(ReviewRow, ReviewRow.id == FindingRow.review_id)
            .where(*filters)
            .order_by(FindingRow.review_id, FindingRow.position)
            .limit(_checked(limit))
        )
        with explained(self._place), self._engine.connect() as connection:
            return tuple(StoredFinding.model_validate(dict(row)) for row in connection.execute(statement).mappings())


def _given(compare: Any, value: Any) -> builtins.list[ColumnElement[bool]]:
    return [] if value is None else [compare(value)]


def _within(since: datetime | None, until: datetime | None) -> builtins.list[ColumnElement[bool]]:
    return [*_given(ReviewRow.created_at.__ge__, since), *_given(ReviewRow.created_at.__lt__, until)]


def _checked(limit: int) -> int:
    if not 1 <= limit <= _MAX_LIMIT:
        raise StoreError(f"一次取 {limit} 条不行", place="limit", remedy=f"请给 1 到 {_MAX_LIMIT} 之间的数")
    return limit
