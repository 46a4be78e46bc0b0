"""The loop over a text: what of it is kept, and which words stand in it, as they are or one character for another.

Compiled by numba, because it looks at every character of every text; all else is done where something was found.
Arrays in, arrays out: `packed.py` says what they hold, `disguise.py` what becomes of it. Why it is compiled:
docs/decisions. The rules for what counts are those of `guards.py`, which also judges what is written otherwise.

All of it is one file, for what is compiled is stored, and made anew only when the file of its first function changes.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from compliance.text.kept import EMBLEM, SEVERAL
from compliance.text.readings import ALNUM, COMMON, DIGIT, HAN, LETTER, SELF_STANDING, UNUSED, ZHUYIN
from compliance.text.spelling import LONGEST_RUN

_OPTIONS: Any = {"error_model": "numpy", "boundscheck": False}
_INTERNAL: Any = _OPTIONS | {"_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
compiled = njit(cache=True, nogil=True, **_OPTIONS)
leaf = njit(cache=True, nogil=True, **_INTERNAL)
"""For what makes and keeps no array, and is called from here only: no references are counted in it, which would take
most of the time of a loop that does little else."""
inlined = njit(forceinline=True, **_INTERNAL)
"""The same, for what is called at every character."""

EXACT, FOLDED, SHAPE, SIGN, SOUND = 0, 1, 3, 5, 6
"""Ways of seeing, as they are numbered in `SeenAs`."""

(
    STANDS, FIRST_STANDS, SECOND_STANDS, BOTH_UNUSED, SINGLE, COMPOSING, BEGINNING, BEGINNING_OTHERWISE, LEFT_STANDS,
    LEFT_LIKE, RIGHT_STANDS, RIGHT_LIKE,
) = range(12)  # fmt: skip
"""What two characters lead to: forms that begin with both; with the first and a reading of the second; the other way
round; forms of two characters by a reading of each; forms of the one character; components put together.
The others are for filters: a first character and the class of the second; the class of the first and the second; the
neighbour of a character in some form, or a reading of it, on the left and on the right.

