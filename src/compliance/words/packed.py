"""Forms as arrays that the kernel reads: their units, what leads to them, and the characters' readings beside them."""

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from string import ascii_lowercase
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from compliance.model.lexicon import WAYS
from compliance.model.vocabulary import SeenAs
from compliance.text.kept import several_tables, unit_table
from compliance.text.readings import HAN, LETTER, UNITS, UNUSED, ZHUYIN, readings
from compliance.text.spelling import legal_syllables, letters, plain
from compliance.text.tables import characters as frequencies_of_one
from compliance.text.tables import signs, splits, words
from compliance.text.tables.side_by_side import columns, pairs
from compliance.words import kernel
from compliance.words.bloom import Bloom
from compliance.words.classes import classes
from compliance.words.emblems import Emblems
from compliance.words.forms import Forms
from compliance.words.gate import gate
from compliance.words.guards import Guards
from compliance.words.kernel import LONGEST
from compliance.words.keys import Keys, distinct
from compliance.words.tokens import COMPONENTS

_MARKS = 62
"""Bits that tell readings apart, more or less; see `kernel.SHORT` for the two above them."""
_BLOCK = 1 << 13
_MULTIPLIER = np.uint64(kernel.MULTIPLIER)

Units = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]
Costs = npt.NDArray[np.float32]
Marks = npt.NDArray[np.uint64]
Tables = npt.NDArray[np.int64]


