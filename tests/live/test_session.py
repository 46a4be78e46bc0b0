"""What a control room sees: alerts raised, withdrawn and why, segments sent again, and what closing says."""

import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from compliance.judge import duties
from compliance.judge.context import Context
from compliance.judge.judge import Judge
from compliance.judge.stance import Stances
from compliance.live.session import Session, SessionError
from compliance.live.transcript import FARTHEST
from compliance.model.broadcast import Alert, AlertState, Broadcast, HeardSegment
from compliance.model.document import Segment
from compliance.model.vocabulary import Source
from compliance.words.needs import Selection
from compliance.words.scan import Scan
from compliance.words.scanner import Scanner
from small_release import COVERS, DAY, LEXICONS, compiled, judge, registries, rule

SUPERLATIVES = rule("出现 绝对化用语", unless="命中 被否定")
NOTICE = rule("在 疾病 之后 60秒 内 未出现 绝对化用语", 环节="transcript")
WHOLE = rule("出现 疾病 且 全文 未出现 绝对化用语")
BOTH = rule("出现 疾病 且 出现 绝对化用语")
EXCUSED_LATER = rule("出现 疾病", unless="出现 绝对化用语")


def open_session(rules: str | Judge, source: Source = Source.TRANSCRIPT) -> Session:
    chosen = judge(rules) if isinstance(rules, str) else rules
    return Session(chosen, Broadcast(id="b", source=source), DAY)


def told(alerts: Iterable[Alert]) -> list[tuple[str, str]]:
    return [(alert.state.value, alert.finding.text) for alert in alerts]


def fed(live: Session, *texts: str | Segment) -> list[list[tuple[str, str]]]:
    """What each segment gives."""
    return [told(live.feed(text if isinstance(text, Segment) else Segment(text=text))) for text in texts]


def test_a_finding_is_raised_with_the_segment_that_completes_it() -> None:
    live = open_session(SUPERLATIVES)
    assert fed(live, "今天的", "面霜是最", "好的", "来看看") == [[], [], [("raised", "最\n好")], []]
    assert [finding.text for finding in live.standing] == ["最\n好"]


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("这不是最好", "，这几个字不能用"), None),
        (("最好", "的我们，都来看"), "「最好的我们」是通常用语，其中的「最好」不算"),
        (("说最好", "这几个字不行"), "例外成立：「命中 被否定」"),
    ],
)
def test_later_words_withdraw_and_say_why(texts: tuple[str, str], reason: str | None) -> None:
    live = open_session(SUPERLATIVES)
    first, second = live.feed(Segment(text=texts[0])), live.feed(Segment(text=texts[1]))
    if reason is None:
        assert first == second == []
        return
    assert [alert.state for alert in first] == [AlertState.RAISED]
    assert [(alert.number, alert.state, alert.reason) for alert in second] == [
        (first[0].number, AlertState.WITHDRAWN, reason)
    ]
    assert live.standing == ()


def test_an_alert_says_where_and_when() -> None:
    live = open_session(SUPERLATIVES)
    live.feed(HeardSegment(text="大家好", id="a", t_start=0, t_end=2))
    (alert,) = live.feed(HeardSegment(text="这是最好的", id="b", t_start=2, t_end=4))
    assert (alert.segment, alert.offset, alert.segment_id, alert.heard) == (1, 2, "b", 2)
    assert (alert.finding.start, alert.finding.end, alert.finding.t_start, alert.finding.t_end) == (6, 8, 2, 4)


def test_a_condition_that_another_one_completes_later() -> None:
    live = open_session(BOTH)
    assert fed(live, "湿疹。", "甲。" * 300, "湿疹。", "最好。") == [
        [],
        [],
        [],
        [("raised", "湿疹"), ("raised", "湿疹")],
    ]
    assert fed(live, "失眠。") == [[("raised", "失眠")]]


