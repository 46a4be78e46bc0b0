"""What of a rule is decided near its words, and what only the whole broadcast can say.

A condition that holds or does not by what stands around some words is *local*: nothing that is said much later
changes it. `且` between words, counts, denials and duties speak of everything that was said; their parts are local.
"""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from compliance.judge.relations import is_timed
from compliance.lang import tree
from compliance.lang.rule import Rule
from compliance.lang.walk import children, walk

WIDE = (tree.And, tree.Or, tree.Not, tree.Count, tree.Missing)
"""Conditions whose parts are looked for everywhere; all others relate hits that stand near each other."""


class UnsplittableError(Exception):
    """A relation between hits holds a condition about the whole broadcast; such a rule is judged at the end."""


class Roles(NamedTuple):
    """The largest local conditions of a rule.

    `leaves` speak of the broadcast, `hit_leaves` of what stands around one hit; the first `carrying` leaves are those
    of the condition. `counted` holds the nodes that need more of the past than whether something was said; `steady`
    if they all stand in the condition, and not under a denial. A local
    rule has one leaf, its condition, and no exception that has any. All words of a close rule stand in one sentence.
    """

    rule: Rule
    leaves: tuple[tree.Expr, ...]
    carrying: int
    hit_leaves: tuple[tree.Expr, ...]
    counted: tuple[tree.Expr, ...]
    steady: bool
    local: bool
    close: bool


def roles(rule: Rule) -> Roles:
    """Raises UnsplittableError."""
    parts = (rule.condition, *(exception.condition for exception in rule.exceptions))
    found = [leaf for part in parts for leaf in _leaves(part)]
    leaves = tuple(leaf for leaf in found if not _about_a_hit(leaf))
    hit_leaves = tuple(leaf for leaf in found if _about_a_hit(leaf))
    counted = tuple(node for part in parts for node in _counted(part))
    carrying = len(list(_leaves(rule.condition)))
    local = leaves == (rule.condition,) and not counted
    close = not counted and all(_is_close(node) for leaf in found for node in walk(leaf))
    steady = len(counted) == len(list(_asserted(rule.condition)))
    return Roles(rule, leaves, carrying, hit_leaves, counted, steady, local, close)


def groups(node: tree.Expr) -> frozenset[int] | None:
    """The word groups that a condition looks for; None when it reads the text by itself."""
    if any(isinstance(each, tree.Semantic) for each in walk(node)):
        return None
    return frozenset(each.group for each in walk(node) if isinstance(each, tree.Occurs))


class Reach(NamedTuple):
    """How far from a hit there may be words that matter to it."""

    sentences: int
    characters: int


def reach_of(rule: Rule) -> Reach:
    """Relations across sentences; those within one reach no further than it does."""
    parts = (rule.condition, *(exception.condition for exception in rule.exceptions))
    reaches = [_reach(part) for part in parts]
    return Reach(max(each.sentences for each in reaches), max(each.characters for each in reaches))


def _reach(node: tree.Expr) -> Reach:
    below = [_reach(child) for child in children(node)]
    sentences = max((each.sentences for each in below), default=0)
    characters = max((each.characters for each in below), default=0)
    if isinstance(node, tree.Near | tree.Before) and node.distance is not None:
        amount = ceil(node.distance.amount)
        if node.distance.dimension == "sentences":
            sentences += amount
        elif node.across:
            characters += amount
    return Reach(sentences, characters)


def _leaves(node: tree.Expr) -> Iterator[tree.Expr]:
    if _is_wordless(node):
        return
    if is_local(node):
        yield node
    elif isinstance(node, WIDE) or is_timed(node):
        for part in children(node):
            yield from _leaves(part)
    else:
        raise UnsplittableError


def is_local(node: tree.Expr) -> bool:
    """Whether a condition about words is decided by what stands near them."""
    parts = [part for part in children(node) if not _is_wordless(part)]
    if not all(is_local(part) for part in parts):
        return False
    match node:
        case tree.And():
            return len(parts) == 1
        case tree.Or():
            return len(parts) == len(node.parts) and len({_about_a_hit(part) for part in parts}) == 1
        case tree.Not() | tree.Count() | tree.Missing():
            return False
        case _:
            return not is_timed(node)


def _is_close(node: tree.Expr) -> bool:
    """Whether a relation never reaches beyond a sentence; regions may hold several."""
    match node:
        case tree.Near(distance=distance, across=across) | tree.Before(distance=distance, across=across):
            return not across and (distance is None or distance.dimension == "chars")
        case tree.SameSpan(unit=unit):
            return unit in {"sentence", "clause"}
        case tree.Inside(region=region):
            return not region
        case _:
            return isinstance(node, _CLOSE)


_CLOSE = (
    *(tree.Occurs, tree.HitRef, tree.Semantic, tree.AsWritten, tree.Contains, tree.Cued, tree.Voiced, tree.Numeric),
    *(tree.FactIs, tree.FactCompares, tree.LacksEvidence, *WIDE),
)


def _counted(node: tree.Expr) -> Iterator[tree.Expr]:
    for each in walk(node):
        if (
            isinstance(each, tree.Count)
            or is_timed(each)
            or (isinstance(each, tree.Missing) and (each.after or each.opening))
        ):
            yield each


def _asserted(node: tree.Expr) -> Iterator[tree.Expr]:
    """The counted nodes that are parts of a condition by 且 and 或 alone."""
    if isinstance(node, tree.And | tree.Or):
        for part in node.parts:
            yield from _asserted(part)
    elif isinstance(node, tree.Count | tree.Missing) or is_timed(node):
        yield from (each for each in _counted(node) if each is node)


def _is_wordless(node: tree.Expr) -> bool:
    return not any(isinstance(each, tree.Occurs | tree.HitRef | tree.Semantic) for each in walk(node))


def _about_a_hit(node: tree.Expr) -> bool:
    return any(isinstance(each, tree.HitRef) for each in walk(node))
