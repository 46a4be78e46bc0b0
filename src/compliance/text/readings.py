"""What each unit of kept text may be read as, and what kind of character it is, as arrays over all units.

`glyphs.py` says the same of one character; here it is laid out for code that goes over a text unit by unit.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.glyphs import Glyph, glyph, is_common, is_unused, readable, units_beyond
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
    read = sorted(units_beyond().get(char, char) for char in readable())
    glyphs = [glyph.__wrapped__(unit) for unit in read]  # all of them: those that occur are remembered, not these
    shapes = _numbered(each.shape for each in glyphs)
    numerals = _numbered(each.numeral for each in glyphs)
    sounds = _numbered(sound for each in glyphs for sound in sorted(each.sounds))
    alike = np.zeros((UNITS, 2), dtype=np.uint16)
    codes = list(map(ord, read))
    alike[codes, 0] = [shapes.get(each.shape, 0) for each in glyphs]
    alike[codes, 1] = [numerals.get(each.numeral, 0) for each in glyphs]
    parts: list[Callable[[Glyph], list[int]]] = [
        lambda each: sorted(each.keys),
        lambda each: sorted(sounds[sound] for sound in each.sounds),
        lambda each: sorted(ord(units_beyond().get(char, char)) for char in each.stands_for),
    ]
    spans = np.zeros((UNITS, 4), dtype=np.int32)
    values: list[int] = []
    for code, each in zip(codes, glyphs, strict=True):
        for number, part in enumerate(parts):
            spans[code, number] = len(values)
            values += part(each)
        spans[code, 3] = len(values)
    return Readings(_kinds(), alike, spans, np.array(values, dtype=np.uint16))


def _numbered(names: Iterable[str]) -> dict[str, int]:
    """Numbers from 1 on, in the order in which the names come; none for the empty name."""
    return {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)), start=1)}


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
