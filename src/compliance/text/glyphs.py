"""What a character may be read as: its sounds, its look-alikes, the characters that it stands for as a sign.

Two characters that share a key may be taken for one another; keys are small integers, so that a table over all
code points can say in one look-up what a character may stand for.
"""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from compliance.text.tables import characters, shapes, signs, sounds, words
from compliance.text.tables.side_by_side import columns

_FUSED_INITIALS = {"n": "l"}
_FUSED_FINALS = {"ing": "in", "eng": "en", "ang": "an"}
_NUMERALS = {
    "0": "零", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九",
    "幺": "一", "两": "二",
}  # fmt: skip


class Glyph(NamedTuple):
    """`char` is what is written, as a unit of kept text, "" for a spelled syllable.

    `keys` are its sounds, its shape, its numeral and the sounds of what it stands for.
    """

    char: str
    sounds: frozenset[str]
    shape: str
    numeral: str
    stands_for: frozenset[str]
    keys: frozenset[int]


def sound_class(syllable: str) -> str:
    """n and l, front and back nasals are heard as one."""
    for back, front in _FUSED_FINALS.items():
        if syllable.endswith(back):
            syllable = syllable[: -len(back)] + front
            break
    first = syllable[:1]
    return _FUSED_INITIALS.get(first, first) + syllable[1:]


@cache
def _keys() -> dict[str, int]:
    """Names of readings → keys, in the order of the tables: the same in every process."""
    heard = [sound_class(syllable) for syllables in sounds().values() for syllable in syllables]
    seen = [f"shape {group[0]}" for groups in shapes().values() for group in groups]
    counted = [f"numeral {numeral}" for numeral in _NUMERALS.values()]
    return {name: key for key, name in enumerate(dict.fromkeys([*heard, *seen, *counted]))}


@cache
def readable() -> frozenset[str]:
    """Every character that may be taken for another."""
    alike = {char for groups in shapes().values() for group in groups for char in group}
    single = {sign for sign in signs() if len(sign) == 1}
    return frozenset({*sounds(), *alike, *single, *_NUMERALS, *"abcdefghijklmnopqrstuvwxyz"})


_PLANE = 0x10000
_FIRST_OF_OURS = 0xE000
"""Private use begins here; text never keeps such characters, so that they may stand for those beyond the plane."""


@cache
def units_beyond() -> dict[str, str]:
    """Readable character beyond the basic plane → the unit that stands for it in kept text."""
    beyond = sorted(char for char in readable() if ord(char) >= _PLANE)
    return {char: chr(_FIRST_OF_OURS + number) for number, char in enumerate(beyond)}


@cache
def _chars_beyond() -> dict[str, str]:
    return {unit: char for char, unit in units_beyond().items()}


@cache
def _shape_of() -> dict[str, str]:
    """Look-alike → the character that it is mistaken for."""
    return {member: group[0] for groups in shapes().values() for group in groups for member in group}


@lru_cache(maxsize=1 << 15)
def glyph(unit: str) -> Glyph:
    """The readings of one character of kept text."""
    char = _chars_beyond().get(unit, unit)
    heard = frozenset(map(sound_class, sounds().get(char, ())))
    shape = _shape_of().get(char, "")
    numeral = _NUMERALS.get(char, char if char in _NUMERALS.values() else "")
    stands_for = frozenset(reading for reading in signs().get(char, ()) if len(reading) == 1)
    names = set(heard)
    if shape:
        names.add(f"shape {shape}")
    if numeral:
        names.add(f"numeral {numeral}")
    for meant in stands_for:
        names.update(map(sound_class, sounds().get(meant, ())))
    return Glyph(unit, heard, shape, numeral, stands_for, frozenset(map(_keys().__getitem__, names)))


_COMMON = 1_500


@cache
def _commonest() -> frozenset[str]:
    chars, frequencies = columns(words())
    counts = np.bincount(chars.ravel(), np.repeat(frequencies, chars.shape[1]))
    counts[0] = 0
    return frozenset(map(chr, (-counts).argsort(kind="stable")[:_COMMON].tolist()))


def is_common(char: str) -> bool:
    """Whether the character is so common that it is rather itself than a stand-in for another."""
    return char in _commonest()


def is_unused(char: str) -> bool:
    """Whether the ideograph is so rare that nobody writes it for itself: where it stands, it stands for another."""
    return char >= "\u3400" and char not in characters()


@lru_cache(maxsize=1 << 10)
def spelled(syllable: str) -> Glyph:
    """A syllable written in letters."""
    name = sound_class(syllable)
    return Glyph("", frozenset({name}), "", "", frozenset(), frozenset({_keys()[name]}))
