"""The laws of a session: for every way of cutting, what it says is what a review of the same document says."""

from functools import cache
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.judge.judge import Judge
from compliance.judge.stance import Stances
from compliance.live.session import Session
from compliance.live.standing import Key, key_of
from compliance.meaning.reader import Reader, SemanticHit, Study
from compliance.meaning.stretches import cuts
from compliance.model.broadcast import Alert, AlertState, Broadcast, HeardSegment
from compliance.model.document import Document, Segment
from compliance.model.report import Finding
from compliance.model.vocabulary import Category, Kind, Source
from compliance.words.scanner import Scanner
from small_release import COVERS, DAY, LEXICONS, compiled, registries, rule

NEAR = [
    rule(
        "出现 绝对化用语", unless='命中 被否定\n 或 命中 位于 引号 内\n 或 命中 与 "依据" 相距 2句 内', name="N-ONE-001"
    ),
    rule("疾病 与 绝对化用语 相距 6字 内", unless="命中 被疑问 或 命中 被假设", name="N-TWO-002", 等级="critical"),
    rule('疾病 先于 "治"', unless='命中 与 "甲" 同 句', name="N-THR-003", 类型="medical-claim"),
    rule('疾病 与 "治" 同 发言', name="N-FOU-004", 类型="medical-claim", 等级="low"),
    rule('出现 "甲" 且 商品.有批号 为 否', name="N-FIV-005", 类型="vulgarity"),
    rule('(出现 "乙" 且 商品.有批号 为 否) 或 出现 /乙+丙/', name="N-SIX-006", 类型="vulgarity"),
    rule('"甲" 与 "乙" 相距 1句 内', name="N-SEV-007", 类型="minors"),
    rule('"甲" ..4字 绝对化用语 ..4字 "乙"', name="N-EIG-008", 类型="minors", 等级="critical"),
    rule('"丙" 与 疾病 相距 40字 内 跨句', unless="命中 渠道 为 弹幕", name="N-NIN-009", 类型="minors"),
    rule("疾病 说话人 为 助播", unless="命中 与 绝对化用语 同 发言", name="N-TEN-010", 类型="superstition"),
    rule(
        "原文 绝对化用语",
        unless='("不是" 与 "甲" 相距 9字 内 跨句) 含有 命中',
        name="N-ELE-011",
        类型="minors",
    ),
    rule("语义(medical-claim) >= 0.5", unless="命中 与 疾病 同 句", name="S-ONE-001", 类型="medical-claim"),
]
WIDE = [
    rule('出现 绝对化用语 且 出现 "甲"', name="W-ONE-001", 类型="minors"),
    rule('出现 疾病 且 非 出现 "乙"', name="W-TWO-002", 类型="inducement"),
    rule(
        "出现 疾病",
        unless='出现 "丙" 或 (命中 与 绝对化用语 同 句 且 非 出现 "甲")',
        name="W-THR-003",
        类型="superstition",
    ),
    rule(
        '出现 "治"', unless='商品.有批号 为 否 或 (全文 未出现 "甲" 且 未出现 "丙")', name="W-FOU-004", 类型="vulgarity"
    ),
    rule("绝对化用语 次数 >= 3", name="W-FIV-005", 类型="false-scarcity"),
    rule("出现 疾病 且 (疾病 或 绝对化用语) 次数 < 4", name="W-SIX-006", 类型="counterfeit"),
    rule("绝对化用语 次数 >= 2 每 10秒", name="W-SEV-007", 类型="discrimination", 环节="transcript"),
    rule("绝对化用语 与 疾病 相距 12秒 内", name="T-ONE-001", 类型="superstition", 环节="transcript"),
    rule(
        '疾病 先于 "甲" 相距 20秒 内 且 出现 "丙"',
        unless="命中 与 绝对化用语 相距 8秒 内",
        name="T-TWO-002",
        类型="vulgarity",
        环节="transcript",
    ),
    rule("绝对化用语 次数 >= 2 每段", name="W-EIG-008", 类型="minors"),
    rule('出现 "甲" 且 疾病 次数 < 2 每段', unless="绝对化用语 次数 >= 2 每段", name="W-NIN-009", 类型="price-fraud"),
    rule("在 疾病 之后 20秒 内 未出现 绝对化用语", name="D-ONE-001", 类型="privacy-leak", 环节="transcript"),
    rule('在 疾病 之后 8字 内 未出现 "甲"', name="D-TWO-002", 类型="unlicensed"),
    rule('在 "治" 之后 2句 内 未出现 "丙"', name="D-THR-003", 类型="prohibited-goods"),
    rule('出现 "甲" 且 在 开场 15秒 内 未出现 "丙"', name="D-FOU-004", 类型="prize-excess", 环节="transcript"),
    rule('出现 "甲" 且 全文 未出现 疾病', unless="命中 被否定", name="D-FIV-005", 类型="price-fraud"),
    rule('在 绝对化用语 之后 直到 "丙" 未出现 "甲"', name="D-SEV-007", 类型="counterfeit"),
    rule('语义(medical-claim) >= 0.5 且 出现 "丙"', unless='非 出现 "甲"', name="S-TWO-002", 类型="price-fraud"),
    rule('(出现 "乙" 且 全文 未出现 "丙") 或 "治" 与 "乙" 同 分句', name="D-SIX-006", 类型="unfair-terms"),
]


class Nourished(Reader):
    """A second reader that takes every stretch which nourishes for a medical claim."""

    def study(self, document: Document) -> Study:
        found = cuts(document)
        hits = [cut for cut in found if "滋润" in document.text[cut.start : cut.end]]
        return Study(tuple(SemanticHit(Kind.MEDICAL_CLAIM, cut.start, cut.end, 0.9, 0.9, ()) for cut in hits), ())


