"""How a document is cut into the stretches that the model reads one by one.

A stretch is about as long as an utterance of the corpus and holds neighbouring sentences, so that a denial or a
question just before is read together with what it denies. Longer texts are read in stretches that overlap by half.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from compliance.model.document import Document
from compliance.text.sentences import Sentences, is_spoken
from compliance.text.timeline import Timeline

WHOLE = 90
"""Characters up to which an utterance or a line is one stretch."""
LENGTH = 48
"""Characters of a stretch cut from a longer one."""
PIECE = 24
"""Speech without punctuation is cut into pieces of so many characters."""

Piece = tuple[int, int]


class Cut(NamedTuple):
    """A stretch of the raw text and the clauses that it is made of, all half-open."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def cuts(document: Document) -> Iterator[Cut]:
    """The stretches in order; blank ones are left out."""
    timeline = Timeline(document)
    sentences = Sentences(document, timeline)
    clause_ends = sentences.clause_ends
    for start, end in _lines(document, timeline, sentences):
        if not document.text[start:end].strip():
            continue
        pieces = tuple(_pieces(clause_ends, start, end))
        if end - start <= WHOLE:
            yield Cut(start, end, pieces)
        else:
            yield from _overlapping(pieces)


def _lines(document: Document, timeline: Timeline, sentences: Sentences) -> Iterator[Piece]:
    """What one speaker says without a pause; in writing, a line."""
    if is_spoken(document):
        bounds = [0, *sentences.breaths, timeline.length]
        yield from pairwise(bounds)
        return
    start = 0
    for line in document.text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _pieces(ends: list[int], start: int, end: int) -> Iterator[Piece]:
    """The clauses between two offsets, long ones cut."""
    inner = ends[bisect_right(ends, start) : bisect_left(ends, end)]
    for first, last in zip([start, *inner], [*inner, end], strict=True):
        count = max(round((last - first) / PIECE), 1)
        cut = [first + (last - first) * i // count for i in range(count + 1)]
        yield from pairwise(cut)


def _overlapping(pieces: tuple[Piece, ...]) -> Iterator[Cut]:
    """Runs of pieces as long as a stretch; each run begins about half a stretch after the one before."""
    first = 0
    while True:
        last = first + 1
        while last < len(pieces) and pieces[last][1] - pieces[first][0] <= LENGTH:
            last += 1
        yield Cut(pieces[first][0], pieces[last - 1][1], pieces[first:last])
        if last == len(pieces):
            return
        half = pieces[first][0] + LENGTH // 2
        first += 1
        while first < last - 1 and pieces[first][0] < half:
            first += 1


def around(read: Sequence[Cut], start: int, end: int) -> tuple[int, int]:
    """What is read together with the raw span, of a document's `read` stretches: the one that holds it best.

    A span that no stretch holds is taken with all that it touches.
    """
    touched = [cut for cut in read if cut.start < end and start < cut.end]
    whole = [cut for cut in touched if cut.start <= start and end <= cut.end]
    if whole:
        middle = min(whole, key=lambda cut: abs(cut.start + cut.end - start - end))
        return middle.start, middle.end
    return min([start, *(cut.start for cut in touched)]), max([end, *(cut.end for cut in touched)])
