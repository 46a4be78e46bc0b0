"""Which word groups must occur before a rule can possibly fire."""

from collections.abc import Sequence

from compliance.lang import tree
from compliance.words.group import WordGroup

Atoms = frozenset[int] | None


def atoms(node: tree.Expr, groups: Sequence[WordGroup]) -> Atoms:
    """Groups one of which must have a hit for `node` to hold; None when nothing must."""
    needed: Atoms = None
    match node:
        case tree.Occurs(group=group):
            needed = frozenset({group})
        case tree.Near() | tree.SameSpan() | tree.Before():
            needed = _rarest([atoms(node.left, groups), atoms(node.right, groups)], groups)
        case tree.Contains():
            needed = _rarest([atoms(node.outer, groups), atoms(node.inner, groups)], groups)
        case tree.Inside(container=container) if container is not None:
            needed = _rarest([atoms(node.inner, groups), atoms(container, groups)], groups)
        case tree.Inside() | tree.Cued() | tree.Voiced() | tree.Numeric() | tree.AsWritten():
            needed = atoms(node.inner, groups)
        case tree.Count(comparison=comparison, number=number, unit=unit):
            some = unit is not None or comparison == ">" or (comparison in {">=", "=="} and number > 0)
            needed = atoms(node.inner, groups) if some else None
        case tree.Missing(after=after) if after is not None:
            needed = atoms(after, groups)
        case tree.And(parts=parts):
            needed = _rarest([atoms(part, groups) for part in parts], groups)
        case tree.Or(parts=parts):
            options = [option for part in parts if (option := atoms(part, groups)) is not None]
            needed = frozenset().union(*options) if len(options) == len(parts) else None
        case _:
            pass
    return needed


def _rarest(options: list[Atoms], groups: Sequence[WordGroup]) -> Atoms:
    known = [option for option in options if option is not None]
    return min(known, key=lambda option: _size(option, groups), default=None)


def _size(option: frozenset[int], groups: Sequence[WordGroup]) -> int:
    """Groups with fewer words occur more seldom; patterns and entities count as many."""
    return sum(len(groups[g].terms) + 50 * len(groups[g].patterns) + 50 * len(groups[g].entities) for g in option)
