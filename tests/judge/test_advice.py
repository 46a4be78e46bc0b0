"""What a second opinion may do to a report: add hints under rules, remark, and own up; nothing else."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.judge import Judge
from compliance.meaning.reader import Reader, SemanticHit, StretchReading, Study
from compliance.model.document import Document, Evidence
from compliance.model.opinion import Advice, Claim, Consulted, Inquiry, Remark
from compliance.model.report import Degraded, Finding, Report
from compliance.model.vocabulary import Action, Kind, Outcome, SeenAs, Severity, Verdict
from small_release import DAY, judge, rule

TEXT = "我们家的别家没法比，快来"
CLAIMED = "别家没法比"
NEVER = rule("语义(absolute-claim) >= 0.99")


class Told(Reader):
    """Takes every line for a breach with one probability; `sure` words are a hit of that confidence."""

    def __init__(self, breach: float = 0.5, sure: tuple[str, float] | None = None) -> None:
        super().__init__()
        self.breach, self.sure = breach, sure

    def study(self, document: Document) -> Study:
        start, stretches = 0, []
        for line in document.text.split("\n"):
            stretches.append(StretchReading(start, start + len(line), self.breach, 1.0))
            start += len(line) + 1
        if self.sure is None:
            return Study((), tuple(stretches))
        words, confidence = self.sure
        at = document.text.index(words)
        return Study((SemanticHit(Kind.ABSOLUTE_CLAIM, at, at + len(words), confidence, confidence),), tuple(stretches))


class Says:
    """An adviser that claims some words, says one thing of every finding, and keeps what it was asked."""

    def __init__(
        self,
        *claims: Claim,
        remark: Remark | None = None,
        problems: Sequence[str] = (),
        refers: bool = False,
    ) -> None:
        self._claims, self._remark, self._problems, self.refers = claims, remark, tuple(problems), refers
        self.asked: list[Inquiry] = []

    def advise(self, inquiry: Inquiry) -> Advice:
        self.asked.append(inquiry)
        said = (
            {}
            if self._remark is None
            else {(n, c): self._remark for n, doubt in enumerate(inquiry.doubts) for c in range(len(doubt.concerns))}
        )
        return Advice(
            claims=self._claims,
            remarks=said,
            problems=self._problems,
            consulted=Consulted(model="reader-1", prompt="v1", doubts=len(inquiry.doubts), answered=0),
        )


def claim(words: str = CLAIMED, text: str = TEXT, kind: Kind = Kind.ABSOLUTE_CLAIM) -> Claim:
    start = text.index(words)
    return Claim(kind=kind, start=start, end=start + len(words), reason="等于说没有对手", confidence=0.7)


def advised(made: Judge, adviser: Says, text: str = TEXT, **about: object) -> Report:
    document = Document.model_validate({"id": "d", "text": text, **about})
    return made.review(document, DAY, adviser=adviser)


def test_a_claim_is_a_hint_under_the_rule_of_its_kind() -> None:
    """Whatever the rule's threshold, which was chosen for another reader."""
    report = advised(judge(NEVER, reader=Told()), Says(claim()))
    (finding,) = report.findings
    assert (finding.rule, finding.text, finding.seen_as) == ("T-ONE-001", CLAIMED, SeenAs.OPINION)
    assert (finding.action, finding.severity, finding.confidence) == (Action.HINT, Severity.LOW, 0.7)
    assert [str(law.article) for law in finding.law] == ["第九条第三项"]
    assert "语言模型认为这里属于绝对化用语（自报把握 0.70，未经校准）：等于说没有对手" in finding.explanation
    assert report.verdict is Verdict.PASS
    assert report.consulted is not None
    assert report.consulted.model == "reader-1"


def test_or_goes_to_counsel_where_that_is_wished() -> None:
    report = advised(judge(NEVER, reader=Told()), Says(claim(), refers=True))
    assert [f.action for f in report.findings] == [Action.REFER]
    assert report.verdict is Verdict.REVISE


