"""A rule's inline examples, run through the real scanner and evaluator."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from compliance.judge.judge import Judge
from compliance.judge.stance import Stances
from compliance.lang import tree
from compliance.lang.example import document
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.model.report import Finding
from compliance.model.vocabulary import Outcome
from compliance.words.scanner import Scanner

LABELS = {"fires": "应报", "silent": "不报", "asks": "待补"}


class ExampleResult(NamedTuple):
    rule: Rule
    example: tree.Example
    passed: bool
    wanted: str
    actual: str


class ExampleRunner:
    """Runs the examples of rules one rule at a time, candidates included, so that a wrong atom shows."""

    def __init__(self, scanner: Scanner, facts: FactRegistry, stances: Stances) -> None:
        self._scanner = scanner
        self._facts = facts
        self._stances = stances

    def run(self, rule: Rule) -> list[ExampleResult]:
        judge = Judge([rule], self._scanner, self._facts, self._stances, "examples")
        return [self._one(judge, rule, example) for example in rule.examples]

    def run_all(self, rules: Sequence[Rule]) -> list[ExampleResult]:
        return [result for rule in rules for result in self.run(rule)]

    def _one(self, judge: Judge, rule: Rule, example: tree.Example) -> ExampleResult:
        made = document(example, rule.first_source, self._facts)
        findings = judge.review(made, _day(rule)).findings
        wanted = LABELS[example.outcome] + (f" 于 「{example.span}」" if example.span else "")
        return ExampleResult(rule, example, _agrees(example, findings), wanted, _told(findings))


def _day(rule: Rule) -> date:
    """The rule's own first day: examples hold whatever today is."""
    return rule.effective_from


def _agrees(example: tree.Example, findings: Sequence[Finding]) -> bool:
    fired = [f for f in findings if f.outcome is Outcome.FIRES]
    if example.outcome == "silent":
        return not findings
    if example.outcome == "asks":
        return bool(findings) and not fired
    return any(example.span is None or f.text == example.span for f in fired)


def _told(findings: Sequence[Finding]) -> str:
    if not findings:
        return "不报"
    return "、".join(f"{'应报' if f.outcome is Outcome.FIRES else '待补'} 于 「{f.text}」" for f in findings)