def test_an_exception_that_is_said_much_later() -> None:
    live = open_session(EXCUSED_LATER)
    assert fed(live, "湿疹。", "甲。" * 300, "失眠。") == [[("raised", "湿疹")], [], [("raised", "失眠")]]
    assert fed(live, "最好。", "湿疹。") == [[("withdrawn", "湿疹"), ("withdrawn", "失眠")], []]


def test_a_duty_is_broken_when_its_time_is_over() -> None:
    live = open_session(NOTICE)
    texts = [(0, "湿疹。"), (30, "甲。"), (60, "乙。"), (61, "丙。"), (90, "失眠。"), (120, "第一。"), (200, "丁。")]
    alerts = [live.feed(Segment(text=text, t_start=start, t_end=start + 25)) for start, text in texts]
    assert [told(each) for each in alerts] == [[], [], [], [("raised", "湿疹")], [], [], []]
    assert "00:00–01:00 共" in alerts[3][0].finding.explanation
    assert live.close().findings == live.standing


def test_a_duty_over_lost_words_is_waived_and_told() -> None:
    live = open_session(NOTICE)
    live.feed(Segment(text="湿疹。", t_start=0, t_end=5))
    assert live.feed(Segment(text="甲。", t_start=300, t_end=305)) == []
    report = live.close()
    assert (report.findings, [d.rule for d in report.degraded]) == ((), ["T-ONE-001"])


def test_a_duty_over_the_whole_broadcast_is_told_at_the_end() -> None:
    live = open_session(WHOLE)
    assert fed(live, "湿疹。", "甲。") == [[], []]
    live.close()
    assert told(live.closing) == [("raised", "湿疹")]


def test_a_segment_sent_again_replaces_the_first_one() -> None:
    live = open_session(SUPERLATIVES)
    live.feed(HeardSegment(text="这是最好的", id="a"))
    live.feed(HeardSegment(text="那是第一", id="b"))
    alerts = live.feed(HeardSegment(text="这是很好的呀", id="a"))
    assert told(alerts) == [("withdrawn", "最好")]  # 第一 has moved, and stands
    assert alerts[0].reason == "这一段转写已经更正"
    assert [(f.text, f.start) for f in live.standing] == [("第一", 9)]
    assert [s.text for s in live.document.segments] == ["这是很好的呀", "那是第一"]


def test_words_that_settled_long_ago_can_be_replaced() -> None:
    live = open_session(SUPERLATIVES)
    live.feed(HeardSegment(text="这是最好的。", sequence=0))
    for number in range(1, 40):
        live.feed(HeardSegment(text="很滋润，第一呀。" if number == 30 else "很滋润，很滋润。" * 3, sequence=number))
    assert told(live.feed(HeardSegment(text="这是顶级的。", sequence=0))) == [("withdrawn", "最好"), ("raised", "顶级")]
    assert live.close().findings == live.standing


def test_a_segment_that_comes_late_takes_its_place() -> None:
    live = open_session(SUPERLATIVES)
    live.feed(HeardSegment(text="最", sequence=1))
    live.feed(HeardSegment(text="的", sequence=3))
    assert told(live.feed(HeardSegment(text="好", sequence=2))) == [("raised", "最\n好")]
    assert live.document.text == "最\n好\n的"


def test_danmaku_do_not_join_what_the_host_says() -> None:
    live = open_session(SUPERLATIVES)
    host, viewer = {"speaker": "主播", "channel": "口播"}, {"channel": "弹幕"}
    assert fed(live, Segment(text="最", **host), Segment(text="好", **viewer)) == [[], []]
    assert fed(live, Segment(text="第一", **viewer)) == [[("raised", "第一")]]


def test_a_session_of_danmaku_alone() -> None:
    live = open_session(SUPERLATIVES, Source.DANMAKU)
    assert fed(live, "最", "好", "最好") == [[], [], [("raised", "最好")]]
    assert live.close().source is Source.DANMAKU


def test_what_comes_after_closing_is_refused() -> None:
    live = open_session(SUPERLATIVES)
    report = live.close()
    assert live.close() is report
    assert report.findings == ()
    with pytest.raises(SessionError, match="已经收尾"):
        live.feed(Segment(text="最好"))


