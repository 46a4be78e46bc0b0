"""Operators that keep some hits: inside and containing others, by voice and channel, as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.document import Document, Segment
from compliance.model.report import Report
from compliance.model.vocabulary import Outcome, Source
from small_release import found, judge, review, rule, transcript

HIT_HOLDS = judge(rule("疾病 与 绝对化用语 同 句", unless='命中 含有 "据说"'))
INSIDE_HIT = judge(rule("疾病 与 绝对化用语 同 句", unless='"据说" 位于 命中 内'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("湿疹，据说最好", []), ("据说湿疹最好", ["湿疹最好"]), ("湿疹最好。湿疹据说最好", ["湿疹最好"])],
)
def test_what_the_hit_holds_excuses_it(text: str, expected: list[str]) -> None:
    assert found(review(HIT_HOLDS, text)) == found(review(INSIDE_HIT, text)) == expected


SPANS = st.lists(st.sampled_from(["甲", "乙", "甲乙甲", "丙", "。"]), max_size=10).map("".join)


@given(SPANS)
def test_inside_and_contains_are_two_sides_of_one_relation(text: str) -> None:
    holding = review(rule('"甲乙甲" 含有 "乙"'), text)
    held = review(rule('"乙" 位于 "甲乙甲" 内'), text)
    assert {(f.start, f.end) for f in holding.findings} == {(f.start - 1, f.end + 1) for f in held.findings}
    assert found(review(rule('"甲乙甲"'), text)) == found(holding)


def test_a_container_may_be_put_together() -> None:
    between = judge(rule('"丙" 位于 ("甲" 先于 "乙" 相距 2句 内) 内'))
    assert found(review(between, "甲。丙。乙。丙")) == ["丙"]


def test_a_container_that_may_count_asks() -> None:
    maybe = judge(rule('疾病 位于 ("甲" 先于 "乙" 且 商品.有批号 为 是) 内'))
    outcomes = [f.outcome for f in review(maybe, "甲湿疹乙").findings]
    assert outcomes == [Outcome.ASKS]
    assert found(review(maybe, "甲湿疹乙", facts={"商品.有批号": "是"})) == ["湿疹"]
    assert found(review(maybe, "甲湿疹乙", facts={"商品.有批号": "否"})) == []


HOST = judge(rule("疾病 说话人 为 主播"))
EITHER = judge(rule("疾病 说话人 属于 (cohost、“小李”)"))
VIEWER = judge(rule("疾病 说话人 为 观众"))
DANMAKU = judge(rule("疾病 渠道 为 弹幕"))
VOICE = judge(rule("疾病 渠道 为 口播"))


def said(speaker: str | None, channel: str | None = None, source: Source = Source.TRANSCRIPT) -> Document:
    segment = Segment(text="湿疹", t_start=1, speaker=speaker, channel=channel)
    return Document(id="d", source=source, segments=(segment,))


@pytest.mark.parametrize(
    ("speaker", "fires"),
    [
        ("主播", {"host"}),
        ("主播小王", {"host"}),
        ("Host2", {"host"}),
        ("助播", {"either"}),
        ("小李", {"either"}),
        ("小陈", set()),
    ],
)
def test_speakers_are_known_by_role_or_name(speaker: str, fires: set[str]) -> None:
    document = said(speaker)
    rules = {"host": HOST, "either": EITHER, "viewer": VIEWER}
    assert {name for name, chosen in rules.items() if found(review(chosen, document))} == fires


def outcomes(report: Report) -> list[Outcome]:
    return [f.outcome for f in report.findings]


def test_who_speaks_in_a_transcript_without_names_is_asked() -> None:
    report = review(HOST, said(None))
    assert outcomes(report) == [Outcome.ASKS]
    assert "是谁说的" in report.findings[0].questions[0]


def test_a_script_without_names_is_spoken_by_the_host() -> None:
    assert outcomes(review(HOST, "湿疹")) == [Outcome.FIRES]
    assert outcomes(review(VIEWER, "湿疹")) == []


@pytest.mark.parametrize(
    ("document", "danmaku"),
    [
        (said("主播", "danmaku"), True),
        (said("某某", None, Source.DANMAKU), True),
        (said("主播"), False),
        (said(None, None, Source.SCRIPT), False),
    ],
)
def test_danmaku_is_a_channel_and_said_by_viewers(document: Document, danmaku: bool) -> None:
    assert bool(found(review(DANMAKU, document))) is danmaku
    assert bool(found(review(VOICE, document))) is not danmaku
    assert bool(found(review(VIEWER, document))) is danmaku


def test_host_answers_danmaku() -> None:
    agrees = judge(rule('("怎么买" 渠道 为 弹幕) 先于 ("加我" 说话人 为 主播) 相距 2句 内'))
    asked = Segment(text="怎么买呀", t_start=1, speaker="u1", channel="danmaku")
    answered = Segment(text="想要的加我", t_start=3, speaker="主播")
    document = Document(id="d", source=Source.TRANSCRIPT, segments=(asked, answered))
    assert found(review(agrees, document)) == ["怎么买呀\n想要的加我"]
    assert found(review(agrees, transcript((1, "怎么买呀"), (3, "想要的加我")))) == []


def test_a_hit_over_two_voices_belongs_to_neither() -> None:
    both = judge(rule('("甲" 先于 "乙" 相距 2句 内) 说话人 为 主播'))
    assert found(review(both, transcript((1, "甲", "主播"), (2, "乙", "助播")))) == []
    assert found(review(both, transcript((1, "甲", "主播"), (2, "乙", "主播")))) == ["甲\n乙"]


AS_WRITTEN = judge(rule("原文 绝对化用语"))
PATTERN_AS_WRITTEN = judge(rule("原文 /最.{0,2}好/"))


@pytest.mark.parametrize(
    ("text", "expected"), [("最好", ["最好"]), ("最 好", []), ("頂級 顶级", ["顶级"]), ("最★好最好", ["最好"])]
)
def test_as_written_leaves_disguise_out(text: str, expected: list[str]) -> None:
    assert found(review(AS_WRITTEN, text)) == expected


def test_patterns_as_written() -> None:
    assert found(review(PATTERN_AS_WRITTEN, "最的好")) == ["最的好"]
    assert found(review(PATTERN_AS_WRITTEN, "最頂好")) == []
    assert found(review(rule("/最.{0,2}好/"), "最頂好")) == ["最頂好"]