def test_it_does_not_block_though_the_rule_does() -> None:
    blocking = judge(rule("语义(absolute-claim) >= 0.99", 处置="拦截", 等级="critical"), reader=Told())
    assert advised(blocking, Says(claim(), refers=True)).verdict is Verdict.REVISE
    assert advised(blocking, Says(claim())).verdict is Verdict.PASS


def test_the_exceptions_of_the_rule_hold() -> None:
    made = judge(rule("语义(absolute-claim) >= 0.99", unless="非 缺少 证据(比价)"), reader=Told())
    report = advised(made, Says(claim()), evidence=(Evidence(kind="比价"),))
    assert report.findings == ()
    assert [excused.text for excused in report.excused] == [CLAIMED]


def test_a_rule_that_asks_for_a_fact_gives_a_hint_too() -> None:
    made = judge(rule("语义(absolute-claim) >= 0.99 且 商品.类目 为 food"), reader=Told())
    report = advised(made, Says(claim()))
    assert [(f.outcome, f.action) for f in report.findings] == [(Outcome.FIRES, Action.HINT)]
    assert report.verdict is Verdict.PASS
    assert "这件商品属于哪一类？" in report.findings[0].explanation


def test_a_claim_of_a_kind_without_a_rule_is_nothing() -> None:
    report = advised(judge(NEVER, reader=Told()), Says(claim(kind=Kind.MINORS)))
    assert report.findings == ()


def test_only_kinds_with_a_rule_for_the_document_are_offered() -> None:
    made = judge(NEVER + rule("语义(minors) >= 0.9", name="T-TWO-001", 类型="minors", 环节="danmaku"), reader=Told())
    adviser = Says()
    advised(made, adviser)
    advised(made, adviser, source="danmaku")
    assert [inquiry.kinds for inquiry in adviser.asked] == [(Kind.ABSOLUTE_CLAIM,), (Kind.ABSOLUTE_CLAIM, Kind.MINORS)]


@pytest.mark.parametrize(("breach", "asked"), [(0.19, 0), (0.2, 1), (0.95, 1)])
def test_what_is_doubtful_is_asked_about(breach: float, asked: int) -> None:
    adviser = Says()
    report = advised(judge(NEVER, reader=Told(breach)), adviser)
    assert [len(inquiry.doubts) for inquiry in adviser.asked] == [asked]
    assert report.consulted is not None
    assert report.consulted.doubts == asked


def test_where_a_rule_has_spoken_nothing_is_doubtful() -> None:
    adviser = Says()
    advised(judge(rule("出现 绝对化用语"), reader=Told()), adviser, "这是第一\n别家没法比")
    assert [(d.start, d.end) for d in adviser.asked[0].doubts] == [(5, 10)]


def test_a_finding_that_is_to_be_referred_is_asked_about() -> None:
    adviser = Says(remark=Remark(agrees=False, reason="说的是次序"))
    report = advised(judge(rule("出现 绝对化用语", 处置="转法务"), reader=Told(0)), adviser, "好。这是第一。好")
    (doubt,) = adviser.asked[0].doubts
    assert [(c.start, c.end, c.kind) for c in doubt.concerns] == [(4, 6, Kind.ABSOLUTE_CLAIM)]
    assert (doubt.start, doubt.end) == (2, 7)
    assert report.findings[0].opinion == Remark(agrees=False, reason="说的是次序")
    assert report.findings[0].action is Action.REFER


@pytest.mark.parametrize(("confidence", "asked"), [(0.59, True), (0.6, False)])
def test_a_learned_finding_that_is_not_sure_is_asked_about(confidence: float, asked: bool) -> None:
    adviser = Says(remark=Remark(agrees=True, reason="是"))
    made = judge(rule("语义(absolute-claim) >= 0.5"), reader=Told(confidence, sure=(CLAIMED, confidence)))
    report = advised(made, adviser)
    assert [f.opinion is not None for f in report.findings] == [asked]