class Hashed(NamedTuple):
    """Keys in a table of slots, for the kernel; `places`: the slot of each."""

    slots: Keys
    shift: int
    places: Numbers

    @classmethod
    def of(cls, keys: Keys) -> Self:
        bits = max((3 * len(keys) // 2).bit_length(), 4)
        slots = np.zeros(1 << bits, dtype=np.uint64)
        return cls(slots, 64 - bits, kernel.filled(slots, keys))


class Lookup(NamedTuple):
    """Keys → forms: the entries by bucket. `starts[b]` is where bucket b begins.

    `after`: marks of what may stand third and fourth in the form of an entry; `behind`: the same for all of a bucket.
    """

    starts: Numbers
    behind: Marks
    entries: Keys
    numbers: Numbers
    after: Marks

    @classmethod
    def of(cls, keys: Keys, numbers: Numbers, after: Marks) -> Self:
        """`after`: marks of each form."""
        buckets = max(len(keys).bit_length(), 4)
        bucket = _spread(keys, buckets)
        order = bucket.argsort(kind="stable")
        starts = np.zeros((1 << buckets) + 1, dtype=np.int32)
        np.cumsum(np.bincount(bucket, minlength=1 << buckets), out=starts[1:])
        numbers = numbers[order]
        after = after[numbers]
        joined = np.zeros((1 << buckets, 2), dtype=np.uint64)
        held = np.flatnonzero(starts[1:] > starts[:-1])
        if len(held):
            joined[held] = np.bitwise_or.reduceat(after, starts[held], axis=0)
        return cls(starts, joined, keys[order], numbers, after)

    @property
    def shift(self) -> int:
        """How far a spread key is shifted for its bucket."""
        return 65 - (len(self.starts) - 1).bit_length()


def _spread(keys: Keys, bits: int) -> npt.NDArray[np.intp]:
    return (keys * _MULTIPLIER >> np.uint64(64 - bits)).astype(np.intp)


class Packed:
    """Immutable after construction."""

    def __init__(self, forms: Forms) -> None:
        count = len(forms.texts)
        lengths = np.fromiter(map(len, forms.texts), dtype=np.int32, count=count)
        units = np.frombuffer("".join(forms.texts).encode("utf-16-le"), dtype=np.uint16)
        rows = np.zeros((count, kernel.SETTING + 1), dtype=np.int32)
        rows[:, kernel.NUMBER] = forms.numbers
        rows[:, kernel.LENGTH] = lengths
        np.cumsum(lengths[:-1], out=rows[1:, kernel.OFFSET])
        self.settings = forms.settings
        if count:
            characters()  # now, so that what it takes in passing is free again for what follows
            self._guard(rows, forms, units)
            self._hold(joined(_sections(rows, units)))
        else:
            self._hold(joined([np.zeros(0)] * (kernel.SHIFTS + 1)))

    def _guard(self, rows: Numbers, forms: Forms, units: Units) -> None:
        """What the settings of a form come to, if its length and kind let it be disguised."""
        chosen = np.array(forms.chosen, dtype=np.int32)
        lengths, offsets = rows[:, kernel.LENGTH], rows[:, kernel.OFFSET]
        ascii_only = np.logical_and.reduceat(units < 0x80, offsets)
        han = np.add.reduceat((readings().kinds[units] & HAN) > 0, offsets, dtype=np.int32)
        fits = (lengths >= 2) & (lengths <= LONGEST) & (chosen >= 0)
        latin = fits & (han == 0) & (lengths >= 3)
        latin[latin] = [_is_a_name(forms.texts[index]) for index in np.flatnonzero(latin).tolist()]
        disguised = fits & ((han >= 2) | (han == 1) & ~ascii_only) | latin
        rows[:, kernel.SETTING] = np.where(disguised, chosen, -1)
        first_variant = len(rows) - forms.variants
        rows[:first_variant, kernel.FLAGS] = kernel.PLAIN if forms.plain else 0
        rows[first_variant:, kernel.FLAGS] = kernel.VARIANT
        rows[:, kernel.FLAGS] |= np.where(ascii_only, kernel.LATIN, 0)
        for number, guards in enumerate(self.settings):
            those = rows[:, kernel.SETTING] == number
            flags, ways = _set(guards)
            rows[those, kernel.FLAGS] |= flags
            rows[those, kernel.WAYS] = ways
            rows[those, kernel.ALLOWED] = np.floor((1 - guards.standing) * lengths[those])

    def _hold(self, tables: Tables) -> None:
        self.tables = tables
        """All there is to it, in sections that the kernel reads; to be stored, see `of_tables`."""
        forms = kernel.section.py_func(tables, kernel.FORMS).view(np.int32)
        self.forms = forms[: len(forms) // kernel.FORM * kernel.FORM].reshape(-1, kernel.FORM)
        self.units = kernel.section.py_func(tables, kernel.FORM_UNITS).view(np.uint16)[: int(self.lengths.sum())]

    def __bool__(self) -> bool:
        """Whether there are any forms."""
        return len(self.forms) > 0

    @property
    def lengths(self) -> Numbers:
        lengths: Numbers = self.forms[:, kernel.LENGTH]
        return lengths

    def unit(self, form: int, place: int) -> str:
        """The character at a place of a form."""
        return chr(int(self.units[self.forms[form, kernel.OFFSET] + place]))

    @cached_property
    def longest(self) -> int:
        """Characters of the longest form."""
        return int(self.forms[:, kernel.LENGTH].max(initial=0))

    @cached_property
    def reach(self) -> int:
        """Characters of the longest form that may be disguised."""
        return int(self.forms[self.disguised, kernel.LENGTH].max(initial=0))

    @property
    def alphabet(self) -> set[str]:
        """Characters of the forms that may be disguised."""
        return set(map(chr, np.flatnonzero(_alphabet(self.forms, self.units)).tolist()))

    def units_at(self, forms: npt.NDArray[np.intp], place: int) -> Units:
        """The unit at a place of each of the forms, which must be long enough."""
        units: Units = self.units[self.forms[forms, kernel.OFFSET] + place]
        return units

    def runs(self, length: int, *, whole: bool = False) -> list[Units]:
        """So many units that stand side by side in forms that may be disguised, a column each.

        `whole`: only those that are all of a form.
        """
        within = _within(self.forms)
        for place in range(1, length):
            within[self.forms[:, kernel.OFFSET] + np.maximum(self.lengths - place, 0)] = False
        if whole:
            of_length = np.repeat(self.lengths == length, self.lengths)
            within &= of_length
        places = np.flatnonzero(within)
        return [self.units[places + place] for place in range(length)]

    def number(self, form: int) -> int:
        return int(self.forms[form, kernel.NUMBER])

    def guards(self, form: int) -> Guards:
        """Of a form that may be disguised."""
        return self.settings[int(self.forms[form, kernel.SETTING])]

    @classmethod
    def of_tables(cls, tables: Tables, settings: Sequence[Guards]) -> Self:
        """Of the tables of another; whoever reads them from elsewhere has checked that they are unharmed."""
        packed = cls.__new__(cls)
        packed.settings = tuple(settings)
        packed._hold(tables)
        return packed

    @cached_property
    def disguised(self) -> npt.NDArray[np.intp]:
        """Forms that may be disguised."""
        return np.flatnonzero(self.forms[:, kernel.FLAGS] & kernel.DISGUISED)

    def text(self, form: int) -> str:
        offset, length = self.forms[form, kernel.OFFSET], self.forms[form, kernel.LENGTH]
        text: str = self.units[offset : offset + length].tobytes().decode("utf-16-le")
        return text


def _within(rows: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the units are those of forms that may be disguised."""
    within: npt.NDArray[np.bool_] = np.repeat(rows[:, kernel.FLAGS] & kernel.DISGUISED > 0, rows[:, kernel.LENGTH])
    return within


def _alphabet(rows: Numbers, units: Units) -> npt.NDArray[np.bool_]:
    """Which units stand in forms that may be disguised."""
    there = np.zeros(UNITS, dtype=bool)
    there[units[_within(rows)]] = True
    return there


@cache
def _compositions() -> Keys:
    """Components and what they make as numbers: 16 bits a unit, 0 where there is no third component; ascending."""
    each = [
        [*map(ord, way.ljust(3, "\0")), ord(char)]
        for char, ways in splits().items()
        for way in ways
        if len(way) in COMPONENTS
    ]
    units = np.array([units for units in each if max(units) < UNITS], dtype=np.uint64)
    return np.sort(np.bitwise_or.reduce(units << np.array([48, 32, 16, 0], dtype=np.uint64), axis=1))


def _set(guards: Guards) -> tuple[int, int]:
    """Flags, and bits of the ways."""
    order = {seen: place for place, seen in enumerate(SeenAs)}
    flags = kernel.DISGUISED | (kernel.NOISY if guards.noise else 0) | (kernel.IN_WORDS if guards.in_words else 0)
    return flags, sum(1 << order[way] for way in WAYS if way in guards.ways)


def _is_a_name(text: str) -> bool:
    """Latin words may be disguised when letters are among them."""
    return text.isalnum() and not text.isdigit()


def _sections(rows: Numbers, units: Units) -> list[npt.NDArray[Any]]:
    """All that the kernel reads of forms, in its order."""
    keys, numbers, roles = _leading(rows, units)
    any_disguised = bool((rows[:, kernel.FLAGS] & kernel.DISGUISED).any())
    composed = _compositions()[_alphabet(rows, units)[_compositions().astype(np.uint16)]]
    pairs_of = distinct(composed >> np.uint64(32))
    pairs_of = np.stack([pairs_of >> np.uint64(16), pairs_of & np.uint64(0xFFFF)], axis=1)
    if any_disguised:
        roles[readings().kinds & LETTER > 0] |= kernel.SPELLS
        roles[readings().kinds & ZHUYIN > 0] |= kernel.SYLLABLE
        roles[pairs_of[:, 0].astype(np.intp)] |= kernel.COMPOSES
        has_keys = readings().spans[:, 1] > readings().spans[:, 0]
        roles[has_keys & (readings().kinds & UNUSED > 0)] |= kernel.RARE
    of = classes().of if any_disguised else np.arange(UNITS, dtype=np.uint16)
    filtered = Bloom.of(distinct(np.concatenate([*map(distinct, _beginnings(rows, units, pairs_of))])))
    emblems = Emblems.of(*_side_by_side(rows, units), composed.astype(np.uint16))
    composing = kernel.keys_of(kernel.COMPOSING, pairs_of[:, 0], pairs_of[:, 1])
    otherwise = Bloom.of(np.concatenate([composing, emblems.beside]))
    lookup = Lookup.of(keys, numbers, _after(rows, units))
    counts = np.array([filtered.shift, otherwise.shift, lookup.shift, len(emblems.rows), len(composed)])
    return [
        roles | of.astype(np.uint32) << np.uint32(kernel.CLASS), *gate(rows, units, roles, pairs_of),
        filtered.filtered, otherwise.filtered, emblems.rows, composed, *lookup[:4], rows, lookup.after, units, counts,
    ]  # fmt: skip


def _leading(rows: Numbers, units: Units) -> tuple[Keys, Numbers, npt.NDArray[np.uint32]]:
    """Keys that lead to forms, the forms, and the roles that units have in them."""
    roles = np.zeros(UNITS, dtype=np.uint32)
    lengths, offsets = rows[:, kernel.LENGTH], rows[:, kernel.OFFSET]
    single, several = np.flatnonzero(lengths == 1), np.flatnonzero(lengths >= 2)
    alone = units[offsets[single]]
    first, second = units[offsets[several]], units[offsets[several] + 1]
    roles[alone] |= kernel.IS_FORM
    spans = readings().spans
    itself = (rows[several, kernel.FLAGS] & kernel.DISGUISED == 0) | (lengths[several] == 2)
    itself |= spans[second, 0] == spans[second, 1]
    found = [
        (kernel.keys_of(kernel.SINGLE, alone, np.zeros(1, dtype=np.uint16)), single.astype(np.int32)),
        (kernel.keys_of(kernel.STANDS, first[itself], second[itself]), several[itself].astype(np.int32)),
    ]
    roles[first[itself]] |= kernel.BEGINS
    disguised = np.flatnonzero(rows[:, kernel.FLAGS] & kernel.DISGUISED)
    first, second = units[offsets[disguised]], units[offsets[disguised] + 1]
    roles[first] |= kernel.BEGINS_DISGUISED
    roles[second] |= kernel.SECOND_OF_DISGUISED
    for those, one, other in _first_two(rows, units, disguised):
        index, key = readings().keys_of(other)
        found.append((kernel.keys_of(kernel.FIRST_STANDS, one[index], key), those[index].astype(np.int32)))
    for those, one, other in _first_two(rows, units, disguised):
        index, key = readings().keys_of(one)
        found.append((kernel.keys_of(kernel.SECOND_STANDS, key, other[index]), those[index].astype(np.int32)))
    # Both may be written otherwise in a form of two: each key of the first with each of the second.
    short = disguised[lengths[disguised] == 2]
    first, second = units[offsets[short]], units[offsets[short] + 1]
    outer, key = readings().keys_of(first)
    inner, key_behind = readings().keys_of(second[outer])
    leading = kernel.keys_of(kernel.BOTH_UNUSED, key[inner], key_behind)
    found.append((leading, short[outer[inner]].astype(np.int32)))
    keys, numbers = (np.concatenate(column) for column in zip(*found, strict=True))
    return keys, numbers, roles


def _after(rows: Numbers, units: Units) -> Marks:
    """Marks of what may stand third and fourth in each form; all of them where nothing need stand."""
    lengths, offsets = rows[:, kernel.LENGTH], rows[:, kernel.OFFSET]
    disguised = rows[:, kernel.FLAGS] & kernel.DISGUISED > 0
    after = np.full((len(rows), 2), (1 << 64) - 1, dtype=np.uint64)
    after[:, 0] = (1 << _MARKS) - 1
    for column in range(2):
        there = np.flatnonzero(lengths > 2 + column)
        unit = units[offsets[there] + 2 + column]
        after[there, column] = np.where(disguised[there], marks()[unit], _own_mark(unit))
    short = lengths == 2
    after[short] = 0
    after[short, 0] |= np.uint64(kernel.SHORT)
    after[lengths == 1, 0] |= np.uint64(kernel.SHORT)
    return after


def _beginnings(rows: Numbers, units: Units, pairs_of: Keys) -> Iterator[Keys]:
    """Keys of the filter for all that forms may begin with, and components that may be put together, some at a time."""
    disguised = np.flatnonzero(rows[:, kernel.FLAGS] & kernel.DISGUISED)
    of = classes().of if len(disguised) else np.arange(UNITS, dtype=np.uint16)
    for _, first, second in _first_two(rows, units, np.flatnonzero(rows[:, kernel.LENGTH] >= 2)):
        yield kernel.keys_of(kernel.BEGINNING, first, of[second])
    if not len(disguised):
        return
    yield kernel.keys_of(kernel.BEGINNING, pairs_of[:, 0], of[pairs_of[:, 1].astype(np.intp)])
    for _, first, second in _first_two(rows, units, disguised):
        index, like = classes().like(second)
        yield kernel.keys_of(kernel.BEGINNING, first[index], like)
        index, like = classes().like(first)
        yield kernel.keys_of(kernel.BEGINNING_OTHERWISE, like, second[index])


def _first_two(rows: Numbers, units: Units, forms: Places) -> Iterator[tuple[Places, Units, Units]]:
    """Forms and their first two units, some at a time: what may be read as them takes many times their room."""
    for begin in range(0, len(forms), _BLOCK):
        those = forms[begin : begin + _BLOCK]
        offsets = rows[those, kernel.OFFSET]
        yield those, units[offsets], units[offsets + 1]


def _side_by_side(rows: Numbers, units: Units) -> tuple[Units, Units]:
    """Units that stand side by side in forms that may be disguised."""
    within = _within(rows)
    within[rows[:, kernel.OFFSET] + rows[:, kernel.LENGTH] - 1] = False
    first = np.flatnonzero(within)
    return units[first], units[first + 1]


def _own_mark(units: Units) -> Marks:
    own: Marks = np.uint64(1) << (units.astype(np.uint64) * np.uint64(40503) >> np.uint64(5)) % np.uint64(_MARKS)
    return own


@cache
def marks() -> Marks:
    """Unit → a bit for itself and for each of its readings; none for the unit 0, which stands behind a text."""
    every = np.arange(UNITS, dtype=np.uint16)
    found = _own_mark(every)
    index, key = readings().keys_of(every)
    np.bitwise_or.at(found, index, np.uint64(1) << key.astype(np.uint64) * np.uint64(7) % np.uint64(_MARKS))
    found[0] = 0
    return found


@cache
def characters() -> Tables:
    """What the kernel knows of characters and ordinary words, whatever the forms are."""
    several, spans, units = several_tables()
    ordinary, frequencies = columns(words())
    known = Hashed.of(ordinary.view(np.uint64)[:, 0])
    known_costs, costs = _costs(known, frequencies)
    side_by_side = Hashed.of((pairs().codes >> np.uint32(16) | pairs().codes << np.uint32(16)).astype(np.uint64))
    spelled = Hashed.of(_written())
    counts = np.array([len(several), known.shift, side_by_side.shift, spelled.shift])
    return joined([
        unit_table(), several, spans, units, *readings(), marks(), known.slots, known_costs, costs,
        side_by_side.slots, _letters(), spelled.slots, _first_letters(), counts,
    ])  # fmt: skip


def _costs(known: Hashed, frequencies: npt.NDArray[np.int64]) -> tuple[Costs, Costs]:
    """Negative log probability of each ordinary word, by slot, and of each unit as a word, most of all what is none."""
    alone = {char: frequency for char, frequency in frequencies_of_one().items() if ord(char) < UNITS}
    unknown = np.log(sum(frequencies_of_one().values()) + frequencies.sum())
    of_words = np.zeros(len(known.slots), dtype=np.float32)
    of_words[known.places] = unknown - np.log(frequencies)
    of_units = np.full(UNITS, unknown, dtype=np.float32)
    of_units[list(map(ord, alone))] = unknown - np.log(list(alone.values()))
    return of_words, of_units


def _letters() -> npt.NDArray[np.uint8]:
    """Unit → which letter it is, from 1 on, where it spells."""
    found = np.zeros(UNITS, dtype=np.uint8)
    for letter in letters():
        if letter < chr(UNITS):
            found[ord(letter)] = ord(plain(letter)) - ord("a") + 1
    return found


def _first_letters() -> npt.NDArray[np.uint8]:
    """Two letters, or one and 0, as `_in_letters` writes them → whether a syllable or a sign begins with them."""
    found = np.zeros(1 << 10, dtype=np.uint8)
    for syllable in legal_syllables():
        if len(syllable) == 1:
            found[_in_letters(syllable) << 5 : (_in_letters(syllable) + 1) << 5] = 1
    for word in (*legal_syllables(), *_signs_in_letters()):
        found[_in_letters(word[:2])] = 1
    return found


def _signs_in_letters() -> list[str]:
    return [sign for sign in signs() if len(sign) > 1 and not frozenset(sign) - frozenset(ascii_lowercase)]


def _written() -> Keys:
    """Syllables, and letters that are a sign of something, as the kernel writes them."""
    spelled = [_in_letters(syllable) for syllable in legal_syllables()]
    meant = _signs_in_letters()
    if max(map(len, meant)) > kernel.LONGEST_SIGN:
        raise OverflowError(f"no sign has more than {kernel.LONGEST_SIGN} letters")
    return np.array([*spelled, *(_in_letters(sign) | kernel.SIGN_MARK for sign in meant)], dtype=np.uint64)


def _in_letters(word: str) -> int:
    key = 0
    for letter in word:
        key = key << 5 | ord(letter) - ord("a") + 1
    return key


def joined(arrays: list[npt.NDArray[Any]]) -> Tables:
    """Arrays in one, each in whole words of 64 bits; first comes where each begins, and where the last ends.

    They are taken out of the list, so that those which nobody else holds need not stay until all are there.
    """
    begins = np.cumsum([len(arrays) + 1, *(-(-array.nbytes // 8) for array in arrays)])
    tables = np.zeros(begins[-1], dtype=np.int64)
    tables[: len(begins)] = begins
    while arrays:
        array = arrays.pop()
        tables[begins[len(arrays)] :].view(np.uint8)[: array.nbytes] = array.reshape(-1).view(np.uint8)
    return tables
