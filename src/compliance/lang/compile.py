"""Syntax trees → compiled rules, with every mistake of every file reported at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from compliance.lang import tree
from compliance.lang.clauses import ClauseReader
from compliance.lang.diagnostics import Diagnostic, ordered
from compliance.lang.doubts import doubts, subsumed
from compliance.lang.parse import parse
from compliance.lang.position import Position
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.lang.rule import Rule
from compliance.lang.walk import rewrite
from compliance.lang.words import FileWords, GroupKey, WordTable
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


@dataclass(frozen=True)
class CompiledFile:
    """What one file comes to by itself, whatever stands in the files around it.

    `ids`: of its rules, sound or not, and their lines. `groups`: numbers and keys of the words that its rules look
    for; among other files they may have other numbers.
    """

    ids: tuple[tuple[str, int], ...]
    rules: tuple[Rule, ...]
    groups: tuple[tuple[int, GroupKey], ...]
    diagnostics: tuple[Diagnostic, ...]


class KnownFiles(Protocol):
    """Files that were compiled before, against the same words, laws and facts."""

    def get(self, path: str, source: str) -> CompiledFile | None: ...

    def put(self, path: str, source: str, made: CompiledFile) -> None: ...


_NOTHING: Mapping[str, str] = MappingProxyType({})


def compile_rules(
    sources: Sources,
    lexicons: Iterable[Lexicon],
    laws: LawRegistry,
    facts: FactRegistry,
    defined: Mapping[str, str] = _NOTHING,
    known: KnownFiles | None = None,
) -> Compiled:
    """Compile rule files against lexicons, law registry and facts. Never raises for what a file says.

    `defined`: ids of rules in files that come before these and are not compiled, and where they stand.
    With `known` files only their rules and diagnostics are told, not the words of their groups.
    """
    table = WordTable(lexicons)
    first_seen = dict(defined)
    rules: list[Rule] = []
    diagnostics: list[Diagnostic] = []
    for path, source in sources:
        made = known.get(path, source) if known is not None else None
        if made is not None and not any(name in first_seen for name, _ in made.ids):
            made = _renumbered(made, table)
        else:
            made = _file(path, source, table, laws, facts, first_seen)
            if known is not None and not any(name in first_seen for name, _ in made.ids):
                known.put(path, source, made)
        for name, line in made.ids:
            first_seen.setdefault(name, f"{path}:{line}")
        rules += made.rules
        diagnostics += made.diagnostics
    for narrow, wide in subsumed(rules):
        _reporter(narrow.path, diagnostics)("W105", narrow.at, rule=narrow.id, other=wide.id)
    return Compiled(tuple(rules), tuple(table.groups), tuple(ordered(diagnostics)))


def _file(
    path: str, source: str, table: WordTable, laws: LawRegistry, facts: FactRegistry, before: Mapping[str, str]
) -> CompiledFile:
    """`before`: ids of the rules in other files, and where they stand."""
    file, diagnostics = parse(source, path)
    report = _reporter(path, diagnostics)
    words = FileWords(table, file, report)
    first_seen = dict(before)
    rules: list[Rule] = []
    for definition in file.rules:
        if definition.id in first_seen:
            report("E007", definition.at, name=definition.id, where=first_seen[definition.id])
            continue
        first_seen[definition.id] = f"{path}:{definition.at.line}"
        rule = ClauseReader(file, definition, words, table, laws, facts, report).rule()
        if rule is not None:
            rules.append(rule)
            doubts(rule, laws, report)
    for name, at in words.unused():
        report("W101", at, name=name, what_zh="词组", what_en="word group")
    ids = tuple((definition.id, definition.at.line) for definition in file.rules)
    return CompiledFile(ids, tuple(rules), tuple(words.groups.items()), tuple(diagnostics))


def _renumbered(made: CompiledFile, table: WordTable) -> CompiledFile:
    """The file with the numbers that its groups have in this table."""
    numbers = {number: table.reserve(key) for number, key in made.groups}
    if all(old == new for old, new in numbers.items()):
        return made

    def change(node: object) -> object:
        return replace(node, group=numbers[node.group]) if isinstance(node, tree.Occurs) else node

    rules = []
    for rule in made.rules:
        condition = rewrite(rule.condition, change)
        exceptions = tuple(replace(each, condition=rewrite(each.condition, change)) for each in rule.exceptions)
        needed = None if rule.atoms is None else frozenset(map(numbers.__getitem__, rule.atoms))
        rules.append(replace(rule, condition=condition, exceptions=exceptions, atoms=needed))
    return replace(made, rules=tuple(rules))


def _reporter(path: str, diagnostics: list[Diagnostic]) -> Callable[..., None]:
    def report(code: str, at: Position, **values: str) -> None:
        diagnostics.append(Diagnostic(code, path, at, values))

    return report
