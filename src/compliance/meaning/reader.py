"""Reads a document with the model and says what it takes for a breach, where, and how sure it is."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.meaning import precedents
from compliance.meaning.features import Stretch, marks
from compliance.meaning.model import Model, Reading
from compliance.meaning.span import Place, marked
from compliance.meaning.store import MeaningError, shipped
from compliance.meaning.stretches import Cut, cuts
from compliance.model.document import Document
from compliance.model.report import Precedent
from compliance.model.vocabulary import Kind
from compliance.text.alphabet import KEEP, alphabet
from compliance.text.views import View, folded

BATCH = 128
"""Stretches read at once: the memory that a text takes does not grow with its length."""
ENOUGH_CHINESE = 3
"""A stretch of which a third of the letters are Chinese characters is read with full confidence."""
LEAST_CONFIDENCE = 0.2
"""Hits below this are not worth asking a rule about."""


class SemanticHit(NamedTuple):
    """Raw half-open span, calibrated probability of this kind, and of any breach at all in the stretch.

    `words` are the raw spans inside the hit that weighed most, heaviest first, `shares` theirs of all that
    speaks for a breach. `opinion` is the reason given by a language model, whose hits have no probability that a
    threshold could be held against.
    """

    kind: Kind
    start: int
    end: int
    confidence: float
    breach: float
    words: tuple[tuple[int, int], ...] = ()
    opinion: str = ""
    shares: tuple[float, ...] = ()


class StretchReading(NamedTuple):
    """How likely a stretch of the text is in breach of anything; low where a risky word is denied or quoted.

    `trust` is 1 for Chinese and falls to 0 for what the model cannot read: there a low `breach` excuses nothing.
    """

    start: int
    end: int
    breach: float
    trust: float


class Study(NamedTuple):
    """Everything that one reading of a document gives, each part in order of place."""

    hits: tuple[SemanticHit, ...]
    stretches: tuple[StretchReading, ...]


class Reader:
    """Reads with the given model, or the shipped one, loaded on first need. Raises MeaningError from there."""

    def __init__(self, model: Model | Callable[[], Model] = shipped, *, least: float = LEAST_CONFIDENCE) -> None:
        self._model = model
        self._least = least
        self._failure: MeaningError | None = None

    @property
    def model(self) -> Model:
        """Loaded once; a model that cannot be loaded is not tried again."""
        if self._failure is not None:
            raise MeaningError(self._failure.problem, place=self._failure.place, remedy=self._failure.remedy)
        if not isinstance(self._model, Model):
            try:
                self._model = self._model()
            except MeaningError as error:
                self._failure = error
                raise
        return self._model

    def read(self, document: Document) -> list[SemanticHit]:
        """What is likely a breach, by place; one hit a kind and place, the surest of those that overlap."""
        return list(self.study(document).hits)

    def readings(self, document: Document) -> list[StretchReading]:
        """How likely each stretch is in breach, in order; stretches of a long text overlap."""
        return list(self.study(document).stretches)

    def nearest(self, kind: Kind, text: str) -> tuple[Precedent, ...]:
        """Breaches of the kind in the corpus that are like the text. Raises MeaningError."""
        return precedents.shipped().like(kind, text)

    def study(self, document: Document) -> Study:
        found: list[SemanticHit] = []
        read: list[StretchReading] = []
        for batch in _batches(document):
            stretches = [stretch for _, _, stretch in batch]
            trust = _trust(stretches)
            reading = self._reading(stretches, trust)
            read += [
                StretchReading(cut.start, cut.end, breach, sure)
                for (cut, _, _), breach, sure in zip(batch, reading.breach.tolist(), trust.tolist(), strict=True)
            ]
            likely = np.argwhere(reading.kinds >= self._least).tolist()
            places = [Place(*batch[i], kind) for i, kind in likely]
            for (i, kind), place in zip(likely, marked(self.model, places), strict=True):
                found.append(
                    SemanticHit(
                        self.model.kinds[kind],
                        place.start,
                        place.end,
                        float(reading.kinds[i, kind]),
                        float(reading.breach[i]),
                        place.words,
                        shares=place.shares,
                    )
                )
        return Study(tuple(_surest(found)), tuple(read))

    def _reading(self, stretches: list[Stretch], trust: npt.NDArray[np.float64]) -> Reading:
        """What the model says, as far as the text is in the language that it learned."""
        reading = self.model.read(stretches)
        share = trust.astype(np.float32)
        return Reading(reading.breach * share, reading.kinds * share[:, None])


def _trust(stretches: Sequence[Stretch]) -> npt.NDArray[np.float64]:
    """1 for Chinese, even with an account or a brand in it, towards 0 for other languages and for no words at all."""
    codes = np.concatenate([stretch.codes for stretch in stretches])
    firsts = np.cumsum([0, *(len(stretch.codes) for stretch in stretches[:-1])])
    chinese = (codes >= 0x3400) & (codes < 0xA000)
    letters = (alphabet().kind[codes] == KEEP) & ((codes < 0x30) | (codes > 0x39))
    chinese, letters = (np.add.reduceat(each, firsts, dtype=np.intp) for each in (chinese, letters))
    return np.minimum(1.0, ENOUGH_CHINESE * chinese / np.maximum(letters, 1))


def _batches(document: Document) -> Iterator[list[tuple[Cut, View, Stretch]]]:
    whole = folded(document.text)
    marked_as = marks(document.source, document.category)
    of_document = cuts(document)
    while batch := list(islice(of_document, BATCH)):
        spans = whole.raw.searchsorted([(cut.start, cut.end) for cut in batch]).tolist()
        codes = [whole.codes[first:end] for first, end in spans]
        yield [
            (cut, View(each, whole.raw[first:end] - cut.start), Stretch(each, marked_as))
            for cut, each, (first, end) in zip(batch, codes, spans, strict=True)
        ]


def _surest(hits: list[SemanticHit]) -> list[SemanticHit]:
    """Of hits of one kind that overlap, the surest."""
    kept: list[SemanticHit] = []
    last: dict[Kind, int] = {}
    for hit in sorted(hits, key=lambda h: (h.start, h.end, h.kind)):
        before = last.get(hit.kind)
        if before is None or kept[before].end <= hit.start:
            last[hit.kind] = len(kept)
            kept.append(hit)
        elif hit.confidence > kept[before].confidence:
            kept[before] = hit
    return sorted(kept, key=lambda h: (h.start, h.end, h.kind))
