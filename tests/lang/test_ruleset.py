"""A set of rules says of each what the rule itself says; rules that are kept are made only when asked for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lang import tree
from compliance.lang.limits import denied
from compliance.lang.rule import Rule
from compliance.lang.ruleset import RuleSet
from compliance.lang.walk import walk
from compliance.model.vocabulary import Category, Source, Stage
from compliance.release.graph.reading import Apart, loads
from compliance.release.graph.writing import dumps
from small_release import compiled, rule

WHENS = (
    "出现 绝对化用语",
    "绝对化用语 与 疾病 相距 3字 内",
    "出现 疾病 且 商品.类目 为 食品",
    "出现 绝对化用语 且 非 商品.类目 属于 (食品、药品)",
    "商品.类目 为 食品 且 全文 未出现 疾病",
    "商品.类目 为 食品",
)
MADE = compiled(
    *(rule(when, unless="命中 位于 疾病 内" if n % 2 else "", name=f"T-ONE-{n:03}") for n, when in enumerate(WHENS))
)
DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 9))


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """The small rules in any order, for any sources, days and stages; some more than once, under other names."""
    return [
        replace(
            each,
            id=f"T-ANY-{number:03}",
            sources=frozenset(draw(st.sets(st.sampled_from(Source), min_size=1))),
            stage=draw(st.sampled_from(Stage)),
            effective_from=draw(DAYS),
            effective_to=draw(st.none() | DAYS),
        )
        for number, each in enumerate(draw(st.lists(st.sampled_from(MADE.rules), max_size=12)))
    ]


def groups(rule: Rule) -> set[int]:
    parts = [rule.condition, *(each.condition for each in rule.exceptions)]
    return {node.group for part in parts for node in walk(part) if isinstance(node, tree.Occurs)}


def test_the_small_rules_are_sound() -> None:
    assert (len(MADE.rules), MADE.errors) == (len(WHENS), [])
    assert any(rule.atoms is None for rule in MADE.rules)


@pytest.mark.parametrize("kept", [False, True])
@given(rules(), st.sampled_from(Stage), st.sampled_from(Source), st.none() | st.sampled_from(Category), DAYS)
def test_a_part_is_what_its_rules_say(
    kept: bool, all_rules: list[Rule], stage: Stage, source: Source, category: Category | None, day: date
) -> None:
    whole = RuleSet.of(all_rules)
    if kept:
        whole = loads(dumps(whole))
    staged = [rule for rule in all_rules if rule.stage is stage]
    wanted = [
        rule
        for rule in staged
        if source in rule.sources and not (category is not None and denied(rule.condition, category))
    ]
    part = whole.staged(stage).concerning(source, category)
    assert part.groups == {group for rule in wanted for group in groups(rule)}
    numbers = [all_rules.index(rule) for rule in wanted]
    assert part.unprompted == [n for n in numbers if all_rules[n].atoms is None]
    assert dict(enumerate(part.by_atom)) == {
        group: [n for n in numbers if group in (all_rules[n].atoms or ())] for group in range(len(part.by_atom))
    }
    assert part.in_force(reversed(numbers), day) == [rule for rule in wanted if rule.in_force(day)]
    assert part.named(rule.id for rule in wanted) == wanted
    assert (list(part), part[0:2], len(part)) == (wanted, tuple(wanted[:2]), len(wanted))
    assert list(whole) == all_rules


@given(rules())
def test_rules_that_nobody_asks_for_are_not_made(all_rules: list[Rule]) -> None:
    whole = RuleSet.of(all_rules)
    again: RuleSet = loads(dumps(whole))
    assert again == whole
    untouched: RuleSet = loads(dumps(again))
    bodies = untouched._bodies
    assert isinstance(bodies, Apart)
    for number in range(0, len(whole), 2):
        assert untouched[number] == all_rules[number]
        assert untouched[number] is untouched[number]
    assert set(bodies._made) == set(range(0, len(whole), 2))
