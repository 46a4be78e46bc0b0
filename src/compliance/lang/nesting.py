"""How deeply a clause nests: bounded, so that no input can exhaust the stack."""

from collections.abc import Sequence

from compliance.lang.lexer import Lexeme

MAX_NESTING = 60
"""Brackets and operators in one alternative of a condition, and word groups within word groups."""

_OPERATORS = frozenset({
    "NOT", "WITH", "WITHIN", "BEFORE", "INSIDE", "SAME", "TIMES", "NEGATED", "ASKED", "REPORTED", "SUPPOSED",
    "RANGE", "THEN", "CONTAINS", "SPEAKER", "CHANNEL", "WRITTEN", "CMP",
})  # fmt: skip
_PARTING = frozenset({"OR", "AND", "SEP"})


def too_deep(lexemes: Sequence[Lexeme]) -> Lexeme | None:
    """The token at which a clause exceeds the limit; None for every clause that a person would write.

    Of every open bracket it keeps the height of the alternative being read and of the highest one before.
    """
    open_brackets = [(0, 0)]
    for lexeme in lexemes:
        height, highest = open_brackets[-1]
        if lexeme.kind == "LPAR":
            open_brackets.append((0, 0))
        elif lexeme.kind == "RPAR" and len(open_brackets) > 1:
            open_brackets.pop()
            outer, best = open_brackets[-1]
            open_brackets[-1] = (outer + max(height, highest) + 1, best)
        elif lexeme.kind in _PARTING:
            open_brackets[-1] = (0, max(height, highest))
        elif lexeme.kind in _OPERATORS:
            open_brackets[-1] = (height + 1, highest)
        if len(open_brackets) - 1 + open_brackets[-1][0] > MAX_NESTING:
            return lexeme
    return None
