"""How a model reads records whose breaches are known."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from compliance.meaning.evaluation import Found, Label, Measure, measure
from compliance.meaning.model import Model
from compliance.meaning.reader import Reader
from compliance.meaning.train import Example
from compliance.model.document import Document

LEAST = 0.01
"""Hits below this probability are left out of the score."""


class Record(NamedTuple):
    """A document and the breaches that are in it; `weight`: how many ordinary examples it counts for."""

    document: Document
    labels: tuple[Label, ...]
    weight: float = 1.0

    @property
    def example(self) -> Example:
        document = self.document
        kinds = frozenset(label.kind for label in self.labels)
        return Example(document.text, document.source, document.category, kinds, self.weight)


def scored(model: Model, records: Sequence[Record], watch: Iterable[Record] | None = None) -> Measure:
    """`watch`: the same records, from an iterable that shows how far the reading is. At least one is lawful."""
    reader = Reader(model, least=LEAST)
    hits = [[Found(*hit[:4]) for hit in reader.read(record.document)] for record in watch or records]
    return measure(hits, [record.labels for record in records])
