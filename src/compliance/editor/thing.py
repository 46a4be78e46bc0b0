"""What stands at an offset of a rule file."""

import re
from dataclasses import dataclass
from typing import Literal

from compliance.editor.piece import Piece, parts, piece_at
from compliance.editor.slot import Meaning, evidence_of, slot
from compliance.lang.catalogue import CATALOGUE
from compliance.lang.keywords import SURFACES
from compliance.lang.lexer import Lexeme

_CODE = re.compile(r"(?<![\w-])[EW][0-9]{3}(?![\w-])")


@dataclass(frozen=True)
class Thing:
    """`name` as it stands in the file, without quotes; `of` as in a Slot. `around`: the tokens of its clause."""

    meaning: Meaning | Literal["keyword", "code"]
    name: str
    start: int
    end: int
    of: str = ""
    around: tuple[Lexeme, ...] = ()


def thing_at(source: str, offset: int) -> Thing | None:
    """The token at the offset, or the one that ends there, with its meaning; None where there is none."""
    piece = piece_at(source, offset)
    lexeme = _token(piece, offset)
    if lexeme is None:
        return _code(source, offset)
    part = next(part for part in parts(piece) if lexeme in part)
    before, around = part[: part.index(lexeme)], tuple(part)
    if lexeme.kind in SURFACES:
        return Thing("keyword", lexeme.kind, lexeme.at.start, lexeme.at.end, around=around)
    if lexeme.kind not in {"NAME", "PATH", "ARTICLE", "STRING"}:
        return None
    meaning, of = _meaning(lexeme, before)
    return Thing(meaning, lexeme.value, lexeme.at.start, lexeme.at.end, of, around)


def _token(piece: Piece, offset: int) -> Lexeme | None:
    touching = [lexeme for lexeme in piece.lexemes if lexeme.at.start <= offset <= lexeme.at.end]
    return next((lexeme for lexeme in touching if offset < lexeme.at.end), touching[0] if touching else None)


def _meaning(lexeme: Lexeme, before: list[Lexeme]) -> tuple[Meaning, str]:
    meaning, of = slot(before)
    if lexeme.kind == "PATH" and meaning in {"group", "fact", "value"}:
        return ("evidence", "") if evidence_of(lexeme.value) else ("fact", "")
    if lexeme.kind == "STRING" and meaning == "group" and not (before and before[-1].kind == "LPAR"):
        return "text", before[0].kind if before else ""
    return meaning, of


def _code(source: str, offset: int) -> Thing | None:
    """A diagnostic code in a comment."""
    line = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset)
    text = source[line : end if end >= 0 else len(source)]
    for found in _CODE.finditer(text):
        if line + found.start() <= offset <= line + found.end() and found[0] in CATALOGUE:
            return Thing("code", found[0], line + found.start(), line + found.end())
    return None
