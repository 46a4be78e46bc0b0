"""A rule's inline examples, run through the real scanner and evaluator."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from compliance.judge.context import Context
from compliance.judge.facts import facts_of
from compliance.judge.judge import Judge, matches_of
from compliance.judge.reach import reach
from compliance.judge.stance import Stances
from compliance.lang import tree
from compliance.lang.example import document
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.meaning.reader import Reader
from compliance.words.scanner import Scanner

LABELS = {"fires": "应报", "silent": "不报", "asks": "待补"}


class ExampleResult(NamedTuple):
    rule: Rule
    example: tree.Example
    passed: bool
    wanted: str
    actual: str


class _Told(NamedTuple):
    """One finding as examples look at it."""

    text: str
    asks: bool


class Trial:
    """One example as a document, scanned once; its rule, and changed forms of it, are then asked about it."""

    def __init__(self, rule: Rule, example: tree.Example, context: Context) -> None:
        self.example = example
        self._context = context
        self._day = _day(rule)

    def findings(self, rule: Rule) -> list[_Told]:
        """What the rule alone says, candidates included, so that a wrong atom shows."""
        context = self._context
        if context.document.source not in rule.sources or not rule.in_force(self._day):
            return []
        if rule.atoms is not None and rule.atoms.isdisjoint(context.scan.possible):
            return []
        context.hit, context.waived = None, []
        if not reach(context, rule.condition):
            return []
        matches, questions = matches_of(rule, context)
        told = []
        for match in matches:
            excuse, doubts = Judge.exceptions(rule, match, context)
            if excuse is None:
                asks = bool(questions or match.questions or doubts)
                told.append(_Told(context.text[match.start : match.end], asks))
        return told

    def passes(self, rule: Rule) -> bool:
        return _agrees(self.example, self.findings(rule))

    def result(self, rule: Rule) -> ExampleResult:
        findings = self.findings(rule)
        wanted = LABELS[self.example.outcome] + (f" 于 「{self.example.span}」" if self.example.span else "")
        return ExampleResult(rule, self.example, _agrees(self.example, findings), wanted, _shown(findings))


class ExampleRunner:
    """Runs the examples of rules, one rule at a time."""

    def __init__(self, scanner: Scanner, facts: FactRegistry, stances: Stances, reader: Reader | None = None) -> None:
        self._reader = reader
        self._scanner = scanner
        self._facts = facts
        self._stances = stances

    def run(self, rule: Rule) -> list[ExampleResult]:
        return [trial.result(rule) for trial in self.trials(rule)]

    def run_all(self, rules: Sequence[Rule]) -> list[ExampleResult]:
        return [result for rule in rules for result in self.run(rule)]

    def trials(self, rule: Rule) -> list[Trial]:
        return [Trial(rule, example, self._context(rule, example)) for example in rule.examples]

    def _context(self, rule: Rule, example: tree.Example) -> Context:
        made = document(example, rule.first_source, self._facts)
        context = Context(made, facts_of(made, self._facts), self._facts, self._stances, _day(rule), self._reader)
        context.scan = self._scanner.scan(context.heard)
        return context


def _day(rule: Rule) -> date:
    """The rule's own first day: examples hold whatever today is."""
    return rule.effective_from


def _agrees(example: tree.Example, findings: Sequence[_Told]) -> bool:
    fired = [told for told in findings if not told.asks]
    if example.outcome == "silent":
        return not findings
    if example.outcome == "asks":
        return bool(findings) and not fired
    return any(example.span is None or told.text == example.span for told in fired)


def _shown(findings: Sequence[_Told]) -> str:
    return "、".join(f"{'待补' if told.asks else '应报'} 于 「{told.text}」" for told in findings) or "不报"
