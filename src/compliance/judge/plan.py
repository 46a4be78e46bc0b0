"""Which rules can concern a document of one source and category, and the words that only they need."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from compliance.lang import tree
from compliance.lang.registry import CATEGORY_FACT
from compliance.lang.rule import Rule
from compliance.lang.walk import walk
from compliance.model.document import Document
from compliance.model.vocabulary import Source
from compliance.words.scanner import Scanner, Selection


class Plan:
    """The rules for one kind of document, found by the groups that must occur."""

    def __init__(self, rules: Iterable[Rule], scanner: Scanner) -> None:
        self.rules = tuple(rules)
        self._always = [i for i, rule in enumerate(self.rules) if rule.atoms is None]
        self._by_atom: defaultdict[int, list[int]] = defaultdict(list)
        for i, rule in enumerate(self.rules):
            for atom in rule.atoms or ():
                self._by_atom[atom].append(i)
        self.selection: Selection = scanner.select(frozenset(g for rule in self.rules for g in _groups(rule)))

    def is_atom(self, group: int) -> bool:
        return group in self._by_atom

    def candidates(self, occurring: Iterable[int], day: date) -> list[Rule]:
        """Rules in force, one of whose atoms may occur."""
        chosen = set(self._always)
        for group in occurring:
            chosen.update(self._by_atom.get(group, ()))
        return [rule for rule in (self.rules[i] for i in sorted(chosen)) if rule.in_force(day)]


class Planner:
    """Plans by source and category, made when the first such document comes."""

    def __init__(self, rules: Sequence[Rule], scanner: Scanner) -> None:
        self._rules = tuple(rules)
        self._scanner = scanner
        self._plans: dict[tuple[Source, str | None], Plan] = {}

    def plan(self, document: Document, category: str | None) -> Plan:
        key = (document.source, category)
        if key not in self._plans:
            rules = (r for r in self._rules if document.source in r.sources and not denied(r.condition, category))
            self._plans[key] = Plan(rules, self._scanner)
        return self._plans[key]


def denied(condition: tree.Expr, category: str | None) -> bool:
    """Whether the category alone keeps the condition from holding; an unknown category denies nothing."""
    if category is None:
        return False
    for part in condition.parts if isinstance(condition, tree.And) else (condition,):
        match part:
            case tree.FactIs(path=path, values=values) if path == CATEGORY_FACT and category not in values:
                return True
            case tree.Not(inner=tree.FactIs(path=path, values=values)) if path == CATEGORY_FACT and category in values:
                return True
            case _:
                pass
    return False


def _groups(rule: Rule) -> set[int]:
    parts = (rule.condition, *(exception.condition for exception in rule.exceptions))
    return {node.group for part in parts for node in walk(part) if isinstance(node, tree.Occurs) and node.group >= 0}
