"""What a review says: findings, what was excused and why, score, verdict and exposure."""

from datetime import date

from pydantic import Field

from compliance.model.document import Place
from compliance.model.law import LawRef
from compliance.model.opinion import Consulted, Remark
from compliance.model.value import Value
from compliance.model.vocabulary import (
    Action,
    Category,
    Change,
    Character,
    Kind,
    Outcome,
    SeenAs,
    Severity,
    Source,
    Verdict,
)


class Exposure(Value):
    """A penalty range in CNY, with the articles it rests on; `None` where no article sets an amount."""

    min: int | None = None
    max: int | None = None
    basis: tuple[str, ...] = ()
    multiples: tuple[str, ...] = ()  # “广告费用三倍以上五倍以下”
    civil: tuple[str, ...] = ()  # “退一赔三，最低 500 元”


class Rewrite(Value):
    """The edit that makes one place lawful: `text` in place of `[start, end)` of the document's text.

    An edit that only adds words has `start == end`; where nothing lawful can be said (`change` NONE) the span is that
    of the words in question and `text` is empty.
    """

    change: Change
    start: int
    end: int
    text: str = ""


class Weighed(Value):
    """Words of a finding that weighed with the learned reader, and their share of all that did. Raw, half-open."""

    start: int
    end: int
    share: float = Field(ge=0, le=1)


class Precedent(Value):
    """A breach that is like a finding: from 0, nothing in common, to 1, the same characters."""

    id: str
    kind: Kind
    text: str
    likeness: float = Field(ge=0, le=1)


class Grounds(Value):
    """Why the learned reader found something: what weighed most, heaviest first, and what it knows that is like it."""

    words: tuple[Weighed, ...] = ()
    nearest: tuple[Precedent, ...] = ()


class Basis(Value):
    """Law and penalty of a finding if the text is of one character; `when` is what has to hold besides.

    An exposure without basis: nothing corresponds to the fine, the duty binds advertisements only.
    """

    character: Character
    law: tuple[LawRef, ...] = ()
    exposure: Exposure = Exposure()
    when: str = ""


class Standing(Value):
    """As what the text was judged. `assumed`: facts were missing, or leave it to the authority; `reason` says which.

    `other` is what would be at risk if it were of the other character.
    """

    character: Character
    assumed: bool
    reason: str
    law: tuple[LawRef, ...] = ()
    other: Exposure = Exposure()


class Finding(Value):
    """One rule broken, or one fact missing, at one place. Offsets are code points of the document's text, half-open."""

    rule: str
    title: str
    kind: Kind
    severity: Severity
    action: Action
    outcome: Outcome
    start: int
    end: int
    text: str
    t_start: float | None = None
    t_end: float | None = None
    place: Place | None = None
    seen_as: SeenAs
    confidence: float = Field(ge=0, le=1)
    law: tuple[LawRef, ...]
    exposure: Exposure
    basis: Character | None = None  # that law and exposure suppose; None: they bind whatever the text is
    condition: str = ""  # what has to hold besides, for the law on publicity to be broken
    other_basis: Basis | None = None  # if the text is of the other character
    message: str
    suggestion: str  # for people; `rewrite` says the same to programs
    rewrite: Rewrite | None = None
    explanation: str
    also: tuple[str, ...] = ()  # other rules of the same kind that the same words break
    questions: tuple[str, ...] = ()  # what to ask, and whom, when the outcome is “asks”
    contribution: float = 0.0  # this finding's share of the report's score
    grounds: Grounds | None = None  # of a finding that was learned, not written in a rule
    opinion: Remark | None = None  # of a language model that was asked about this finding


class Excused(Value):
    """A hit that did not become a finding, and the clause or ordinary word that excused it."""

    rule: str
    start: int
    end: int
    text: str
    reason: str


class Degraded(Value):
    """A rule that could not be decided, and why."""

    rule: str
    reason: str


class Report(Value):
    """All findings of one document under one release on one day; the same inputs always give the same report."""

    id: str
    source: Source
    category: Category | None
    title: str | None = None
    verdict: Verdict
    score: float = Field(ge=0, le=100)
    release: str
    as_of: date
    findings: tuple[Finding, ...]
    excused: tuple[Excused, ...] = ()
    exposure: Exposure
    standing: Standing | None = None  # where a finding depends on whether the text is an advertisement
    degraded: tuple[Degraded, ...] = ()
    consulted: Consulted | None = None  # the language model, where one was asked: its part is not repeatable
    shadow: tuple[Finding, ...] = ()  # of rules on trial: recorded, and no part of verdict, score, exposure or alerts
