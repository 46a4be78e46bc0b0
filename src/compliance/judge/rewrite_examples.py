"""A rule's firing examples with its rewrite put in place: the rule falls silent, and no other begins to speak."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from compliance.judge.judge import Judge
from compliance.judge.rewrite import rewritten
from compliance.judge.stance import Stances
from compliance.lang import tree
from compliance.lang.example import document
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.meaning.reader import Reader
from compliance.model.report import Report, Rewrite
from compliance.model.vocabulary import Change, Outcome
from compliance.words.scanner import Scanner


class RewriteFault(NamedTuple):
    """An example whose rewrite is not clean: what it reads like then, and the rules that fire on that."""

    rule: Rule
    example: tree.Example
    after: str
    rules: tuple[str, ...]


class RewriteRunner:
    """Puts the rewrites of rules in place of the words of their firing examples, and reviews with all rules."""

    def __init__(
        self,
        rules: Sequence[Rule],
        scanner: Scanner,
        facts: FactRegistry,
        stances: Stances,
        reader: Reader | None = None,
    ) -> None:
        self._scanner = scanner
        self._facts = facts
        self._stances = stances
        self._reader = reader
        self._all = self._judge(rules)

    def faults(self, rule: Rule) -> list[RewriteFault]:
        """The firing examples whose rewrite does not silence the rule, or makes another rule fire.

        Tried are the rule's own rewrite and the one of the finding that stands for it where rules agree. Known gaps
        say nothing here, and questions are no breach.
        """
        alone = self._judge([rule])
        examples = [each for each in rule.examples if each.outcome == "fires" and not each.todo]
        return [fault for example in examples for fault in self._of_example(rule, example, alone)]

    def _judge(self, rules: Sequence[Rule]) -> Judge:
        return Judge(rules, self._scanner, self._facts, self._stances, "rewrites", self._reader)

    def _of_example(self, rule: Rule, example: tree.Example, alone: Judge) -> Iterator[RewriteFault]:
        text = document(example, rule.first_source, self._facts)
        before = self._all.review(text, rule.effective_from)
        own = _edits(alone.review(text, rule.effective_from), rule)
        for edits in dict.fromkeys((own, _edits(before, rule))):
            if not edits:
                continue
            after = rewritten(text, edits)
            told = _fired(self._all.review(after, rule.effective_from))
            wrong = (told - _fired(before)).keys() | ({rule.id} & told.keys())
            if wrong:
                yield RewriteFault(rule, example, after.text, tuple(sorted(wrong)))


def _edits(report: Report, rule: Rule) -> tuple[Rewrite, ...]:
    """What the findings of a rule, or those that stand for it, offer."""
    found = (f.rewrite for f in report.findings if f.outcome is Outcome.FIRES and rule.id in (f.rule, *f.also))
    return tuple(edit for edit in found if edit is not None and edit.change is not Change.NONE)


def _fired(report: Report) -> Counter[str]:
    """How often each rule fires, in findings of its own and in those of others."""
    fires = (finding for finding in report.findings if finding.outcome is Outcome.FIRES)
    return Counter(rule for finding in fires for rule in (finding.rule, *finding.also))
