"""Which part of a workbook to read."""

from typing import NamedTuple


class Choice(NamedTuple):
    """What the caller knows better than a guess: the words' column (letter or header), the only sheet."""

    column: str | None = None
    sheet: str | None = None
