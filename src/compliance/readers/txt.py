"""Plain text: a segment for each line that is not blank."""

import re
from collections.abc import Iterator

from compliance.model.document import Place, Segment

# The line ends that editors count, so that line numbers agree with them.
_LINE_END = re.compile(r"\r\n|\n|\r")


def read_txt(text: str) -> Iterator[Segment]:
    """Segments with 1-based line numbers; a line is kept as it is written, indent included."""
    start, line = 0, 1
    for end in _LINE_END.finditer(text):
        yield from _segment(text[start : end.start()], line)
        start, line = end.end(), line + 1
    yield from _segment(text[start:], line)


def _segment(text: str, line: int) -> Iterator[Segment]:
    if text.strip():
        yield Segment(text=text, place=Place(label=f"第{line}行", line=line))
