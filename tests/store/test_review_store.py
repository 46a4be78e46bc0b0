"""Reviews come back as they went in, whole or not at all, and can be found again."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_samples import SPOKEN, a_document, a_finding, a_report, documents, reports
from sqlalchemy import Engine, delete, func, select

from compliance.model.document import Document
from compliance.model.errors import StoreError
from compliance.model.report import Exposure, Finding, Report
from compliance.model.vocabulary import Kind, Verdict
from compliance.store.records import NewReview, StoredFinding
from compliance.store.reviews import ReviewStore
from compliance.store.rows import finding_row, text_sha256
from compliance.store.tables import FindingRow, ReviewRow


def rows_in(engine: Engine) -> tuple[int, int]:
    with engine.connect() as connection:
        reviews = connection.execute(select(func.count()).select_from(ReviewRow)).scalar_one()
        return reviews, connection.execute(select(func.count()).select_from(FindingRow)).scalar_one()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents, report=reports, outcome=st.none() | st.text(max_size=64))
def test_what_was_recorded_comes_back_equal(
    store: ReviewStore, document: Document, report: Report, outcome: str | None
) -> None:
    review_id = store.record(document, report, outcome=outcome)
    stored = store.get(review_id)
    assert stored.document == document
    assert stored.report == report
    assert stored.id == review_id
    assert stored.text_sha256 == text_sha256(document)
    (summary,) = store.list(limit=1)
    assert summary.id == review_id
    assert summary.score == report.score
    assert summary.created_at == stored.created_at
    assert (summary.exposure_min, summary.exposure_max) == (report.exposure.min, report.exposure.max)
    found = store.findings(review_id=review_id)
    assert [(f.position, f.start, f.end, f.kind) for f in found] == [
        (n, f.start, f.end, f.kind) for n, f in enumerate(report.findings)
    ]


def test_clear_columns_say_what_can_be_searched_without_the_key(store: ReviewStore) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    document = a_document()
    review_id = store.record(document, a_report(a_finding()), outcome="return")
    (summary,) = store.list()
    assert summary.model_dump(mode="json", exclude={"id", "created_at"}) == {
        "document_id": "script-1",
        "title": "春季话术.docx",
        "source": "script",
        "category": "cosmetics",
        "platform": "douyin",
        "text_sha256": text_sha256(document),
        "characters": len(SPOKEN),
        "release": "sha256:0f1e",
        "as_of": "2026-03-15",
        "verdict": "revise",
        "score": 40.0,
        "exposure_min": 200_000,
        "exposure_max": 1_000_000,
        "outcome": "return",
    }
    assert summary.created_at.utcoffset() == timedelta(0)
    assert before < summary.created_at < datetime.now(UTC) + timedelta(seconds=1)
    (finding,) = store.findings()
    assert (finding.review_id, finding.document_id, finding.position) == (review_id, "script-1", 0)
    assert finding.law == "广告法 第九条第三项；广告法 第五十七条"
    assert finding.place == "第1段"
    assert (finding.exposure_min, finding.exposure_max, finding.contribution) == (200_000, 1_000_000, 40.0)


def test_many_reviews_keep_their_order(store: ReviewStore) -> None:
    new = [
        NewReview(document=a_document(f"d{n}"), report=a_report(a_finding(), a_finding("X-2")), outcome=f"o{n}")
        for n in range(25)
    ]
    ids = store.record_many(iter(new))
    assert [store.get(i).document.id for i in ids] == [f"d{n}" for n in range(25)]
    assert list(ids) == sorted(ids)
    assert [summary.id for summary in store.list()] == list(reversed(ids))
    assert [(f.review_id, f.position) for f in store.findings()] == [(i, p) for i in ids for p in (0, 1)]
    assert store.record_many([]) == ()


def test_pages_join_without_gap_or_repetition(store: ReviewStore) -> None:
    ids = store.record_many(
        NewReview(document=a_document(f"d{n}"), report=a_report(a_finding(), a_finding())) for n in range(7)
    )
    seen: list[str] = []
    while page := store.list(limit=3, before=seen[-1] if seen else None):
        seen += [summary.id for summary in page]
    assert seen == list(reversed(ids))
    found: list[StoredFinding] = []
    while part := store.findings(limit=3, after=found[-1] if found else None):
        found += part
    assert [(f.review_id, f.position) for f in found] == [(i, p) for i in ids for p in (0, 1)]


def test_reviews_are_found_by_each_filter(store: ReviewStore) -> None:
    first = store.record(a_document("a"), a_report(verdict=Verdict.PASS))
    second = store.record(a_document("b", segments=[{"text": "另一段"}]), a_report(verdict=Verdict.BLOCK))
    third = store.record(a_document("a"), a_report(verdict=Verdict.BLOCK))
    middle = store.get(second).created_at

    def ids(**filters: object) -> list[str]:
        return [summary.id for summary in store.list(**filters)]  # type: ignore[arg-type]

    assert ids(verdict=Verdict.BLOCK) == [third, second]
    assert ids(document_id="a") == [third, first]
    assert ids(document_id="a", verdict=Verdict.PASS) == [first]
    assert ids(text_sha256=text_sha256(a_document())) == [third, first]
    assert ids(since=middle) == [third, second]
    assert ids(until=middle) == [first]
    assert ids(since=middle.astimezone().replace(microsecond=0) + timedelta(days=1)) == []


def test_findings_are_found_by_each_filter(store: ReviewStore) -> None:
    first = store.record(a_document(), a_report(a_finding("R-1"), a_finding("R-2", Kind.PRICE_FRAUD)))
    second = store.record(a_document(), a_report(a_finding("R-1")))
    middle = store.get(second).created_at

    def found(**filters: object) -> list[tuple[str, int]]:
        return [(f.review_id, f.position) for f in store.findings(**filters)]  # type: ignore[arg-type]

    assert found(rule="R-1") == [(first, 0), (second, 0)]
    assert found(kind=Kind.PRICE_FRAUD) == [(first, 1)]
    assert found(review_id=second) == [(second, 0)]
    assert found(since=middle) == [(second, 0)]
    assert found(until=middle) == [(first, 0), (first, 1)]
    assert found(rule="R-3") == []


@pytest.mark.parametrize(
    ("document", "report"),
    [
        (a_document("x" * 256), a_report()),
        (a_document(facts={"商品.价格": float("inf")}), a_report()),
        (a_document(facts={"商品.价格": 10**30}), a_report()),
        (a_document(segments=[{"text": SPOKEN, "t_start": float("inf")}]), a_report()),
        (a_document(), a_report(a_finding(), a_finding("R" * 256))),
        (a_document(), a_report(a_finding().model_copy(update={"exposure": Exposure(min=2**63)}))),
        (a_document(), a_report(exposure=Exposure(min=2**63))),
    ],
    ids=["long id", "infinite fact", "huge fact", "infinite time", "long rule", "huge amount", "huge total"],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    store: ReviewStore, engine: Engine, document: Document, report: Report
) -> None:
    good = NewReview(document=a_document(), report=a_report(a_finding()))
    with pytest.raises(StoreError) as caught:
        store.record_many([good, NewReview(document=document, report=report)])
    assert caught.value.remedy
    assert "最好" not in str(caught.value)
    assert rows_in(engine) == (0, 0)
    store.record(good.document, good.report)
    assert rows_in(engine) == (1, 1)


def test_an_interruption_between_review_and_findings_leaves_nothing(
    store: ReviewStore, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_the_same_position(review_id: str, position: int, finding: Finding) -> dict[str, object]:
        return finding_row(review_id, 0, finding)

    monkeypatch.setattr("compliance.store.reviews.finding_row", at_the_same_position)
    with pytest.raises(StoreError, match="没有写入任何内容"):
        store.record(a_document(), a_report(a_finding(), a_finding()))
    assert rows_in(engine) == (0, 0)


def test_a_process_killed_between_review_and_findings_leaves_nothing(
    store: ReviewStore, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from sqlalchemy import event\n"
        "from compliance.store.encryption import load_key\n"
        "from compliance.store.engine import open_database\n"
        "from compliance.store.reviews import ReviewStore\n"
        "from review_samples import a_document, a_finding, a_report\n"
        "engine = open_database(sys.argv[1])\n"
        "@event.listens_for(engine, 'before_cursor_execute')\n"
        "def die(connection, cursor, statement, *rest):\n"
        "    if statement.startswith('INSERT INTO finding'): os.kill(os.getpid(), signal.SIGKILL)\n"
        "ReviewStore(engine, load_key(Path(sys.argv[2]))).record(a_document(), a_report(a_finding()))\n"
    )
    key = str(tmp_path / "compliance.key")
    killed = subprocess.run([sys.executable, "-c", script, database_url, key], cwd=Path(__file__).parent, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert rows_in(engine) == (0, 0)
    store.record(a_document(), a_report(a_finding()))
    assert rows_in(engine) == (1, 1)


def test_writers_side_by_side_lose_nothing(store: ReviewStore, engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda n: store.record(a_document(f"d{n}"), a_report(a_finding())), range(24)))
    assert rows_in(engine) == (24, 24)
    assert [store.get(identifier).document.id for identifier in ids] == [f"d{n}" for n in range(24)]


def test_a_source_of_reviews_that_fails_writes_nothing(store: ReviewStore, engine: Engine) -> None:
    def broken() -> Iterator[NewReview]:
        yield NewReview(document=a_document(), report=a_report())
        raise RuntimeError("the engine stopped")

    with pytest.raises(RuntimeError):
        store.record_many(broken())
    assert rows_in(engine) == (0, 0)


def test_findings_belong_to_a_review_and_go_with_it(store: ReviewStore, engine: Engine) -> None:
    review_id = store.record(a_document(), a_report(a_finding()))
    with engine.begin() as connection:
        connection.execute(delete(ReviewRow).where(ReviewRow.id == review_id))
    assert rows_in(engine) == (0, 0)


def test_an_unknown_review_is_said_to_be_unknown(store: ReviewStore) -> None:
    with pytest.raises(StoreError, match="没有编号为 nope 的审查记录；请核对编号"):
        store.get("nope")


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_limits_are_checked(store: ReviewStore, limit: int) -> None:
    with pytest.raises(StoreError, match="1 到 1000"):
        store.list(limit=limit)
    with pytest.raises(StoreError, match="1 到 1000"):
        store.findings(limit=limit)


def test_a_naive_time_is_refused(store: ReviewStore) -> None:
    with pytest.raises(StoreError, match="没有时区"):
        store.list(since=datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake under test
