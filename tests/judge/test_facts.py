"""Facts and evidence: three values, a closed world for evidence, and plain errors."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.facts import FactError
from compliance.model.document import Document, Evidence
from compliance.model.vocabulary import Outcome
from small_release import DAY, found, judge, review, rule

# Three values: 商品.有批号 is a fact, 疾病 and 绝对化用语 are words; the answer is what the rule says.
FACT = {"yes": {"商品.有批号": True}, "no": {"商品.有批号": False}, "unknown": {}}
PRICE = {"yes": {"商品.售价": 9}, "no": {"商品.售价": 99}, "unknown": {}}
ORDER = ["no", "unknown", "yes"]
TRUTHS = list(product(ORDER, ORDER))
ANSWER = {frozenset(): "no", frozenset({Outcome.ASKS}): "unknown", frozenset({Outcome.FIRES}): "yes"}


def answer(when: str, facts: dict[str, object], text: str = "湿疹") -> str:
    return ANSWER[frozenset(f.outcome for f in review(rule(when), text, facts=facts).findings)]


@pytest.mark.parametrize(("left", "right"), TRUTHS)
def test_and_takes_the_least(left: str, right: str) -> None:
    least = min(left, right, key=ORDER.index)
    assert answer("疾病 且 商品.有批号 为 是 且 商品.售价 < 50元", FACT[left] | PRICE[right]) == least


@pytest.mark.parametrize(("left", "right"), TRUTHS)
def test_or_takes_the_greatest(left: str, right: str) -> None:
    greatest = max(left, right, key=ORDER.index)
    assert answer("疾病 且 (商品.有批号 为 是 或 商品.售价 < 50元)", FACT[left] | PRICE[right]) == greatest


@pytest.mark.parametrize("value", ORDER)
def test_not_turns_it_round(value: str) -> None:
    assert answer("疾病 且 非 商品.有批号 为 是", FACT[value]) == ORDER[2 - ORDER.index(value)]


@pytest.mark.parametrize(("value", "expected"), [("yes", "no"), ("no", "yes"), ("unknown", "unknown")])
def test_an_exception_that_cannot_be_decided_asks(value: str, expected: str) -> None:
    report = review(rule("出现 疾病", unless="商品.有批号 为 是"), "湿疹", facts=FACT[value])
    assert ANSWER[frozenset(f.outcome for f in report.findings)] == expected


def test_a_sure_exception_beats_an_undecided_one() -> None:
    report = review(rule("出现 疾病", unless="商品.有批号 为 是 或 命中 被否定"), "不是湿疹")
    assert report.findings == ()
    assert "被否定" in report.excused[0].reason


def test_a_question_names_the_fact_and_who_knows_it() -> None:
    (asked,) = review(rule("疾病 且 商品.有批号 为 否"), "湿疹").findings
    assert asked.questions == ("有没有批号？（运营提供「商品.有批号」）",)
    assert "有没有批号？" in asked.explanation
    assert (asked.start, asked.end) == (0, 2)


def test_each_hit_is_sure_or_open_by_itself() -> None:
    """A part of 或 that hangs on a missing fact asks for its own words; the other part's words still fire."""
    when = "(出现 疾病 且 商品.有批号 为 否) 或 出现 绝对化用语"
    outcomes = {f.text: f.outcome for f in review(rule(when), "湿疹用它最好").findings}
    assert outcomes == {"湿疹": Outcome.ASKS, "最好": Outcome.FIRES}
    assert found(review(rule(when), "湿疹用它最好", facts=FACT["yes"])) == ["最好"]


def test_open_words_under_sure_ones_are_not_told_twice() -> None:
    when = '(出现 "最好的" 且 商品.有批号 为 否) 或 出现 绝对化用语'
    assert [(f.text, f.outcome) for f in review(rule(when), "最好的").findings] == [("最好", Outcome.FIRES)]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("((疾病 且 商品.有批号 为 否) 或 绝对化用语) 被否定", "不是湿疹，不是最好"),
        ("((疾病 且 商品.有批号 为 否) 或 绝对化用语) 位于 引号 内", "“湿疹”和“最好”"),
        ('((疾病 且 商品.有批号 为 否) 或 绝对化用语) 与 "甲方" 同 分句', "湿疹甲方，最好甲方"),
    ],
)
def test_operators_keep_open_words_open(when: str, text: str) -> None:
    outcomes = [f.outcome for f in review(rule(when), text).findings]
    assert outcomes == [Outcome.ASKS, Outcome.FIRES]


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("最好最好", {}, "no"),
        ("最好湿疹", {}, "no"),
        ("最好最好湿疹", {}, "unknown"),
        ("最好最好湿疹", FACT["no"], "yes"),
        ("最好最好湿疹", FACT["yes"], "no"),
        ("最好最好最好湿疹", {}, "yes"),
    ],
)
def test_counting_what_is_open(text: str, facts: dict[str, object], expected: str) -> None:
    assert answer("((疾病 且 商品.有批号 为 否) 或 绝对化用语) 次数 >= 3", facts, text) == expected


@pytest.mark.parametrize(
    ("facts", "expected"), [({}, "unknown"), (FACT["no"], "yes"), (FACT["yes"], "no")], ids=["unknown", "no", "yes"]
)
def test_what_may_not_have_been_said_asks(facts: dict[str, object], expected: str) -> None:
    """失眠 counts as the disclaimer only for goods with approval."""
    kept = '("失眠" 且 商品.有批号 为 是)'
    assert answer(f'在 "湿疹" 之后 9字 内 未出现 {kept}', facts, "湿疹失眠") == expected
    assert answer(f'"湿疹" 且 全文 未出现 {kept}', facts, "湿疹失眠") == expected