class Counting(Scanner):
    """Counts the characters that it reads."""

    read = 0

    def scan(self, text: str, selection: Selection | None = None) -> Scan:
        self.read += len(text)
        return super().scan(text, selection)


@pytest.mark.parametrize(
    "segment", ["很滋润，甲乙丙丁湿疹。", "没有停顿也没有句号的一段话说个不停", "最好，甲。湿疹。"]
)
def test_how_much_is_read_for_a_segment_does_not_grow_with_the_broadcast(segment: str) -> None:
    made = compiled(SUPERLATIVES, BOTH.replace("T-ONE-001", "T-TWO-002"))
    scanner = Counting(made.groups, COVERS)
    live = open_session(Judge(made.rules, scanner, registries()[1], Stances(LEXICONS), "small"))
    read = []
    for _ in range(400):
        before = scanner.read
        live.feed(Segment(text=segment))
        read.append(scanner.read - before)
    assert max(read[300:]) <= max(read[:300])
    assert max(read) <= 4 * FARTHEST


def test_speech_without_a_pause_closes_like_a_review() -> None:
    live = open_session(rule("疾病 与 绝对化用语 同 发言"))
    for text in ("湿疹", *["没有停顿也没有句号的一段话说个不停"] * 120, "第一"):
        live.feed(Segment(text=text))
    assert live.standing == ()  # so far apart that only the whole text shows that it is one utterance
    report = live.close()
    assert [finding.start for finding in report.findings] == [0]
    assert told(live.closing) == [("raised", report.findings[0].text)]


MENTIONS = (
    "用了它湿疹就好得快，大家都来看看这一款。",
    "很滋润很滋润很滋润，大家都来看看这一款。",
    "第一，大家都来看看。",
)


def mentioning(number: int) -> Segment:
    """Mentions without end, some of them in time of another, a few duties kept."""
    text = MENTIONS[0 if number % 3 else 1 + (number % 21 == 0)]
    return Segment(text=text, t_start=number * 13, t_end=number * 13 + 10)


@pytest.mark.parametrize(
    "rules",
    [
        NOTICE,
        rule("疾病 次数 >= 3"),
        rule("疾病 次数 > 4 每 100秒", 环节="transcript"),
        rule("出现 绝对化用语 且 在 疾病 之后 3句 内 未出现 绝对化用语", unless="疾病 次数 < 40"),
    ],
)
def test_what_is_over_is_forgotten_and_changes_nothing(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = judge(rules)
    live = open_session(chosen)
    measured = Counter[int]()
    measure = duties.measure

    def counting(context: Context, offset: int, dimension: str) -> float:
        measured[number] += 1
        return measure(context, offset, dimension)

    monkeypatch.setattr(duties, "measure", counting)
    for number in range(300):
        live.feed(mentioning(number))
        if number % 50 == 49:
            so_far = chosen.review(live.document, DAY, ongoing=True).findings
            assert [(f.start, f.end) for f in live.standing] == [(f.start, f.end) for f in so_far]
            del measured[number]
    assert live.standing
    if rules == NOTICE:
        assert max(measured[n] for n in range(200, 300)) <= max(measured[n] for n in range(200))
    assert live.close().findings == live.standing


def test_sessions_of_one_engine_run_beside_each_other() -> None:
    shared = judge(SUPERLATIVES, BOTH.replace("T-ONE-001", "T-TWO-002"))
    texts = ["湿疹。", "这是最", "好的。", "第一", "次见。", "甲。" * 200, "顶级，不是最好。"] * 6
    start = threading.Barrier(4)

    def broadcast(turn: int) -> list[list[tuple[str, str]]]:
        live = open_session(shared)
        start.wait(timeout=30)
        return fed(live, *texts[turn:], *texts[:turn])

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(broadcast, range(4)))
    assert together == [fed(open_session(shared), *texts[turn:], *texts[:turn]) for turn in range(4)]
    assert any(together[0])
