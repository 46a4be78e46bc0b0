"""Where a word may begin: a filter over all places of a text at once.

The first two characters of every form, as they stand and as they may be disguised (one of the two stands), are
marked in a hashed table of bits, so that a text is filtered by one look-up a place. What is left is checked with
the readings of the third and the fourth character.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from compliance.text.glyphs import glyph, is_unused, readable, units_beyond
from compliance.text.kept import Units
from compliance.text.tables import pairs

_AT_A_TIME = 1 << 15
"""Places looked at in one go: what is worked out for them stays in the processor's cache."""

_FEWEST, _MOST = 15, 24
_SLOTS_A_PAIR = 16
_MOST_BEHIND = 19
"""Powers of two: bits of the table, and rows of readings behind a pair."""

_SPREAD, _FURTHER, _WORD = 0x9E3779B1, 0x85EBCA77, 0xFFFF_FFFF
_ANY = 0xFFFF_FFFF_FFFF_FFFF
_END = 63
"""The bit of the end of the text and of all that no word is made of: only words that end before it allow it."""

_OTHER_READINGS = 61
_SOME_FORMS = 1 << 10

Slots = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint8]
Readings = npt.NDArray[np.uint64]


class Heads:
    """Built for words as they stand, words that may be disguised, and other pairs of characters to be told of.

    Forms of fewer than two characters are none of its business. Immutable after construction.
    """

    def __init__(
        self, plain: Iterable[str], disguised: Iterable[tuple[str, bool]], others: Iterable[tuple[str, str]] = ()
    ) -> None:
        """`disguised`: form, and whether it may be written as two characters that people write side by side anyway.

        `others`: alternatives of a first character with alternatives of the one behind it.
        """
        short, long = _Pairs(), _Pairs()
        for form in plain:
            if len(form) >= 2:
                (short if len(form) == 2 else long).add(form, form[0], _code(form[1]))
        for form, usual_too in disguised:
            first, second = like_codes(form[0]), like_codes(form[1])
            if len(form) == 2:
                unused = _unused(form[1])
                for code in _unused(form[0]).tolist():
                    short.add(form, chr(code), unused)
            if len(form) == 2 and not usual_too:
                short.add(form, form[0], _unusual(form, first, second, stands=0))
                short.add(form, form[1], _unusual(form, first, second, stands=1), stands=1)
            else:
                chosen = short if len(form) == 2 else long
                chosen.add(form, form[0], second)
                chosen.add(form, form[1], first, stands=1)
        for chars, chars_behind in others:
            codes = np.array([ord(char) for char in chars_behind], dtype=np.uint32)
            for char in chars:
                short.add(char, char, codes)
        count = short.count + long.count
        self._shift = 32 - min(max((_SLOTS_A_PAIR * count).bit_length(), _FEWEST), _MOST)
        self._behind_shift = 32 - min(max(long.count.bit_length(), _FEWEST), _MOST_BEHIND)
        self._behind = np.zeros((1 << (32 - self._behind_shift), 3), dtype=np.uint64)
        marked, shorts = np.zeros((2, 1 << (32 - self._shift)), dtype=bool)
        for hashes, _ in short.arrays():
            marked[hashes >> np.uint32(self._shift)] = True
            shorts[_mixed_again(hashes) >> np.uint32(self._shift)] = True
        self._short = np.packbits(shorts, bitorder="little")
        for hashes, behind in long.arrays():
            marked[hashes >> np.uint32(self._shift)] = True
            _join(self._behind, hashes >> np.uint32(self._behind_shift), behind)
        self._bits = np.packbits(marked, bitorder="little")

    def tables(self) -> dict[str, npt.NDArray[Any]]:
        """All there is to it, to be stored; see `of_tables`."""
        return {"bits": self._bits, "short": self._short, "behind": self._behind}

    @classmethod
    def of_tables(cls, tables: Mapping[str, npt.NDArray[Any]]) -> Self:
        """Raises ValueError for what are not the tables of some heads."""
        heads = cls.__new__(cls)
        heads._bits, heads._short, heads._behind = (tables[name] for name in ("bits", "short", "behind"))
        shapes = heads._bits.shape == heads._short.shape and heads._behind.shape[1:] == (3,)
        kinds = heads._bits.dtype == heads._short.dtype == np.uint8 and heads._behind.dtype == np.uint64
        slots, rows = len(heads._bits) * 8, len(heads._behind)
        if not shapes or not kinds or slots.bit_count() != 1 or rows.bit_count() != 1:
            raise ValueError("the tables have the wrong form")
        heads._shift, heads._behind_shift = 33 - slots.bit_length(), 33 - rows.bit_length()
        return heads

    def may_begin(self, first: str, second: str) -> bool:
        """Whether some word may begin with two characters."""
        mixed = (ord(first) * _SPREAD + ord(second) & _WORD) * _FURTHER & _WORD
        slot = mixed >> self._shift
        return bool(self._bits[slot >> 3] >> (slot & 7) & 1)

    def marked(self, text: str) -> list[int]:
        """The same for all places of a short kept text but the last; nothing is said of what stands behind."""
        if len(text) < 2:
            return []
        units = np.frombuffer(text.encode("utf-16-le"), dtype=np.uint16)
        first, second = _shares()
        hashes = first.take(units[:-1])
        hashes += second.take(units[1:])
        hashes >>= np.uint32(self._shift)
        places: list[int] = _marked(self._bits, hashes).nonzero()[0].tolist()
        return places

    def places(self, units: Units) -> list[int]:
        """Places at which a word may begin, ascending."""
        padded = np.append(units, np.zeros(3, dtype=np.uint16))  # no word has the character 0
        found: list[int] = []
        last = len(units) - 1
        for begin in range(0, last, _AT_A_TIME):
            here = padded[begin : min(begin + _AT_A_TIME, last) + 1].astype(np.uint32)
            hashes = _hashed(here[:-1], here[1:])
            at = np.flatnonzero(_marked(self._bits, hashes >> np.uint32(self._shift)))
            if len(at):
                found += (begin + at[self._confirmed(padded, begin + at, hashes[at])]).tolist()
        return found

    def _confirmed(self, padded: Units, at: npt.NDArray[np.intp], hashes: Slots) -> npt.NDArray[np.bool_]:
        behind = self._behind[hashes >> np.uint32(self._behind_shift)]
        third, fourth = _readings()[padded[at + 2]], _readings()[padded[at + 3]]
        fits: npt.NDArray[np.bool_] = (behind & np.column_stack((third, fourth[:, 0]))).all(axis=1)
        return fits | _marked(self._short, _mixed_again(hashes) >> np.uint32(self._shift))


