"""Where a disguised term may begin: a filter over all positions of a text at once.

Of the first two characters of a term one stands as it is, and the other, like those that follow, is one that may
be meant. Characters with the same readings are of one class; the pairs (character, class) and (class, character)
that begin some term are marked in two hashed tables, so that a text is filtered by two look-ups a position. What is
left is checked with the keys of the third and the fourth character.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from compliance.text.alphabet import CODE_POINTS, Codes
from compliance.text.glyphs import glyph, is_common
from compliance.text.tables import shapes, signs, sounds

_FEWEST_SLOTS, _MOST_SLOTS = 1 << 10, 1 << 22
_MOST_KEY_SLOTS = 1 << 17
_SLOTS_A_PAIR = 8
_SHORT, _LONG = 1, 2
"""Marks of a pair: some term of two characters is like it; some longer one begins like it."""
_SPREAD, _FURTHER = 0x9E3779B1, 0x85EBCA77
_ANY = 0xFFFF_FFFF_FFFF_FFFF

_FREE, _SEVERAL = 0xFE, 0xFF
"""Fingerprints of a slot without a pair, and of one with several."""

Numbers = npt.NDArray[np.uint64]
Slots = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]


class _Half:
    """The terms of which the first (0) or the second (1) character stands."""

    def __init__(self, terms: Iterable[str], standing: int) -> None:
        classes = _classes()
        short: set[tuple[int, int]] = set()
        long: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for term in terms:
            code, other = ord(term[standing]), term[1 - standing]
            if len(term) == 2:
                short.update((code, like) for like in classes.like_in_short(other))
                continue
            third, fourth = _bits(term[2]), _bits(term[3]) if len(term) > 3 else _ANY
            for like in classes.like(other):
                keys = long[code, like]
                keys[0] |= third
                keys[1] |= fourth
        self._size = _FEWEST_SLOTS
        while self._size < min(_SLOTS_A_PAIR * (len(short) + len(long)), _MOST_SLOTS):
            self._size *= 2
        self._marks = np.zeros(self._size, dtype=np.uint8)
        self._prints = np.full(self._size, _FREE, dtype=np.uint8)
        self._behind = np.zeros((min(self._size, _MOST_KEY_SLOTS), 2), dtype=np.uint64)
        if short:
            self._mark(short, _SHORT)
        if long:
            slots = self._mark(long, _LONG)
            keys_behind = np.array(list(long.values()), dtype=np.uint64)
            np.bitwise_or.at(self._behind, slots & np.uint32(len(self._behind) - 1), keys_behind)

    def _mark(self, pairs: Iterable[tuple[int, int]], mark: int) -> Slots:
        """Each slot has the fingerprint of its pair, or says that it has several."""
        slots, prints = _hashed(*np.array(list(pairs), dtype=np.uint32).T)
        slots &= np.uint32(self._size - 1)
        self._marks[slots] |= np.uint8(mark)
        taken = self._prints[slots]
        self._prints[slots] = np.where((taken == _FREE) | (taken == prints), prints, _SEVERAL)
        self._prints[slots[self._prints[slots] != prints]] = _SEVERAL
        return slots

    def places(self, stands: Codes, other: Codes, keys: Numbers) -> list[Places]:
        """Positions of pairs that may begin a term; `keys` are those of all characters of the text and two more."""
        slots, prints = _hashed(stands, other)
        slots &= np.uint32(self._size - 1)
        known = self._prints[slots]
        marks = np.where((known == prints) | (known == _SEVERAL), self._marks[slots], np.uint8(0))
        at = np.flatnonzero(marks & _LONG)
        behind = self._behind[slots[at] & np.uint32(len(self._behind) - 1)]
        long = at[((behind[:, 0] & keys[at + 2]) != 0) & ((behind[:, 1] & keys[at + 3]) != 0)]
        return [np.flatnonzero(marks & _SHORT), long]


class BeginningFilter:
    """Built for a set of terms; says where in a text one of them may begin in disguise."""

    def __init__(self, terms: Iterable[str]) -> None:
        terms = list(terms)
        self._first, self._second = _Half(terms, 0), _Half(terms, 1)

    def places(self, codes: Codes) -> list[int]:
        """Positions at which a term may begin, ascending."""
        if len(codes) < 2:
            return []
        classes = _classes()
        of = classes.of[codes]
        keys = np.zeros(len(codes) + 2, dtype=np.uint64)
        keys[:-2] = classes.keys[codes]
        keys[-2:] = 1 << _NO_CHARACTER
        standing_first = self._first.places(codes[:-1], of[1:], keys)
        standing_second = self._second.places(codes[1:], of[:-1], keys)
        places: list[int] = np.unique(np.concatenate([*standing_first, *standing_second])).tolist()
        return places


_NO_CHARACTER = 63
"""The bit of the end of the text, and of all that no term is made of: only terms that end before it allow it."""


def _bits(char: str) -> int:
    """The keys of a character, hashed to bits."""
    bits = 0
    for key in glyph(char).keys:
        bits |= 1 << key % _NO_CHARACTER
    return bits


def _hashed(stands: Codes, other: Codes) -> tuple[Slots, npt.NDArray[np.uint8]]:
    """Slot and fingerprint of each pair."""
    mixed = (stands * np.uint32(_SPREAD) + other) * np.uint32(_FURTHER)
    return mixed >> np.uint32(8), (mixed & np.uint32(0x7F)).astype(np.uint8)


class _Classes:
    """Every character that may be taken for another, by class; class 0 are all others."""

    def __init__(self) -> None:
        chars = {*sounds(), *(char for groups in shapes().values() for group in groups for char in group)}
        chars.update(sign for sign in signs() if len(sign) == 1)
        chars.update("0123456789abcdefghijklmnopqrstuvwxyz")
        numbers: dict[tuple[frozenset[int], bool], int] = {}
        self.of: Codes = np.zeros(CODE_POINTS, dtype=np.uint32)
        self.keys: Numbers = np.full(CODE_POINTS, 1 << _NO_CHARACTER, dtype=np.uint64)
        for char in sorted(chars):
            number = numbers.setdefault((glyph(char).keys, is_common(char)), len(numbers) + 1)
            self.of[ord(char)] = number
            self.keys[ord(char)] = _bits(char)
        self._by_key: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
        for (keys, common), number in numbers.items():
            for key in keys:
                self._by_key[key].append((number, common))

    def like(self, char: str) -> set[int]:
        """The classes of which some character may be meant as this one."""
        return {number for key in glyph(char).keys for number, _ in self._by_key[key]} or {int(self.of[ord(char)])}

    def like_in_short(self, char: str) -> set[int]:
        """The same for terms of two characters: a common character that only sounds the same is itself."""
        wanted = glyph(char)
        sounding = wanted.sound_keys
        return {
            number for key in wanted.keys for number, common in self._by_key[key] if not common or key not in sounding
        }


@cache
def _classes() -> _Classes:
    return _Classes()
