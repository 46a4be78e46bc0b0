"""What a model says of itself: what it learned from, what it was measured on, and how it scored."""

from compliance.model.value import Value
from compliance.model.vocabulary import Kind


class Part(Value):
    """A file of examples: its name without folders, how many records it holds, sha256 of its bytes."""

    name: str
    records: int
    sha256: str


class Level(Value):
    """What holds when at most `flagged` of the lawful records have a hit: shares from 0 to 1."""

    flagged: float
    threshold: float
    recall: float
    precision: float


class KindScore(Value):
    """Of one kind: examples learned from, labels in the held-out part, and how many of these are found at 4 %."""

    kind: Kind
    examples: int
    labels: int
    found: int


class About(Value):
    """Written into the model's file, without times, so that the same examples give the same bytes."""

    learned: tuple[Part, ...] = ()
    held_out: tuple[Part, ...] = ()
    feedback: tuple[Part, ...] = ()
    confirmed: int = 0
    rejected: int = 0
    examples: int = 0
    lawful: int = 0
    average_precision: float = 0.0
    levels: tuple[Level, ...] = ()
    kinds: tuple[KindScore, ...] = ()
    accepted: str = ""
    """Why the model was put in place of a better one, where it was."""
