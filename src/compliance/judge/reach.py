"""Where in a text a condition may hold, known before any pattern is searched.

A rule whose words cannot meet is dropped at once, and the patterns of the others are searched only in the
stretches where the rest of their relation may stand. The answer may be too wide, never too narrow.
"""

from collections.abc import Set as AbstractSet

from compliance.judge.context import Context
from compliance.lang import tree

Reach = AbstractSet[int] | None
"""Numbers of stretches of the scan; None: it may hold anywhere, or speaks of no place."""

NOWHERE: AbstractSet[int] = frozenset()


def reach(context: Context, node: tree.Expr) -> Reach:  # noqa: PLR0911  # one line a kind of node
    """NOWHERE when a fact denies the condition, or words that it needs are not in the text or cannot meet."""
    match node:
        case tree.Occurs(group=group):
            return context.scan.where(group) if group in context.scan.possible else NOWHERE
        case tree.HitRef():
            return _of_hit(context)
        case tree.Near() | tree.SameSpan() | tree.Before():
            return meeting(context, node)
        case tree.Inside(inner=inner) | tree.Cued(inner=inner):
            return reach(context, inner)
        case tree.Missing(after=after) if after is not None:
            return NOWHERE if reach(context, after) == NOWHERE else None
        case tree.And(parts=parts):
            denied = any(reach(context, part) == NOWHERE for part in _facts_first(parts))
            return NOWHERE if denied else None
        case tree.Or(parts=parts):
            return _union([reach(context, part) for part in parts])
        case tree.FactIs(path=path, values=values):
            value = context.facts.get(path)
            return NOWHERE if value is not None and value not in values else None
        case tree.LacksEvidence(kind=kind):
            return NOWHERE if kind in context.evidence else None
        case _:
            return None


def _facts_first(parts: tuple[tree.Expr, ...]) -> list[tree.Expr]:
    """A fact is looked up in no time, and most often it is the category that says no."""
    return sorted(parts, key=lambda part: not isinstance(part, tree.FactIs))


def meeting(context: Context, node: tree.Near | tree.SameSpan | tree.Before) -> Reach:
    """Where both sides of a relation may be; anywhere for a relation across sentences."""
    left, right = reach(context, node.left), reach(context, node.right)
    if NOWHERE in (left, right):
        return NOWHERE
    if not _within_a_sentence(node):
        return None
    if left is None or right is None:
        return right if left is None else left
    return left & right


def _within_a_sentence(node: tree.Near | tree.SameSpan | tree.Before) -> bool:
    if isinstance(node, tree.SameSpan):
        return node.unit in {"sentence", "clause"}
    return node.distance is None or node.distance.dimension == "chars"


def _of_hit(context: Context) -> Reach:
    if context.hit is None:
        return NOWHERE
    first, last = (
        context.scan.stretch(context.hit.start),
        context.scan.stretch(max(context.hit.end - 1, context.hit.start)),
    )
    return frozenset(range(first, last + 1))


def _union(parts: list[Reach]) -> Reach:
    union: AbstractSet[int] = NOWHERE
    for part in parts:
        if part is None:
            return None
        union |= part
    return union
