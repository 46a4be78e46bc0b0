"""What all findings of a rule say alike, worked out once: a text may hold a hundred of them."""

from datetime import date
from typing import NamedTuple

from compliance.judge import explain
from compliance.judge.bases import Bases
from compliance.lang.rule import PenaltyRef, Rule
from compliance.model.report import Finding
from compliance.model.vocabulary import Character, Outcome, SeenAs


class Draft(NamedTuple):
    """A finding without anything of a match in it, the end of its explanation, and what the breach costs."""

    finding: Finding
    reasons: str
    penalties: tuple[PenaltyRef, ...]


class Drafts:
    """Of rules, by character of the text; those of one day are kept."""

    def __init__(self, bases: Bases) -> None:
        self._bases = bases
        self._made: tuple[date, dict[tuple[str, Character], Draft]] = (date.min, {})

    def of(self, rule: Rule, character: Character, day: date) -> Draft:
        kept_day, made = self._made
        if kept_day != day:
            made = {}
            self._made = (day, made)
        draft = made.get((rule.id, character))
        if draft is None:
            draft = made[rule.id, character] = self._draft(rule, character, day)
        return draft

    def _draft(self, rule: Rule, character: Character, day: date) -> Draft:
        footing = self._bases.footing(rule, character, day)
        finding = Finding(
            rule=rule.id,
            title=rule.title,
            kind=rule.kind,
            severity=rule.severity,
            action=rule.action,
            outcome=Outcome.FIRES,
            start=0,
            end=0,
            text="",
            seen_as=SeenAs.EXACT,
            confidence=1.0,
            law=footing.law,
            exposure=footing.exposure,
            basis=footing.basis,
            condition=footing.condition,
            other_basis=footing.other,
            message=rule.message,
            suggestion=rule.suggestion,
            explanation="",
        )
        return Draft(finding, explain.reasons(rule, footing.law), self._bases.penalties(rule, character, day))
