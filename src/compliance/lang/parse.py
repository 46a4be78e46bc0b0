"""A rule file → syntax tree and diagnostics.

A file is cut into pieces (规章, 词组, 规则) and a rule into clauses before parsing, and each is parsed
alone: one mistake spoils one clause, so every mistake of a file is reported at once.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer as LarkLexer

from compliance.lang import tree
from compliance.lang.build import BuildTree
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.keywords import CLAUSES, EXPRESSION_STARTS, KEYWORDS, PIECES, SURFACES
from compliance.lang.lexer import Lexeme, Lexer
from compliance.lang.nearest import nearest
from compliance.lang.nesting import MAX_NESTING, too_deep


class _Prepared(LarkLexer):
    """Hands over tokens that are made already."""

    def __init__(self, *_: Any) -> None: ...

    def lex(self, data: list[Token]) -> Iterator[Token]:  # type: ignore[override]
        yield from data


@cache
def _parser() -> Lark:
    grammar = files("compliance.lang").joinpath("grammar.lark").read_text("utf-8")
    starts = ["words", "policy", "head", "clause"]
    return Lark(
        grammar, parser="lalr", lexer=_Prepared, start=starts, transformer=BuildTree(), maybe_placeholders=False,
        strict=False,
    )  # fmt: skip


_TERMINALS: dict[str, tuple[str, str]] = {
    "NAME": ("名字", "a name"),
    "PATH": ("事实（如 商品.类目）", "a fact path"),
    "STRING": ("「文字」", "a quoted text"),
    "REGEX": ("/正则/", "/regex/"),
    "NUMBER": ("数字", "a number"),
    "DISTANCE": ("距离或时间（如 8字、60秒）", "a distance (8chars, 60s)"),
    "MONEY": ("金额（如 5万元）", "an amount of money"),
    "DATE": ("日期（如 2026-01-01）", "a date (2026-01-01)"),
    "VERSION_NUMBER": ("版本号（如 2026.11.1）", "a version (2026.11.1)"),
    "ARTICLE": ("条款（如 第九条第三项）", "an article (§9(3))"),
    "CMP": ("比较（如 >=）", "a comparison"),
    "SEP": ("、", ","),
    "LPAR": ("（", "("),
    "RPAR": ("）", ")"),
    "EQ": ("=", "="),
    "RANGE": ("..", ".."),
    "$END": ("本句结束", "the end of the clause"),
}


def parse(source: str, path: str) -> tuple[tree.RuleFile, list[Diagnostic]]:
    """The tree of everything that parsed, and every lexical and syntactic mistake. Never raises."""
    lexer = Lexer(source, path)
    lexemes = list(lexer.tokens())
    parser = _FileParser(path, lexer.diagnostics)
    for piece in parser.pieces(lexemes):
        parser.piece(piece)
    result = tree.RuleFile(path, source, tuple(parser.policies), tuple(parser.words), tuple(parser.rules))
    return result, parser.diagnostics


class _FileParser:
    def __init__(self, path: str, diagnostics: list[Diagnostic]) -> None:
        self.path = path
        self.diagnostics = diagnostics
        self.policies: list[tree.Policy] = []
        self.words: list[tree.WordsDefinition] = []
        self.rules: list[tree.RuleDefinition] = []

    def pieces(self, lexemes: list[Lexeme]) -> list[list[Lexeme]]:
        """Runs of tokens that begin with a piece keyword; what stands before the first is reported."""
        pieces: list[list[Lexeme]] = []
        told = False
        for lexeme in lexemes:
            names = bool(pieces) and len(pieces[-1]) == 1 and pieces[-1][0].kind != "RULE"
            if lexeme.kind in PIECES and not (names and lexeme.at.line == pieces[-1][0].at.line):
                pieces.append([lexeme])
            elif pieces:
                pieces[-1].append(lexeme)
            elif not told:
                told = True
                self.diagnostics.append(Diagnostic("E026", self.path, lexeme.at, {"found": lexeme.raw}))
        return pieces

    def piece(self, lexemes: list[Lexeme]) -> None:
        if lexemes[0].kind == "RULE":
            self._rule(lexemes)
            return
        node = self._parse(lexemes, lexemes[0].kind.lower())
        if isinstance(node, tree.WordsDefinition):
            self.words.append(node)
        elif isinstance(node, tree.Policy):
            self.policies.append(node)

    def _rule(self, lexemes: list[Lexeme]) -> None:
        head, clauses = clauses_of(lexemes)
        rule = self._parse(head, "head")
        parsed = [self._parse(clause, "clause") for clause in clauses]
        # A clause that did not parse still counts as given, or one mistake would be told twice.
        whole = tuple(
            node if isinstance(node, tree.Clause) else tree.Clause(_kind(clause), None, at=clause[0].at)
            for node, clause in zip(parsed, clauses, strict=True)
        )
        if isinstance(rule, tree.RuleDefinition):
            self.rules.append(tree.RuleDefinition(rule.id, rule.title, whole, at=rule.at))

    def _parse(self, lexemes: list[Lexeme], start: str) -> Any:
        deep = too_deep(lexemes)
        if deep is not None:
            self.diagnostics.append(Diagnostic("E029", self.path, deep.at, {"limit": str(MAX_NESTING)}))
            return None
        try:
            return _parser().parse([_token(lexeme) for lexeme in lexemes], start=start)
        except UnexpectedToken as error:
            self._unexpected(error, lexemes)
            return None
        except UnexpectedInput:
            self._report(lexemes[-1], ["NAME"])
            return None

    def _unexpected(self, error: UnexpectedToken, lexemes: list[Lexeme]) -> None:
        expected = sorted(error.expected)
        if error.token.type == "$END":
            last = lexemes[-1]
            at = last.at._replace(column=last.at.column + (last.at.end - last.at.start), start=last.at.end)
            self._report(Lexeme("$END", "", "", at), expected)
            return
        found = next((x for x in lexemes if x.at.start == error.token.start_pos), lexemes[-1])
        self._report(found, expected)

    def _report(self, found: Lexeme, expected: list[str]) -> None:
        if found.raw in KEYWORDS and expected in (["NAME"], ["NAME", "PATH"], ["NAME", "STRING"]):
            self.diagnostics.append(Diagnostic("E037", self.path, found.at, {"found": found.raw}))
            return
        meant = _meant(found, expected)
        values = {
            "found": found.raw or _describe(["$END"], 0),
            "expected_zh": _describe(expected, 0) + (f"；是否想写「{meant}」？" if meant else ""),
            "expected_en": _describe(expected, 1) + (f"; did you mean `{meant}`?" if meant else ""),
        }
        self.diagnostics.append(Diagnostic("E001", self.path, found.at, values))


def expected(lexemes: Sequence[Lexeme], start: str) -> frozenset[str] | None:
    """The terminals that may follow; `$END` where the piece may end. None when the tokens themselves do not parse.

    `start` is what the tokens begin: words, policy, head or clause.
    """
    if too_deep(lexemes) is not None:
        return None
    state = _parser().parse_interactive(start=start)
    try:
        for lexeme in lexemes:
            state.feed_token(_token(lexeme))
    except UnexpectedInput:
        return None
    return frozenset(state.accepts())  # type: ignore[no-untyped-call]


def _kind(clause: list[Lexeme]) -> str:
    return "TEST" if clause[0].kind == "TODO" else clause[0].kind


def clauses_of(lexemes: list[Lexeme]) -> tuple[list[Lexeme], list[list[Lexeme]]]:
    """The head of a rule and its clauses, each with the keyword that begins it."""
    head: list[Lexeme] = []
    clauses: list[list[Lexeme]] = []
    for lexeme in lexemes:
        marked = bool(clauses) and len(clauses[-1]) == 1 and clauses[-1][0].kind == "TODO"
        if lexeme.kind in CLAUSES and not (marked and lexeme.kind == "TEST"):  # 待改 例 is one clause
            clauses.append([lexeme])
        else:
            (clauses[-1] if clauses else head).append(lexeme)
    return head, clauses


def _token(lexeme: Lexeme) -> Token:
    at = lexeme.at
    return Token(
        lexeme.kind, lexeme.value, at.start, at.line, at.column, at.line, at.column + at.end - at.start, at.end
    )


def _describe(expected: list[str], language: int) -> str:
    """Up to six expected terminals in the author's words."""
    names = []
    for terminal in expected:
        surface = SURFACES.get(terminal, _TERMINALS.get(terminal, (terminal, terminal)))[language]
        if surface and surface not in names:
            names.append(surface)
    order = [n for n in names if n[0] != "「"] if len(names) > 6 else names
    joined = ("、" if language == 0 else ", ").join(order[:6])
    return joined + (" 等" if language == 0 and len(order) > 6 else "")


def _meant(found: Lexeme, expected: list[str]) -> str:
    """What was probably meant: two words where a name begins with a keyword, or a keyword much like the name."""
    if found.kind != "NAME":
        return ""
    for word, kind in KEYWORDS.items():
        if kind in EXPRESSION_STARTS | CLAUSES and not word.isascii() and found.raw.startswith(word):
            rest = found.raw[len(word) :]
            if rest:
                return f"{word} {rest}"
    possible = [word for word, kind in KEYWORDS.items() if kind in CLAUSES or kind in expected]
    return nearest(found.raw, [word for word in possible if len(word) > 1]) or ""
