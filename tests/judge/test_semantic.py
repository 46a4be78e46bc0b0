"""What the second reader says to rules: hits like any other, second thoughts, and honesty when it cannot read."""

import pytest

from compliance.judge.judge import Judge
from compliance.meaning.reader import Reader, SemanticHit, StretchReading, Study
from compliance.meaning.store import MeaningError, load
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Action, Kind, SeenAs, Severity, Verdict
from small_release import found, judge, review, rule

SURE = 0.9


class Told(Reader):
    """Reads what a test says: `marked` words as a breach of one kind, and one probability for the whole text."""

    def __init__(self, marked: str = "", *, breach: float = SURE, trust: float = 1.0) -> None:
        super().__init__()
        self.marked, self.breach, self.trust, self.times = marked, breach, trust, 0

    def study(self, document: Document) -> Study:
        self.times += 1
        start = document.text.find(self.marked) if self.marked else -1
        end = start + len(self.marked)
        hit = SemanticHit(Kind.ABSOLUTE_CLAIM, start, end, self.breach, self.breach, ((start, start + 2),))
        whole = StretchReading(0, len(document.text), self.breach, self.trust)
        return Study((hit,) if start >= 0 else (), (whole,))


class Broken(Reader):
    def __init__(self) -> None:
        super().__init__(lambda: load(b"no model"))


SEMANTIC = rule("语义(absolute-claim) >= 0.6")


def with_reader(source: str, reader: Reader) -> Judge:
    return judge(source, reader=reader)


def one(report: Report) -> tuple[str, SeenAs, float]:
    (finding,) = report.findings
    return finding.text, finding.seen_as, finding.confidence


def test_a_semantic_hit_is_a_hit_with_its_confidence_and_its_reasons() -> None:
    report = review(with_reader(SEMANTIC, Told("别家没法比")), "我们家的别家没法比，快来")
    assert one(report) == ("别家没法比", SeenAs.SEMANTIC, SURE)
    assert "把握 0.90" in report.findings[0].explanation
    assert "分量最重的是「别家」" in report.findings[0].explanation
    assert report.degraded == ()


@pytest.mark.parametrize(("confidence", "fires"), [(0.59, False), (0.6, True), (0.9, True)])
def test_the_threshold_is_the_rules_own(confidence: float, fires: bool) -> None:
    report = review(with_reader(SEMANTIC, Told("别家没法比", breach=confidence)), "别家没法比")
    assert bool(report.findings) is fires


def test_other_kinds_do_not_count() -> None:
    assert found(review(with_reader(rule("语义(minors) >= 0.1"), Told("别家没法比")), "别家没法比")) == []


def test_both_surfaces_say_the_same() -> None:
    english = rule("semantic(absolute-claim) >= 0.6")
    assert found(review(with_reader(english, Told("别家没法比")), "别家没法比")) == ["别家没法比"]


def test_it_joins_words_and_exceptions() -> None:
    near = with_reader(rule("语义(absolute-claim) >= 0.6 与 疾病 同 句"), Told("别家没法比"))
    assert found(review(near, "别家没法比，湿疹的看过来")) == ["别家没法比，湿疹"]
    denied = with_reader(rule("语义(absolute-claim) >= 0.6", unless="命中 被否定"), Told("别家没法比"))
    assert review(denied, "不是别家没法比").excused


def test_the_reader_reads_only_for_rules_whose_words_occur_and_once_a_document() -> None:
    reader = Told("别家没法比")
    words_first = with_reader(rule("疾病 且 语义(absolute-claim) >= 0.6"), reader)
    review(words_first, "别家没法比")
    assert reader.times == 0
    review(with_reader(SEMANTIC + rule("疾病 且 语义(absolute-claim) >= 0.6", name="T-TWO-001"), reader), "湿疹")
    assert reader.times == 1


def test_words_lead_where_both_see_one_problem() -> None:
    both = with_reader(SEMANTIC + rule("出现 绝对化用语", name="T-LEX-001", 等级="low"), Told("最好的面霜别家没有"))
    (finding,) = review(both, "最好的面霜别家没有").findings
    assert (finding.rule, finding.seen_as, finding.also) == ("T-LEX-001", SeenAs.EXACT, ("T-ONE-001",))


LEXICAL = rule("出现 绝对化用语")


def test_words_that_are_surely_quoted_become_a_hint_with_the_reason() -> None:
    report = review(with_reader(LEXICAL, Told(breach=0.01)), "“最好”这个词今晚谁说谁罚站")
    (finding,) = report.findings
    assert (finding.severity, finding.action, report.verdict) == (Severity.LOW, Action.HINT, Verdict.PASS)
    assert finding.explanation.startswith("语义判读认为这里是引述、否定或告诫")
    assert "由修改降为提示" in finding.explanation


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (Told(breach=0.3), "“最好”今晚谁说谁罚站"),
        (Told(breach=0.0), "这是最好的"),
        (Told(breach=0.0, trust=0.5), "“最好” is best of all the creams"),
        (Told(breach=0.0), "“最★好”今晚谁说谁罚站"),
    ],
    ids=["doubtful", "no cue", "another language", "disguised"],
)
def test_nothing_is_lowered_without_certainty_or_when_it_was_disguised(reader: Told, text: str) -> None:
    (finding,) = review(with_reader(LEXICAL, reader), text).findings
    assert (finding.severity, finding.action) == (Severity.HIGH, Action.REVISE)


@pytest.mark.parametrize("source", [SEMANTIC, LEXICAL + SEMANTIC.replace("T-ONE-001", "T-TWO-001")])
def test_without_a_model_the_rules_judge_alone_and_every_report_says_so(source: str) -> None:
    broken = with_reader(source, Broken())
    for text in ("这是最好的", "今天天气好"):
        report = review(broken, text)
        assert found(report) == (["最好"] if "最好" in text and "出现" in source else [])
        (told,) = report.degraded
        assert "语义" in told.rule
        assert "仅按规则审核" in told.reason


def test_a_broken_model_is_tried_once() -> None:
    tries = []

    def attempt() -> None:
        tries.append(1)
        raise MeaningError("坏了", place="x", remedy="重装")

    reader = Reader(attempt)  # type: ignore[arg-type]
    for _ in range(3):
        with pytest.raises(MeaningError, match="坏了"):
            reader.study(Document(id="t", source="script", text="最好"))
    assert tries == [1]


def test_rules_without_meaning_need_no_reader() -> None:
    assert review(judge(LEXICAL), "这是最好的").degraded == ()
