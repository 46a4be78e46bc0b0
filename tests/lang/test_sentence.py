"""Rules as sentences: every tree is told in both languages, and the telling says what matters."""

from dataclasses import replace

import pytest
from hypothesis import given
from rule_trees import CONDITIONS

from compliance.lang import tree
from compliance.lang.sentence import sentence
from compliance.lang.walk import walk
from small_release import compiled, rule

ANY = compiled(rule("疾病")).rules[0]


def told(when: str, unless: str = "") -> tuple[str, str]:
    (made,) = compiled(rule(when, unless=unless, 环节="script")).rules
    return sentence(made, "zh"), sentence(made, "en")


@pytest.mark.parametrize(
    ("when", "unless", "chinese", "english"),
    [
        (
            "绝对化用语 与 疾病 相距 8字 内",
            "命中 被否定 或 命中 位于 引号 内",
            "在话术脚本里，「绝对化用语」与「疾病」相隔不超过 8字的，按 T-ONE-001 报告；"
            "但这一处被否定，或者这一处在引号里的，不报。",
            "In script, T-ONE-001 reports where a word of 「绝对化用语」 stands within 8chars of a word of 「疾病」, "
            "unless the hit is denied, or the hit stands inside quotation marks.",
        ),
        (
            "出现 疾病 且 全文 未出现 “提醒” 且 商品.售价 > 5万元",
            "",
            "在话术脚本里，出现「疾病」，并且全文没有说“提醒”，并且商品.售价 > 5万元的，按 T-ONE-001 报告。",
            "In script, T-ONE-001 reports where a word of 「疾病」 is said and “提醒” is nowhere said "
            "and 商品.售价 > 50000CNY.",
        ),
    ],
)
def test_a_rule_is_told(when: str, unless: str, chinese: str, english: str) -> None:
    assert told(when, unless) == (chinese, english)


@given(CONDITIONS)
def test_every_condition_is_told_in_both_languages(condition: tree.Expr) -> None:
    made = replace(ANY, condition=condition)
    chinese, english = sentence(made, "zh"), sentence(made, "en")
    for node in walk(condition):
        if isinstance(node, tree.FactIs | tree.FactCompares):
            assert node.path in chinese
            assert node.path in english
        if isinstance(node, tree.Occurs) and isinstance(node.words, tree.Word):
            assert f"“{node.words.text}”" in chinese
            assert f"“{node.words.text}”" in english
