"""Where a document's offsets lie in its segments, and when they were said."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from compliance.model.document import Document, Segment


class Timeline:
    """Segment look-ups by raw offset, and times where the document has them."""

    def __init__(self, document: Document) -> None:
        self.segments = document.segments
        self.length = len(document.text)
        lengths = (len(segment.text) + 1 for segment in self.segments)
        self.starts = [0, *accumulate(lengths)][: len(self.segments)]

    def index(self, offset: int) -> int:
        """Index of the segment that holds `offset`; the joining newline belongs to the segment before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def segment(self, offset: int) -> Segment:
        return self.segments[self.index(offset)]

    def bounds(self, offset: int) -> tuple[int, int]:
        """Half-open span of the segment that holds `offset`."""
        i = self.index(offset)
        return self.starts[i], self.starts[i] + len(self.segments[i].text)

    @cached_property
    def timed(self) -> bool:
        """Whether every segment that says anything knows when it starts."""
        return all(s.t_start is not None for s in self.segments if s.text.strip())

    def t_start(self, offset: int) -> float | None:
        return self.segment(offset).t_start

    def t_end(self, offset: int) -> float | None:
        """End of the segment that holds `offset`; its start where no end is known."""
        segment = self.segment(offset)
        return segment.t_end if segment.t_end is not None else segment.t_start

    @cached_property
    def begin(self) -> float:
        """Time of the first words, in seconds."""
        return min((s.t_start for s in self.segments if s.t_start is not None), default=0.0)

    @cached_property
    def finish(self) -> float:
        """Time of the last words, in seconds."""
        ends = (s.t_end if s.t_end is not None else s.t_start for s in self.segments)
        return max((t for t in ends if t is not None), default=0.0)

    def offset_at(self, seconds: float) -> int:
        """First offset said at or after `seconds`; the text's length when nothing was."""
        for start, segment in zip(self.starts, self.segments, strict=True):
            if segment.t_start is not None and segment.t_start >= seconds:
                return start
        return self.length
