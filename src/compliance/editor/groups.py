"""What a name of words stands for in one file: a 词组 of it, a 设 of the rule, or a lexicon."""

import re
from dataclasses import dataclass

from compliance.editor.knowledge import Knowledge
from compliance.editor.piece import Piece, parts, piece, spans
from compliance.lang import tree
from compliance.lang.keywords import SURFACES
from compliance.lang.lexer import Lexeme
from compliance.lang.parse import parse
from compliance.lang.words import FileWords, WordTable
from compliance.words.group import WordGroup

_WORDS = re.compile(rf"[ \t\ufeff]*(?:{'|'.join(SURFACES['WORDS'])})")


@dataclass(frozen=True)
class Named:
    """A name that the file itself gives: where, and what is written behind the sign of equality."""

    name: str
    start: int
    end: int
    text: str


def local_groups(source: str) -> dict[str, Named]:
    """The 词组 of the file that begin a line, the first of each name."""
    found: dict[str, Named] = {}
    for span in spans(source):
        lexemes = piece(source, *span).lexemes if _WORDS.match(source, span[0]) else ()
        _add(found, source, list(lexemes[1:]))
    return found


def lets(source: str, rule: Piece) -> dict[str, Named]:
    """The 设 of one rule."""
    found: dict[str, Named] = {}
    for part in parts(rule):
        if part and part[0].kind == "LET":
            _add(found, source, part[1:])
    return found


def _add(found: dict[str, Named], source: str, lexemes: list[Lexeme]) -> None:
    if len(lexemes) > 1 and lexemes[0].kind == "NAME" and lexemes[1].kind == "EQ":
        name, end = lexemes[0], lexemes[-1].at.end
        text = " ".join(source[lexemes[1].at.end : end].split())
        found.setdefault(name.value, Named(name.value, name.at.start, name.at.end, text))


def content(source: str, name: str, knowledge: Knowledge) -> WordGroup | None:
    """The words behind a name once everything it refers to is put in; None when something in it is wrong."""
    table = WordTable(knowledge.lexicons)
    file, _ = parse(source, "")
    words = FileWords(table, file, lambda *_, **__: None)
    index = words.resolve(tree.GroupName(name))
    return None if index is None else table.groups[index]
