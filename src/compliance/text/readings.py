"""What each unit of kept text may be read as, and what kind of character it is, as arrays over all units.

`glyphs.py` says the same of one character; here it is laid out for code that goes over a text unit by unit.
"""

from array import array
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.glyphs import glyph, is_common, is_unused, readable, units_beyond
from compliance.text.spelling import ZHUYIN_LETTERS, letters

UNITS = 1 << 16

LETTER, ZHUYIN, ALNUM, DIGIT, HAN, UNUSED, COMMON, SELF_STANDING = (1 << bit for bit in range(8))
"""Kinds of a unit: spells pinyin, spells 注音, ASCII letter or digit, any digit, ideograph, nobody writes it for
itself, so common that it is rather itself, a word by itself."""

SELF_STANDING_CHARS = frozenset(
    "的地得了着过和与及或而但为在是有不没无也都就还很太更最好看能会要想说来去上下里外大小多少高一二三四五六七八九十两"
    "个这那我你他她它们吗呢吧啊呀嘛啦把被让给对向从到比同跟只又再才先后前"
)
"""Characters that are words: they stand beside anything, and nobody takes them for another."""


class Readings(NamedTuple):
    """Arrays by unit, `UNITS` long.

    `kinds`: bits of the kinds above. `alike`: (shape, numeral), 0 for none; units with the same are taken for one
    another. `spans`: (keys, sounds, signs, end), offsets into `values`, where the keys of the unit stand before its
    sounds and those before the units that it stands for as a sign.
    """

    kinds: npt.NDArray[np.uint8]
    alike: npt.NDArray[np.uint16]
    spans: npt.NDArray[np.int32]
    values: npt.NDArray[np.uint16]

    def keys_of(self, units: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint16]]:
        """(index into `units`, key) of every key of each of the units."""
        begins, ends = self.spans[units, 0], self.spans[units, 1]
        counts = ends - begins
        index = np.repeat(np.arange(len(units)), counts)
        firsts = np.repeat(begins - (counts.cumsum() - counts), counts)
        return index, self.values[firsts + np.arange(len(index))]


@cache
def readings() -> Readings:
    """Built once a process."""
    shapes, numerals, sounds = _Numbers(), _Numbers(), _Numbers()
    alike = np.zeros((UNITS, 2), dtype=np.uint16)
    spans = np.zeros((UNITS, 4), dtype=np.int32)
    values = array("H")
    for unit in sorted(units_beyond().get(char, char) for char in readable()):
        each, code = glyph.__wrapped__(unit), ord(unit)  # those that occur in texts are remembered, not all of them
        alike[code] = shapes[each.shape], numerals[each.numeral]
        heard = [sounds[sound] for sound in sorted(each.sounds)]
        meant = [ord(units_beyond().get(char, char)) for char in each.stands_for]
        for number, part in enumerate((each.keys, heard, meant)):
            spans[code, number] = len(values)
            values.extend(sorted(part))
        spans[code, 3] = len(values)
    return Readings(_kinds(), alike, spans, np.array(values, dtype=np.uint16))


class _Numbers(dict[str, int]):
    """Numbers from 1 on, in the order in which the names come; 0 for the empty name."""

    def __missing__(self, name: str) -> int:
        if not name:
            return 0
        number = self[name] = len(self) + 1
        return number


def _kinds() -> npt.NDArray[np.uint8]:
    kinds = np.zeros(UNITS, dtype=np.uint8)
    kinds[0x4E00:0xA000] |= HAN
    for kind, chars in (
        (LETTER, letters()),
        (ZHUYIN, ZHUYIN_LETTERS),
        (ALNUM, "0123456789abcdefghijklmnopqrstuvwxyz"),
        (SELF_STANDING, SELF_STANDING_CHARS),
    ):
        kinds[[ord(char) for char in chars if ord(char) < UNITS]] |= kind
    every = list(map(chr, range(UNITS)))
    kinds[[char.isdigit() for char in every]] |= DIGIT
    kinds[[is_unused(char) for char in every]] |= UNUSED
    kinds[[is_common(char) for char in every]] |= COMMON
    return kinds
