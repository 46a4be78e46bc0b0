"""The outline of a rule file: its rules and word groups."""

from dataclasses import dataclass
from typing import Literal

from compliance.editor.piece import piece, spans


@dataclass(frozen=True)
class Symbol:
    """`start` and `end` span the piece, `name_start` and `name_end` its name. `detail`: the title of a rule."""

    kind: Literal["rule", "words"]
    name: str
    detail: str
    start: int
    end: int
    name_start: int
    name_end: int


def symbols(source: str) -> list[Symbol]:
    """In the order of the file; pieces that do not begin a line, or are too large to be looked into, are left out."""
    found = []
    for span in spans(source):
        lexemes = piece(source, *span).lexemes
        if len(lexemes) < 2:
            continue
        head, name = lexemes[:2]
        if head.kind == "POLICY" or name.kind not in {"NAME", "PATH"}:
            continue
        title = lexemes[2].value if head.kind == "RULE" and len(lexemes) > 2 and lexemes[2].kind == "STRING" else ""
        kind: Literal["rule", "words"] = "rule" if head.kind == "RULE" else "words"
        found.append(Symbol(kind, name.value, title, head.at.start, lexemes[-1].at.end, name.at.start, name.at.end))
    return found
