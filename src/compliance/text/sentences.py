"""Where sentences and clauses end.

In writing, a line end closes a sentence. In a transcript it does not: speech recognition cuts anywhere,
so sentences of speech are bounded by punctuation, a change of speaker, and a pause.
"""

import re
from bisect import bisect_right
from functools import cached_property

import numpy as np

from compliance.model.document import Document
from compliance.model.vocabulary import Source
from compliance.text.alphabet import Codes, table_of
from compliance.text.timeline import Timeline
from compliance.text.views import code_points

PAUSE_SECONDS = 2.0
"""A silence longer than this ends a spoken sentence."""

_STOPS = table_of("。｡！？!?；;…")
_COMMAS = table_of("，,")  # 、 and ： join: “禁用词：最好、第一” is one clause
_FULL_STOP = re.compile(r"\.(?<=[^0-9]\.)(?=\s|$)")

SPOKEN = frozenset({Source.TRANSCRIPT})


def is_spoken(document: Document) -> bool:
    return document.source in SPOKEN


class Sentences:
    """Spans of the sentence or clause that holds an offset; ends are computed once, on first need."""

    def __init__(self, document: Document, timeline: Timeline) -> None:
        self._document = document
        self._timeline = timeline

    @cached_property
    def breaths(self) -> list[int]:
        """Segment starts at which the speaker changed or paused, ascending."""
        found = []
        pairs = zip(self._timeline.segments, self._timeline.segments[1:], self._timeline.starts[1:], strict=False)
        for before, after, start in pairs:
            turned = before.speaker != after.speaker or before.channel != after.channel
            known = before.t_end is not None and after.t_start is not None
            if turned or (known and (after.t_start or 0.0) - (before.t_end or 0.0) > PAUSE_SECONDS):
                found.append(start)
        return found

    @cached_property
    def sentence_ends(self) -> list[int]:
        """Offsets at which a new sentence begins, ascending."""
        text, codes = self._document.text, self._codes
        stops = _STOPS.take(codes)
        stops[:-1] &= ~stops[1:]  # several in a row are one
        ends = {m.end() for m in _FULL_STOP.finditer(text)} if "." in text else set()
        if is_spoken(self._document):
            ends.update(self.breaths)
        else:
            stops |= codes == ord("\n")
        ends.update((np.flatnonzero(stops) + 1).tolist())
        return sorted(ends)

    @cached_property
    def clause_ends(self) -> list[int]:
        """Offsets at which a new clause begins, ascending."""
        commas = np.flatnonzero(_COMMAS.take(self._codes)) + 1
        return sorted({*commas.tolist(), *self.sentence_ends})

    @cached_property
    def _codes(self) -> Codes:
        return code_points(self._document.text)

    def sentence(self, offset: int) -> tuple[int, int]:
        return self._around(self.sentence_ends, offset)

    def clause(self, offset: int) -> tuple[int, int]:
        return self._around(self.clause_ends, offset)

    def utterance(self, offset: int) -> tuple[int, int]:
        """What one speaker says without a pause; in writing, the segment."""
        if not is_spoken(self._document):
            return self._timeline.bounds(offset)
        return self._around(self.breaths, offset)

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends inside the span."""
        return self._unbroken(self.sentence_ends, start, end)

    def same_clause(self, start: int, end: int) -> bool:
        return self._unbroken(self.clause_ends, start, end)

    def sentences_between(self, start: int, end: int) -> int:
        """How many sentences begin after `start` and not after `end`."""
        return bisect_right(self.sentence_ends, end) - bisect_right(self.sentence_ends, start)

    def _around(self, ends: list[int], offset: int) -> tuple[int, int]:
        i = bisect_right(ends, offset)
        return (ends[i - 1] if i else 0), (ends[i] if i < len(ends) else self._timeline.length)

    @staticmethod
    def _unbroken(ends: list[int], start: int, end: int) -> bool:
        i = bisect_right(ends, start)
        return i == len(ends) or ends[i] >= end
