"""A rule with one thing about it changed, again and again: what its examples must not let pass.

Conjuncts, exceptions, alternatives and sides of relations are dropped; distances, windows and counts are widened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from typing import Any

from compliance.lang import tree
from compliance.lang.atoms import atoms
from compliance.lang.rule import Rule
from compliance.words.group import WordGroup

FAR = 1e9
"""A distance that no text reaches, in characters, sentences or seconds."""


_Relation = tree.Near | tree.Before | tree.SameSpan
_Filter = tree.Inside | tree.Contains | tree.Cued | tree.Voiced | tree.Numeric | tree.AsWritten


_RELATIONS = tree.Near | tree.Before | tree.SameSpan
_RESTRICTIONS = tree.Inside | tree.Cued | tree.Voiced | tree.Numeric | tree.AsWritten
"""What keeps some of the hits of its `inner`."""


class Change(Enum):
    EXCEPTION = auto()  # an exception dropped
    CONJUNCT = auto()  # a part of 且 dropped
    ALTERNATIVE = auto()  # a part of 或 dropped
    SIDE = auto()  # one side of a relation, or what a hit must lie in, dropped
    DISTANCE = auto()  # a distance or window without its limit
    UNIT = auto()  # a count in one segment made one of the whole text
    COUNT = auto()  # one time more or fewer is enough


@dataclass(frozen=True)
class Mutant:
    """`part` is what was dropped, or the relation whose limit was; `widens`: the rule then speaks more often.

    `exception` is the number of the exception that was changed, None when it was the condition.
    """

    rule: Rule
    change: Change
    part: tree.Node
    widens: bool
    exception: int | None = None


@dataclass(frozen=True)
class _Variant:
    node: Any
    change: Change
    part: tree.Node
    widens: bool


def mutants(rule: Rule, groups: Sequence[WordGroup]) -> Iterator[Mutant]:
    """Every mutant of a rule; `groups` are those that the rule was compiled with."""
    for variant in _variants(rule.condition):
        condition = variant.node
        changed = replace(rule, condition=condition, atoms=atoms(condition, groups))
        yield Mutant(changed, variant.change, variant.part, variant.widens)
    for number, exception in enumerate(rule.exceptions):
        before, after = rule.exceptions[:number], rule.exceptions[number + 1 :]
        without = replace(rule, exceptions=before + after)
        yield Mutant(without, Change.EXCEPTION, exception.condition, True, number)
        for variant in _variants(exception.condition):
            other = replace(exception, condition=variant.node)
            changed = replace(rule, exceptions=(*before, other, *after))
            yield Mutant(changed, variant.change, variant.part, not variant.widens, number)


def _variants(node: Any) -> Iterator[_Variant]:
    """The node with one thing below it changed; `widens`: it then holds more often."""
    if isinstance(node, tree.And | tree.Or):
        yield from _without_one(node)
    elif isinstance(node, _Relation | _Filter):
        yield from _sides(node)
    elif isinstance(node, tree.Count):
        yield from _counts(node)
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, tree.Distance):
            wide = replace(value, amount=FAR)
            yield _Variant(_with(node, each.name, wide), Change.DISTANCE, node, not isinstance(node, tree.Missing))
        elif isinstance(value, tuple):
            for number, child in enumerate(value):
                if _is_expression(child):
                    for variant in _variants(child):
                        parts = (*value[:number], variant.node, *value[number + 1 :])
                        yield replace(variant, node=_with(node, each.name, parts))
        elif _is_expression(value):
            flips = isinstance(node, tree.Not) or (isinstance(node, tree.Missing) and each.name == "words")
            for variant in _variants(value):
                yield replace(variant, node=_with(node, each.name, variant.node), widens=variant.widens != flips)


def _without_one(node: tree.And | tree.Or) -> Iterator[_Variant]:
    change = Change.CONJUNCT if isinstance(node, tree.And) else Change.ALTERNATIVE
    for number, part in enumerate(node.parts):
        rest = node.parts[:number] + node.parts[number + 1 :]
        left = rest[0] if len(rest) == 1 else replace(node, parts=rest)
        yield _Variant(left, change, part, change is Change.CONJUNCT)


def _sides(node: _Relation | _Filter) -> Iterator[_Variant]:
    """A side alone. Not where one side is 命中: without it an exception would hold for every hit or for none."""
    if any(isinstance(below, tree.HitRef) for below in _below(node)):
        return
    if isinstance(node, tree.Contains):
        yield _Variant(node.outer, Change.SIDE, node, True)
        return
    if isinstance(node, _Filter):
        yield _Variant(node.inner, Change.SIDE, node, True)
        return
    yield _Variant(node.left, Change.SIDE, node.right, True)
    yield _Variant(node.right, Change.SIDE, node.left, True)


def _counts(node: tree.Count) -> Iterator[_Variant]:
    step = {">=": -1, ">": -1, "<=": 1, "<": 1}.get(node.comparison)
    if step is not None:
        yield _Variant(replace(node, number=node.number + step), Change.COUNT, node, True)
    if node.unit is not None:
        yield _Variant(replace(node, unit=None), Change.UNIT, node, node.comparison in {">=", ">"})


def _below(node: Any) -> Iterator[Any]:
    yield node
    for each in fields(node):
        value = getattr(node, each.name)
        for child in value if isinstance(value, tuple) else (value,):
            if _is_expression(child):
                yield from _below(child)


def _is_expression(value: object) -> bool:
    other = tree.Distance | tree.Word | tree.Pattern | tree.GroupName | tree.Entity
    return isinstance(value, tree.Node) and not isinstance(value, other)


def _with(node: Any, name: str, value: object) -> Any:
    return replace(node, **{name: value})
