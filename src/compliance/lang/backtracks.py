"""How often a backtracking matcher may have to try again, at most, from one place in a text."""

from math import inf

from compliance.lang.literals import strings
from compliance.lang.regex import Chars, Choice, Edge, Node, Repeat, Sequence, nullable

First = frozenset[str] | None
"""The characters that something can begin with; None when there are too many to list."""

_NOTHING: First = frozenset()
_LONG = 400
"""An open repeat is taken to be tried as often: longer sentences are never searched with backtracking."""
_DEEP = 40


def backtracks(node: Node) -> float:
    """Ways in which the pattern can be tried from one place, however the text is made; may be infinite."""
    return _ways(node, _NOTHING)


def _ways(node: Node, follow: First) -> float:
    """The ways through a node before something that begins with `follow`.

    Where what follows cannot begin with what the node would give back, giving back fails at once.
    """
    match node:
        case Sequence(parts=parts):
            total = 1.0
            for part in reversed(parts):
                total *= _ways(part, follow)
                follow = _union(_first(part), follow) if nullable(part) else _first(part)
            return total
        case Choice(branches=branches):
            if (words := strings(node)) is not None:
                return _at_one_place(words)
            return sum(_ways(branch, follow) for branch in branches)
        case Repeat():
            return _repeated(node, follow)
        case _:
            return 1


def _repeated(node: Repeat, follow: First) -> float:
    first = _first(node.inner)
    each = _ways(node.inner, follow if node.most == 1 else _union(first, follow))
    settled = first is not None and follow is not None and first.isdisjoint(follow)
    if settled and node.most == 1:
        return each
    if settled and each == 1 and isinstance(node.inner, Chars):
        return 1
    if node.most is None:
        return _LONG if each == 1 else inf
    if each == 1:
        return node.most - node.least + 1
    try:
        return inf if node.most > _DEEP else sum(float(each) ** n for n in range(node.least, node.most + 1))
    except OverflowError:
        return inf


def _at_one_place(words: dict[str, int]) -> int:
    """In how many ways the words may stand at one place: those that begin one another.

    `re` tries a word twice that is listed twice.
    """
    return max(sum([words.get(word[:length], 0) for length in range(len(word) + 1)]) for word in words)


def _first(node: Node) -> First:
    match node:
        case Chars(choices=choices):
            return choices
        case Choice(branches=branches):
            return _union(*map(_first, branches))
        case Repeat(inner=inner):
            return _first(inner)
        case Sequence(parts=parts):
            needed = next((i + 1 for i, part in enumerate(parts) if not nullable(part)), len(parts))
            return _union(*map(_first, parts[:needed]))
        case Edge():
            return _NOTHING


def _union(*firsts: First) -> First:
    union: frozenset[str] = frozenset()
    for first in firsts:
        if first is None:
            return None
        union |= first
    return union
