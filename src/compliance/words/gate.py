"""Which characters may stand at the first places of which forms: what stops most places of a text before any look-up.

Forms are dealt into as many hands as a word has bits; forms that begin alike are in one hand, so that a character
begins few of them. Each character has, for each place, a bit for every hand with a form that it may stand in there.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.readings import UNITS, readings
from compliance.words import kernel
from compliance.words.classes import FIRST_CLASS, classes

Numbers = npt.NDArray[np.int32]
Units = npt.NDArray[np.uint16]
Hands = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

_BLOCK = 1 << 13
"""So many forms are read at once: what may be read as a character of theirs takes many times its room."""
_COMPOSING_MARKS = ((1 << kernel.COMPOSING_HANDS) - 1) << kernel.COMPOSING_SHIFT
_ROLES = kernel.ANYWHERE_MARK | kernel.RARE_MARK | _COMPOSING_MARKS


class Gate(NamedTuple):
    """`rows[of[unit]]` are the hands of a unit; the kernel says which column is what."""

    of: Units
    rows: Hands


def gate(forms: Numbers, units: Units, roles: npt.NDArray[Any], composing: Hands) -> Gate:
    """`roles`: those of each unit; `composing`: two units each that may be put together to another."""
    firsts, seconds = composing.astype(np.intp).T
    special = roles & kernel.SPECIAL > 0
    own = _of_their_own(forms, units, np.concatenate([np.flatnonzero(special), firsts, seconds]))
    of, alike = _rows(roles, own)
    rows = np.zeros((int(of.max()) + 1, kernel.GATE_ROW), dtype=np.uint64)
    short, long = _dealt(forms, units)
    put = _Putting(forms, units, of, rows)
    upper = short << np.uint64(kernel.SHORT_HANDS)
    put.stands(kernel.SHORT_FIRST, 0, upper)
    put.may_stand(kernel.SHORT_SECOND, 1, upper)
    put.may_stand(kernel.SHORT_FIRST, 0, short)
    put.stands(kernel.SHORT_SECOND, 1, short)
    put.stands(kernel.FIRST_STANDS_HERE, 0, long)
    put.stands(kernel.SECOND_STANDS_HERE, 1, long)
    for place, column in enumerate((kernel.FIRST_LIKE_HERE, kernel.SECOND_LIKE_HERE, kernel.THIRD, kernel.FOURTH)):
        put.may_stand(column, place, long)
    first, second = rows[:, kernel.FIRST_STANDS_HERE], rows[:, kernel.SECOND_LIKE_HERE]
    rows[:, kernel.FOURTH] |= _all(long[forms[:, kernel.LENGTH] == 3])
    rows[:, kernel.THIRD : kernel.FOURTH + 1] |= np.uint64(_ROLES)
    first[of[special]] |= np.uint64(kernel.ANYWHERE_MARK)
    second |= np.uint64(kernel.ANYWHERE_MARK)
    rare = of[roles & kernel.RARE > 0]
    first[rare] |= np.uint64(kernel.RARE_MARK)
    second[rare] |= np.uint64(kernel.RARE_MARK)
    hand = np.arange(len(firsts)) * kernel.COMPOSING_HANDS // max(len(firsts), 1) + kernel.COMPOSING_SHIFT
    np.bitwise_or.at(first, of[firsts], np.uint64(1) << hand.astype(np.uint64))
    np.bitwise_or.at(second, of[seconds], np.uint64(1) << hand.astype(np.uint64))
    rows[of[own]] |= rows[alike]
    return Gate(of, rows)


def _of_their_own(forms: Numbers, units: Units, others: Places) -> Places:
    """Units that stand at one of the first places of a form, and others: in ascending order."""
    offsets, lengths = forms[:, kernel.OFFSET], forms[:, kernel.LENGTH]
    those = [units[offsets + np.minimum(place, lengths - 1)] for place in range(4)]
    return np.unique(np.concatenate([*those, others])).astype(np.intp)


def _rows(roles: npt.NDArray[Any], own: Places) -> tuple[Units, Numbers]:
    """(unit → its row, the row that each with one of its own would have without).

    Row 0 is that of units which nothing can be read from. Those that may be read alike share one, the rare among
    them another.
    """
    of = np.zeros(UNITS, dtype=np.int32)
    known = classes()
    spans = readings().spans
    read = np.flatnonzero(spans[:, 1] > spans[:, 0])
    of[read] = known.of[read].astype(np.int32) - FIRST_CLASS + 1
    of[roles & kernel.RARE > 0] += known.number
    alike = of[own]
    of[own] = 2 * known.number + 1 + np.arange(len(own))
    if of.max() >= UNITS:
        raise OverflowError("more rows than there are numbers for them")
    return of.astype(np.uint16), alike


def _dealt(forms: Numbers, units: Units) -> tuple[Hands, Hands]:
    """The hand of each form, as a bit: those of two characters, and longer ones; 0 for all others."""
    offsets, lengths = forms[:, kernel.OFFSET], forms[:, kernel.LENGTH]
    short, long = np.zeros(len(forms), dtype=np.uint64), np.zeros(len(forms), dtype=np.uint64)
    three, more = np.flatnonzero(lengths == 3), np.flatnonzero(lengths > 3)
    # Forms of three need no fourth character: each of their hands lets any stand there.
    share = round(kernel.LONG_HANDS * len(three) / max(len(three) + len(more), 1))
    share = min(max(share, len(three) > 0), kernel.LONG_HANDS - (len(more) > 0))
    for held, those, begin, end in (
        (short, np.flatnonzero(lengths == 2), 0, kernel.SHORT_HANDS),
        (long, three, 0, share),
        (long, more, share, kernel.LONG_HANDS),
    ):
        first, second = units[offsets[those]], units[offsets[those] + 1]
        order = np.lexsort((second, first, classes().of[first]))
        hand = begin + np.arange(len(those)) * (end - begin) // max(len(those), 1)
        held[those[order]] = np.uint64(1) << hand.astype(np.uint64)
    return short, long


class _Putting(NamedTuple):
    """Puts the hands of forms into the rows of units."""

    forms: Numbers
    units: Units
    of: Units
    rows: Hands

    def stands(self, column: int, place: int, hands: Hands) -> None:
        """The units that stand at a place of the forms."""
        there = self._there(place, hands)
        np.bitwise_or.at(self.rows[:, column], self.of[self._at(there, place)], hands[there])

    def may_stand(self, column: int, place: int, hands: Hands) -> None:
        """Those and, where the form may be disguised, all that may be read as one of them."""
        self.stands(column, place, hands)
        there = self._there(place, hands)
        there = there[self.forms[there, kernel.FLAGS] & kernel.DISGUISED > 0]
        if len(there):
            of_key = np.zeros(len(classes().spans) - 1, dtype=np.uint64)
            for begin in range(0, len(there), _BLOCK):
                those = there[begin : begin + _BLOCK]
                index, keys = readings().keys_of(self._at(those, place))
                np.bitwise_or.at(of_key, keys, hands[those][index])
            known = classes()
            read_so = known.marked(of_key)
            self.rows[1 : known.number + 1, column] |= read_so
            self.rows[known.number + 1 : 2 * known.number + 1, column] |= read_so

    def _there(self, place: int, hands: Hands) -> Places:
        return np.flatnonzero((hands > 0) & (self.forms[:, kernel.LENGTH] > place))

    def _at(self, forms: Places, place: int) -> Units:
        units: Units = self.units[self.forms[forms, kernel.OFFSET] + place]
        return units


def _all(hands: Hands) -> np.uint64:
    return np.uint64(np.bitwise_or.reduce(hands, initial=0))
