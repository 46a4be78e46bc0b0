"""The rooms: every source has one, intake refuses blanks, decisions follow from findings, records are kept."""

import itertools
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet
from hypothesis import given
from hypothesis import strategies as st

from compliance.levels.decision import Disposition, decide
from compliance.levels.pipeline import ROOMS, room_for
from compliance.levels.room import IntakeError
from compliance.model.document import Document
from compliance.model.report import Exposure, Finding, Report
from compliance.model.vocabulary import Action, Kind, Outcome, SeenAs, Severity, Source, Verdict
from compliance.store.engine import open_database
from compliance.store.migrate import upgrade
from compliance.store.reviews import ReviewStore

DAY = "2026-11-01"


def finding(action: Action, outcome: Outcome = Outcome.FIRES) -> Finding:
    return Finding.model_validate(
        {
            "rule": "T-ONE-001",
            "title": "测试",
            "kind": Kind.ABSOLUTE_CLAIM,
            "severity": Severity.HIGH,
            "action": action,
            "outcome": outcome,
            "start": 0,
            "end": 2,
            "text": "最好",
            "seen_as": SeenAs.EXACT,
            "confidence": 1,
            "law": (),
            "exposure": Exposure(),
            "message": "说明",
            "suggestion": "建议",
            "explanation": "解释",
        }
    )


def report(verdict: Verdict, *findings: Finding) -> Report:
    return Report.model_validate(
        {
            "id": "d",
            "source": Source.SCRIPT,
            "category": None,
            "verdict": verdict,
            "score": 50,
            "release": "r",
            "as_of": DAY,
            "findings": findings,
            "exposure": Exposure(),
        }
    )


def test_every_source_has_exactly_one_room() -> None:
    assert {source for room in ROOMS for source in room.sources} == set(Source)
    assert sum(len(room.sources) for room in ROOMS) == len(Source)
    for source in Source:
        assert source in room_for(source).sources
    assert [room.level for room in ROOMS] == [1, 2, 3, 4, 5]
    assert len({room.title for room in ROOMS}) == len(ROOMS)


@given(blank=st.text(alphabet=" \t\r\n\u3000\u00a0\u2003", max_size=9), source=st.sampled_from(Source))
def test_intake_refuses_blank_text(blank: str, source: Source) -> None:
    with pytest.raises(IntakeError) as caught:
        room_for(source).intake(Document(id="空白稿", source=source, text=blank))
    assert str(caught.value) == "文档 空白稿：没有可以审查的文字；检查文件内容。"


def test_intake_hands_on_what_says_something() -> None:
    document = Document(id="a", text=" 好 ")
    assert room_for(document.source).intake(document) is document


BLOCK, REVISE, HINT, REFER = (finding(action) for action in (Action.BLOCK, Action.REVISE, Action.HINT, Action.REFER))
ASKED = finding(Action.REVISE, Outcome.ASKS)
ASKED_BLOCK = finding(Action.BLOCK, Outcome.ASKS)
ASKED_REFER = finding(Action.REFER, Outcome.ASKS)


@pytest.mark.parametrize(
    ("verdict", "findings", "disposition", "reason"),
    [
        (Verdict.PASS, (), Disposition.CLEARED, "没有需要修改的内容"),
        (Verdict.PASS, (HINT, HINT), Disposition.CLEARED, "没有需要修改的内容，另有 2 处提示"),
        (Verdict.REVISE, (REVISE, HINT), Disposition.RETURNED, "2 处需要修改"),
        (Verdict.REVISE, (ASKED,), Disposition.RETURNED, "0 处需要修改，1 处待补事实"),
        (Verdict.REVISE, (REVISE, ASKED_BLOCK), Disposition.RETURNED, "1 处需要修改，1 处待补事实"),
        (Verdict.REVISE, (REVISE, REFER), Disposition.REFERRED, "有规则要求转法务"),
        (Verdict.REVISE, (ASKED_REFER,), Disposition.RETURNED, "0 处需要修改，1 处待补事实"),
        (Verdict.PASS, (REFER,), Disposition.REFERRED, "有规则要求转法务"),
        (Verdict.BLOCK, (BLOCK, REVISE, ASKED_BLOCK), Disposition.STOPPED, "1 处必须拦截"),
        (Verdict.BLOCK, (BLOCK, REFER, BLOCK), Disposition.STOPPED, "2 处必须拦截"),
    ],
)
def test_decisions(verdict: Verdict, findings: tuple[Finding, ...], disposition: Disposition, reason: str) -> None:
    for order in itertools.permutations(findings):
        for room in ROOMS:
            decision = room.decide(report(verdict, *order))
            assert (decision.level, decision.disposition, decision.reason) == (room.level, disposition, reason)


@given(
    verdict=st.sampled_from(Verdict),
    findings=st.lists(st.sampled_from((BLOCK, REVISE, HINT, REFER, ASKED, ASKED_BLOCK)), max_size=5),
)
def test_only_a_pass_is_cleared_and_every_block_is_stopped(verdict: Verdict, findings: list[Finding]) -> None:
    disposition = decide(1, report(verdict, *findings)).disposition
    assert (disposition is Disposition.STOPPED) == (verdict is Verdict.BLOCK)
    assert disposition is not Disposition.CLEARED or verdict is Verdict.PASS


def test_a_room_reviews_with_the_judge_it_is_given() -> None:
    wanted = report(Verdict.PASS)
    asked: list[object] = []

    def reviewer(document: Document, day: object) -> Report:
        asked.append((document.id, day))
        return wanted

    assert room_for(Source.SCRIPT).review(Document(id="a", text="好"), reviewer) is wanted
    assert asked == [("a", None)]


def test_records_hold_document_report_and_disposition(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    try:
        upgrade(engine)
        store = ReviewStore(engine, MultiFernet([Fernet(Fernet.generate_key())]))
        pairs = [
            (Document(id="d", text="好"), report(Verdict.PASS)),
            (Document(id="d", text="最好"), report(Verdict.BLOCK, BLOCK)),
        ]
        identifiers = room_for(Source.SCRIPT).record(store, pairs)
        stored = [store.get(identifier) for identifier in identifiers]
    finally:
        engine.dispose()
    assert [(review.document, review.report) for review in stored] == pairs
    assert [review.outcome for review in stored] == ["cleared", "stopped"]
