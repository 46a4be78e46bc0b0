"""Which conditions are decided near their words, and which speak of the whole broadcast."""

from typing import get_args

import pytest

from compliance.lang import tree
from compliance.live.roles import WIDE, is_local, reach_of, roles
from compliance.live.session import Session
from compliance.model.broadcast import AlertState, Broadcast
from compliance.model.document import Segment
from small_release import DAY, compiled, judge, rule

NEAR_WORDS = {
    *(tree.Occurs, tree.HitRef, tree.Semantic, tree.AsWritten, tree.Near, tree.SameSpan, tree.Before, tree.Inside),
    *(tree.Contains, tree.Cued, tree.Voiced, tree.Numeric),
}
WITHOUT_WORDS = {tree.FactIs, tree.FactCompares, tree.LacksEvidence}


def test_every_operator_has_its_place() -> None:
    """A new one is taken for a relation between hits near each other; one about all that was said belongs to WIDE."""
    assert set(get_args(tree.Expr)) == NEAR_WORDS | WITHOUT_WORDS | set(WIDE)


@pytest.mark.parametrize(
    ("when", "unless", "local", "close"),
    [
        ("出现 疾病", "命中 被否定", True, True),
        ("(疾病 先于 绝对化用语) 且 商品.有批号 为 否", "", True, True),
        ("出现 疾病 或 出现 绝对化用语", "命中 位于 引号 内", True, False),
        ("疾病 与 绝对化用语 相距 2句 内", "", True, False),
        ("疾病 与 绝对化用语 相距 30字 内 跨句", "", True, False),
        ("出现 疾病 且 出现 绝对化用语", "", False, True),
        ("出现 疾病", "出现 绝对化用语", False, True),
        ("出现 疾病 且 非 出现 绝对化用语", "", False, True),
        ("疾病 次数 >= 3", "", False, False),
        ("出现 疾病 且 全文 未出现 绝对化用语", "", False, True),
        ("在 疾病 之后 9字 内 未出现 绝对化用语", "", False, False),
    ],
)
def test_what_a_rule_needs(when: str, unless: str, local: bool, close: bool) -> None:
    (made,) = compiled(rule(when, unless=unless)).rules
    split = roles(made)
    assert (split.local, split.close) == (local, close)
    assert is_local(made.condition) is (local or unless == "出现 绝对化用语")


def test_how_far_relations_reach_in_all() -> None:
    nested = '(疾病 与 "甲" 相距 30字 内 跨句) 与 (绝对化用语 与 "乙" 相距 2句 内) 相距 40字 内 跨句'
    (made,) = compiled(rule(nested)).rules
    assert reach_of(made) == (2, 70)


def test_what_cannot_be_taken_apart_is_judged_at_the_end() -> None:
    live = Session(judge(rule('(出现 疾病 且 出现 "甲") 与 绝对化用语 相距 9字 内')), Broadcast(id="b"), DAY)
    assert live.deferred == ("T-ONE-001",)
    assert live.feed(Segment(text="湿疹，最好。甲。")) == []
    assert live.close().findings == live.standing
    assert [(alert.state, alert.finding.text) for alert in live.closing] == [(AlertState.RAISED, "湿疹，最好")]
