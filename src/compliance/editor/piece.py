"""The piece of a rule file around an offset, and its tokens: editors ask about one place at a time."""

import re
from dataclasses import dataclass
from itertools import pairwise

from compliance.lang.keywords import CLAUSES, PIECES, SURFACES
from compliance.lang.lexer import Lexeme, Lexer
from compliance.lang.parse import clauses_of

LARGEST = 100_000
"""Characters of a piece that is still looked into; those of people have hundreds."""

_HEADS = "|".join(sorted((word for kind in PIECES for word in SURFACES[kind] if word), key=len, reverse=True))
_HEAD = re.compile(rf"^[ \t\ufeff]*(?:{_HEADS})(?![\w-])", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A 规则, 词组 or 规章 with what stands behind it up to the next; offsets are those of the file."""

    start: int
    end: int
    lexemes: tuple[Lexeme, ...]


def spans(source: str) -> list[tuple[int, int]]:
    """Where the pieces that begin a line begin and end."""
    heads = [found.start() for found in _HEAD.finditer(source)]
    return list(pairwise([*heads, len(source)]))


def piece_at(source: str, offset: int, *, until: int | None = None) -> Piece:
    """The piece around an offset. `until`: read no further than this."""
    whole = spans(source)
    first = whole[0][0] if whole else len(source)
    start, end = next((span for span in reversed(whole) if span[0] <= offset), (0, first))
    return piece(source, start, end if until is None else max(min(end, until), start))


def piece(source: str, start: int, end: int) -> Piece:
    """A piece that spans just this, without tokens where it is too large."""
    if end - start > LARGEST:
        return Piece(start, end, ())
    lexemes = Lexer(source[start:end], "").tokens()
    return Piece(start, end, tuple(_moved(lexeme, start) for lexeme in lexemes))


def _moved(lexeme: Lexeme, by: int) -> Lexeme:
    at = lexeme.at._replace(start=lexeme.at.start + by, end=lexeme.at.end + by)
    return Lexeme(lexeme.kind, lexeme.value, lexeme.raw, at)


def parts(piece: Piece) -> list[list[Lexeme]]:
    """The tokens by clause, the head of a rule first; of another piece, all of them together."""
    lexemes = list(piece.lexemes)
    if not lexemes or lexemes[0].kind != "RULE":
        return [lexemes]
    head, clauses = clauses_of(lexemes)
    return [head, *clauses]


def production(part: list[Lexeme]) -> str:
    """What the grammar calls a piece or clause that begins like this: words, policy, head or clause; "" for none."""
    if not part:
        return ""
    kind = part[0].kind
    if kind in CLAUSES:
        return "clause"
    return "head" if kind == "RULE" else kind.lower() if kind in PIECES else ""
