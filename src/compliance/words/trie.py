"""An Aho–Corasick automaton in arrays, walked by a compiled loop: time grows with the text, not with the words.

Most places of a text begin no word. A filter of the single characters and the pairs that words begin with passes over
them without a branch, and the walk sets out only from the places that are left. All of it is one file, for the reason
that `kernel.py` gives.
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from compliance.text.alphabet import Codes
from compliance.text.views import code_points
from compliance.words.backends import Matches
from compliance.words.keys import distinct

_compiled = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
_inlined = njit(inline="always", error_model="numpy", boundscheck=False)

_MULTIPLIER = 0x9E3779B97F4A7C15
_CODE_BITS = 21
_LOW_BITS = 0xFFFF
_FEWEST_BITS = 4
_FAIL, _WORD, _NEXT = range(3)
"""Columns of a node: the one of its longest proper suffix; the word that ends at it, or -1; the next on the way of
suffixes at which a word ends, or 0."""


class Trie:
    """Finds all occurrences of many words in a coded text; the value of a word is its index in `words`.

    Nodes are numbered, the root is 0. `keys` says of a node its parent and the character that leads to it from there;
    `children` is a table of slots, hashed by such keys, that hold nodes, or 0.
    """

    def __init__(self, words: Collection[str]) -> None:
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        codes = code_points("".join(words)).astype(np.uint64)
        bits = max(len(codes).bit_length() + 1, _FEWEST_BITS)
        self._children, self._keys, depths, ends = _grown(codes, lengths, bits)
        self._nodes = np.zeros((len(depths), 3), dtype=np.int32)
        self._nodes[:, _WORD] = -1
        self._nodes[ends, _WORD] = np.arange(len(words))
        _link(self._children, self._keys, self._nodes, depths.argsort(kind="stable"))
        firsts = np.cumsum(lengths) - lengths
        alone, several = firsts[lengths == 1], firsts[lengths > 1]
        self._singles = np.zeros(_LOW_BITS + 1, dtype=np.uint8)
        self._singles[codes[alone].astype(np.intp) & _LOW_BITS] = 1
        self._pairs = _filter(distinct(codes[several] << np.uint64(_CODE_BITS) | codes[several + 1]))

    def matches(self, codes: Codes) -> Matches:
        """Every occurrence, overlapping ones included, in the order of their last characters, the longest first."""
        return Matches(*_walked(codes, self._singles, self._pairs, self._children, self._keys, self._nodes))


def _filter(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Two bits of a word of 64 for each pair."""
    bits = max((len(pairs) // _FEWEST_BITS).bit_length(), _FEWEST_BITS)
    spread = pairs * np.uint64(_MULTIPLIER)
    words = np.zeros(1 << bits, dtype=np.uint64)
    np.bitwise_or.at(words, spread >> np.uint64(64 - bits), _marks(spread))
    return words


@_inlined
def _marks(spread: Any) -> Any:
    """The bits of a pair in its word."""
    return np.uint64(1) << (spread & np.uint64(63)) | np.uint64(1) << (spread >> np.uint64(6) & np.uint64(63))


@_inlined
def _shift(slots: Any) -> Any:
    """How far a spread key is shifted for its place in a table of a power of two of slots."""
    size, shift = len(slots), np.uint64(64)
    while size > 1:
        size >>= 1
        shift -= np.uint64(1)
    return shift


@_inlined
def _slot(children: Any, keys: Any, shift: Any, key: Any) -> Any:
    """Where the node of a key stands, or would stand."""
    slot = key * np.uint64(_MULTIPLIER) >> shift
    while children[slot] != 0 and keys[children[slot]] != key:
        slot = (slot + np.uint64(1)) & np.uint64(len(children) - 1)
    return slot


@_inlined
def _key(node: Any, code: Any) -> Any:
    return np.uint64(node) << np.uint64(_CODE_BITS) | np.uint64(code)


@_compiled
def _grown(codes: Any, lengths: Any, bits: int) -> Any:
    """Slots of the children, the key and depth of each node, and the node at which each word ends."""
    children = np.zeros(1 << bits, dtype=np.int32)
    keys, depths = np.zeros(len(codes) + 1, dtype=np.uint64), np.zeros(len(codes) + 1, dtype=np.int32)
    ends = np.zeros(len(lengths), dtype=np.int32)
    shift = _shift(children)
    count, at = 1, 0
    for word in range(len(lengths)):
        node = 0
        for depth in range(lengths[word]):
            key = _key(node, codes[at])
            slot = _slot(children, keys, shift, key)
            if children[slot] == 0:
                children[slot], keys[count], depths[count] = count, key, depth + 1
                count += 1
            node = children[slot]
            at += 1
        ends[word] = node
    return children, keys[:count].copy(), depths[:count], ends


@_compiled
def _link(children: Any, keys: Any, nodes: Any, order: Any) -> None:
    """Fill in where a walk goes on from the nodes, which come in the `order` of their depths, the root first."""
    shift = _shift(children)
    for node in order[1:]:
        parent, code = keys[node] >> np.uint64(_CODE_BITS), keys[node] & np.uint64((1 << _CODE_BITS) - 1)
        behind = np.int64(parent)
        while behind != 0:
            behind = nodes[behind, _FAIL]
            child = children[_slot(children, keys, shift, _key(behind, code))]
            if child != 0:
                nodes[node, _FAIL] = child
                break
        fail = nodes[node, _FAIL]
        nodes[node, _NEXT] = fail if nodes[fail, _WORD] >= 0 else nodes[fail, _NEXT]


@_compiled
def _walked(codes: Any, singles: Any, pairs: Any, children: Any, keys: Any, nodes: Any) -> Any:
    """Last characters and words of all occurrences."""
    places, goes_on = np.empty(len(codes), dtype=np.int32), np.empty(len(codes), dtype=np.uint8)
    passed = 0
    pair_shift = _shift(pairs)
    for at in range(len(codes)):
        behind = codes[at + 1] if at + 1 < len(codes) else np.uint32(0)
        spread = _key(codes[at], behind) * np.uint64(_MULTIPLIER)
        marks = _marks(spread)
        begins = pairs[spread >> pair_shift] & marks == marks
        places[passed], goes_on[passed] = at, begins
        passed += begins | (singles[codes[at] & np.uint32(_LOW_BITS)] != 0)
    ended, endings = np.empty(len(codes) + 1, dtype=np.int32), np.empty(len(codes) + 1, dtype=np.int32)
    count = reached = 0
    shift, last_slot = _shift(children), np.uint64(len(children) - 1)
    for each in range(passed):
        at = places[each]
        if at < reached:
            continue
        node, walks = 0, goes_on[each] != 0
        while True:
            key = _key(node, codes[at])
            slot = key * np.uint64(_MULTIPLIER) >> shift
            while children[slot] != 0 and keys[children[slot]] != key:
                slot = (slot + np.uint64(1)) & last_slot
            child = children[slot]
            if child == 0:
                node = nodes[node, _FAIL]
                if node == 0:
                    break
                continue
            node = child
            ending = node if nodes[node, _WORD] >= 0 else nodes[node, _NEXT]
            ended[count], endings[count] = at, ending
            count += ending != 0
            at += 1
            if at == len(codes) or not walks:
                break
        reached = at
    number = 0
    for each in range(count):
        ending = endings[each]
        while ending != 0:
            number += 1
            ending = nodes[ending, _NEXT]
    lasts, found = np.empty(number, dtype=np.intp), np.empty(number, dtype=np.intp)
    number = 0
    for each in range(count):
        ending = endings[each]
        while ending != 0:
            lasts[number], found[number] = ended[each], nodes[ending, _WORD]
            number += 1
            ending = nodes[ending, _NEXT]
    return lasts, found
