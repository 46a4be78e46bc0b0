"""A compiled rule: everything the judge needs, with every name resolved."""

from dataclasses import dataclass, field
from datetime import date

from compliance.lang import tree
from compliance.lang.position import Position
from compliance.model.law import LawRef, Penalty
from compliance.model.vocabulary import Action, Change, Kind, Severity, Source, Stage


@dataclass(frozen=True)
class PenaltyRef:
    """A penalty article and what it says."""

    law: str
    article: str
    penalty: Penalty

    @property
    def citation(self) -> str:
        return f"{self.law} {self.article}"


@dataclass(frozen=True)
class ExceptionClause:
    """One alternative of 除非, with its own words for the explanation."""

    condition: tree.Expr
    text: str


@dataclass(frozen=True)
class Remedy:
    """How the words of a hit become lawful: `text` put in place of the hit or of the unit around it, or added to it.

    `unit` is hit, clause, sentence, segment or utterance. `text` may hold `{命中}`; empty, the words are deleted.
    """

    change: Change
    text: str = ""
    unit: str = "hit"


@dataclass(frozen=True)
class Rule:
    id: str
    title: str
    kind: Kind
    severity: Severity
    action: Action
    message: str
    suggestion: str
    remedy: Remedy
    sources: frozenset[Source]
    first_source: Source
    effective_from: date
    effective_to: date | None
    stage: Stage
    law: tuple[LawRef, ...]
    penalties: tuple[PenaltyRef, ...]
    condition: tree.Expr
    condition_text: str
    exceptions: tuple[ExceptionClause, ...]
    examples: tuple[tree.Example, ...]
    atoms: frozenset[int] | None  # one of these groups must occur; None: the rule runs on every text
    see: tuple[str, ...]
    path: str
    at: Position = field(compare=False)

    def in_force(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)
