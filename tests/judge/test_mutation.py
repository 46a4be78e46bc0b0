"""Mutation: what is dropped or widened in a rule, and whether its examples notice."""

import pytest

from compliance.judge.examples import ExampleRunner
from compliance.judge.mutation import survivors
from compliance.judge.stance import Stances
from compliance.lang.compile import Compiled
from compliance.lang.mutants import Change, mutants
from compliance.words.scanner import Scanner
from small_release import COVERS, LEXICONS, compiled, registries, rule

ALL = {
    "绝对化用语": set(),
    "绝对化用语 且 疾病": {(Change.CONJUNCT, True)},
    "绝对化用语 或 疾病": {(Change.ALTERNATIVE, False)},
    "绝对化用语 与 疾病 相距 3字 内": {(Change.SIDE, True), (Change.DISTANCE, True)},
    "绝对化用语 与 疾病 相距 3秒 内": {(Change.SIDE, True), (Change.DISTANCE, True)},
    "绝对化用语 先于 疾病": {(Change.SIDE, True)},
    "绝对化用语 与 疾病 同 句": {(Change.SIDE, True)},
    "绝对化用语 位于 引号 内": {(Change.SIDE, True)},
    "绝对化用语 被疑问": {(Change.SIDE, True)},
    "原文 绝对化用语": {(Change.SIDE, True)},
    "绝对化用语 ..3字 疾病": {(Change.SIDE, True), (Change.DISTANCE, True)},
    "绝对化用语 次数 >= 2": {(Change.COUNT, True)},
    "绝对化用语 次数 >= 2 每段": {(Change.COUNT, True), (Change.UNIT, True)},
    "在 疾病 之后 4字 内 未出现 绝对化用语": {(Change.DISTANCE, False)},
    '疾病 且 非 (绝对化用语 或 "顶级")': {(Change.CONJUNCT, True), (Change.ALTERNATIVE, True)},
}


def written(when: str, unless: str, *examples: str) -> str:
    """A rule with examples of its own."""
    text = rule(when, unless=unless)
    return text[: text.index("  例 ")] + "".join(f"  例 {example}\n" for example in examples)


def left(made: Compiled) -> list[tuple[Change, int | None]]:
    runner = ExampleRunner(Scanner(made.groups, COVERS), registries()[1], Stances(LEXICONS))
    survived, _ = survivors(made.rules[0], made.groups, runner)
    return [(mutant.change, mutant.exception) for mutant in survived]


@pytest.mark.parametrize("when", ALL)
def test_what_is_changed_in_a_condition(when: str) -> None:
    made = compiled(rule(when))
    assert {(mutant.change, mutant.widens) for mutant in mutants(made.rules[0], made.groups)} == ALL[when]


def test_exceptions_are_dropped_and_changed() -> None:
    made = compiled(rule("绝对化用语", unless="命中 被否定 或 命中 与 疾病 相距 2字 内 且 命中 位于 引号 内"))
    found = [(mutant.exception, mutant.change, mutant.widens) for mutant in mutants(made.rules[0], made.groups)]
    assert found == [
        (0, Change.EXCEPTION, True),
        (1, Change.EXCEPTION, True),
        (1, Change.CONJUNCT, False),
        (1, Change.CONJUNCT, False),
        (1, Change.DISTANCE, False),
    ]


def test_a_mutant_says_where_it_was_changed() -> None:
    text = rule("绝对化用语 且 疾病")
    made = compiled(text)
    parts = [text[m.part.at.start : m.part.at.end] for m in mutants(made.rules[0], made.groups)]
    assert parts == ["绝对化用语", "疾病"]


@pytest.mark.parametrize(
    ("when", "unless", "examples", "survivors_left"),
    [
        ("绝对化用语", "命中 被否定", ("「最好」 应报", "「很好」 不报"), [(Change.EXCEPTION, 0)]),
        ("绝对化用语", "命中 被否定", ("「最好」 应报", "「不是最好」 不报"), []),
        (
            "绝对化用语 且 疾病",
            "",
            ("「最好治湿疹」 应报", "「最好」 不报"),
            [(Change.CONJUNCT, None)],
        ),
        ("绝对化用语 且 疾病", "", ("「最好治湿疹」 应报", "「最好」 不报", "「湿疹」 不报"), []),
        ("绝对化用语 或 疾病", "", ("「最好」 应报", "「好」 不报"), [(Change.ALTERNATIVE, None)]),
        (
            "绝对化用语 与 疾病 相距 3字 内",
            "",
            ("「最好治湿疹」 应报", "「最好」 不报", "「湿疹」 不报"),
            [(Change.DISTANCE, None)],
        ),
        (
            "绝对化用语 与 疾病 相距 3字 内",
            "",
            ("「最好治湿疹」 应报", "「最好的面霜给湿疹的人」 不报"),
            [],
        ),
    ],
)
def test_a_survivor_is_a_missing_example(
    when: str, unless: str, examples: tuple[str, ...], survivors_left: list[tuple[Change, int | None]]
) -> None:
    assert left(compiled(written(when, unless, *examples))) == survivors_left


def test_a_known_gap_notices_nothing() -> None:
    text = written("绝对化用语", "命中 被否定", "「最好」 应报", "「好」 不报").rstrip() + "\n  待改 例 「好」 应报\n"
    gap = compiled(text)
    assert not gap.errors
    assert gap.rules[0].examples[-1].todo
    assert left(gap) == [(Change.EXCEPTION, 0)]
