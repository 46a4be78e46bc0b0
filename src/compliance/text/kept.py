"""What of a text is kept for matching: the skeleton view as a string of 16-bit units, with the raw offset of each.

One look-up a character says its unit: the folded character, or that it is noise, a sign that stands for words, or
stands for several characters. Kept characters beyond the basic plane have units of their own where they may be
taken for others; the rest of them share one unit, which no word has.
"""

import ctypes
import re
from collections.abc import Sequence
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.alphabet import EXPAND, NOISE, Codes, alphabet
from compliance.text.glyphs import units_beyond
from compliance.text.tables import signs
from compliance.text.views import Index, code_points

Units = npt.NDArray[np.uint16]

_BEYOND = 0x10000
_RARE = 0xFFFC
EMBLEM, SEVERAL, NOISE_UNIT = 0xFFFD, 0xFFFE, 0xFFFF
"""Units that no kept character has; those from EMBLEM on are taken out of the text."""


_AS_CHINESE_WRITES = "，！？：；（）"
"""Punctuation that is kept as it is usually written, for most texts are then kept as they are."""

_string_of = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_int, ctypes.c_void_p, ctypes.c_ssize_t)(
    ("PyUnicode_FromKindAndData", ctypes.pythonapi)
)
"""Units are what a string has in memory: to copy them takes a tenth of the time that decoding takes."""
_TWO_BYTES, _MEMORY = 2, ctypes.c_char * 0


class Kept(NamedTuple):
    """`text` has one character a unit; `raw[i]` is the raw offset of its character i, ascending.

    Raw offsets repeat where one character was written out as several.
    """

    text: str
    raw: Sequence[int]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Raw half-open span of the half-open span of units; `first < end`."""
        return int(self.raw[first]), int(self.raw[end - 1]) + 1

    def whole(self, first: int, end: int) -> bool:
        """Whether the span begins and ends where raw characters do, not inside one that was written out."""
        raw = self.raw
        begins = first == 0 or raw[first - 1] != raw[first]
        return bool(begins and (end == len(raw) or raw[end - 1] != raw[end]))


@cache
def unit_table() -> Units:
    """Code point → unit."""
    tables = alphabet()
    of_folded = np.full(len(tables.fold), _RARE, dtype=np.uint16)
    of_folded[:_BEYOND] = np.arange(_BEYOND)
    for char in _AS_CHINESE_WRITES:
        of_folded[tables.fold[ord(char)]] = ord(char)
    for char, unit in units_beyond().items():
        of_folded[ord(char)] = ord(unit)
    table = of_folded[tables.fold]
    table[tables.kind == NOISE] = NOISE_UNIT
    table[tables.kind == EXPAND] = SEVERAL
    emblems = [ord(sign) for sign in signs() if len(sign) == 1 and table[ord(sign)] == NOISE_UNIT]
    table[emblems] = EMBLEM
    return table


@cache
def several_tables() -> tuple[Codes, npt.NDArray[np.int32], Units]:
    """Characters that stand for several, ascending; where the units of each begin, and of the next; the units."""
    expansions = dict(sorted(alphabet().expansions.items()))
    ends = np.cumsum([0, *map(len, expansions.values())], dtype=np.int32)
    units = unit_table()[list(map(ord, "".join(expansions.values())))]
    return np.array(list(expansions), dtype=np.uint32), ends, units


class _Units(dict[str, str]):
    """Character → its unit as a character, nothing for noise; filled as characters are met, at most as many as are."""

    def __missing__(self, char: str) -> str:
        unit = int(unit_table()[ord(char)])
        kept_as = self[char] = "" if unit in {NOISE_UNIT, EMBLEM} else chr(unit)
        return kept_as


_unit_of = _Units()


@cache
def _plain() -> re.Pattern[str]:
    """Characters that are kept as they are; most short texts have no others."""
    itself = unit_table()[:_RARE] == np.arange(_RARE)
    edges = np.flatnonzero(np.diff(itself, prepend=False, append=False)).tolist()
    ranges = (
        f"{re.escape(chr(first))}-{re.escape(chr(end - 1))}" for first, end in zip(edges[::2], edges[1::2], strict=True)
    )
    return re.compile(f"[{''.join(ranges)}]*")


def kept(text: str) -> Kept:
    """For short texts: character by character, without the cost of arrays."""
    if _plain().fullmatch(text):
        return Kept(text, range(len(text)))
    each = list(map(_unit_of.__getitem__, text))
    units = "".join(each)
    if chr(SEVERAL) in units:
        return _kept_at_once(text)
    if len(units) == len(text):
        return Kept(units, range(len(units)))
    return Kept(units, list(compress(range(len(text)), each)))


def _kept_at_once(text: str) -> Kept:
    """For texts with characters that stand for several."""
    codes = code_points(text)
    units = unit_table().take(codes, mode="clip")
    units, raw = _written_out(units, codes, np.flatnonzero(units == SEVERAL))
    keep = np.flatnonzero(units <= _RARE)
    return Kept(_string(units[keep], len(keep)), raw[keep].tolist())


def _written_out(units: Units, codes: Codes, places: Index) -> tuple[Units, Index]:
    """Characters that stand for several, each part pointing back to the whole."""
    parts = [alphabet().expansions[code] for code in codes[places].tolist()]
    units[places] = unit_table()[[ord(part[0]) for part in parts]]
    behind = np.repeat(places + 1, [len(part) - 1 for part in parts])
    others = unit_table()[[ord(char) for part in parts for char in part[1:]]]
    raw = np.arange(len(units), dtype=np.intp)
    return np.insert(units, behind, others), np.insert(raw, behind, behind - 1)


def of_arrays(arrays: Sequence[npt.NDArray[Any]], count: int) -> Kept:
    """Of the units and raw offsets of a text that was gone over already; there may be more behind `count`."""
    units, raw = arrays
    # A view of the array: its elements are plain integers, at a third of what one of an array costs.
    return Kept(_string(units, count), memoryview(raw)[:count])  # type: ignore[arg-type]


def in_units(form: str) -> str:
    """A skeleton form as it stands in kept text."""
    return "".join(map(_unit_of.__getitem__, form))


def _string(units: Units, count: int) -> str:
    text: str = _string_of(_TWO_BYTES, ctypes.byref(_MEMORY.from_buffer(units.data)), count)
    return text
