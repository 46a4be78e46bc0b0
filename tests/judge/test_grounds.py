"""A learned finding says what weighed and what it is like; others are not compared with anything."""

import pytest

from compliance.judge.judge import Judge
from compliance.live.session import Session
from compliance.meaning.reader import Reader, SemanticHit, StretchReading, Study
from compliance.meaning.store import MeaningError
from compliance.model.broadcast import Broadcast, HeardSegment
from compliance.model.document import Document
from compliance.model.report import Degraded, Precedent, Weighed
from compliance.model.vocabulary import Kind
from small_release import DAY, judge, review, rule

LIKE = Precedent(id="x-1", kind=Kind.ABSOLUTE_CLAIM, text="没人比得过", likeness=0.4)
WORDS = "别家没法比"


class Told(Reader):
    """Takes certain words for a breach wherever they stand, two characters of them weighing most."""

    def __init__(self, failure: MeaningError | None = None) -> None:
        super().__init__()
        self.failure = failure
        self.compared: list[tuple[Kind, str]] = []

    def study(self, document: Document) -> Study:
        start = document.text.find(WORDS)
        whole = StretchReading(0, len(document.text), 0.9, 1.0)
        if start < 0:
            return Study((), (whole,))
        heavy = ((start + 2, start + 5), (start, start + 1))
        hit = SemanticHit(Kind.ABSOLUTE_CLAIM, start, start + len(WORDS), 0.9, 0.9, heavy, shares=(0.612, 0.2))
        return Study((hit,), (whole,))

    def nearest(self, kind: Kind, text: str) -> tuple[Precedent, ...]:
        self.compared.append((kind, text))
        if self.failure is not None:
            raise self.failure
        return (LIKE,)


def made(reader: Reader) -> Judge:
    return judge(
        rule("语义(absolute-claim) >= 0.6") + rule("出现 疾病", name="T-TWO-001", 类型="medical-claim"), reader=reader
    )


def test_what_weighed_and_what_it_is_like() -> None:
    reader = Told()
    (finding,) = review(made(reader), "我们家别家没法比").findings
    assert finding.grounds is not None
    assert finding.grounds.words == (Weighed(start=5, end=8, share=0.61), Weighed(start=3, end=4, share=0.2))
    assert finding.grounds.nearest == (LIKE,)
    assert reader.compared == [(Kind.ABSOLUTE_CLAIM, WORDS)]


def test_what_words_prove_is_compared_with_nothing() -> None:
    reader = Told()
    (finding,) = review(made(reader), "能治湿疹").findings
    assert finding.grounds is None
    assert reader.compared == []


def test_that_it_could_not_be_compared_is_told() -> None:
    report = review(made(Told(MeaningError("文件坏了", remedy="请重新安装"))), "我们家别家没法比")
    (finding,) = report.findings
    assert finding.grounds is not None
    assert (len(finding.grounds.words), finding.grounds.nearest) == (2, ())
    assert report.degraded == (Degraded(rule="相近语料", reason="没有列出相近的语料：文件坏了；请重新安装"),)


@pytest.mark.parametrize("before", ["", "大家好。", "能治湿疹。好。"])
def test_an_alert_has_the_grounds_that_the_report_has(before: str) -> None:
    live = Session(made(Told()), Broadcast(id="b", source="transcript"), DAY)
    for number, text in enumerate((before or "嗯", WORDS, "好")):
        live.feed(HeardSegment(text=text, t_start=10.0 * number, t_end=10.0 * number + 1))
    standing = live.standing
    report = live.close()
    assert [f.model_copy(update={"contribution": 0.0}) for f in report.findings] == list(standing)
    learned = [f for f in report.findings if f.grounds is not None]
    assert [report_text(live, f.grounds.words[0]) for f in learned if f.grounds] == ["没法比"]


def report_text(live: Session, word: Weighed) -> str:
    return live.document.text[word.start : word.end]
