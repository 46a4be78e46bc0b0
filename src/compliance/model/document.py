"""What is reviewed: a Document made of Segments, with facts and evidence."""

from datetime import date
from typing import Any, Self

from pydantic import Field, model_validator

from compliance.model.value import Value
from compliance.model.vocabulary import Category, Source

FactValue = bool | int | float | str | list[str]


class Place(Value):
    """Where a segment stood in the file it came from.

    `label` is what a person reads (“第3段”, “工作表「分镜」C5”); the numbers (all 1-based) are for programs.
    """

    label: str
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    cue: int | None = None
    page: int | None = None
    line: int | None = None


class Segment(Value):
    """One utterance, paragraph, cell or danmaku. Times are seconds from the start of the broadcast."""

    text: str
    t_start: float | None = Field(default=None, ge=0)
    t_end: float | None = Field(default=None, ge=0)
    speaker: str | None = None
    channel: str | None = None
    product: str | None = None
    place: Place | None = None


class Evidence(Value):
    """A document attached to a claim: proof is closed-world, what is not attached is lacking."""

    kind: str
    product: str | None = None
    title: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")


class Document(Value):
    """The text under review.

    Give `text` or `segments`. With segments, `text` is their texts joined by a newline, and every
    offset of a report counts code points in it. Without, the text is one segment.
    """

    id: str = Field(min_length=1)
    source: Source = Source.SCRIPT
    category: Category | None = None
    platform: str | None = None
    title: str | None = None
    text: str = ""
    segments: tuple[Segment, ...] = ()
    facts: dict[str, FactValue] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _join(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        text, segments = data.get("text"), data.get("segments")
        if segments:
            texts = [
                s.text if isinstance(s, Segment) else s.get("text") if isinstance(s, dict) else None for s in segments
            ]
            strings = [t for t in texts if isinstance(t, str)]
            if len(strings) == len(texts):
                joined = "\n".join(strings)
                if text is not None and text != joined:
                    raise ValueError("text 与 segments 以换行拼接的结果不一致，只需给出其中之一")
                return {**data, "text": joined}
        elif isinstance(text, str):
            return {**data, "segments": (Segment(text=text),)}
        return data

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.segments:
            raise ValueError("没有 text 也没有 segments")
        return self
