"""Which rules can concern a document of one source and category, and the words that only they need."""

from collections.abc import Iterable
from datetime import date

from compliance.lang.rule import Rule
from compliance.lang.ruleset import RuleSet
from compliance.model.document import Document
from compliance.model.vocabulary import Source
from compliance.words.scanner import Scanner, Selection


class Plan:
    """The rules for one kind of document, found by the groups that must occur."""

    def __init__(self, rules: RuleSet, scanner: Scanner) -> None:
        self.rules = rules
        self._always = rules.unprompted
        by_atom = enumerate(rules.by_atom)
        self._by_atom = {atom: numbers for atom, numbers in by_atom if numbers}
        self.selection: Selection = scanner.select(rules.groups)

    def is_atom(self, group: int) -> bool:
        return group in self._by_atom

    def candidates(self, occurring: Iterable[int], day: date) -> list[Rule]:
        """Rules in force, one of whose atoms may occur."""
        chosen = set(self._always)
        for group in occurring:
            chosen.update(self._by_atom.get(group, ()))
        return self.rules.in_force(chosen, day)


class Planner:
    """Plans by source and category, made when the first such document comes."""

    def __init__(self, rules: RuleSet, scanner: Scanner) -> None:
        self._rules = rules
        self._scanner = scanner
        self._plans: dict[tuple[Source, str | None], Plan] = {}

    def plan(self, document: Document, category: str | None) -> Plan:
        key = (document.source, category)
        if key not in self._plans:
            self._plans[key] = Plan(self._rules.concerning(document.source, category), self._scanner)
        return self._plans[key]
