"""A second opinion by a language model: what it is asked about a document, and what it may say."""

from typing import Protocol

from pydantic import Field

from compliance.model.document import Document
from compliance.model.value import Value
from compliance.model.vocabulary import Kind


class Concern(Value):
    """A finding that an opinion is asked on. Offsets are raw and half-open."""

    start: int
    end: int
    kind: Kind
    title: str


class Doubt(Value):
    """A stretch of the text that the rules and the learned reader do not settle, with the findings in it."""

    start: int
    end: int
    concerns: tuple[Concern, ...] = ()


class Inquiry(Value):
    """One document's doubts, those that need an opinion most first, and the kinds that a rule stands for."""

    document: Document
    facts: dict[str, str]
    kinds: tuple[Kind, ...]
    doubts: tuple[Doubt, ...]


class Claim(Value):
    """What the model takes for a breach. Its confidence is its own word, not calibrated."""

    kind: Kind
    start: int
    end: int
    reason: str
    confidence: float = Field(ge=0, le=1)


class Remark(Value):
    """What the model says of a finding: whether it agrees (None: it cannot tell), and why."""

    agrees: bool | None
    reason: str


class Consulted(Value):
    """Who was asked under which prompt, and what it took. Cost is in CNY, by the prices of the settings."""

    model: str
    prompt: str
    doubts: int
    answered: int
    cached: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0


class Advice(Value):
    """`remarks` are by number of doubt and of concern in it; `problems` say what was not answered, and why."""

    claims: tuple[Claim, ...] = ()
    remarks: dict[tuple[int, int], Remark] = Field(default_factory=dict)
    problems: tuple[str, ...] = ()
    consulted: Consulted


class Adviser(Protocol):
    """Whoever gives opinions. Never raises: what goes wrong stands in `problems`."""

    @property
    def refers(self) -> bool:
        """Whether what it raises goes to counsel; else it is a hint."""

    def advise(self, inquiry: Inquiry) -> Advice:
        """An opinion on every doubt that it can give one on."""