class _Pairs:
    """First two characters of forms, by hash, with the readings that the third and the fourth may have."""

    def __init__(self) -> None:
        self._standing: tuple[list[int], list[int]] = [], []
        self._others: tuple[list[Slots], list[Slots]] = [], []
        self._behind: tuple[list[tuple[int, ...]], list[tuple[int, ...]]] = [], []
        self.count = 0

    def add(self, form: str, char: str, others: Slots, stands: int = 0) -> None:
        """One character that `stands` first (0) or second (1), with each of the others beside it."""
        self._standing[stands].append(ord(char))
        self._others[stands].append(others)
        self._behind[stands].append((*_bits(form[2:3]), _bits(form[3:4])[0]))
        self.count += len(others)

    def arrays(self) -> Iterable[tuple[Slots, Readings]]:
        """Hashes and what may stand behind, some at a time."""
        for stands, (chars, others, behind) in enumerate(zip(self._standing, self._others, self._behind, strict=True)):
            for begin in range(0, len(chars), _SOME_FORMS):
                some = slice(begin, begin + _SOME_FORMS)
                lengths = [len(each) for each in others[some]]
                pair = np.repeat(np.array(chars[some], dtype=np.uint32), lengths), np.concatenate(others[some])
                behind_them = np.repeat(np.array(behind[some], dtype=np.uint64), lengths, axis=0)
                yield _hashed(pair[stands], pair[1 - stands]), behind_them


