"""A broadcast that is judged while it runs: what is known before it, its segments, and the alerts it gives."""

from enum import StrEnum

from pydantic import Field

from compliance.model.document import Evidence, FactValue, Segment
from compliance.model.report import Finding
from compliance.model.value import Value
from compliance.model.vocabulary import Category, Source


class Broadcast(Value):
    """What a Document says besides its words."""

    id: str = Field(min_length=1)
    source: Source = Source.TRANSCRIPT
    category: Category | None = None
    platform: str | None = None
    title: str | None = None
    facts: dict[str, FactValue] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


class HeardSegment(Segment):
    """A segment as speech recognition sends it: one with an `id` or `sequence` that was sent before replaces that one.

    With `sequence`, a segment that comes late takes its place among the others; without, order is that of arrival.
    """

    id: str | None = Field(default=None, min_length=1)
    sequence: int | None = Field(default=None, ge=0)


class AlertState(StrEnum):
    """A finding is raised as soon as it can be decided, and withdrawn when later words excuse it."""

    RAISED = "raised"
    WITHDRAWN = "withdrawn"


class Alert(Value):
    """A finding raised, or withdrawn, during a session.

    Offsets of the finding are those of the text so far. A segment that is replaced later may move them; `segment`
    (the number of the segment in which the words begin, from 0 in the order of arrival) and `offset` in it stay.
    """

    number: int  # of the finding in its session, from 1; it is withdrawn under the number it was raised under
    state: AlertState
    segment: int
    offset: int
    segment_id: str | None = None  # as the segment gave it, else its sequence
    heard: int  # how many segments had been fed, this one included
    reason: str = ""  # why it is withdrawn
    finding: Finding
