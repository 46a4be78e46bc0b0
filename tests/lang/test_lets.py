"""设: names for conditions inside a rule."""

from dataclasses import replace

import pytest

from compliance.lang.compile import Compiled
from compliance.lang.rule import Rule
from small_release import compiled, found, review, rule


def with_lets(when: str, *lets: str, unless: str = "") -> str:
    lines = "".join(f"  设 {each}\n" for each in lets)
    return rule(when, unless=unless).replace("  当 ", f"{lines}  当 ")


def meaning(made: Compiled) -> Rule:
    assert not made.errors, [(d.code, d.values) for d in made.errors]
    (one,) = made.rules
    return replace(one, condition_text="", exceptions=tuple(replace(e, text="") for e in one.exceptions))


@pytest.mark.parametrize(
    ("named", "written_out"),
    [
        (with_lets("夸大", "夸大 = 绝对化用语 先于 疾病"), rule("绝对化用语 先于 疾病")),
        (
            with_lets("出现 夸大 同 句", "夸大 = 疾病").replace("出现 夸大 同 句", "疾病 与 夸大 同 句"),
            rule("疾病 与 疾病 同 句"),
        ),
        (
            with_lets("乙 且 商品.有批号 为 否", "甲 = 疾病 被否定", "乙 = 甲 或 绝对化用语"),
            rule("(疾病 被否定 或 绝对化用语) 且 商品.有批号 为 否"),
        ),
        (
            with_lets("疾病", "引用 = 命中 位于 引号 内", unless="引用 且 命中 被转述"),
            rule("疾病", unless="命中 位于 引号 内 且 命中 被转述"),
        ),
        (with_lets('"丙" 位于 夸大 内', "夸大 = 疾病 先于 疾病"), rule('"丙" 位于 (疾病 先于 疾病) 内')),
    ],
)
def test_a_name_stands_for_its_condition(named: str, written_out: str) -> None:
    assert meaning(compiled(named)) == meaning(compiled(written_out))


def test_english_lets() -> None:
    english = with_lets("夸大", "夸大 = 疾病 negated").replace("  设 ", "  let ")
    assert meaning(compiled(english)) == meaning(compiled(with_lets("夸大", "夸大 = 疾病 被否定")))


def test_the_explanation_says_what_a_name_stands_for() -> None:
    source = with_lets("乙", "甲 = 疾病 被否定", "乙 = 甲 或 绝对化用语")
    assert compiled(source).rules[0].condition_text == "乙（其中 甲 = 疾病 被否定；乙 = 甲 或 绝对化用语）"
    assert found(review(source, "最好")) == ["最好"]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (with_lets("甲", "甲 = 甲 被否定"), ["E036"]),
        (with_lets("甲", "甲 = 乙", "乙 = 疾病"), ["E036"]),
        (with_lets("甲", "甲 = 疾病", "甲 = 绝对化用语"), ["E007"]),
        (with_lets("疾病", "疾病 = 绝对化用语"), ["E007"]),
        (with_lets("甲", "甲 = 没有这个"), ["E006"]),
        (with_lets("甲 或 甲", "甲 = 没有这个"), ["E006"]),
        (with_lets("甲", "甲 = 且"), ["E001"]),
        (with_lets("疾病", "甲 = 疾病"), ["W101"]),
        (with_lets("甲", "甲 = 命中 被否定"), ["E018"]),
        (with_lets("甲3", *(f"甲{i} = {'非 ' * 25}甲{i - 1}" if i else "甲0 = 疾病" for i in range(4))), ["E029"]),
    ],
)
def test_mistakes_with_names_are_told_once(source: str, codes: list[str]) -> None:
    assert [d.code for d in compiled(source).diagnostics] == codes


def test_names_that_double_are_bounded() -> None:
    lets = ["甲0 = 疾病", *(f"甲{i} = 甲{i - 1} 或 甲{i - 1}" for i in range(1, 60))]
    codes = {d.code for d in compiled(with_lets("甲59", *lets)).diagnostics}
    assert codes == {"E035"}
