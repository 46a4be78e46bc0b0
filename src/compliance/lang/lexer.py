"""Text → tokens. Whole identifier runs are taken first and looked up in the keyword table afterwards."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from compliance.lang.article import canonical_article
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.keywords import KEYWORDS, UNITS
from compliance.lang.position import Position


class Lexeme(NamedTuple):
    """A token: `kind` is the grammar's terminal, `value` the text without quotes, `raw` as written."""

    kind: str
    value: str
    raw: str
    at: Position


_LETTER = r"A-Za-z_\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{_LETTER}](?:[{_LETTER}0-9]|[-.](?=[{_LETTER}0-9]))*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_UNIT = re.compile("|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)))
_SECTION = re.compile(r"§[0-9]+(?:\([0-9]+\))?")
LAW_NAME = re.compile(r"[^\s#「“\"]+")
_SPACE = re.compile(r"\s+|#[^\n]*|\ufeff")
_CLOSING = {"「": "」", "“": "”", '"': '"', "/": "/"}
_QUOTED = {opening: re.compile(rf"{opening}([^{closing}\\\n]*){closing}") for opening, closing in _CLOSING.items()}
"""Quoted texts in which nothing is escaped: nearly all."""
_PUNCTUATION = {
    "、": "SEP", ",": "SEP", "，": "SEP", "|": "SEP", "(": "LPAR", "（": "LPAR", ")": "RPAR", "）": "RPAR",
}  # fmt: skip
_COMPARISONS = {">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=", "==": "==", "!=": "!=", "≠": "!=", ">": ">", "<": "<"}
_COMPARISON = re.compile("|".join(sorted(map(re.escape, _COMPARISONS), key=len, reverse=True)))


_WIDE_COMPARISON = re.compile("[<>!＜＞！][=＝]?")
_SIGNS = frozenset("<>!.:;-+*&")
LARGEST = 10**12
"""No number of a rule is larger: characters, seconds, times, yuan."""
_SHOWN = 20


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_BEFORE_LAWS = frozenset({"LAW", "PENALTY"})
_SHAPES = (
    (RUN, "NAME"),
    (_SECTION, "ARTICLE"),
    (_COMPARISON, "CMP"),
    (re.compile("[=＝]"), "EQ"),
    (re.compile(r"\.\."), "RANGE"),
)


def _named(run: str) -> tuple[str, str]:
    """Token kind and value of an identifier run."""
    if run in KEYWORDS:
        return KEYWORDS[run], run
    article = canonical_article(run)
    return ("ARTICLE", article) if article else ("PATH" if "." in run else "NAME", run)


