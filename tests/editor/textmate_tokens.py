"""The scopes that an editor gives a text by a TextMate grammar: the part of its rules that our grammar uses.

`match` with `captures`, `begin` and `end` with `patterns`, `include` of the repository; the regular expressions run in
Oniguruma, as they do in editors. Of rules that match at the same place the first wins, the end of the open one before.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import onigurumacffi

Rule = dict[str, Any]


class Token(NamedTuple):
    """0-based line, half-open columns in characters, and the scopes from the outermost on."""

    line: int
    start: int
    end: int
    scopes: tuple[str, ...]


_compiled = cache(onigurumacffi.compile)


class Tokenizer:
    def __init__(self, grammar: Rule) -> None:
        self._grammar = grammar

    def tokens(self, text: str) -> Iterator[Token]:
        """Of all lines; characters without a scope are in none."""
        open_rules: list[Rule] = []
        for number, line in enumerate(text.split("\n")):
            yield from self._line(number, f"{line}\n", open_rules)

    def _line(self, number: int, line: str, open_rules: list[Rule]) -> Iterator[Token]:
        at = 0
        while at < len(line):
            found, rule = self._first(line, at, open_rules)
            if found is None or rule is None:
                return
            inside = tuple(each["name"] for each in open_rules)
            if open_rules and at < found.start():
                yield Token(number, at, found.start(), inside)
            closes = bool(open_rules) and rule is open_rules[-1]
            scopes = inside if closes or "name" not in rule else (*inside, rule["name"])
            if found.start() < found.end():
                yield Token(number, found.start(), found.end(), scopes)
            for group, capture in rule.get("captures", {}).items():
                yield Token(number, *found.span(int(group)), (*scopes, capture["name"]))
            if closes:
                open_rules.pop()
            elif "begin" in rule:
                open_rules.append(rule)
            assert found.end() > at or closes, f"{rule} stands still"
            at = found.end()

    def _first(self, line: str, at: int, open_rules: list[Rule]) -> tuple[Any, Rule | None]:
        patterns = open_rules[-1].get("patterns", []) if open_rules else self._grammar["patterns"]
        tried = [(open_rules[-1]["end"], open_rules[-1])] if open_rules else []
        tried += [(rule.get("match") or rule["begin"], rule) for rule in self._included(patterns)]
        best: tuple[Any, Rule | None] = (None, None)
        for expression, rule in tried:
            found = _compiled(expression).search(line, at)
            if found is not None and (best[0] is None or found.start() < best[0].start()):
                best = found, rule
        return best

    def _included(self, patterns: list[Rule]) -> Iterator[Rule]:
        for rule in patterns:
            if "include" in rule:
                yield from self._included(self._grammar["repository"][rule["include"].removeprefix("#")]["patterns"])
            else:
                yield rule
