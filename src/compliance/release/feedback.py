"""What people said of single findings, as lines of JSON that a model learns from.

A line is a labelled record (see corpus/README.md) with `feedback`: `confirmed` when the labels are breaches,
`rejected` when they are none, null while nobody has said it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from compliance.meaning.about import Part
from compliance.meaning.stretches import around, cuts
from compliance.meaning.train import Example
from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.model.vocabulary import Category, Kind, Source
from compliance.release.evaluation import Label
from compliance.release.labelled import check_spans, contents, rows, sha256

WEIGHT = 2.0
"""What one answer counts for beside a record of the corpus."""
MOST_TIMES = 5
"""A script reviewed every day is not a hundred different answers."""
_LIKE = "每行写一个 JSON 对象：id、source、category、text、labels[{kind, span}]、feedback（confirmed 或 rejected）"


class Answer(StrEnum):
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class FeedbackRecord(BaseModel):
    """One finding, or several of one text, all confirmed or all rejected; other fields are allowed and ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str
    source: Source
    category: Category | None = None
    text: str = Field(min_length=1)
    labels: list[Label] = Field(min_length=1)
    feedback: Answer | None


class Feedback(NamedTuple):
    """`open`: lines that nobody has answered."""

    examples: tuple[Example, ...]
    parts: tuple[Part, ...]
    confirmed: int
    rejected: int
    open: int


def feedback_rows(raw: bytes, name: str) -> Iterator[tuple[int, FeedbackRecord]]:
    """The lines that are not blank, by number. Raises ReadError; `name` is how the file is called in it."""
    for number, record in rows(raw, name, FeedbackRecord, _LIKE):
        check_spans(record.text, record.labels, f"{name} 第{number}行")
        yield number, record


NOTHING = Feedback((), (), 0, 0, 0)

_Stretch = tuple[str, Source, Category | None]


class _Said(NamedTuple):
    answer: Answer
    place: str


def read_feedback(paths: Sequence[Path]) -> Feedback:
    """The answers of all files, one example a stretch of text. Raises ReadError naming file and line.

    A kind confirmed and rejected for one text is an error: which of the two holds, people have to say.
    """
    said: dict[_Stretch, dict[Kind, _Said]] = {}
    times: Counter[_Stretch] = Counter()
    answers: Counter[Answer | None] = Counter()
    parts = []
    for path in paths:
        raw = contents(path)
        count = 0
        for number, record in feedback_rows(raw, str(path)):
            count += 1
            answers[record.feedback] += 1
            place = f"{path} 第{number}行"
            if record.feedback is not None:
                for stretch in _learned(record, record.feedback, place, said):
                    times[stretch] += 1
        if not count:
            raise ReadError("文件里没有反馈", place=str(path), remedy=_LIKE)
        parts.append(Part(name=path.name, records=count, sha256=sha256(raw)))
    examples = tuple(_example(stretch, kinds, times[stretch]) for stretch, kinds in said.items())
    return Feedback(examples, tuple(parts), answers[Answer.CONFIRMED], answers[Answer.REJECTED], answers[None])


def _learned(
    record: FeedbackRecord, answer: Answer, place: str, said: dict[_Stretch, dict[Kind, _Said]]
) -> Iterable[_Stretch]:
    """The stretches of the record that were answered, once each; what was said of them goes into `said`."""
    document = Document(id=record.id, source=record.source, category=record.category, text=record.text)
    read = list(cuts(document))
    found: dict[_Stretch, None] = {}
    for label in record.labels:
        at = record.text.index(label.span)
        start, end = around(read, at, at + len(label.span))
        stretch = (record.text[start:end], record.source, record.category)
        found[stretch] = None
        before = said.setdefault(stretch, {}).setdefault(label.kind, _Said(answer, place))
        if before.answer is not answer:
            raise ReadError(
                f"「{label.span}」的 {label.kind} 在这里是 {answer}，在 {before.place} 是 {before.answer}",
                place=place,
                remedy="两处只留一种说法",
            )
    return found


def _example(stretch: _Stretch, kinds: dict[Kind, _Said], times: int) -> Example:
    confirmed = frozenset(kind for kind, said in kinds.items() if said.answer is Answer.CONFIRMED)
    return Example(*stretch, confirmed, WEIGHT * min(times, MOST_TIMES))