class Lexer:
    """Tokens of one file; mistakes are collected, and lexing goes on after them."""

    def __init__(self, source: str, path: str) -> None:
        self.source = source
        self.path = path
        self.diagnostics: list[Diagnostic] = []
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", source))]

    def position(self, start: int, end: int, line: int) -> Position:
        return Position(line, start - self._line_starts[line - 1] + 1, start, end)

    def tokens(self) -> Iterator[Lexeme]:
        offset, line, previous = 0, 1, ""
        while offset < len(self.source):
            space = _SPACE.match(self.source, offset)
            if space:
                line += space.group().count("\n")
                offset = space.end()
                continue
            lexeme, offset = self._next(offset, line, previous)
            if lexeme is not None:
                previous = lexeme.kind
                yield lexeme

    def _next(self, start: int, line: int, previous: str) -> tuple[Lexeme | None, int]:
        char = self.source[start]
        if previous in _BEFORE_LAWS and (name := LAW_NAME.match(self.source, start)):
            return self._made("NAME", name.group(), start, name.end(), line)
        if char in _PUNCTUATION:
            return self._made(_PUNCTUATION[char], char, start, start + 1, line)
        if char in _CLOSING:
            return self._quoted(start, line, char)
        if char.isdigit() and char.isascii():
            return self._number(start, line)
        for pattern, kind in _SHAPES:
            match = pattern.match(self.source, start)
            if match:
                return self._classified(kind, match.group(), start, match.end(), line)
        return self._unknown(start, line)

    def _unknown(self, start: int, line: int) -> tuple[Lexeme | None, int]:
        char = self.source[start]
        at = self.position(start, start + 1, line)
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and len(plain) == 1 and plain in _SIGNS:
            self.diagnostics.append(Diagnostic("E034", self.path, at, {"found": char, "plain": plain}))
            if plain in "<>!":  # read on as the sign that was meant, or one slip gives two messages
                wide = _WIDE_COMPARISON.match(self.source, start)
                end = wide.end() if wide else start + 1
                return self._made("CMP", _COMPARISONS.get(_plain(self.source[start:end]), ">"), start, end, line)
        else:
            self.diagnostics.append(Diagnostic("E003", self.path, at, {"found": char}))
        return None, start + 1

    def _made(self, kind: str, value: str, start: int, end: int, line: int) -> tuple[Lexeme, int]:
        return Lexeme(kind, value, self.source[start:end], self.position(start, end, line)), end

    def _classified(self, kind: str, text: str, start: int, end: int, line: int) -> tuple[Lexeme, int]:
        value = text
        if kind == "CMP":
            value = _COMPARISONS[text]
        elif kind == "ARTICLE":
            value = canonical_article(text) or text
        elif kind == "NAME":
            kind, value = _named(text)
        return self._made(kind, value, start, end, line)

    def _number(self, start: int, line: int) -> tuple[Lexeme, int]:
        for pattern, kind in ((_DATE, "DATE"), (_VERSION, "VERSION_NUMBER")):
            match = pattern.match(self.source, start)
            if match:
                return self._made(kind, match.group(), start, match.end(), line)
        end = _NUMBER.match(self.source, start).end()  # type: ignore[union-attr]  # a digit stands here
        if float(self.source[start:end]) > LARGEST:
            at = self.position(start, end, line)
            shown = self.source[start:end] if end - start <= _SHOWN else f"{self.source[start : start + _SHOWN]}…"
            self.diagnostics.append(Diagnostic("E033", self.path, at, {"found": shown, "limit": f"{LARGEST:,}"}))
        unit = _UNIT.match(self.source, end)
        if unit is None or (unit.group().isascii() and re.match("[A-Za-z]", self.source[unit.end() : unit.end() + 1])):
            return self._made("NUMBER", self.source[start:end], start, end, line)
        dimension, factor = UNITS[unit.group()]
        amount = f"{float(self.source[start:end]) * factor:.15g}"
        kind = "MONEY" if dimension == "cny" else "DISTANCE"
        return self._made(kind, f"{amount} {dimension}", start, unit.end(), line)

    def _quoted(self, start: int, line: int, opening: str) -> tuple[Lexeme, int]:
        closing = _CLOSING[opening]
        kind = "REGEX" if opening == "/" else "STRING"
        if whole := _QUOTED[opening].match(self.source, start):
            return self._made(kind, whole[1], start, whole.end(), line)
        out: list[str] = []
        offset = start + 1
        while offset < len(self.source) and self.source[offset] != "\n":
            char = self.source[offset]
            if char == "\\" and self.source[offset + 1 : offset + 2] in {closing, "\\"}:
                # In a pattern a backslash keeps its meaning; only the closing mark is unescaped.
                following = self.source[offset + 1]
                out.append(f"\\{following}" if opening == "/" and following == "\\" else following)
                offset += 2
                continue
            if char == closing:
                return self._made(kind, "".join(out), start, offset + 1, line)
            out.append(char)
            offset += 1
        at = self.position(start, offset, line)
        self.diagnostics.append(Diagnostic("E002", self.path, at, {"closing": closing}))
        # Read as closed at the end of the line, so that one slip gives one message.
        text = "".join(out).rstrip()
        return Lexeme(kind, text, self.source[start:offset], at), offset
