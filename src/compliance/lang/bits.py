"""Bits of written rules: words, and the places where a line may end."""

from collections.abc import Iterator
from typing import NamedTuple


class Joint(NamedTuple):
    """A place where a line may end: the source offsets at which the part before it ends and the next begins."""

    end: int
    start: int


class Bit(NamedTuple):
    """Text with a blank before it unless `tight`; `column`: may be moved right to stand under others of its kind."""

    text: str
    tight: bool = False
    joint: Joint | None = None
    column: bool = False


Bits = Iterator[Bit]


def bits(*texts: str) -> Bits:
    return (Bit(text) for text in texts)


def bracketed(inner: Bits, opening: str = "(") -> Bits:
    yield Bit(opening)
    for number, bit in enumerate(inner):
        yield bit._replace(tight=True) if number == 0 else bit
    yield Bit(")", tight=True)


def plain(parts: Bits) -> str:
    """The bits on one line."""
    out = ""
    for bit in parts:
        out += ("" if bit.tight or not out else " ") + bit.text
    return out
