"""The words of a broadcast so far: segments, where they lie in the text, and where one may cut it.

Nothing here grows dearer with the length of the broadcast but what is asked of all of it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from compliance.model.broadcast import HeardSegment
from compliance.model.document import Segment

NEAR = 256
"""Characters on either side of a hit that may matter to it: a quotation is not longer, cues stand nearer."""
FARTHEST = 1_000
"""So far a cut is moved at most to be at a breath; speech without a pause or a full stop is cut at a segment."""


class Transcript:
    """Offsets are those of the document's text. Cuts are breaths, where a new sentence and a new utterance begin."""

    def __init__(self, *, spoken: bool, sentences: int = 0, characters: int = 0) -> None:
        """Over how many sentences or characters some relation between hits may reach."""
        self._spoken = spoken
        self._reach = sentences + 1
        self._near = max(NEAR, characters)
        self.segments: list[Segment] = []
        self.numbers: list[int] = []  # of the segments, in the order of arrival
        self.starts: list[int] = []
        self.length = 0
        self.breaths: list[int] = []
        self.sentence_ends: list[int] = []

    def append(self, segment: Segment, number: int) -> None:
        start = self.length + 1 if self.segments else 0
        self.segments.append(segment)
        self.numbers.append(number)
        self.starts.append(start)
        self.length = start + len(segment.text)
        if not self._spoken:
            self.breaths.append(start)

    def cut_off(self, index: int) -> None:
        """Forget the segments from `index` on."""
        start = self.starts[index]
        del self.segments[index:], self.numbers[index:], self.starts[index:]
        self.length = max(start - 1, 0)
        del self.breaths[bisect_right(self.breaths, start - 1) :]
        del self.sentence_ends[bisect_right(self.sentence_ends, start - 1) :]

    def mark(self, base: int, breaths: Iterable[int], sentence_ends: Iterable[int]) -> None:
        """Where breaths and sentences end behind `base`, counted from there."""
        if self._spoken:
            _replace_behind(self.breaths, base, breaths)
        _replace_behind(self.sentence_ends, base, sentence_ends)

    def index(self, offset: int) -> int:
        """Index of the segment that holds an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def before(self, offset: int) -> int:
        """The last cut from which on everything that may matter to words at `offset` is there."""
        last = bisect_right(self.breaths, offset - self._near)
        near = reversed(self.breaths[max(last - self._reach - 2, 0) : last])
        breath = next((each for each in near if self._between(each, offset) > self._reach), 0)
        return breath if offset - breath <= FARTHEST else self.starts[self.index(offset - FARTHEST)]

    def behind(self, offset: int) -> int:
        """The index of the first segment that no longer matters to words that end at `offset`."""
        first = bisect_right(self.breaths, offset + self._near - 1)
        for breath in self.breaths[first : first + self._reach + 2]:
            if breath - offset > FARTHEST:
                break
            if self._between(offset, breath) > self._reach:
                return self.index(breath)
        return min(self.index(offset + FARTHEST) + 1, len(self.segments))

    def _between(self, start: int, end: int) -> int:
        return bisect_right(self.sentence_ends, end) - bisect_right(self.sentence_ends, start)


def _replace_behind(offsets: list[int], base: int, behind: Iterable[int]) -> None:
    del offsets[bisect_right(offsets, base) :]
    offsets.extend(base + offset for offset in behind if offset > 0)


def plain(segment: Segment) -> Segment:
    """A segment as documents have it, without what only streams need."""
    if not isinstance(segment, HeardSegment):
        return segment
    return Segment(**{name: getattr(segment, name) for name in Segment.model_fields})


def text_of(segments: Sequence[Segment]) -> str:
    return "\n".join(segment.text for segment in segments)
