"""Corrections that a diagnostic already knows: “是否想写…”, a closing quote, a half-width sign, a value."""

import re
from dataclasses import dataclass

from compliance.lang.diagnostics import Diagnostic
from compliance.lang.lexer import Lexer
from compliance.lang.nearest import nearest

_MEANT = re.compile("是否想写「(.+?)」")
_NAMED = {"E006": "name", "E008": "law", "E009": "article", "E014": "name"}
_CHOSEN = {"E012": "value", "E015": "value", "E023": "name"}


@dataclass(frozen=True)
class Correction:
    """Put `text` in place of `start` to `end`."""

    title: str
    start: int
    end: int
    text: str


def correction(diagnostic: Diagnostic, source: str) -> Correction | None:
    """None where the diagnostic has no one remedy that a program could apply."""
    code, at, values = diagnostic.code, diagnostic.at, diagnostic.values
    if code == "E002":
        closing = values["closing"]
        end = len(source[: at.end].rstrip())
        return Correction(f"补上 {closing}", end, end, closing)
    if code == "E034":
        return _put(at.start, at.end, values["plain"])
    if code in _CHOSEN:
        written = values[_CHOSEN[code]]
        near = nearest(written, values["choices"].split("、"))
        return _instead(source, diagnostic, written, near) if near else None
    told = values.get("hint_zh", "") + values.get("expected_zh", "")
    meant = _MEANT.search(told)
    if meant is None:
        return None
    if code == "E001":
        return _put(at.start, at.end, meant[1])
    return _instead(source, diagnostic, values[_NAMED[code]], meant[1]) if code in _NAMED else None


def _put(start: int, end: int, text: str) -> Correction:
    return Correction(f"改成「{text}」", start, end, text)


def _instead(source: str, diagnostic: Diagnostic, written: str, text: str) -> Correction | None:
    """In place of the token of the diagnosed place that says `written`: the place may be a whole clause."""
    at = diagnostic.at
    for lexeme in Lexer(source[at.start : at.end], "").tokens():
        if lexeme.value == written:
            return _put(at.start + lexeme.at.start, at.start + lexeme.at.end, text)
    return None
