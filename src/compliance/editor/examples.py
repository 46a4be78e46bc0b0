"""The examples of the rules being written, run as `policy test` runs them."""

from collections.abc import Iterable
from typing import NamedTuple

from compliance.editor.check import Checked
from compliance.editor.knowledge import Knowledge
from compliance.judge.examples import ExampleRunner
from compliance.judge.stance import Stances
from compliance.lang import tree
from compliance.lang.diagnostics import Diagnostic
from compliance.meaning.reader import Reader
from compliance.words.scanner import Scanner


class Failure(NamedTuple):
    """An example that does not hold. Equal examples are the same wherever they stand."""

    rule: str
    example: tree.Example
    wanted: str
    actual: str


def failures(checked: Checked, knowledge: Knowledge, reader: Reader) -> tuple[Failure, ...]:
    """Of the sound rules of a text; known gaps (待改) are none. Raises ComplianceError when the model is damaged."""
    if not checked.rules:
        return ()
    scanner = Scanner(checked.groups, knowledge.covers)
    runner = ExampleRunner(scanner, knowledge.facts, Stances(knowledge.lexicons), reader)
    return tuple(
        Failure(result.rule.id, result.example, result.wanted, result.actual)
        for result in runner.run_all(checked.rules)
        if not result.passed and not result.example.todo
    )


def placed(failed: Iterable[Failure], path: str, checked: Checked) -> list[Diagnostic]:
    """E030 where the examples stand in a text that may have changed since; those that are gone are left out."""
    at = {(rule.id, example): example.at for rule in checked.rules for example in rule.examples}
    return [
        Diagnostic("E030", path, at[each.rule, each.example], {"wanted": each.wanted, "actual": each.actual})
        for each in failed
        if (each.rule, each.example) in at
    ]
