"""Where in a text a condition may hold, known before any pattern is searched.

A rule whose words cannot meet is dropped at once, and the patterns of the others are searched only in the
stretches where the rest of their relation may stand. The answer may be too wide, never too narrow; ANYWHERE
also stands for what speaks of no place.
"""

from collections.abc import Callable, Iterable
from typing import Any

from compliance.judge.answer import Answer, Match
from compliance.judge.context import Context
from compliance.lang import tree
from compliance.words.stretches import ANYWHERE, NOWHERE, Stretches, span

Relation = tree.Near | tree.SameSpan | tree.Before


def reach(context: Context, node: tree.Expr) -> Stretches:
    """NOWHERE when a fact denies the condition, or words that it needs are not in the text or cannot meet."""
    return _REACHES.get(type(node), _anywhere)(context, node)


def _anywhere(_context: Context, _node: tree.Expr) -> Stretches:
    return ANYWHERE


def _occurs(context: Context, node: tree.Occurs) -> Stretches:
    return context.scan.where(node.group)


def _inner(context: Context, node: tree.Cued | tree.Voiced | tree.Numeric | tree.AsWritten) -> Stretches:
    return reach(context, node.inner)


def _inside(context: Context, node: tree.Inside) -> Stretches:
    """A container may begin sentences before what it holds."""
    return NOWHERE if node.container is not None and not reach(context, node.container) else reach(context, node.inner)


def _contains(context: Context, node: tree.Contains) -> Stretches:
    return reach(context, node.outer) if reach(context, node.inner) else NOWHERE


def _missing(context: Context, node: tree.Missing) -> Stretches:
    return NOWHERE if node.after is not None and not reach(context, node.after) else ANYWHERE


def _and(context: Context, node: tree.And) -> Stretches:
    # Facts first: one is looked up in no time, and most often it is the category that says no.
    for facts in (True, False):
        for part in node.parts:
            if isinstance(part, tree.FactIs) is facts and not reach(context, part):
                return NOWHERE
    return ANYWHERE


def _or(context: Context, node: tree.Or) -> Stretches:
    union = NOWHERE
    for part in node.parts:
        union |= reach(context, part)
    return union


def _fact_is(context: Context, node: tree.FactIs) -> Stretches:
    value = context.facts.get(node.path)
    return NOWHERE if value is not None and value not in node.values else ANYWHERE


def _lacks(context: Context, node: tree.LacksEvidence) -> Stretches:
    return NOWHERE if node.kind in context.evidence else ANYWHERE


def meeting(context: Context, node: Relation) -> Stretches:
    """Where both sides of a relation may be; anywhere for a relation across sentences."""
    left = reach(context, node.left)
    if not left:
        return NOWHERE
    right = reach(context, node.right)
    if not right:
        return NOWHERE
    return left & right if _within_a_sentence(node) else ANYWHERE


def found_in(context: Context, node: Relation, answer: Answer) -> Stretches:
    """Where the other side of a relation may be, now that one side has answered."""
    if not _within_a_sentence(node):
        return ANYWHERE
    return stretches_of(context, answer.matches)


def stretches_of(context: Context, matches: Iterable[Match]) -> Stretches:
    """The stretches over which some of the matches lie."""
    held = NOWHERE
    for match in matches:
        held |= _stretches(context, match)
    return held


def _within_a_sentence(node: Relation) -> bool:
    if isinstance(node, tree.SameSpan):
        return node.unit in {"sentence", "clause"}
    return node.distance is None or (node.distance.dimension == "chars" and not node.across)


def _of_hit(context: Context, _node: tree.HitRef) -> Stretches:
    return _stretches(context, context.hit) if context.hit is not None else NOWHERE


def _stretches(context: Context, match: Match) -> Stretches:
    """The stretches over which a match lies."""
    stretch = context.scan.stretch
    return span(stretch(match.start), stretch(max(match.end - 1, match.start)))


_REACHES: dict[type, Callable[[Context, Any], Stretches]] = {
    tree.Occurs: _occurs,
    tree.HitRef: _of_hit,
    tree.Near: meeting,
    tree.SameSpan: meeting,
    tree.Before: meeting,
    tree.Inside: _inside,
    tree.Contains: _contains,
    tree.Cued: _inner,
    tree.Voiced: _inner,
    tree.Numeric: _inner,
    tree.AsWritten: _inner,
    tree.Missing: _missing,
    tree.And: _and,
    tree.Or: _or,
    tree.FactIs: _fact_is,
    tree.LacksEvidence: _lacks,
}
