"""Where something stands in a rule file."""

from typing import NamedTuple


class Position(NamedTuple):
    """1-based line and column (in characters), and the half-open character span in the file."""

    line: int
    column: int
    start: int
    end: int


NOWHERE = Position(1, 1, 0, 0)
