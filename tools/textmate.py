"""Writes the TextMate grammar of the rule language, which editors colour rule files by, from the keyword table.

    python tools/textmate.py

`grammar` is a pure function of the table, so that a test can tell a stale file.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from compliance.lang.keywords import CLAUSES, PIECES, SURFACES, UNITS

GRAMMAR = Path(__file__).parents[1] / "editors" / "vscode" / "syntaxes" / "compliance-rule.tmLanguage.json"
SCOPE = "source.compliance-rule"

# The letters of a name and the edges of a whole run, as in lexer.py.
_LETTER = r"A-Za-z_\x{3007}\x{3400}-\x{9fff}\x{f900}-\x{faff}\x{20000}-\x{323af}"
_EDGE = rf"(?<![{_LETTER}0-9])(?<![{_LETTER}0-9][-.])"
_END = rf"(?![{_LETTER}0-9]|[-.][{_LETTER}0-9])"
_RUN = rf"[{_LETTER}](?:[{_LETTER}0-9]|[-.](?=[{_LETTER}0-9]))*"
_NUMERAL = "[0-9零〇一二三四五六七八九十百千]"

LOGICAL = frozenset({"OR", "AND", "NOT", "EXCEPT", "UNLESS"})
OUTCOMES = frozenset({"FIRES", "SILENT", "ASKS"})
CITING = frozenset({"LAW", "PENALTY"})
NAMING = frozenset({"WORDS", "POLICY", "LET"})


def scope_of(token: str) -> str:
    """The scope of a keyword."""
    if token in PIECES | NAMING:
        return "storage.type"
    if token in OUTCOMES:
        return "support.constant.outcome"
    if token in LOGICAL:
        return "keyword.operator.logical"
    return "keyword.control.clause" if token in CLAUSES else "keyword.other"


def _words(tokens: Iterable[str]) -> str:
    words = {word for token in tokens for word in SURFACES[token] if word}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _whole(inner: str) -> str:
    return f"{_EDGE}(?:{inner}){_END}"


def _named(tokens: Iterable[str], name: str, scope: str) -> dict[str, Any]:
    """A keyword and the name behind it."""
    first, *_ = tokens = sorted(tokens)
    return {
        "match": rf"{_EDGE}({_words(tokens)})\s+({name})",
        "captures": {"1": {"name": f"{scope_of(first)}.compliance-rule"}, "2": {"name": f"{scope}.compliance-rule"}},
    }


def _quoted(opening: str, closing: str, scope: str) -> dict[str, Any]:
    return {
        "name": f"{scope}.compliance-rule",
        "begin": opening,
        "end": f"{closing}|$",
        "patterns": [
            {"name": "constant.character.escape.compliance-rule", "match": rf"\\(?:\\|{closing})"},
            {"include": "#inside"},
        ],
    }


def grammar() -> dict[str, Any]:
    """The grammar as the JSON file holds it."""
    units = "|".join(sorted(UNITS, key=lambda unit: (-len(unit), unit)))
    by_scope: dict[str, list[str]] = {}
    for token in SURFACES:
        by_scope.setdefault(scope_of(token), []).append(token)
    keywords = [
        {"name": f"{scope}.compliance-rule", "match": _whole(_words(tokens))} for scope, tokens in by_scope.items()
    ]
    return {
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "Compliance rule",
        "scopeName": SCOPE,
        "fileTypes": ["rule"],
        "patterns": [{"include": f"#{name}"} for name in ("comment", "text", "head", "literal", "keyword", "name")],
        "repository": {
            "comment": {"patterns": [{"name": "comment.line.number-sign.compliance-rule", "match": "#.*$"}]},
            "text": {
                "patterns": [
                    _quoted("「", "」", "string.quoted.other"),
                    _quoted("“", "”", "string.quoted.other"),
                    _quoted('"', '"', "string.quoted.double"),
                ]
            },
            "inside": {
                "patterns": [
                    {"name": "variable.parameter.compliance-rule", "match": r"\{(?:命中|hit)\}"},
                    {
                        "name": "constant.numeric.time.compliance-rule",
                        "match": r"\[(?:\d{1,2}:)?\d{1,3}:\d{2}[^\]\n]*\]",
                    },
                ]
            },
            "head": {
                "patterns": [
                    _named(["RULE"], _RUN, "entity.name.function.rule"),
                    _named(["WORDS", "LET"], _RUN, "entity.name.type.words"),
                    _named(["POLICY"], _RUN, "entity.name.namespace"),
                    _named(CITING, r"[^\s#「“\"]+", "entity.name.type.law"),
                ]
            },
            "literal": {
                "patterns": [
                    {
                        "name": "string.regexp.compliance-rule",
                        "begin": "/",
                        "end": "/|$",
                        "patterns": [{"name": "constant.character.escape.compliance-rule", "match": r"\\."}],
                    },
                    {
                        "name": "constant.other.article.compliance-rule",
                        "match": r"§[0-9]+(?:\([0-9]+\))?|"
                        + _whole(rf"第{_NUMERAL}+条(?:之{_NUMERAL}+)?(?:第{_NUMERAL}+款)?(?:第{_NUMERAL}+项)?"),
                    },
                    {
                        "name": "constant.numeric.date.compliance-rule",
                        "match": r"(?<![0-9.-])[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
                    },
                    {
                        "name": "constant.numeric.compliance-rule",
                        "match": rf"(?<![{_LETTER}0-9])(?<![{_LETTER}0-9]-)[0-9]+(?:\.[0-9]+)*"
                        rf"(?:{units})?",
                    },
                    {"name": "keyword.operator.comparison.compliance-rule", "match": r"[<>=!]=|[<>=≥≤≠]|\.\."},
                ]
            },
            "keyword": {"patterns": keywords},
            "name": {
                "patterns": [
                    {
                        "name": "variable.other.fact.compliance-rule",
                        "match": rf"{_EDGE}[{_LETTER}][{_LETTER}0-9-]*(?:\.[{_LETTER}0-9-]+)+",
                    }
                ]
            },
        },
    }


def text() -> str:
    return json.dumps(grammar(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    GRAMMAR.write_text(text(), "utf-8", newline="\n")
