"""Whether a rule's examples notice when something about the rule is changed."""

from collections.abc import Sequence

from compliance.judge.examples import ExampleRunner
from compliance.lang.mutants import Mutant, mutants
from compliance.lang.rule import Rule
from compliance.words.group import WordGroup


def survivors(rule: Rule, groups: Sequence[WordGroup], runner: ExampleRunner) -> tuple[list[Mutant], int]:
    """The mutants under which every example still holds, and how many mutants there are.

    Examples that do not hold for the rule itself, known gaps among them, notice nothing.
    """
    trials = [trial for trial in runner.trials(rule) if trial.passes(rule)]
    changed = list(mutants(rule, groups))
    return [mutant for mutant in changed if all(trial.passes(mutant.rule) for trial in trials)], len(changed)