@cache
def small() -> Judge:
    made = compiled(*NEAR, *WIDE)
    assert not made.errors, [(d.code, d.values) for d in made.errors]
    _, schema = registries()
    scanner = Scanner(made.groups, COVERS)
    return Judge(made.rules, scanner, schema, Stances(LEXICONS), "small", Nourished())


WORDS = [
    *("最好", "最", "好", "第一", "第一次", "最近", "顶级", "最好的我们"),
    *("湿疹", "湿", "疹", "失眠", "治", "甲", "乙", "丙", "依据"),
    *(
        "不是",
        "不",
        "如果",
        "吗",
        "有人说",
        "“",
        "”",
        "，",
        "。",
        "？",
        "！",
        "「",
        "」",
        "的",
        "很滋润",
        " ",
        "\n",
        "★",
    ),
]
texts = st.lists(st.sampled_from(WORDS), max_size=10).map("".join)
LONGEST = 600
"""Speech that goes on for much longer without a breath is cut, and only its closing report is that of a review."""
fillers = st.sampled_from(["很滋润" * 30, "很滋润，" * 30, "滋润。" * 40])  # so that what came before is settled


@st.composite
def streams(draw: st.DrawFn) -> list[HeardSegment]:
    """Segments as they arrive: cut anywhere, by several speakers, timed or not, some sent again with other words."""
    text = draw(st.lists(texts | texts | fillers, min_size=1, max_size=28))
    text = [part for part, before in zip(text, accumulate(map(len, text), initial=0), strict=False) if before < LONGEST]
    timed = draw(st.booleans())
    stream: list[HeardSegment] = []
    clock = 0.0
    for part in text:
        cut = draw(st.integers(0, len(part)))
        for piece in (part[:cut], part[cut:]):
            clock += draw(st.sampled_from([0.0, 0.5, 1, 4, 40]))
            start, clock = clock, clock + draw(st.sampled_from([0.5, 3]))
            times = {"t_start": start, "t_end": clock} if timed else {}
            speaker = draw(st.sampled_from(["主播", "主播", "主播", "助播"]))
            channel = draw(st.sampled_from([None, None, None, "弹幕"]))
            stream.append(HeardSegment(text=piece, speaker=speaker, channel=channel, sequence=2 * len(stream), **times))
    return stream


@st.composite
def revised(draw: st.DrawFn) -> list[HeardSegment]:
    """The same, with some segments sent again with other words, and some that come late."""
    stream = draw(streams())
    out = list(stream)
    for _ in range(draw(st.integers(0, 4))):
        again = draw(st.sampled_from(stream))
        at = draw(st.integers(out.index(again) + 1, len(out)))
        out.insert(at, again.model_copy(update={"text": draw(texts)}))
    for _ in range(draw(st.integers(0, 2))):
        late = draw(st.sampled_from(stream))
        sequence = (late.sequence or 0) + 1
        if all(segment.sequence != sequence for segment in out):
            out.insert(
                draw(st.integers(0, len(out))), late.model_copy(update={"sequence": sequence, "text": draw(texts)})
            )
    return out


sources = st.sampled_from([Source.TRANSCRIPT, Source.TRANSCRIPT, Source.DANMAKU])
facts = st.sampled_from([{}, {"商品.有批号": False}, {"商品.有批号": True}])


def session(source: Source = Source.TRANSCRIPT, facts: dict[str, bool] | None = None) -> Session:
    about = Broadcast.model_validate(
        {"id": "b", "source": source, "category": Category.COSMETICS, "facts": facts or {}}
    )
    return Session(small(), about, DAY)


def keys(findings: tuple[Finding, ...]) -> set[Key]:
    return {key_of(finding) for finding in findings}


def so_far(live: Session) -> set[Key]:
    return keys(small().review(live.document, DAY, ongoing=True).findings)


@settings(max_examples=150)
@given(revised(), sources, facts)
def test_while_it_runs_what_stands_is_what_a_review_of_the_words_so_far_finds(
    stream: list[HeardSegment], source: Source, facts: dict[str, bool]
) -> None:
    live = session(source, facts)
    for segment in stream:
        live.feed(segment)
        assert keys(live.standing) == so_far(live)


@settings(max_examples=100)
@given(revised(), sources, facts)
def test_the_closing_report_is_that_of_the_same_document(
    stream: list[HeardSegment], source: Source, facts: dict[str, bool]
) -> None:
    live = session(source, facts)
    alerts = [alert for segment in stream for alert in live.feed(segment)]
    report = live.close()
    assert report == small().review(live.document, DAY)
    assert live.document.segments == tuple(_last_words(stream)) or not stream
    assert keys(live.standing) == keys(report.findings)
    assert _left([*alerts, *live.closing]) == sorted((f.rule, f.text) for f in report.findings)


def _last_words(stream: list[HeardSegment]) -> list[Segment]:
    by_sequence = {segment.sequence: segment for segment in stream}
    ordered = [by_sequence[sequence] for sequence in sorted(by_sequence, key=lambda s: s or 0)]
    return [Segment(**s.model_dump(exclude={"id", "sequence"})) for s in ordered]


def _left(alerts: list[Alert]) -> list[tuple[str, str]]:
    """What was raised and not withdrawn; every number is raised once and withdrawn at most once, later."""
    standing: dict[int, Finding] = {}
    used: set[int] = set()
    for alert in alerts:
        if alert.state is AlertState.RAISED:
            assert alert.number not in used
            used.add(alert.number)
            standing[alert.number] = alert.finding
        else:
            assert alert.reason
            assert standing.pop(alert.number).rule == alert.finding.rule
    return sorted((finding.rule, finding.text) for finding in standing.values())
