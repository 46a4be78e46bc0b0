"""Syntax trees → compiled rules, with every mistake of every file reported at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from compliance.lang.clauses import ClauseReader
from compliance.lang.diagnostics import Diagnostic, ordered
from compliance.lang.doubts import doubts, subsumed
from compliance.lang.parse import parse
from compliance.lang.position import Position
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.lang.rule import Rule
from compliance.lang.words import FileWords, WordTable
from compliance.model.lexicon import Lexicon
from compliance.words.group import WordGroup

Sources = Iterable[tuple[str, str]]
"""(path as shown in diagnostics, text) of rule files."""


@dataclass(frozen=True)
class Compiled:
    """Rules that are sound, the word groups they use, and what is wrong with the others."""

    rules: tuple[Rule, ...]
    groups: tuple[WordGroup, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> list[Diagnostic]:
        return [d for d in self.diagnostics if d.is_error]


_NOTHING: Mapping[str, str] = MappingProxyType({})


def compile_rules(
    sources: Sources,
    lexicons: Iterable[Lexicon],
    laws: LawRegistry,
    facts: FactRegistry,
    defined: Mapping[str, str] = _NOTHING,
) -> Compiled:
    """Compile rule files against lexicons, law registry and facts. Never raises for what a file says.

    `defined`: ids of rules in files that come before these and are not compiled, and where they stand.
    """
    diagnostics: list[Diagnostic] = []
    table = WordTable(lexicons)
    files = []
    for path, source in sources:
        file, found = parse(source, path)
        files.append(file)
        diagnostics += found
    first_seen = dict(defined)
    rules: list[Rule] = []
    for file in files:
        report = _reporter(file.path, diagnostics)
        words = FileWords(table, file, report)
        for definition in file.rules:
            if definition.id in first_seen:
                report("E007", definition.at, name=definition.id, where=first_seen[definition.id])
                continue
            first_seen[definition.id] = f"{file.path}:{definition.at.line}"
            rule = ClauseReader(file, definition, words, table, laws, facts, report).rule()
            if rule is not None:
                rules.append(rule)
                doubts(rule, laws, report)
        for name, at in words.unused():
            report("W101", at, name=name, what_zh="词组", what_en="word group")
    for narrow, wide in subsumed(rules):
        _reporter(narrow.path, diagnostics)("W105", narrow.at, rule=narrow.id, other=wide.id)
    return Compiled(tuple(rules), tuple(table.groups), tuple(ordered(diagnostics)))


def _reporter(path: str, diagnostics: list[Diagnostic]) -> Callable[..., None]:
    def report(code: str, at: Position, **values: str) -> None:
        diagnostics.append(Diagnostic(code, path, at, values))

    return report
