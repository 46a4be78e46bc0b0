"""A whole broadcast as conditions about all of it see it: its length, times and sentences, but no words.

The words come from `known`: what the leaves of a rule have found so far.
"""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date

from compliance.judge.context import Context
from compliance.judge.silence import Silence, Silences
from compliance.judge.stance import Stances
from compliance.lang.registry import FactRegistry
from compliance.live.transcript import Transcript, text_of
from compliance.model.document import Document, Segment
from compliance.text.sentences import Sentences
from compliance.text.timeline import Timeline


class GrowingTimeline(Timeline):
    """The timeline of a transcript that goes on; what is said of all of it is kept up to date segment by segment."""

    def __init__(self, document: Document, transcript: Transcript) -> None:
        super().__init__(document)
        self._transcript = transcript
        self.refresh()

    def refresh(self) -> None:
        """After segments were replaced: read all of them again."""
        self.latest = self._begin = self._finish = 0.0
        self._first = True
        self._ordered = self._timed = True
        self._times: list[float] = []
        self._silences = Silences()
        self.segments = self._transcript.segments  # type: ignore[assignment]  # it grows
        self.starts = self._transcript.starts
        for segment in self.segments:
            self._take(segment)
        self.length = self._transcript.length

    def add(self, segment: Segment) -> None:
        """The newest segment of the transcript."""
        self._take(segment)
        self.length = self._transcript.length

    def _take(self, segment: Segment) -> None:
        if segment.t_start is None:
            self._timed &= not segment.text.strip()
            self._times.append(self._times[-1] if self._times else 0.0)
            return
        end = segment.t_end if segment.t_end is not None else segment.t_start
        self._ordered &= segment.t_start >= self.latest
        self._times.append(segment.t_start)
        self._begin = segment.t_start if self._first else min(self._begin, segment.t_start)
        self._finish = max(self._finish, end)
        self.latest = max(self.latest, segment.t_start)
        self._first = False
        self._silences.add(segment)

    @property
    def silences(self) -> list[Silence]:
        return self._silences.found if self._ordered else Silences(self.segments).found

    @property
    def timed(self) -> bool:
        return self._timed

    @property
    def begin(self) -> float:
        return self._begin

    @property
    def finish(self) -> float:
        return self._finish

    def offset_at(self, seconds: float) -> int:
        if not self._ordered:
            return super().offset_at(seconds)
        at = bisect_left(self._times, seconds)
        return self.starts[at] if at < len(self.starts) else self.length


class GrowingSentences(Sentences):
    """The sentences of a transcript that goes on, as its windows have found them."""

    def __init__(self, document: Document, timeline: Timeline, transcript: Transcript) -> None:
        super().__init__(document, timeline)
        self._transcript = transcript

    @property
    def breaths(self) -> list[int]:
        return self._transcript.breaths

    @property
    def sentence_ends(self) -> list[int]:
        return self._transcript.sentence_ends


class Tape:
    """The text of a transcript, as far as one reads slices of it."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def __len__(self) -> int:
        return self._transcript.length

    def __getitem__(self, part: slice) -> str:
        start, end, _ = part.indices(len(self))
        if start >= end:
            return ""
        first, last = self._transcript.index(start), self._transcript.index(end - 1)
        base = self._transcript.starts[first]
        return text_of([*self._transcript.segments[first : last + 1], Segment(text="")])[start - base : end - base]


class Overview(Context):
    """A context for conditions whose leaves are known."""

    def __init__(
        self,
        document: Document,
        facts: Mapping[str, str],
        registry: FactRegistry,
        stances: Stances,
        day: date,
    ) -> None:
        """`document` says what is known of the broadcast but its words."""
        super().__init__(document, facts, registry, stances, day)
        self.ongoing = True

    def follow(self, transcript: Transcript) -> None:
        self.text = Tape(transcript)  # type: ignore[assignment]  # only slices of it are read
        self.line = GrowingTimeline(self.document, transcript)
        self.timeline = self.line
        self.sentences = GrowingSentences(self.document, self.timeline, transcript)
        self.opening = (0, 0)

    @property
    def silences(self) -> list[Silence]:
        return self.line.silences

    @property
    def latest(self) -> float:
        return self.line.latest

    def opening_span(self) -> tuple[int, int]:
        return self.opening
