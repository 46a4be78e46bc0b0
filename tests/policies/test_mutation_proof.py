"""Rules whose examples notice every change: listed in mutation_proof.txt, and they stay so.

A rule that is changed so that a test here fails lacks an example; `compliance policy test --mutate ID` says which.
Rules that are whole and not listed yet are added with REWRITE_PROOF=1 pytest tests/policies/test_mutation_proof.py.
"""

import os
from functools import cache
from pathlib import Path

from compliance.judge.examples import ExampleRunner
from compliance.judge.mutation import survivors
from compliance.judge.stance import Stances
from compliance.lang.mutants import Mutant
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.meaning.reader import Reader
from compliance.release.sources import read_sources
from compliance.words.scanner import Scanner

LISTED = Path(__file__).with_name("mutation_proof.txt")


@cache
def survived() -> dict[str, tuple[Rule, list[Mutant]]]:
    """What survives of each shipped rule."""
    sources = read_sources()
    compiled = sources.compile()
    scanner = Scanner(compiled.groups, sources.covers)
    runner = ExampleRunner(scanner, FactRegistry(sources.facts), Stances(sources.lexicons), Reader())
    return {rule.id: (rule, survivors(rule, compiled.groups, runner)[0]) for rule in compiled.rules}


def listed() -> list[str]:
    return [line for line in LISTED.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_no_change_of_a_listed_rule_goes_unnoticed() -> None:
    if os.environ.get("REWRITE_PROOF"):
        head = [line for line in LISTED.read_text("utf-8").splitlines() if line.startswith("#")]
        whole = sorted({name for name, (_, left) in survived().items() if not left} | set(listed()))
        LISTED.write_text("\n".join([*head, *whole]) + "\n", "utf-8")
    unnoticed = [
        f"{name} {rule.path}:{mutant.part.at.line}:{mutant.part.at.column} {mutant.change.name}"
        for name in listed()
        for rule, left in [survived()[name]]
        for mutant in left
    ]
    assert not unnoticed, "\n".join(unnoticed)


def test_the_list_is_in_order_and_names_rules() -> None:
    names = listed()
    assert names == sorted(set(names))
    assert set(names) <= survived().keys()
    assert names
