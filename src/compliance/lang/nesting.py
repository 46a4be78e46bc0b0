"""How deeply a clause nests: bounded, so that no input can exhaust the stack."""

from collections.abc import Sequence

from compliance.lang.lexer import Lexeme

MAX_NESTING = 60
"""Brackets and operators in one alternative of a condition, and word groups within word groups."""

_DEEPENING = frozenset({
    "LPAR", "NOT", "WITH", "WITHIN", "BEFORE", "INSIDE", "SAME", "TIMES", "NEGATED", "ASKED", "REPORTED", "SUPPOSED",
})  # fmt: skip
_PARTING = frozenset({"OR", "AND", "SEP"})


def too_deep(lexemes: Sequence[Lexeme]) -> Lexeme | None:
    """The token at which a clause exceeds the limit; None for every clause that a person would write.

    Counts what makes the tree deeper: brackets and operators between two 或, 且 or 、 outside all brackets.
    """
    depth = brackets = 0
    for lexeme in lexemes:
        brackets += {"LPAR": 1, "RPAR": -1}.get(lexeme.kind, 0)
        if brackets <= 0 and lexeme.kind in _PARTING:
            depth = 0
        elif lexeme.kind in _DEEPENING:
            depth += 1
        if depth > MAX_NESTING:
            return lexeme
    return None
