"""A rule file in its canonical layout: the same tree, the same comments, one way to write it.

A clause begins a line, and the author's line ends before 或, 且 and the words of a list stay; everything else
on a line is spaced in one way. Comments keep their place: behind a line, or before the next one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from compliance.lang import tree
from compliance.lang.bits import Bit, Bits
from compliance.lang.diagnostics import Diagnostic, Language, width
from compliance.lang.keywords import KEYWORDS, PIECES
from compliance.lang.lexer import Lexeme, Lexer
from compliance.lang.parse import clauses_of, parse
from compliance.lang.trivia import Comment, Gap, gaps
from compliance.lang.write import Writer

_FARTHEST_COLUMN = 80
"""Outcomes of examples stand under each other up to this column; behind longer texts they follow directly."""


@dataclass
class _Line:
    """`column`: what may be moved right; `comment`: what stands behind."""

    indent: int
    text: str
    apart: bool = False  # an empty line stands before it
    column: str = ""
    comment: str = ""


@dataclass
class _Unit:
    """What begins a line: the head of a piece or a clause, with the gaps inside it and the one before it."""

    bits: Bits
    indent: int
    further: int
    before: Gap
    inside: list[Gap] = field(default_factory=list)
    needs_room: bool = False


def formatted(source: str, path: str, language: Language | None = None) -> tuple[str | None, list[Diagnostic]]:
    """The file in its canonical layout, in its own language or another; None when it does not parse, and why."""
    file, diagnostics = parse(source, path)
    if diagnostics:
        return None, diagnostics
    lexemes = list(Lexer(source, path).tokens())
    between = gaps(source, lexemes)
    units = list(_units(file, lexemes, between, language or _language(lexemes)))
    lines: list[_Line] = []
    waiting: list[Comment] = []
    for unit in units:
        _comments(lines, [*waiting, *unit.before.comments], unit.indent)
        apart = bool(lines) and (unit.before.apart or (unit.needs_room and not _belongs(lines[-1], unit)))
        waiting = _unit(lines, unit, apart=apart)
    _comments(lines, [*waiting, *between[-1].comments], 0)
    return "".join(_shown(lines)), []


def _language(lexemes: Iterable[Lexeme]) -> Language:
    """The language of most keywords."""
    chinese = sum(1 if not lexeme.raw.isascii() else -1 for lexeme in lexemes if lexeme.raw in KEYWORDS)
    return "zh" if chinese >= 0 else "en"


def _units(file: tree.RuleFile, lexemes: list[Lexeme], between: list[Gap], language: Language) -> Iterator[_Unit]:
    writer = Writer(language)
    pieces: list[tree.Policy | tree.WordsDefinition | tree.RuleDefinition]
    pieces = sorted([*file.policies, *file.words, *file.rules], key=lambda piece: piece.at.start)
    starts = [n for n, lexeme in enumerate(lexemes) if lexeme.kind in PIECES]
    ends = [*starts, len(lexemes)][1:]
    for piece, start, end in zip(pieces, starts, ends, strict=True):
        if isinstance(piece, tree.RuleDefinition):
            yield from _rule(piece, writer, lexemes[start:end], between[start:end])
        else:
            written = writer.policy(piece) if isinstance(piece, tree.Policy) else writer.words(piece)
            yield _Unit(written, 0, 2, between[start], between[start + 1 : end])


def _rule(rule: tree.RuleDefinition, writer: Writer, lexemes: list[Lexeme], between: list[Gap]) -> Iterator[_Unit]:
    head, clauses = clauses_of(lexemes)
    at = len(head)
    yield _Unit(writer.head(rule), 0, 4, between[0], between[1:at], needs_room=True)
    for clause, tokens in zip(rule.clauses, clauses, strict=True):
        yield _Unit(writer.clause(clause), 2, 4, between[at], between[at + 1 : at + len(tokens)])
        at += len(tokens)


def _belongs(line: _Line, unit: _Unit) -> bool:
    """Whether the line is a comment that speaks of the unit."""
    return line.text.startswith("#") and line.indent == unit.indent


def _unit(lines: list[_Line], unit: _Unit, *, apart: bool) -> list[Comment]:
    """Adds the lines of a unit; comments that are left over come before the next unit."""
    inside = list(unit.inside)
    lines.append(_Line(unit.indent, "", apart))
    for bit in unit.bits:
        if bit.joint is not None:
            taken = [gap for gap in inside if gap.before <= bit.joint.start]
            inside = inside[len(taken) :]
            comments = [comment for gap in taken for comment in gap.comments]
            left = _behind(lines[-1], comments)
            _comments(lines, [comment._replace(apart=False) for comment in left], unit.further, always=True)
            if comments or any(gap.broken and gap.before > bit.joint.end for gap in taken):
                lines.append(_Line(unit.further, ""))
        _add(lines[-1], bit)
    rest = [comment for gap in inside for comment in gap.comments]
    return [comment._replace(alone=True) for comment in _behind(lines[-1], rest)]


def _add(line: _Line, bit: Bit) -> None:
    if bit.column or line.column:
        line.column += ("" if bit.tight or not line.column else " ") + bit.text
    else:
        line.text += ("" if bit.tight or not line.text else " ") + bit.text


def _behind(line: _Line, comments: list[Comment]) -> list[Comment]:
    """Puts the first comment behind the line if it stood behind words; the others are left."""
    if comments and not comments[0].alone and not line.comment and not line.text.startswith("#"):
        line.comment = comments[0].text
        return comments[1:]
    return comments


def _comments(lines: list[_Line], comments: list[Comment], indent: int, *, always: bool = False) -> None:
    """Comments on lines of their own; the first goes behind the last line if it stood behind words."""
    if lines:
        comments = _behind(lines[-1], comments)
    for comment in comments:
        deep = indent if always or indent else 2 if comment.indented else 0
        lines.append(_Line(deep, comment.text, comment.apart and bool(lines)))


def _shown(lines: list[_Line]) -> Iterator[str]:
    for with_column, run in groupby(lines, key=lambda line: bool(line.column)):
        group = list(run)
        widths = [line.indent + width(line.text) for line in group]
        column = max((w for w in widths if w <= _FARTHEST_COLUMN), default=0)
        for line, wide in zip(group, widths, strict=True):
            text = line.text
            if with_column:
                text += " " * (max(column - wide, 0) + 1) + line.column
            if line.comment:
                text += "  " + line.comment
            yield ("\n" if line.apart else "") + " " * line.indent + text + "\n"
