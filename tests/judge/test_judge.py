"""What a report says: which rules run, what is told about a finding, the same for the same document."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.document import Document, Place, Segment
from compliance.model.report import Report
from compliance.model.vocabulary import Category, Kind, SeenAs, Source, Verdict
from small_release import DAY, found, judge, review, rule, transcript

TWO_RULES = judge(
    rule("绝对化用语", unless="命中 被否定", 说明="「不能说“{命中}”」", 改为="「删去“{hit}”」"),
    rule("疾病 且 商品.有批号 为 否", name="T-TWO-002", 类型="medical-claim", 处置="拦截", 等级="critical"),
)
RELATED = judge(
    rule("绝对化用语 与 疾病 相距 3字 内"),
    rule("在 疾病 之后 4字 内 未出现 绝对化用语", name="T-TWO-002", 类型="missing-disclaimer"),
    rule("绝对化用语 位于 引号 内", name="T-SIX-006", 类型="vulgarity"),
)


def test_a_finding_explains_itself() -> None:
    (told,) = review(TWO_RULES, "全网最 好的面霜").findings
    assert (told.start, told.end, told.text) == (2, 5, "最 好")
    assert (told.rule, told.title, told.kind) == ("T-ONE-001", "测试规则", Kind.ABSOLUTE_CLAIM)
    assert (told.seen_as, told.confidence) == (SeenAs.NOISE, 0.9)
    assert told.message == "不能说“最 好”"
    assert told.suggestion == "删去“最 好”"
    for part in (
        "由「最 好」去除夹杂符号得到「最好」",
        "规则 T-ONE-001",
        "「绝对化用语」",
        "「命中 被否定」",
        "《广告法》第九条第三项",
    ):
        assert part in told.explanation
    assert told.exposure.max == 1_000_000
    assert told.exposure.basis == ("广告法 第五十七条：违禁用语",)
    assert told.contribution == 33.0


def test_a_merged_match_is_seen_the_least_direct_way() -> None:
    (told,) = review(rule("绝对化用语 与 疾病 同 句"), "最好的湿 疹膏").findings
    assert (told.text, told.seen_as, told.confidence) == ("最好的湿 疹", SeenAs.NOISE, 0.9)


def test_places_and_times_are_those_of_the_segment() -> None:
    document = Document(
        id="d",
        source=Source.TRANSCRIPT,
        title="一场",
        category=Category.FOOD,
        segments=(
            Segment(text="大家好", t_start=1, t_end=2),
            Segment(text="这是最", t_start=2, t_end=3, place=Place(label="第2条", cue=2)),
            Segment(text="好的", t_start=3, t_end=4.5),
        ),
    )
    report = review(TWO_RULES, document)
    (told,) = report.findings
    assert (told.text, told.t_start, told.t_end) == ("最\n好", 2, 4.5)
    assert told.place is not None
    assert told.place.label == "第2条"
    assert (report.id, report.source, report.category, report.title) == ("d", Source.TRANSCRIPT, Category.FOOD, "一场")
    assert (report.release, report.as_of) == ("small", DAY)


def test_verdict_score_and_exposure_of_the_whole() -> None:
    report = review(TWO_RULES, "最好，湿疹", facts={"商品.有批号": False})
    assert report.verdict is Verdict.BLOCK
    assert report.exposure.max == 1_000_000
    assert round(sum(f.contribution for f in report.findings), 1) == report.score
    assert review(TWO_RULES, "甲").verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2015, 12, 31), []), (date(2016, 1, 1), ["最好"]), (date(2016, 12, 31), ["最好"]), (date(2017, 1, 1), [])],
)
def test_only_rules_in_force_speak(day: date, expected: list[str]) -> None:
    made = judge(rule("绝对化用语", 生效="2016-01-01 至 2017-01-01"))
    assert found(made.review(Document(id="d", text="最好"), day)) == expected


def test_only_rules_of_the_source_speak() -> None:
    made = judge(rule("绝对化用语", 环节="listing"))
    assert found(review(made, "最好")) == []
    assert found(review(made, "最好", source="listing")) == ["最好"]


def test_rules_of_one_kind_are_told_once_a_place() -> None:
    made = judge(
        rule("绝对化用语", 罚则="广告法 第五十五条"),
        rule('出现 "全网最好"', name="T-TWO-002", 等级="critical"),
        rule("绝对化用语", name="T-SIX-006", 类型="vulgarity"),
    )
    report = review(made, "全网最好")
    assert [(f.rule, f.also) for f in report.findings] == [("T-TWO-002", ("T-ONE-001",)), ("T-SIX-006", ())]


def test_overlapping_words_of_one_rule_are_one_finding() -> None:
    made = rule('出现 "最好的" 或 出现 "好的东西"')
    assert found(review(made, "最好的东西")) == ["最好的东西"]


TEXTS = st.lists(
    st.sampled_from(["最好", "第一", "湿疹", "不", "，", "。", "\n", "甲", "🎉", "第一次", '"']), max_size=15
).map("".join)


@given(TEXTS, st.sampled_from([{}, {"商品.有批号": True}, {"商品.有批号": False}]))
def test_the_same_document_gives_the_same_report(text: str, facts: dict[str, bool]) -> None:
    first = review(TWO_RULES, text, facts=facts)
    assert review(TWO_RULES, text, facts=facts) == first
    assert Report.model_validate_json(first.model_dump_json()) == first
    for told in [*first.findings, *first.excused]:
        assert told.text == text[told.start : told.end]
    assert first.findings == tuple(sorted(first.findings, key=lambda f: (f.start, f.end, f.rule)))


@given(TEXTS)
def test_the_order_of_rules_does_not_matter(text: str) -> None:
    one, two = (
        rule("绝对化用语", unless="命中 被否定"),
        rule("疾病", name="T-TWO-002", 类型="medical-claim"),
    )
    first, second = review(judge(one, two), text), review(judge(two, one), text)
    assert first.findings == second.findings
    assert sorted(first.excused, key=repr) == sorted(second.excused, key=repr)
    assert (first.score, first.verdict, first.exposure) == (second.score, second.verdict, second.exposure)


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=4))
def test_speech_cut_anywhere_says_the_same(parts: list[str]) -> None:
    whole = "".join(part.replace("\n", "") for part in parts)
    segments = [(float(i), char) for i, char in enumerate(whole)]
    if not segments:
        return
    made = [TWO_RULES, RELATED]
    cut, joined = (
        [review(each, document) for each in made] for document in (transcript(*segments), transcript((0.0, whole)))
    )
    for one, other in zip(cut, joined, strict=True):
        assert [f.text.replace("\n", "") for f in one.findings] == [f.text for f in other.findings]
        assert [f.outcome for f in one.findings] == [f.outcome for f in other.findings]