CONDITIONS = st.recursive(
    st.sampled_from(
        ["疾病", "绝对化用语", "商品.有批号 为 是", "商品.售价 < 50元", "商品.类目 为 食品", "疾病 被否定"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' 且 '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' 或 '.join(parts)})"),
        inner.map(lambda part: f"(非 ({part}))"),
        inner.map(lambda part: f"(({part}) 次数 >= 2)"),
        inner.map(lambda part: f"(({part}) 位于 引号 内)"),
        st.tuples(inner, inner).map(lambda p: f"(({p[0]}) 与 ({p[1]}) 同 句)"),
    ),
    max_leaves=5,
)
FACTS = st.fixed_dictionaries(
    {
        "商品.有批号": st.booleans(),
        "商品.售价": st.sampled_from([9, 99]),
        "商品.类目": st.sampled_from(["food", "drug"]),
    }
)


@given(
    CONDITIONS,
    CONDITIONS,
    FACTS,
    st.text("湿疹最好不。“”", max_size=14),
    st.sampled_from(["商品.有批号", "商品.售价", "商品.类目"]),
)
def test_a_missing_fact_never_turns_a_violation_into_clean(
    when: str, unless: str, facts: dict[str, object], text: str, gone: str
) -> None:
    made = judge(rule(f"(商品.类目 属于 (food、drug)) 且 ({when})", unless=unless))
    known = review(made, text + "湿疹", facts=facts)
    less = review(made, text + "湿疹", facts={name: value for name, value in facts.items() if name != gone})
    if known.findings:
        assert less.findings
    if not less.findings:
        assert not known.findings
    assert all(f.questions for f in less.findings if f.outcome is Outcome.ASKS)
    assert not any(f.questions for f in less.findings if f.outcome is Outcome.FIRES)


# Evidence


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "lacking"),
    [
        (None, None, False),
        (DAY, None, False),
        (None, DAY, False),
        (date(2026, 11, 2), None, True),
        (None, date(2026, 10, 31), True),
        (date(2026, 1, 1), date(2026, 12, 31), False),
    ],
)
def test_evidence_counts_while_it_is_valid(valid_from: date | None, valid_to: date | None, *, lacking: bool) -> None:
    proof = Evidence(kind="price-comparison", valid_from=valid_from, valid_to=valid_to)
    report = review(rule("绝对化用语 且 缺少 证据(比价)"), "最好", evidence=(proof,))
    assert bool(report.findings) is lacking


def test_evidence_is_a_closed_world() -> None:
    made = judge(rule("绝对化用语 且 缺少 证据(比价)"))
    assert found(review(made, "最好")) == ["最好"]
    assert found(review(made, "最好", evidence=(Evidence(kind="荣誉证书"),))) == ["最好"]
    assert found(review(made, "最好", evidence=(Evidence(kind="比价"),))) == []


# What a document may state


def test_facts_have_two_names() -> None:
    made = judge(rule("疾病 且 商品.售价 < 50元"))
    assert found(review(made, "湿疹", facts={"product.price": 9})) == ["湿疹"]
    assert found(review(made, "湿疹", facts={"商品.售价": "9"})) == ["湿疹"]


def test_the_document_answers_for_itself() -> None:
    assert found(review(rule("疾病 且 文档.来源 为 script"), "湿疹")) == ["湿疹"]
    assert found(review(rule("疾病 且 文档.平台 为 「某平台」"), "湿疹", platform="某平台")) == ["湿疹"]
    assert found(review(rule("疾病 且 商品.类目 为 食品"), "湿疹", category="food")) == ["湿疹"]


def test_a_document_that_names_no_platform_is_on_none() -> None:
    excused = judge(rule("疾病", unless="文档.平台 为 「某平台」"))
    assert found(review(excused, "湿疹", platform="某平台")) == []
    assert found(review(excused, "湿疹", platform="别的平台")) == ["湿疹"]
    assert found(review(excused, "湿疹")) == ["湿疹"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"facts": {"商品.批号": "无"}}, ("文档 d", "商品.批号", "可用的事实")),
        ({"facts": {"商品.类目": "水果"}}, ("文档 d", "商品.类目", "食品、药品")),
        ({"facts": {"商品.售价": "很贵"}}, ("文档 d", "商品.售价", "数字")),
        ({"facts": {"商品.售价": "nan"}}, ("文档 d", "商品.售价", "数字")),
        ({"facts": {"直播.口号": ["甲", "乙"]}}, ("文档 d", "直播.口号", "一个值")),
        ({"facts": {"商品.售价": 1, "product.price": 2}}, ("文档 d", "矛盾", "只保留一个")),
        ({"facts": {"商品.类目": "food"}, "category": "drug"}, ("文档 d", "矛盾")),
        ({"evidence": (Evidence(kind="发票"),)}, ("文档 d", "发票", "比价")),
    ],
)
def test_facts_that_do_not_fit_are_refused_in_one_sentence(fields: dict[str, object], words: tuple[str, ...]) -> None:
    document = Document.model_validate({"id": "d", "text": "湿疹", **fields})
    with pytest.raises(FactError) as caught:
        judge(rule("出现 疾病")).review(document, DAY)
    assert all(word in str(caught.value) for word in words)
    assert "\n" not in str(caught.value)