def test_what_is_found_already_is_not_found_again() -> None:
    made = judge(rule("出现 绝对化用语") + rule("语义(absolute-claim) >= 0.99", name="T-TWO-001"), reader=Told())
    text = "这是第一"
    report = advised(made, Says(claim("第一", text)), text)
    assert [(f.rule, f.also, f.action) for f in report.findings] == [("T-ONE-001", (), Action.REVISE)]


def test_a_rule_that_fires_by_itself_is_not_told_twice() -> None:
    made = judge(rule("出现 绝对化用语 或 语义(absolute-claim) >= 0.99"), reader=Told())
    text = "这是第一\n别家没法比"
    report = advised(made, Says(claim(CLAIMED, text)), text)
    assert [(f.text, f.seen_as) for f in report.findings] == [("第一", SeenAs.EXACT), (CLAIMED, SeenAs.OPINION)]


def test_what_was_not_answered_is_told() -> None:
    report = advised(judge(NEVER, reader=Told()), Says(problems=("1 处没有得到意见：答复超时",)))
    assert report.degraded == (Degraded(rule="语言模型意见", reason="1 处没有得到意见：答复超时"),)


def test_without_an_adviser_nothing_is_told_of_one() -> None:
    report = judge(NEVER, reader=Told()).review(Document(id="d", text=TEXT), DAY)
    assert (report.consulted, report.degraded) == (None, ())


def test_stretches_that_overlap_are_asked_about_once() -> None:
    class Overlapping(Told):
        def study(self, document: Document) -> Study:
            return Study((), tuple(StretchReading(i, i + 4, 0.3 + i / 100, 1.0) for i in range(0, 9, 2)))

    adviser = Says()
    advised(judge(NEVER, reader=Overlapping()), adviser)
    spans = [(d.start, d.end) for d in adviser.asked[0].doubts]
    assert spans == [(8, 12), (4, 8), (0, 4)]


WORDS = ("第一", "湿疹", "别家没法比", "最近", "顶级")
CLAIMS = st.builds(
    Claim,
    kind=st.sampled_from(Kind),
    start=st.integers(0, 8),
    end=st.integers(9, 12),
    reason=st.just("理由"),
    confidence=st.floats(0.5, 1),
)


@given(
    st.lists(st.sampled_from(WORDS), min_size=6, max_size=9).map("，".join),
    st.lists(CLAIMS, max_size=4),
    st.floats(0, 1),
    st.booleans(),
)
def test_no_opinion_loses_or_softens_what_was_found(
    text: str, claims: list[Claim], breach: float, refers: bool
) -> None:
    """And hints leave the verdict as it is."""
    made = judge(
        rule("出现 绝对化用语", 处置="转法务")
        + rule("疾病 或 语义(absolute-claim) >= 0.5", name="T-TWO-001", 类型="medical-claim")
        + rule("语义(medical-claim) >= 0.9", name="T-SIX-001", 处置="拦截"),
        reader=Told(breach),
    )
    alone = made.review(Document(id="d", text=text), DAY)
    adviser = Says(*claims, remark=Remark(agrees=False, reason="不是"), refers=refers)
    report = advised(made, adviser, text)
    assert [_bare(f) for f in report.findings if f.seen_as is not SeenAs.OPINION] == [_bare(f) for f in alone.findings]
    assert set(alone.excused) <= set(report.excused)
    assert set(alone.degraded) <= set(report.degraded)
    assert report.score >= alone.score
    added = [f for f in report.findings if f.seen_as is SeenAs.OPINION]
    assert {f.action for f in added} <= {Action.REFER if refers else Action.HINT}
    if not refers:
        assert report.verdict is alone.verdict


def _bare(finding: Finding) -> Finding:
    return finding.model_copy(update={"opinion": None, "contribution": 0.0})
