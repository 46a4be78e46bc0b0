"""A model made from folders of labelled records, with what it says of itself; the same files give the same bytes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from compliance.meaning.about import About, KindScore, Level, Part
from compliance.meaning.evaluation import LEVELS, Measure
from compliance.meaning.model import Model
from compliance.meaning.scoring import Record, scored
from compliance.meaning.store import dump, load
from compliance.meaning.train import train
from compliance.model.errors import ReadError
from compliance.release.evaluation import GoldRecord
from compliance.release.feedback import NOTHING, Feedback
from compliance.release.labelled import contents, gold_records_in, located, sha256

PAIR_WEIGHT = 1.5
"""Of a record that differs in little from another of which the law says the opposite."""
NOISE = 0.005
"""What a score may fall by: a third of the uncertainty that a held-out part of a thousand records has."""

Progress = Callable[[str, int, int], None]
Watch = Callable[[Sequence[Record]], Iterable[Record]]


class Corpus(NamedTuple):
    """`train/` to learn from and `tune/` to calibrate and score on; no other folder is looked into."""

    learned: tuple[Record, ...]
    held_out: tuple[Record, ...]
    parts: tuple[Part, ...]
    held_out_parts: tuple[Part, ...]


def read_corpus(folder: Path) -> Corpus:
    """Raises ReadError when a part is missing or malformed, lacks lawful records, or repeats the other's texts."""
    learned, parts = _part(folder / "train")
    held_out, held_out_parts = _part(folder / "tune")
    known = {record.document.text for record in learned}
    for record in held_out:
        _refuse_known(record, known, str(folder / "tune"))
    for name, records in (("train", learned), ("tune", held_out)):
        if all(record.labels for record in records) or not any(record.labels for record in records):
            raise ReadError("要有违规的记录，也要有合规的", place=str(folder / name), remedy="补上缺少的一种")
    return Corpus(learned, held_out, parts, held_out_parts)


def _part(folder: Path) -> tuple[tuple[Record, ...], tuple[Part, ...]]:
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise ReadError("没有语料文件", place=str(folder), remedy="放入 .jsonl 文件，每行一条标注记录")
    records: list[Record] = []
    parts = []
    for file in files:
        raw = contents(file)
        found = weighed(gold_records_in(raw, str(file)))
        records += found
        parts.append(Part(name=file.name, records=len(found), sha256=sha256(raw)))
    return tuple(records), tuple(parts)


def weighed(found: Sequence[GoldRecord]) -> list[Record]:
    """The records of one author to learn from: those in pairs count for more."""
    paired = {record.pair for record in found if record.pair}
    return [
        located(record)._replace(weight=PAIR_WEIGHT if record.pair or record.id in paired else 1.0) for record in found
    ]


def _refuse_known(record: Record, known: set[str], place: str) -> None:
    if record.document.text in known:
        raise ReadError(f"记录 {record.document.id} 也在训练集里，分数就不可信了", place=place, remedy="只留在一边")


def trained(corpus: Corpus, feedback: Feedback = NOTHING, progress: Progress = lambda *_: None) -> Model:
    """The model, scored on the held-out part. Raises ReadError when feedback gives that part away."""
    told = {example.text for example in feedback.examples}
    for record in corpus.held_out:
        if record.document.text in told:
            raise ReadError(f"反馈里有调参集的记录 {record.document.id}", remedy="删去这一行：用来打分的不能用来学")
    examples = [record.example for record in corpus.learned]
    model = train(examples, [record.example for record in corpus.held_out], progress, feedback=feedback.examples)
    model = load(dump(model))  # as it will be read
    measure = scored(model, corpus.held_out, _watched(corpus.held_out, progress))
    return replace(model, about=_about(corpus, feedback, model, measure))


def _watched(records: Sequence[Record], progress: Progress) -> Iterable[Record]:
    for number, record in enumerate(records):
        if number % 50 == 0:
            progress("打分", number, len(records))
        yield record
    progress("打分", len(records), len(records))


def _about(corpus: Corpus, feedback: Feedback, model: Model, measure: Measure) -> About:
    examples = [*(record.example for record in corpus.learned), *feedback.examples]
    return About(
        learned=corpus.parts,
        held_out=corpus.held_out_parts,
        feedback=feedback.parts,
        confirmed=feedback.confirmed,
        rejected=feedback.rejected,
        examples=len(examples),
        lawful=sum(not one.kinds for one in examples),
        average_precision=round(measure.average_precision, 6),
        levels=tuple(
            Level(
                flagged=level,
                threshold=round(measure.points[level].threshold, 4),
                recall=round(measure.points[level].recall, 4),
                precision=round(measure.points[level].precision, 4),
            )
            for level in LEVELS
        ),
        kinds=tuple(
            KindScore(
                kind=kind,
                examples=sum(kind in one.kinds for one in examples),
                labels=measure.kinds.get(kind, (0, 0))[1],
                found=measure.kinds.get(kind, (0, 0))[0],
            )
            for kind in model.kinds
        ),
    )


def worse(score: float, others: Iterable[float]) -> bool:
    """Whether a model of this average precision must not take the place of those."""
    return score < max(others, default=0.0) - NOISE