A form of more than two that may be disguised is not led to by its first two themselves: the second has its readings.
"""

(
    BEGINS, BEGINS_DISGUISED, SECOND_OF_DISGUISED, IS_FORM, SPELLS, SYLLABLE, RARE, COMPOSES,
) = (1 << bit for bit in range(8))  # fmt: skip
"""Roles that a unit has in the forms, or by itself: nobody writes it for itself; it is the first of components that
may be put together."""
RUNS = SPELLS | SYLLABLE
"""Roles of units that are looked at where a row of them begins."""
SPECIAL = IS_FORM | RUNS
"""Roles of units that the gate lets pass wherever they stand."""

NUMBER, OFFSET, LENGTH, FLAGS, WAYS, ALLOWED, SETTING = range(7)
"""Columns of a form: number of its term, where its units begin, how many, flags, bits of the ways in which it may be
seen, how many characters may only sound or look like the right ones, and the number of its settings."""

PLAIN, VARIANT, DISGUISED, NOISY, IN_WORDS, LATIN = (1 << bit for bit in range(6))
"""Flags of a form."""

SHORT = 1 << 63
"""Mark of a bucket beside those of what may be the third character: that a form of two characters is in it."""
NONE_NEEDED = 1 << 63
"""Mark of a bucket in which some form has no fourth character."""

ROW = 7
"""Columns of a row: form, number of its term, first and last + 1 kept place, raw start and end, way of seeing."""
HEAD = 4
"""What comes first: how many characters are kept, how many rows, sites and emblems follow."""
AS_IT_STANDS, ODDS = 1 << 8, 9
"""Beside the way of seeing: a bit for the word itself; from this bit on the log odds, of the word against what is
written, that the surroundings have to give for it to count. 0: they are not asked."""

RUN, SYLLABLES, COMPONENTS = range(3)
"""Kinds of sites: a run of letters, of 注音, two characters that may be put together."""
SITE, EMBLEM_SIZE = 3, 2

(
    UNIT_OF, SEVERAL_CODES, SEVERAL_SPANS, SEVERAL_UNITS, KINDS, ALIKE, SPANS, VALUES, MARKS, KNOWN, KNOWN_COSTS,
    COSTS, PAIRS, LETTERS, SPELLED, FIRST_LETTERS, COUNTS,
) = range(17)  # fmt: skip
"""Sections of what is known of characters and ordinary words."""
SEVERAL_COUNT, KNOWN_SHIFT, PAIR_SHIFT, SPELLED_SHIFT = range(4)
(
    ROLES, GATE_OF, GATE, FILTERED, OTHERWISE, EMBLEMS, COMPOSED, STARTS, BEHIND, ENTRIES, ENTRY_FORMS, FORMS, AFTER,
    FORM_UNITS, SHIFTS,
) = range(15)  # fmt: skip
"""Sections of the words to find. Roles have the class of the unit above them."""
EMBLEM_COUNT, COMPOSED_COUNT = 3, 4
"""Places behind the shifts of the filters and of the look-up."""
CLASS = 16
FORM = SETTING + 1

(
    SHORT_FIRST, SHORT_SECOND, FIRST_STANDS_HERE, FIRST_LIKE_HERE, SECOND_STANDS_HERE, SECOND_LIKE_HERE, THIRD, FOURTH,
    GATE_ROW,
) = range(9)  # fmt: skip
"""Columns of the gate: hands with forms of two characters that may begin with a unit, or have it second; with longer
forms that begin with it, or with what it may be read as; that have it, or what it may be read as, second; third;
fourth. A row is a line of the cache."""
SHORT_HANDS, LONG_HANDS = 32, 48
"""Forms of two have each hand twice: where the first character stands as it is and the second may be written
otherwise, in the upper half, and where it is the other way round, in the lower one."""
ANYWHERE_MARK, RARE_MARK, COMPOSING_SHIFT, COMPOSING_HANDS = 1 << 48, 1 << 49, 50, 14
"""Marks above the hands of longer forms: a unit that is looked at wherever it stands; two that nobody writes for
themselves; from this bit on, two that may be put together, in so many hands."""

BLOCK = 1 << 12
"""Places that are looked at together, so that what is noted of them stays near."""
LEADS, LEADS_OTHERWISE = 1, 2
"""Whether forms begin here with the first character, or with the second as it stands."""

MOST_KEYS = 1 << 6
"""More keys than any two units lead to."""

MULTIPLIER = 0x9E3779B97F4A7C15
"""Spreads keys over 64 bits."""
MARK, OTHER_MARK = 20, 26
"""Bits of a spread key from which on its two marks in a word of a filter are taken: they depend on all of the key but
what its uppermost bits say."""
LONGEST = 12
"""Longer terms are not looked for in disguise."""
APART = 2 * LONGEST + 6
"""Kept characters between two places that may be written otherwise from which on they have nothing to do with each
other."""

SIGN_MARK, LONGEST_SIGN = 1 << 60, 12
"""Of letters, five bits each, that are a sign of something; others are those of a syllable."""

FAR = 2 * LONGEST + 2 * (LONGEST_RUN + 1)
"""So many kept characters behind a place decide what begins there, whatever is rewritten."""
AROUND = 2 * LONGEST + LONGEST_RUN + 8
"""What is written otherwise so many kept characters before a place may be read together with what begins there."""

_SLIP = 5
_ODDS_OF_TWO, _ODDS, _ODDS_EACH = 6, 8, 3
"""Log odds asked of a form of two; of longer ones, where what is written looks ordinary throughout. There each two
characters that nobody writes side by side take so much from them, each that belongs to an ordinary word adds as much.
"""
_AROUND = 3
"""Characters of the text that are looked at on each side when it is asked how likely a form is there."""
COMMON_WORD = 300
"""Forms count as at least so frequent: what people disguise is said more than dictionaries know."""
_NOISE_PER_GAP = 4
_LONGEST_WORD = 4
_LONGEST_SYLLABLE = 6


@njit(inline="always", **_OPTIONS)
def section(tables: Any, number: int) -> Any:
    """One of several arrays in one: handing on a dozen of them would cost more than reading a short text."""
    return tables[tables[number] : tables[number + 1]]


@inlined
def mixed(key: Any) -> Any:
    """A key spread over 64 bits."""
    return np.uint64(key) * np.uint64(MULTIPLIER)


@inlined
def key_of(kind: int, first: int, second: int) -> Any:
    return np.uint64(kind) << np.uint64(32) | np.uint64(first) << np.uint64(16) | np.uint64(second)


def keys_of(kind: int, first: Any, second: Any) -> Any:
    """The same for arrays of units."""
    return np.uint64(kind << 32) | first.astype(np.uint64) << np.uint64(16) | second.astype(np.uint64)


@compiled
def filled(slots: Any, keys: Any) -> Any:
    """Put keys (none is 0) into a power of two of slots, at most two thirds of which they take; where each is."""
    places = np.empty(len(keys), dtype=np.int32)
    shift = np.uint64(64)
    size = len(slots)
    while size > 1:
        size >>= 1
        shift -= np.uint64(1)
    for number in range(len(keys)):
        key = keys[number]
        at = mixed(key) >> shift
        while slots[at] != 0 and slots[at] != key:
            at = (at + np.uint64(1)) & np.uint64(len(slots) - 1)
        slots[at] = key
        places[number] = at
    return places


@inlined
def _holds(slots: Any, shift: int, key: Any) -> bool:
    at = mixed(key) >> np.uint64(shift)
    while slots[at] != 0:
        if slots[at] == key:
            return True
        at = (at + np.uint64(1)) & np.uint64(len(slots) - 1)
    return False


@inlined
def _relation(seen: int, wanted: int, alike: Any, spans: Any, values: Any) -> int:
    """How a unit is seen as another, -1 for not at all."""
    if alike[seen, 1] != 0 and alike[seen, 1] == alike[wanted, 1]:
        return FOLDED
    if alike[seen, 0] != 0 and alike[seen, 0] == alike[wanted, 0]:
        return SHAPE
    for at in range(spans[seen, 2], spans[seen, 3]):
        if values[at] == wanted:
            return SIGN
    for at in range(spans[seen, 1], spans[seen, 2]):
        for other in range(spans[wanted, 1], spans[wanted, 2]):
            if values[at] == values[other]:
                return SOUND
    return -1


@leaf
def _in_a_word(units: Any, count: int, place: int, words: Any, shift: int) -> bool:
    """Whether an ordinary word of two to four characters holds the unit."""
    for length in range(2, _LONGEST_WORD + 1):
        for start in range(max(place - length + 1, 0), min(place + 1, count - length + 1)):
            key = np.uint64(0)
            for offset in range(length):
                key |= np.uint64(units[start + offset]) << np.uint64(16 * offset)
            if _holds(words, shift, key):
                return True
    return False


@inlined
def _close(raw: Any, first: int, end: int, han: bool, latin: bool, doubtful: int, noisy: bool) -> bool:
    """Whether what stands between the characters leaves them one word."""
    length = end - first
    span = raw[end - 1] + 1 - raw[first]
    if span == length:
        return True
    if not han and not latin:
        return False
    if span - length > _NOISE_PER_GAP * max(length - 1, 1):
        return False
    if doubtful == 0 or noisy:
        return True
    gap = raw[first + 1] - raw[first]
    for at in range(first + 1, end - 1):
        if raw[at + 1] - raw[at] != gap:
            return False
    return length > 2 or gap == 1


@leaf
def _within_letters(units: Any, raw: Any, kinds: Any, count: int, first: int, end: int) -> bool:
    """Whether a letter at an edge goes on: 加VIP, ThinkPad一. Behind, one with digits may be a name to be added."""
    begins = first > 0 and kinds[units[first]] & LETTER and kinds[units[first - 1]] & ALNUM
    if begins and raw[first] - raw[first - 1] == 1:
        return True
    at, limit = end, min(end + LONGEST_RUN, count) if kinds[units[end - 1]] & LETTER else end
    while at < limit and kinds[units[at]] & ALNUM and raw[at] - raw[at - 1] == 1:
        if kinds[units[at]] & DIGIT:
            return False
        at += 1
    return at > end


@leaf
def _seen(
    form: int, first: int, units: Any, raw: Any, count: int, forms: Any, form_units: Any,
    kinds: Any, alike: Any, spans: Any, values: Any, words: Any, word_shift: int, pairs: Any, pair_shift: int,
) -> int:  # fmt: skip
    """How a form is seen at a place, -1 for not at all."""
    length, offset, flags = forms[form, LENGTH], forms[form, OFFSET], forms[form, FLAGS]
    end = first + length
    if end > count:
        return -1
    seen = EXACT
    doubtful = unused = standing = 0
    doubts = 0
    han = common_sound = False
    all_han = True
    for at in range(length):
        unit, wanted = units[first + at], form_units[offset + at]
        kind = kinds[unit]
        if kind & HAN:
            han = True
        else:
            all_han = False
        if unit == wanted:
            standing += 1
            continue
        if not flags & DISGUISED:
            return -1
        how = _relation(unit, wanted, alike, spans, values)
        if how < 0 or not forms[form, WAYS] >> how & 1:
            return -1
        seen = max(seen, how)
        if how == FOLDED:
            standing += 1
        elif how != SIGN:
            doubtful += 1
            doubts |= 1 << at
            unused += 1 if kind & UNUSED else 0
            common_sound |= how == SOUND and bool(kind & COMMON)
    if seen == EXACT:
        if flags & VARIANT:
            return FOLDED
        whole = (first == 0 or raw[first - 1] != raw[first]) and (end == count or raw[end - 1] != raw[end])
        return AS_IT_STANDS if flags & PLAIN and whole else -1
    if flags & LATIN:
        goes_on = (first > 0 and kinds[units[first - 1]] & ALNUM) or (end < count and kinds[units[end]] & ALNUM)
        return seen if not goes_on and _close(raw, first, end, han, True, 0, False) else -1
    if standing + unused == 0 or doubtful - unused > forms[form, ALLOWED]:
        return -1
    if _within_letters(units, raw, kinds, count, first, end):
        return -1
    if not _close(raw, first, end, han, False, doubtful, bool(flags & NOISY)):
        return -1
    if flags & IN_WORDS or (doubtful == 1 and length >= _SLIP):
        return seen
    if doubtful == 0:
        # Z火车: what stands behind a sign is itself, where it begins an ordinary word.
        leads = length == 2 and seen == SIGN and units[first] != form_units[offset]
        return -1 if leads and _in_a_word(units, count, first + 1, words, word_shift) else seen
    ordinary = unwritten = 0
    for at in range(length):
        if doubts >> at & 1 and (
            kinds[units[first + at]] & SELF_STANDING or _in_a_word(units, count, first + at, words, word_shift)
        ):
            ordinary += 1
    for at in range(first, end - 1):
        pair = np.uint64(units[at]) | np.uint64(units[at + 1]) << np.uint64(16)
        unwritten += not _holds(pairs, pair_shift, pair)
    if length == 2 and (ordinary or not unwritten or (common_sound and not all_han)):
        return -1
    odds = _ODDS_OF_TWO if length == 2 else max(_ODDS + _ODDS_EACH * (ordinary - unwritten), 0)
    return seen | odds << ODDS


@compiled
def _longer(rows: Any, used: int, more: int) -> Any:
    """Twice the room, and room for so many more."""
    grown = np.empty((2 * len(rows) + more, rows.shape[1]), dtype=np.int32)
    grown[:used] = rows[:used]
    return grown


@compiled
def kept(characters: Any, codes: Any) -> Any:
    """(units, their raw offsets, how many, emblems) of a text; three units 0 stand behind.

    An emblem, which is taken out though it stands for words, is (raw offset, kept place).
    """
    unit_of = section(characters, UNIT_OF).view(np.uint16)
    several = section(characters, SEVERAL_CODES).view(np.uint32)[: section(characters, COUNTS)[SEVERAL_COUNT]]
    spans = section(characters, SEVERAL_SPANS).view(np.int32)
    parts = section(characters, SEVERAL_UNITS).view(np.uint16)
    size = len(codes)
    for code in codes:
        if unit_of[code] == SEVERAL:
            which = np.searchsorted(several, code)
            size += spans[which + 1] - spans[which]
    units, raw = np.empty(size + 3, dtype=np.uint16), np.empty(size + 3, dtype=np.int32)
    places = np.empty((4, 2), dtype=np.int32)
    count = emblems = 0
    for at in range(len(codes)):
        unit = unit_of[codes[at]]
        units[count] = unit
        raw[count] = at
        if unit < EMBLEM:
            count += 1
        elif unit == EMBLEM:
            if emblems == len(places):
                places = _longer(places, emblems, 1)
            places[emblems, 0], places[emblems, 1] = at, count
            emblems += 1
        elif unit == SEVERAL:
            which = np.searchsorted(several, codes[at])
            for part in range(spans[which], spans[which + 1]):
                unit = parts[part]
                if unit < EMBLEM:
                    units[count], raw[count] = unit, at
                    count += 1
    units[count : count + 3] = 0
    return units, raw, count, places[:emblems]


@compiled
def scan(
    characters: Any, words: Any, text: Any, since: int, otherwise_since: int, wait: int, reach: int
) -> Any:  # fmt: skip
    """What begins in a text, in UTF-32, from a raw offset on, and what is written otherwise from another on.

    Of a text that goes on (`wait` is not 0) only what is decided is answered, whatever is still to come. Comes with the
    raw offset before which all that begins is decided; that from which on what is written otherwise matters to what is
    not; and that before which nothing matters to it. Then one array: HEAD counts, then rows, sites and emblems, flat;
    and the units that are kept and their raw offsets, for Python to look at. No arrays where nothing was found: to hand
    one back takes as long as to read a short text.
    `wait`: kept characters behind a place that decide what begins there, where nothing is written otherwise; `reach`:
    those before a place that what begins there may depend on.

    A site of what may be written otherwise is (kind, first, last + 1 kept place); components have no last. For
    emblems see `kept`.
    """
    codes = np.frombuffer(text, dtype=np.uint32)
    units, raw, count, emblems = kept(characters, codes)
    told, decided, otherwise_from, needed_from = _scan_kept(
        characters, words, codes, since, otherwise_since, wait, reach, units, raw, count, emblems
    )
    if len(told) == HEAD:
        return decided, otherwise_from, needed_from, None, None, None
    return decided, otherwise_from, needed_from, told, units, raw


def is_stored() -> bool:
    """Whether this version of the loop was compiled before and is kept on disk: the first time takes half a minute."""
    written = Path(__file__).stat().st_mtime
    stored = Path(scan.stats.cache_path or ".").glob(f"{Path(__file__).stem}.{scan.py_func.__name__}-*.nbi")
    return any(index.stat().st_mtime >= written for index in stored)


@compiled
def _scan_kept(
    characters: Any, words: Any, codes: Any, since: int, otherwise_since: int, wait: int, reach: int,
    units: Any, raw: Any, count: int, emblems: Any,
) -> Any:  # fmt: skip
    kinds = section(characters, KINDS).view(np.uint8)
    alike = section(characters, ALIKE).view(np.uint16).reshape(-1, 2)
    spans = section(characters, SPANS).view(np.int32).reshape(-1, 4)
    values = section(characters, VALUES).view(np.uint16)
    marks = section(characters, MARKS).view(np.uint64)
    known, pairs = section(characters, KNOWN).view(np.uint64), section(characters, PAIRS).view(np.uint64)
    letters = section(characters, LETTERS).view(np.uint8)
    first_letters = section(characters, FIRST_LETTERS).view(np.uint8)
    spelled = section(characters, SPELLED).view(np.uint64)
    counts = section(characters, COUNTS)
    known_shift, pair_shift, spelled_shift = counts[KNOWN_SHIFT], counts[PAIR_SHIFT], counts[SPELLED_SHIFT]
    roles = section(words, ROLES).view(np.uint32)
    gate_of = section(words, GATE_OF).view(np.uint16)
    gate = section(words, GATE).view(np.uint64).reshape(-1, GATE_ROW)
    filtered, otherwise = section(words, FILTERED).view(np.uint64), section(words, OTHERWISE).view(np.uint64)
    starts, behind = section(words, STARTS).view(np.int32), section(words, BEHIND).view(np.uint64).reshape(-1, 2)
    entries, entry_forms = section(words, ENTRIES).view(np.uint64), section(words, ENTRY_FORMS).view(np.int32)
    forms, form_units = section(words, FORMS).view(np.int32), section(words, FORM_UNITS).view(np.uint16)
    forms = forms[: len(forms) // FORM * FORM].reshape(-1, FORM)
    after = section(words, AFTER).view(np.uint64).reshape(-1, 2)
    shifts = section(words, SHIFTS)
    filter_shift, otherwise_shift, start_shift = shifts[0], shifts[1], shifts[2]
    known_emblems = section(words, EMBLEMS).view(np.uint64)[: shifts[EMBLEM_COUNT]]
    composed = section(words, COMPOSED).view(np.uint64)[: shifts[COMPOSED_COUNT]]
    rows = np.empty((16, ROW), dtype=np.int32)
    sites = np.empty((8, SITE), dtype=np.int32)
    keys = np.empty(MOST_KEYS, dtype=np.uint64)
    row_count: Any = np.int64(0)  # a constant would have what it is given to compiled once more
    site_count = read = decided = row_count
    stop = count
    if wait > 0:
        open_from = _open_from(units, count, wait, emblems, roles, otherwise, otherwise_shift)
        decided = min(count - wait, max(open_from, count - FAR))
        # Behind what is decided nothing is written otherwise that matters to it, but where that never ends.
        stop = decided if open_from > count - FAR else count
    places, leading = np.empty(min(count, BLOCK), dtype=np.int32), np.empty(min(count, BLOCK), dtype=np.uint8)
    from_place = _place_at(raw, count, since)
    first_place = _place_at(raw, count, otherwise_since) if otherwise_since < since else from_place
    for begin in range(first_place, stop, BLOCK):
        passed = _through_gate(units, begin, min(begin + BLOCK, stop), gate_of, gate, places)
        passed = _through_filter(
            units, places, passed, gate_of, gate, roles, filtered, filter_shift, first_place, leading
        )
        each: Any = np.int64(0)
        while each < passed:
            each, site_count, read = _sites_at(
                places, each, passed, units, raw, count, roles, kinds, letters, first_letters, spelled, spelled_shift,
                otherwise, otherwise_shift, read, sites, site_count,
            )  # fmt: skip
            if each < passed:
                sites = _longer(sites, site_count, count)
        each = np.int64(0)
        while each < passed:
            each, row_count = _forms_at(
                places, leading, each, passed, from_place, units, raw, count, roles, kinds, alike, spans, values,
                marks, starts, behind, start_shift, entries, entry_forms, after, forms, form_units, known, known_shift,
                pairs, pair_shift, keys, rows, row_count,
            )  # fmt: skip
            if each < passed:
                rows = _longer(rows, row_count, 0)
    site_count = _making(
        sites, site_count, units, count, composed, emblems, kinds, spans, values, otherwise, otherwise_shift
    )
    fitting = _fitting(
        codes, otherwise_since, stop, units, count, emblems, sites, site_count, known_emblems, kinds, spans, values,
        otherwise, otherwise_shift,
    )  # fmt: skip
    told = np.empty(HEAD + ROW * row_count + SITE * site_count + EMBLEM_SIZE * fitting, dtype=np.int32)
    told[0], told[1], told[2], told[3] = count, row_count, site_count, fitting
    end = HEAD + ROW * row_count
    told[HEAD:end] = rows[:row_count].ravel()
    told[end : end + SITE * site_count] = sites[:site_count].ravel()
    told[end + SITE * site_count :] = emblems[:fitting].ravel()
    otherwise_from, needed = decided, decided - reach
    if stop > decided:
        otherwise_from = needed = decided - max(reach, AROUND)
    return (
        told,
        raw[decided] if decided > 0 else 0,
        raw[otherwise_from] if otherwise_from > 0 else 0,
        raw[needed] if needed > 0 else 0,
    )


@leaf
def _sites_at(
    places: Any, each: int, passed: int, units: Any, raw: Any, count: int, roles: Any, kinds: Any, letters: Any,
    first_letters: Any, spelled: Any, spelled_shift: int, otherwise: Any, otherwise_shift: int, read: int, sites: Any,
    site_count: int,
) -> Any:  # fmt: skip
    """Put what may be written otherwise at the places among the sites, runs of letters behind `read` only.

    How far it came (where there was no room it stops), how many sites there are, where the last run ended. It makes no
    array and calls nothing, so that no references are counted in the loop.
    """
    for place in range(each, passed):
        at = places[place]
        first, second = units[at], units[at + 1]
        role = roles[first]
        if role & RUNS and at >= read:
            end = _end_of_run(units, kinds, at, count)
            if site_count + end - at > len(sites):
                return place, site_count, read
            read = end
            site_count = _spelled(
                units, raw, kinds, letters, first_letters, spelled, spelled_shift, at, read, sites, site_count
            )
        if role & COMPOSES and _passes(key_of(COMPOSING, first, second), otherwise, otherwise_shift):
            if site_count == len(sites):
                return place, site_count, read
            sites[site_count, 0], sites[site_count, 1], sites[site_count, 2] = COMPONENTS, at, 0
            site_count += 1
    return passed, site_count, read


@leaf
def _forms_at(
    places: Any, leading: Any, each: int, passed: int, from_place: int, units: Any, raw: Any, count: int, roles: Any,
    kinds: Any, alike: Any, spans: Any, values: Any, marks: Any, starts: Any, behind: Any, start_shift: int,
    entries: Any, entry_forms: Any, after: Any, forms: Any, form_units: Any, known: Any, known_shift: int, pairs: Any,
    pair_shift: int, keys: Any, rows: Any, row_count: int,
) -> Any:  # fmt: skip
    """Put the forms that are seen at the places from `from_place` on among the rows. How far it came, as above, and how
    many rows there are."""
    for place in range(each, passed):
        at, so_far = places[place], row_count
        if at < from_place:
            continue
        first, second = units[at], units[at + 1]
        role, role_behind = roles[first], roles[second]  # with their classes above
        number = 0
        if role & IS_FORM:
            keys[0] = key_of(SINGLE, first, 0)
            number = 1
        if role & BEGINS and leading[place] & LEADS:
            number = _put(STANDS, first, second, number, keys)
        if role & BEGINS_DISGUISED and leading[place] & LEADS:
            for value in range(spans[second, 0], spans[second, 1]):
                number = _put(FIRST_STANDS, first, values[value], number, keys)
        if role_behind & SECOND_OF_DISGUISED and leading[place] & LEADS_OTHERWISE:
            for value in range(spans[first, 0], spans[first, 1]):
                number = _put(SECOND_STANDS, values[value], second, number, keys)
        if role & role_behind & RARE:
            for value in range(spans[first, 0], spans[first, 1]):
                for other in range(spans[second, 0], spans[second, 1]):
                    number = _put(BOTH_UNUSED, values[value], values[other], number, keys)
        if number == 0:
            continue
        third, fourth = marks[units[at + 2]], np.uint64(NONE_NEEDED)
        if units[at + 2] != 0:
            fourth |= marks[units[at + 3]]
        for index in range(number):
            key = keys[index]
            bucket = mixed(key) >> np.uint64(start_shift)
            if not (behind[bucket, 0] & SHORT or (behind[bucket, 0] & third and behind[bucket, 1] & fourth)):
                continue
            for entry in range(starts[bucket], starts[bucket + np.uint64(1)]):
                if entries[entry] != key:
                    continue
                if not after[entry, 0] & SHORT and not (after[entry, 0] & third and after[entry, 1] & fourth):
                    continue
                form = entry_forms[entry]
                offset, length = forms[form, OFFSET], forms[form, LENGTH]
                if _found_otherwise(key, form_units, offset, length, first, second, values, spans):
                    continue
                seen = _seen(
                    form, at, units, raw, count, forms, form_units, kinds, alike, spans, values,
                    known, known_shift, pairs, pair_shift,
                )  # fmt: skip
                if seen >= 0:
                    if row_count == len(rows):
                        return place, so_far
                    end = at + length
                    rows[row_count, 0], rows[row_count, 1] = form, forms[form, NUMBER]
                    rows[row_count, 2], rows[row_count, 3] = at, end
                    rows[row_count, 4], rows[row_count, 5] = raw[at], raw[end - 1] + 1
                    rows[row_count, 6] = seen
                    row_count += 1
    return passed, row_count


@leaf
def _making(
    sites: Any, site_count: int, units: Any, count: int, composed: Any, emblems: Any, kinds: Any, spans: Any,
    values: Any, otherwise: Any, shift: int,
) -> int:  # fmt: skip
    """Keep those of the sites at which components may make something. How many there are."""
    making = 0
    for site in range(site_count):
        if sites[site, 0] != COMPONENTS or _makes_something(
            units, count, sites[site, 1], composed, emblems, kinds, spans, values, otherwise, shift
        ):
            for column in range(SITE):
                sites[making, column] = sites[site, column]
            making += 1
    return making


@leaf
def _through_gate(units: Any, begin: int, end: int, gate_of: Any, gate: Any, places: Any) -> int:
    """Put the places from `begin` on at which some form may begin, or that are special, into `places`; how many.

    Without a branch: nothing about the next character can be foreseen.
    """
    number = 0
    here, behind_it, third_row = gate_of[units[begin]], gate_of[units[begin + 1]], gate_of[units[begin + 2]]
    for at in range(begin, end):
        fourth_row = gate_of[units[at + 3]]
        fits = gate[here, FIRST_STANDS_HERE] & gate[behind_it, SECOND_LIKE_HERE]
        fits |= gate[here, FIRST_LIKE_HERE] & gate[behind_it, SECOND_STANDS_HERE]
        fits &= gate[third_row, THIRD] & gate[fourth_row, FOURTH]
        fits |= gate[here, SHORT_FIRST] & gate[behind_it, SHORT_SECOND]
        here, behind_it, third_row = behind_it, third_row, fourth_row
        places[number] = at
        number += fits != 0
    return number


@leaf
def _through_filter(
    units: Any, places: Any, number: int, gate_of: Any, gate: Any, roles: Any, filtered: Any, shift: int,
    first_place: int, leading: Any,
) -> int:  # fmt: skip
    """Keep those of the places at which two characters stand that some form begins with, or that are special.

    `leading` says whether the first stands as it is in such a form, and whether the second does.
    """
    passed = 0
    for each in range(number):
        at = places[each]
        first, second = units[at], units[at + 1]
        here, behind_it = gate_of[first], gate_of[second]
        beyond = gate[gate_of[units[at + 2]], THIRD] & gate[gate_of[units[at + 3]], FOURTH]
        short = gate[here, SHORT_FIRST] & gate[behind_it, SHORT_SECOND]
        leads = gate[here, FIRST_STANDS_HERE] & gate[behind_it, SECOND_LIKE_HERE] & beyond
        leads |= short >> np.uint64(SHORT_HANDS)
        otherwise = gate[here, FIRST_LIKE_HERE] & gate[behind_it, SECOND_STANDS_HERE] & beyond
        otherwise |= short & np.uint64((1 << SHORT_HANDS) - 1)
        role, role_behind = roles[first], roles[second]
        role_before = roles[units[at - 1]] if at > first_place else np.uint32(0)
        begins = _passes(key_of(BEGINNING, first, role_behind >> CLASS), filtered, shift) & (leads != 0)
        begins_otherwise = _passes(key_of(BEGINNING_OTHERWISE, role >> CLASS, second), filtered, shift) & (
            otherwise != 0
        )
        places[passed] = at
        leading[passed] = LEADS * begins + LEADS_OTHERWISE * begins_otherwise
        special = role & IS_FORM | role & RUNS & ~role_before | role & role_behind & RARE
        passed += begins | begins_otherwise | (special != 0)
    return passed


@leaf
def _place_at(raw: Any, count: int, offset: int) -> int:
    """The first kept place at a raw offset or behind it."""
    begin, end = 0, count if offset > 0 else 0
    while begin < end:
        middle = (begin + end) >> 1
        if raw[middle] < offset:
            begin = middle + 1
        else:
            end = middle
    return begin


@leaf
def _open_from(units: Any, count: int, wait: int, emblems: Any, roles: Any, otherwise: Any, shift: int) -> int:
    """See `scan`: from so far before the first of the last places that may be written otherwise, one after another."""
    open_from, emblem, at = count, len(emblems) - 1, count
    look_until = count - max(APART, wait + 1)
    while at >= 0 and at > look_until:
        here = False
        while emblem >= 0 and emblems[emblem, 1] == at:
            here = True
            emblem -= 1
        role = roles[units[at]]
        if role & (SPELLS | SYLLABLE | COMPOSES) and at < count:
            if at == count - 1:
                here = True
            else:
                here |= bool(role & SYLLABLE or (role & SPELLS and roles[units[at + 1]] & SPELLS))
                if role & COMPOSES:
                    here |= _passes(key_of(COMPOSING, units[at], units[at + 1]), otherwise, shift)
        if here:
            open_from, look_until = at - LONGEST, min(at - APART, look_until)
        at -= 1
    return open_from


@inlined
def _passes(key: Any, filtered: Any, shift: int) -> Any:
    """Whether a filter lets a key pass: both of its bits stand in its word."""
    spread = mixed(key)
    word = filtered[spread >> np.uint64(shift)]
    marks = word >> (spread >> np.uint64(MARK) & np.uint64(63)) & word >> (
        spread >> np.uint64(OTHER_MARK) & np.uint64(63)
    )
    return marks & np.uint64(1) != 0


@inlined
def _put(kind: int, first: int, second: int, number: int, keys: Any) -> int:
    """Put a key among those to look up; how many there are."""
    keys[number] = key_of(kind, first, second)
    return number + 1


@inlined
def _found_otherwise(
    key: Any, form_units: Any, offset: int, length: int, first: int, second: int, values: Any, spans: Any
) -> bool:
    """Whether the form begins with both units, and another key leads to it."""
    kind = key >> np.uint64(32)
    if kind == FIRST_STANDS and form_units[offset + 1] == second:
        return length == 2 or key & np.uint64(0xFFFF) != values[spans[second, 0]]
    return kind == SECOND_STANDS and form_units[offset] == first


@inlined
def _end_of_run(units: Any, kinds: Any, first: int, count: int) -> int:
    """Where a run of letters, or of 注音, ends."""
    wanted = kinds[units[first]] & (LETTER | ZHUYIN)
    end = first + 1
    while end < count and kinds[units[end]] & wanted:
        end += 1
    return end


@leaf
def _spelled(
    units: Any, raw: Any, kinds: Any, letters: Any, first_letters: Any, spelled: Any, shift: int, first: int, end: int,
    sites: Any, count: int,
) -> int:  # fmt: skip
    """Put a run among the sites, letters cut where something stood between them in the text; how many there are."""
    if kinds[units[first]] & ZHUYIN:
        sites[count, 0], sites[count, 1], sites[count, 2] = SYLLABLES, first, end
        return count + 1
    if end - first < 2:
        return count
    begin = first
    for at in range(first + 1, end + 1):
        if at == end or raw[at] - raw[at - 1] > 1:
            # VX-220 is a model
            if not kinds[units[at]] & DIGIT and _says_something(
                units, letters, first_letters, spelled, shift, begin, at
            ):
                sites[count, 0], sites[count, 1], sites[count, 2] = RUN, begin, at
                count += 1
            begin = at
    return count


@inlined
def _says_something(
    units: Any, letters: Any, first_letters: Any, spelled: Any, shift: int, first: int, end: int
) -> bool:
    """Whether letters are a sign of something, or pinyin throughout."""
    length = end - first
    second = letters[units[first + 1]] if length > 1 else 0
    if length > LONGEST_RUN or not first_letters[letters[units[first]] << 5 | second]:
        return False
    if length <= LONGEST_SIGN:
        key = np.uint64(0)
        for at in range(first, end):
            key = key << np.uint64(5) | np.uint64(letters[units[at]])
        if _holds(spelled, shift, key | np.uint64(SIGN_MARK)):
            return True
    reached = np.uint64(1)  # bit n: the first n letters are syllables
    for start in range(length):
        if reached >> np.uint64(start) & np.uint64(1):
            key = np.uint64(0)
            for stop in range(start + 1, min(start + _LONGEST_SYLLABLE, length) + 1):
                key = key << np.uint64(5) | np.uint64(letters[units[first + stop - 1]])
                if _holds(spelled, shift, key):
                    reached |= np.uint64(1) << np.uint64(stop)
    return bool(reached >> np.uint64(length) & np.uint64(1))


@leaf
def _fitting(
    codes: Any, since: int, stop: int, units: Any, count: int, emblems: Any, sites: Any, site_count: int, known: Any,
    kinds: Any, spans: Any, values: Any, otherwise: Any, shift: int,
) -> int:  # fmt: skip
    """Keep those of the emblems that may stand for something in a form, by what stands beside them, or that may be read
    together with what else is written otherwise. How many there are."""
    fitting = site = 0
    for number in range(len(emblems)):
        at, place = emblems[number, 0], emblems[number, 1]
        if at < since or place > stop:
            continue
        code = codes[at]
        if 0 < at < len(codes) - 1 and codes[at - 1] == code and codes[at + 1] == code:
            continue  # of many in a row (-----) the first and the last say all
        row = np.searchsorted(known, np.uint64(code) << np.uint64(32))
        if row == len(known) or known[row] >> np.uint64(32) != code:
            continue
        while site < site_count and sites[site, 1] < place and sites[site, 2] < place:
            site += 1
        fits = (
            _fits_another(codes, known, emblems, fitting, number, otherwise, shift)
            or (place > 0 and kinds[units[place - 1]] & ZHUYIN != 0)
            or (place < count and kinds[units[place]] & (LETTER | ZHUYIN if place >= stop else ZHUYIN) != 0)
            or _run_beside(sites, site, site_count, place)
            or _composed_before(units, place, otherwise, shift)
            or _composed_at(units, place, otherwise, shift)
        )
        while not fits and row < len(known) and known[row] >> np.uint64(32) == code:
            unit = known[row] & np.uint64(0xFFFF)
            fits = unit == 0 or _stand_beside(units, count, place, place, unit, spans, values, otherwise, shift)
            row += 1
        if fits:
            emblems[fitting, 0], emblems[fitting, 1] = at, place
            fitting += 1
    return fitting


@leaf
def _fits_another(codes: Any, known: Any, emblems: Any, fitting: int, number: int, otherwise: Any, shift: int) -> bool:
    """Whether an emblem may be read together with another at its place: one that fits, or one to come."""
    at, place = emblems[number, 0], emblems[number, 1]
    for other in range(fitting - 1, max(fitting - 1 - LONGEST, -1), -1):
        if emblems[other, 1] != place:
            break
        if _side_by_side(known, codes[at], codes[emblems[other, 0]], otherwise, shift):
            return True
    for other in range(number + 1, len(emblems)):
        if emblems[other, 1] != place:
            break
        if other > number + LONGEST or _side_by_side(known, codes[at], codes[emblems[other, 0]], otherwise, shift):
            return True
    return False


@leaf
def _side_by_side(known: Any, one: int, another: int, otherwise: Any, shift: int) -> bool:
    """Whether two emblems may stand for two characters that stand side by side in some form."""
    begin = np.searchsorted(known, np.uint64(another) << np.uint64(32))
    row = np.searchsorted(known, np.uint64(one) << np.uint64(32))
    while row < len(known) and known[row] >> np.uint64(32) == one:
        other = begin
        while other < len(known) and known[other] >> np.uint64(32) == another:
            unit, beside = known[row] & np.uint64(0xFFFF), known[other] & np.uint64(0xFFFF)
            if _passes(key_of(LEFT_STANDS, beside, unit), otherwise, shift):
                return True
            if _passes(key_of(RIGHT_STANDS, beside, unit), otherwise, shift):
                return True
            other += 1
        row += 1
    return False


@inlined
def _run_beside(sites: Any, site: int, end: int, place: int) -> bool:
    """Whether one of the sites from `site` on is a run of letters that ends or begins at a place."""
    found = False
    while site < end and sites[site, 1] <= place:
        found |= sites[site, 0] == RUN and (sites[site, 1] == place or sites[site, 2] == place)
        site += 1
    return found


@leaf
def _makes_something(
    units: Any, count: int, at: int, composed: Any, emblems: Any, kinds: Any, spans: Any, values: Any, otherwise: Any,
    shift: int,
) -> bool:  # fmt: skip
    """The same for the components at a place, for some character that they are those of."""
    pair = np.uint64(units[at]) << np.uint64(16) | np.uint64(units[at + 1])
    row = np.searchsorted(composed, pair << np.uint64(32))
    while row < len(composed) and composed[row] >> np.uint64(32) == pair:
        third, unit = composed[row] >> np.uint64(16) & np.uint64(0xFFFF), composed[row] & np.uint64(0xFFFF)
        row += 1
        end = at + 2 if third == 0 else at + 3
        if third != 0 and units[at + 2] != third:
            continue
        if (
            _touched(units, at, end, kinds, emblems, otherwise, shift)
            or _stand_beside(units, count, at, end, unit, spans, values, otherwise, shift)
        ):  # fmt: skip
            return True
    return False


@leaf
def _touched(units: Any, first: int, end: int, kinds: Any, emblems: Any, otherwise: Any, shift: int) -> bool:
    """Whether something else that may be written otherwise may end where components begin, or begin where they end."""
    if (first > 0 and kinds[units[first - 1]] & (LETTER | ZHUYIN)) or kinds[units[end]] & (LETTER | ZHUYIN):
        return True
    emblem = np.searchsorted(emblems[:, 1], first)
    while emblem < len(emblems) and emblems[emblem, 1] <= end:
        if emblems[emblem, 1] == first or emblems[emblem, 1] == end:
            return True
        emblem += 1
    return _composed_before(units, first, otherwise, shift) or _composed_at(units, end, otherwise, shift)


@leaf
def _composed_before(units: Any, place: int, otherwise: Any, shift: int) -> bool:
    """Whether components that may be put together end before a place."""
    for first in range(max(place - 3, 0), place - 1):
        if _passes(key_of(COMPOSING, units[first], units[first + 1]), otherwise, shift):
            return True
    return False


@inlined
def _composed_at(units: Any, place: int, otherwise: Any, shift: int) -> Any:
    """Whether such begin at it."""
    return _passes(key_of(COMPOSING, units[place], units[place + 1]), otherwise, shift)


@leaf
def _stand_beside(
    units: Any, count: int, first: int, end: int, unit: int, spans: Any, values: Any, otherwise: Any, shift: int
) -> bool:
    """Whether what stands before a place, or behind another, may be a neighbour that a unit has in some form."""
    return bool(
        (first > 0 and _stands_beside(LEFT_STANDS, LEFT_LIKE, units[first - 1], unit, spans, values, otherwise, shift))
        or (end < count and _stands_beside(RIGHT_STANDS, RIGHT_LIKE, units[end], unit, spans, values, otherwise, shift))
    )


@leaf
def _stands_beside(
    stands: int, like: int, neighbour: int, unit: int, spans: Any, values: Any, otherwise: Any, shift: int
) -> bool:
    """Whether what stands beside a place may be a neighbour that a unit has in some form."""
    if spans[neighbour, 0] == spans[neighbour, 1]:
        return bool(_passes(key_of(stands, neighbour, unit), otherwise, shift))
    for value in range(spans[neighbour, 0], spans[neighbour, 1]):
        if _passes(key_of(like, values[value], unit), otherwise, shift):
            return True
    return False


@compiled
def gain(characters: Any, words: Any, units: Any, count: int, form: int, first: int) -> float:
    """Log odds of a form being meant at a place against what is written there.

    Both are taken apart into words, with what stands around, in the likeliest way; words are taken as independent. What
    is left when the surroundings are the same says whether the reader meets words (超值, 房帐) or what makes no words
    (围信).
    """
    known, shift = section(characters, KNOWN).view(np.uint64), section(characters, COUNTS)[KNOWN_SHIFT]
    known_costs, costs = section(characters, KNOWN_COSTS).view(np.float32), section(characters, COSTS).view(np.float32)
    forms, form_units = section(words, FORMS).view(np.int32), section(words, FORM_UNITS).view(np.uint16)
    offset, length = forms[form * FORM + OFFSET], forms[form * FORM + LENGTH]
    begin, end = max(first - _AROUND, 0), min(first + length + _AROUND, count)
    written = units[begin:end].copy()
    no_word = np.float32(np.inf)
    as_written = _cost(written, 0, 0, no_word, known, known_costs, shift, costs)
    at = first - begin
    written[at : at + length] = form_units[offset : offset + length]
    cost = costs[0] - np.float32(np.log(COMMON_WORD))
    if length <= _LONGEST_WORD:
        cost = min(cost, _cost_of(written, at, at + length, known, known_costs, shift))
    return as_written - _cost(written, at, at + length, cost, known, known_costs, shift, costs)


@compiled
def _cost(units: Any, first: int, last: int, cost: Any, known: Any, known_costs: Any, shift: int, costs: Any) -> float:
    """Cost of the likeliest way of taking units apart into words, one of which is [first, last) at its own cost."""
    best = np.zeros(len(units) + 1)
    for end in range(1, len(units) + 1):
        best[end] = best[end - 1] + costs[units[end - 1]]
        for begin in range(max(end - _LONGEST_WORD, 0), end - 1):
            best[end] = min(best[end], best[begin] + _cost_of(units, begin, end, known, known_costs, shift))
        if end == last:
            best[end] = min(best[end], best[first] + cost)
    return float(best[-1])


@leaf
def _cost_of(units: Any, first: int, end: int, known: Any, known_costs: Any, shift: int) -> Any:
    """Cost of an ordinary word of two to four characters, endless for what is none."""
    key = np.uint64(0)
    for offset in range(end - first):
        key |= np.uint64(units[first + offset]) << np.uint64(16 * offset)
    at = mixed(key) >> np.uint64(shift)
    while known[at] != 0:
        if known[at] == key:
            return known_costs[at]
        at = (at + np.uint64(1)) & np.uint64(len(known) - 1)
    return np.float32(np.inf)
