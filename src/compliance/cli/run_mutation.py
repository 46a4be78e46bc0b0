"""What `compliance policy test --mutate` does: changes rules, and names the examples that are missing."""

from collections.abc import Sequence
from typing import NamedTuple

import typer

from compliance.cli.failure import show
from compliance.cli.progress import tracked
from compliance.judge.examples import ExampleRunner
from compliance.judge.mutation import survivors
from compliance.lang import tree
from compliance.lang.diagnostics import Language
from compliance.lang.mutants import Change, Mutant
from compliance.lang.rule import Rule
from compliance.words.group import WordGroup


class _Words(NamedTuple):
    """What was changed and what kind of example would show it, in one language."""

    chinese: str
    english: str


_CHANGED = {
    Change.EXCEPTION: _Words("去掉例外「{part}」", "without the exception `{part}`"),
    Change.CONJUNCT: _Words("去掉「{part}」", "without `{part}`"),
    Change.ALTERNATIVE: _Words("去掉「或」的一支「{part}」", "without the alternative `{part}`"),
    Change.SIDE: _Words("去掉「{part}」", "without `{part}`"),
    Change.DISTANCE: _Words("「{part}」不限距离", "with no limit in `{part}`"),
    Change.UNIT: _Words("「{part}」不分段", "counted over all segments in `{part}`"),
    Change.COUNT: _Words("「{part}」差一次也算", "with one time more or fewer in `{part}`"),
}
_MISSING = {
    (Change.EXCEPTION, True): _Words("只因这个例外而不报", "excused by this exception alone"),
    (Change.CONJUNCT, True): _Words("其余都满足，只是不满足这一部分", "in which only this part does not hold"),
    (Change.ALTERNATIVE, False): _Words("只由这一支命中", "that this alternative alone finds"),
    (Change.SIDE, True): _Words("有另一边，没有这一边", "with the other side, but without this one"),
    (Change.DISTANCE, True): _Words("两边都有，但超出了距离", "with both sides, but further apart"),
    (Change.DISTANCE, False): _Words("该说的说了，但超出了期限", "in which it is said too late"),
    (Change.UNIT, True): _Words("次数够了，但不在同一段里", "with as many, but in different segments"),
    (Change.COUNT, True): _Words("正好差一次", "that falls short by one"),
}
_IN_EXCEPTION = {
    Change.CONJUNCT: _Words("例外的其余部分成立，只是不满足这一部分", "in which only this part of it does not hold"),
    Change.ALTERNATIVE: _Words("只由这一支排除", "that this alternative alone excuses"),
    Change.DISTANCE: _Words("例外的两边都有，但超出了距离", "with both sides of the exception, but further apart"),
    Change.SIDE: _Words("例外的另一边有，没有这一边", "with the other side of the exception only"),
    Change.UNIT: _Words("例外的次数够了，但不在同一段里", "in which the exception has as many in different segments"),
    Change.COUNT: _Words("例外正好差一次", "in which the exception falls short by one"),
}
_OTHERWISE = _Words("能分清这一部分在与不在", "that tells whether this part is there")
_OUTCOME = {True: _Words("不报", "silent"), False: _Words("应报", "firing")}


class Tally(NamedTuple):
    """How many mutants there were, how many survived, and of how many rules."""

    mutants: int
    survivors: int
    rules: int


def mutate(
    rules: Sequence[Rule],
    groups: Sequence[WordGroup],
    runner: ExampleRunner,
    texts: dict[str, str],
    language: Language,
) -> Tally:
    """Shows every survivor with the example that would notice it. `texts`: the rule files by path."""
    total = left = weak = 0
    for rule in tracked(rules, "变异测试"):
        survived, count = survivors(rule, groups, runner)
        total += count
        left += len(survived)
        weak += bool(survived)
        if survived:
            lines = [_told(mutant, texts[rule.path], language) for mutant in survived]
            show("\n".join([f"{rule.id} {rule.title}（{rule.path}）", *dict.fromkeys(lines)]) + "\n", colour="yellow")
    typer.echo(f"{total} 个变异，{left} 个没有被例子发现，涉及 {weak} 条规则")
    return Tally(total, left, weak)


def _told(mutant: Mutant, text: str, language: Language) -> str:
    index = 0 if language == "zh" else 1
    at = mutant.part.at
    in_exception = mutant.exception is not None and mutant.change is not Change.EXCEPTION
    kind = (_IN_EXCEPTION.get(mutant.change) if in_exception else None) or _MISSING.get(
        (mutant.change, mutant.widens), _OTHERWISE
    )
    changed = _CHANGED[mutant.change][index].format(part=_written(mutant.part, text))
    wanted = kind[index]
    outcome = _OUTCOME[mutant.widens][index]
    place = f"  {at.line}:{at.column}"
    if language == "zh":
        return f"{place} {changed}，例子照样全部通过：缺一个{outcome}的例子，{wanted}"
    return f"{place} {changed} every example still holds: one {outcome} example is missing, {wanted}"


def _written(part: tree.Node, text: str) -> str:
    return " ".join(text[part.at.start : part.at.end].split())
