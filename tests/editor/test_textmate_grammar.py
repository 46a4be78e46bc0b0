"""Editors colour what the lexer reads: the grammar is current, and agrees with it on every shipped rule file."""

import json
import runpy
from collections.abc import Callable, Iterator
from typing import Any

import onigurumacffi
import pytest
from textmate_tokens import Tokenizer

from compliance.lang.keywords import SURFACES
from compliance.lang.lexer import Lexer
from compliance.release.rules import read_rule_files
from compliance.release.shipped import shipped
from small_release import rule

ROOT = shipped("policies").parent
TOOL: dict[str, Any] = runpy.run_path(str(ROOT / "tools" / "textmate.py"))
GRAMMAR: dict[str, Any] = TOOL["grammar"]()
scope_of: Callable[[str], str] = TOOL["scope_of"]
EXTENSION = ROOT / "editors" / "vscode"

_SCOPES = {
    "STRING": "string.quoted", "REGEX": "string.regexp", "ARTICLE": "constant.other.article", "CMP": "comparison",
    "DATE": "constant.numeric.date", "NUMBER": "constant.numeric", "DISTANCE": "constant.numeric",
    "MONEY": "constant.numeric", "VERSION_NUMBER": "constant.numeric", "EQ": "comparison", "RANGE": "comparison",
    "PATH": "variable.other.fact",
}  # fmt: skip


def scopes(text: str) -> dict[tuple[int, int], str]:
    """The scopes of every character that has some, by line and column, both 1-based."""
    found: dict[tuple[int, int], str] = {}
    for token in Tokenizer(GRAMMAR).tokens(text):
        for column in range(token.start, token.end):
            found[token.line + 1, column + 1] = " ".join(token.scopes)
    return found


def misread(text: str) -> Iterator[tuple[str, str]]:
    """Tokens that are coloured as something else, with their scopes."""
    coloured = scopes(text)
    for lexeme in Lexer(text, "").tokens():
        scope = coloured.get((lexeme.at.line, lexeme.at.column), "")
        wanted = scope_of(lexeme.kind) if lexeme.kind in SURFACES else _SCOPES.get(lexeme.kind)
        fits = wanted in scope if wanted else "keyword" not in scope and "string" not in scope
        if not fits:
            yield lexeme.raw, scope


def test_the_grammar_is_current() -> None:
    current = (EXTENSION / "syntaxes" / "compliance-rule.tmLanguage.json").read_text("utf-8") == TOOL["text"]()
    assert current, "out of date: run python tools/textmate.py"


def expressions(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key in {"match", "begin", "end"})
        for each in value.values():
            yield from expressions(each)
    elif isinstance(value, list):
        for each in value:
            yield from expressions(each)


def test_every_expression_compiles() -> None:
    found = list(expressions(GRAMMAR))
    assert len(found) > 20
    for expression in found:
        assert onigurumacffi.compile(expression) is not None


@pytest.mark.parametrize("file", read_rule_files([shipped("policies")]), ids=lambda file: file[0].rpartition("/")[2])
def test_shipped_files_are_coloured_as_they_are_read(file: tuple[str, str]) -> None:
    assert list(misread(file[1])) == []


@pytest.mark.parametrize("word", sorted(word for pair in SURFACES.values() for word in pair if word))
def test_every_keyword_is_coloured_by_itself_and_not_inside_a_name(word: str) -> None:
    token = next(token for token, pair in SURFACES.items() if word in pair)
    assert scope_of(token) in scopes(f"  {word} 甲")[1, 3]
    for name in (f"甲{word}", f"{word}甲", f"甲.{word}", f"{word}2", f"a-{word}"):
        assert "keyword" not in scopes(f"  {name} ").get((1, 3), "")
        assert "storage" not in scopes(f"  {name} ").get((1, 3), "")


@pytest.mark.parametrize(
    ("text", "part", "scope"),
    [
        ("规则 AD-ABS-001 「甲」", "AD-ABS-001", "entity.name.function.rule"),
        ("规则 AD-ABS-001 「甲」", "甲", "string.quoted.other"),
        ('词组 甲 = "乙"', "甲", "entity.name.type.words"),
        ("  依据 law/when 第一条", "law/when", "entity.name.type.law"),
        ("  依据 广告法 §9(3)", "§9(3)", "constant.other.article"),
        ("  例 「[00:10 主播] 好」", "[00:10 主播]", "constant.numeric.time"),
        ("  改为 「删去“{命中}”」", "{命中}", "variable.parameter"),
        ("  改为 「甲\\」乙」 当", "乙", "string.quoted.other"),
        ("  改为 「甲\\」乙」 当", "当", "keyword.control.clause"),
        ("  当 /a\\/当/ 且", "当/", "string.regexp"),
        ("# 当 「甲", "当", "comment.line"),
        ("  改为 「甲 # 乙」", "乙", "string.quoted.other"),
    ],
)
def test_scopes(text: str, part: str, scope: str) -> None:
    coloured = scopes(text)
    start = text.rindex(part) + 1
    for column in range(start, start + len(part)):
        assert scope in coloured[1, column]


def test_an_open_quote_ends_with_its_line() -> None:
    coloured = scopes("  改为 「甲\n  当 乙")
    assert "string" in coloured[1, 7]
    assert "keyword.control" in coloured[2, 3]


def test_english_rules_are_coloured_too() -> None:
    text = 'rule T-ONE-001 "t"\n  law 广告法 §9(3)\n  when any 甲 within 8chars of 乙 and not 丙 negated\n'
    assert list(misread(text)) == []
    assert list(misread(rule("出现 甲 且 非 乙"))) == []


def test_the_extension_names_what_is_there() -> None:
    package = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    (language,) = package["contributes"]["languages"]
    (grammar,) = package["contributes"]["grammars"]
    assert language["extensions"] == [".rule"]
    assert grammar["language"] == language["id"]
    assert grammar["scopeName"] == GRAMMAR["scopeName"]
    for path in (language["configuration"], grammar["path"], package["main"]):
        assert (EXTENSION / path).is_file()
    configuration = json.loads((EXTENSION / language["configuration"]).read_text("utf-8"))
    assert configuration["comments"]["lineComment"] == "#"
