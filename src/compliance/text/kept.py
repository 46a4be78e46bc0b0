"""What of a text is kept for matching: the skeleton view as a string of 16-bit units, with the raw offset of each.

One look-up a character says its unit: the folded character, or that it is noise, a sign that stands for words, or
stands for several characters. Kept characters beyond the basic plane have units of their own where they may be
taken for others; the rest of them share one unit, which no word has.
"""

from collections.abc import Sequence
from functools import cache
from itertools import compress
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.alphabet import EXPAND, NOISE, Codes, alphabet
from compliance.text.glyphs import units_beyond
from compliance.text.tables import signs
from compliance.text.views import Index, View, code_points

Units = npt.NDArray[np.uint16]

_BEYOND = 0x10000
_RARE = 0xFFFC
_EMBLEM, _SEVERAL, _NOISE = 0xFFFD, 0xFFFE, 0xFFFF
"""Units that no kept character has; those from _EMBLEM on are taken out of the text."""


_AS_CHINESE_WRITES = "，！？：；（）"
"""Punctuation that is kept as it is usually written, for most texts are then kept as they are."""


class Kept(NamedTuple):
    """`text` has one character a unit; `raw[i]` is the raw offset of its character i, ascending.

    Raw offsets repeat where one character was written out as several. `emblems` are raw offsets of characters that
    were taken out though they stand for words (emoji).
    """

    text: str
    raw: Sequence[int]
    emblems: Sequence[int] = ()

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Raw half-open span of the half-open span of units; `first < end`."""
        return int(self.raw[first]), int(self.raw[end - 1]) + 1

    def whole(self, first: int, end: int) -> bool:
        """Whether the span begins and ends where raw characters do, not inside one that was written out."""
        raw = self.raw
        begins = first == 0 or raw[first - 1] != raw[first]
        return bool(begins and (end == len(raw) or raw[end - 1] != raw[end]))


@cache
def _table() -> Units:
    """Code point → unit."""
    tables = alphabet()
    table = np.where(tables.fold < _BEYOND, tables.fold, _RARE).astype(np.uint16)
    for char in _AS_CHINESE_WRITES:
        table[tables.fold == tables.fold[ord(char)]] = ord(char)
    for char, unit in units_beyond().items():
        table[tables.fold == ord(char)] = ord(unit)
    table[tables.kind == NOISE] = _NOISE
    table[tables.kind == EXPAND] = _SEVERAL
    emblems = [ord(sign) for sign in signs() if len(sign) == 1 and table[ord(sign)] == _NOISE]
    table[emblems] = _EMBLEM
    return table


class _Units(dict[str, str]):
    """Character → its unit as a character, nothing for noise; filled as characters are met, at most as many as are."""

    def __missing__(self, char: str) -> str:
        unit = int(_table()[ord(char)])
        kept_as = self[char] = "" if unit in {_NOISE, _EMBLEM} else chr(unit)
        return kept_as


_unit_of = _Units()


@cache
def _plain() -> frozenset[str]:
    """Characters that are kept as they are; most short texts have no others."""
    table = _table()
    ideographs = np.flatnonzero(table[:_BEYOND] == np.arange(_BEYOND))
    return frozenset(map(chr, ideographs[ideographs < _RARE].tolist()))


def kept(text: str) -> Kept:
    """For short texts: character by character, without the cost of arrays."""
    if _plain().issuperset(text):
        return Kept(text, range(len(text)))
    each = list(map(_unit_of.__getitem__, text))
    units = "".join(each)
    if chr(_SEVERAL) in units:
        return kept_units(text)[0]
    if len(units) == len(text):
        return Kept(units, range(len(units)))
    emblems = () if _emblems().isdisjoint(text) else [at for at, char in enumerate(text) if char in _emblems()]
    return Kept(units, list(compress(range(len(text)), each)), emblems)


@cache
def _emblems() -> frozenset[str]:
    return frozenset(map(chr, np.flatnonzero(_table() == _EMBLEM).tolist()))


def kept_units(text: str) -> tuple[Kept, Units]:
    """For long texts: all at once; the units as an array as well."""
    codes = code_points(text)
    units = _table().take(codes, mode="clip")
    out = units > _RARE
    if not out.any():
        return Kept(_decoded(units), range(len(units))), units
    emblems = np.flatnonzero(units == _EMBLEM).tolist()
    places = np.flatnonzero(units == _SEVERAL)
    raw = None
    if len(places):
        units, raw = _written_out(units, codes, places)
        out = units > _RARE
    keep = np.flatnonzero(~out)
    units = units[keep]
    raw = keep if raw is None else raw[keep]
    # A view of the array: its elements are plain integers, at a third of what one of an array costs.
    return Kept(_decoded(units), memoryview(raw), emblems), units  # type: ignore[arg-type]


def _written_out(units: Units, codes: Codes, places: Index) -> tuple[Units, Index]:
    """Characters that stand for several, each part pointing back to the whole."""
    parts = [alphabet().expansions[code] for code in codes[places].tolist()]
    units[places] = _table()[[ord(part[0]) for part in parts]]
    behind = np.repeat(places + 1, [len(part) - 1 for part in parts])
    others = _table()[[ord(char) for part in parts for char in part[1:]]]
    raw = np.arange(len(units), dtype=np.intp)
    return np.insert(units, behind, others), np.insert(raw, behind, behind - 1)


def of_view(view: View, text: str, units: Units) -> Kept:
    """A text of which there is a skeleton view, and its units, already."""
    whole = len(units) == len(text)
    emblems = () if whole else np.flatnonzero(_table()[code_points(text)] == _EMBLEM).tolist()
    return Kept(_decoded(units), view.raw.tolist(), emblems)


def in_units(form: str) -> str:
    """A skeleton form as it stands in kept text."""
    return "".join(map(_unit_of.__getitem__, form))


def units_of(view: View) -> Units:
    """The units of a skeleton view."""
    units: Units = _table()[view.codes]
    return units


def _decoded(units: Units) -> str:
    return units.astype("<u2", copy=False).tobytes().decode("utf-16-le")
