"""What a character may be read as: its sounds, its look-alikes, the characters that it stands for as a sign.

Two characters that share a key may be taken for one another; keys are small integers, so that a table over all
code points can say in one look-up what a character may stand for.
"""

from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from compliance.text.tables import shapes, signs, sounds, words

_FUSED_INITIALS = {"n": "l"}
_FUSED_FINALS = {"ing": "in", "eng": "en", "ang": "an"}
_NUMERALS = {
    "0": "零", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九",
    "幺": "一", "两": "二",
}  # fmt: skip


class Glyph(NamedTuple):
    """`char` is what is written, "" for a spelled syllable; `keys` are its sounds, shape and what it stands for."""

    char: str
    sounds: frozenset[str]
    shape: str
    numeral: str
    stands_for: frozenset[str]
    keys: frozenset[int]

    @property
    def sound_keys(self) -> frozenset[int]:
        """Those of the keys that are the character's own sounds."""
        return frozenset(map(_key, self.sounds))


def sound_class(syllable: str) -> str:
    """n and l, front and back nasals are heard as one."""
    for back, front in _FUSED_FINALS.items():
        if syllable.endswith(back):
            syllable = syllable[: -len(back)] + front
            break
    first = syllable[:1]
    return _FUSED_INITIALS.get(first, first) + syllable[1:]


@cache
def _numbered() -> dict[str, int]:
    """Key names → keys, in the order of the tables: the same in every process."""
    names: dict[str, int] = {}
    for syllables in sounds().values():
        for syllable in syllables:
            names.setdefault(sound_class(syllable), len(names))
    return names


def _key(name: str) -> int:
    names = _numbered()
    return names.setdefault(name, len(names))


@cache
def _shape_of() -> dict[str, str]:
    """Look-alike → the character that it is mistaken for."""
    return {member: group[0] for groups in shapes().values() for group in groups for member in group}


@lru_cache(maxsize=1 << 15)
def glyph(char: str) -> Glyph:
    """The readings of one folded character."""
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
    if not names:
        names.add(f"char {char}")
    return Glyph(char, heard, shape, numeral, stands_for, frozenset(map(_key, names)))


_COMMON = 1_500


@cache
def _commonest() -> frozenset[str]:
    counts: Counter[str] = Counter()
    for word, frequency in words().items():
        for char in word:
            counts[char] += frequency
    return frozenset(char for char, _ in counts.most_common(_COMMON))


def is_common(char: str) -> bool:
    """Whether the character is so common that it is rather itself than a stand-in for another."""
    return char in _commonest()


@lru_cache(maxsize=1 << 10)
def spelled(syllable: str) -> Glyph:
    """A syllable written in letters."""
    name = sound_class(syllable)
    return Glyph("", frozenset({name}), "", "", frozenset(), frozenset({_key(name)}))