def _hashed(first: Slots, second: Slots) -> Slots:
    hashes = first * np.uint32(_SPREAD)
    hashes += second
    hashes *= np.uint32(_FURTHER)
    return hashes


@cache
def _shares() -> tuple[Slots, Slots]:
    """What each unit adds to a hash as the first and as the second of two."""
    units = np.arange(1 << 16, dtype=np.uint32)
    return units * np.uint32(_SPREAD * _FURTHER & _WORD), units * np.uint32(_FURTHER)


def _mixed_again(hashes: Slots) -> Slots:
    """What meets by chance in one table does not meet in the other."""
    mixed: Slots = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(_SPREAD)
    return mixed


def _join(rows: Readings, slots: Slots, behind: Readings) -> None:
    """Each row takes what all of its slots bring: sorted first, for a numpy ufunc's `at` takes ten times as long."""
    if len(slots):
        order = slots.argsort()
        slots = slots[order]
        firsts = np.concatenate([[0], np.flatnonzero(slots[1:] != slots[:-1]) + 1])
        rows[slots[firsts]] |= np.bitwise_or.reduceat(behind[order], firsts, axis=0)


def _marked(bits: Bits, slots: Slots) -> npt.NDArray[np.bool_]:
    """Whether each slot is marked. In place and with `take`: plain indexing would cost four times as much."""
    place_in_byte = (slots & np.uint32(7)).astype(np.uint8)
    marked = bits.take((slots >> np.uint32(3)).astype(np.intp), mode="clip")
    marked >>= place_in_byte
    marked &= np.uint8(1)
    return marked.view(np.bool_)


@cache
def _code(char: str) -> Slots:
    return np.array([ord(char)], dtype=np.uint32)


@cache
def _readable_units() -> tuple[str, ...]:
    beyond = units_beyond()
    return tuple(sorted(beyond.get(char, char) for char in readable()))


@cache
def _by_key() -> dict[int, list[int]]:
    """Key of a reading → characters that have it."""
    having: dict[int, list[int]] = {}
    for char in _readable_units():
        for key in glyph(char).keys:
            having.setdefault(key, []).append(ord(char))
    return having


@cache
def like_codes(char: str) -> Slots:
    """Every character that may be meant as this one, itself among them."""
    having = _by_key()
    codes = {ord(char), *(code for key in glyph(char).keys for code in having.get(key, ()))}
    return np.array(sorted(codes), dtype=np.uint32)


@cache
def _usual() -> Slots:
    """Pairs of characters that stand side by side in ordinary prose, ascending: the first above the second."""
    return np.array(sorted(ord(pair[0]) << 16 | ord(pair[1]) for pair in pairs()), dtype=np.uint32)


def _unusual(form: str, firsts: Slots, seconds: Slots, stands: int) -> Slots:
    """Characters that beside the one that stands are not what people write anyway, the form's own among them."""
    others = (seconds, firsts)[stands]
    written = others << np.uint32(16) | ord(form[1]) if stands else ord(form[0]) << 16 | others
    usual = _usual()
    known = usual.take(usual.searchsorted(written), mode="clip") == written
    unusual: Slots = others[~known | (others == ord(form[1 - stands]))]
    return unusual


@cache
def _unused(char: str) -> Slots:
    """Those that may be meant as a character and that nobody writes for themselves."""
    codes = like_codes(char).tolist()
    return np.array([code for code in codes if code != ord(char) and is_unused(chr(code))], dtype=np.uint32)


@cache
def _bits(char: str) -> tuple[int, int]:
    """The readings of a character, hashed to bits in two ways; all of them where there is none."""
    if not char:
        return _ANY, _ANY
    bits = other_bits = 0
    for key in glyph(char).keys:
        bits |= 1 << key % _END
        other_bits |= 1 << key * _SPREAD % _OTHER_READINGS
    return bits or 1 << _END, other_bits or 1 << _END


@cache
def _readings() -> Readings:
    """Unit → the bits of its readings, in two ways."""
    table: Readings = np.full((1 << 16, 2), 1 << _END, dtype=np.uint64)
    for char in _readable_units():
        table[ord(char)] = _bits(char)
    return table
