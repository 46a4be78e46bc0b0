"""Masking of personal information for exports and logs: same length, too little left to identify anyone."""

from collections.abc import Iterable, Iterator

import ahocorasick

from compliance.words.entities import EntityHit, find_entities

_STAR = "*"
# How many letters and digits stay at the head and at the tail.
_SHOWN = {
    "mobile": (3, 4),
    "resident-id": (3, 4),
    "bank-card": (4, 4),
    "uscc": (4, 4),
    "landline": (3, 2),
    "email": (1, 0),
    "passport": (1, 2),
    "plate": (2, 1),
    "wechat": (1, 1),
    "qq": (2, 2),
    "address": (3, 0),
    "name": (1, 0),
}
_SHORT = 9  # of fewer characters, at most a quarter is shown at each side
_AT_SIGNS = "@＠艾圈(（["


def mask(text: str) -> str:
    """`text` with every entity starred out, code point for code point.

    Wherever a value was recognised once, all its occurrences are masked, also where the context alone would not
    give it away. Masking again changes nothing. A text without personal information comes back as it is.
    """
    # A masked neighbour may free a number that its digits had shadowed, so repeat until nothing is left;
    # each round stars at least one character that was bare.
    while hits := find_entities(text):
        text = _star(text, hits)
    return text


def _star(text: str, hits: Iterable[EntityHit]) -> str:
    values = ahocorasick.Automaton()
    for hit in hits:
        values.add_word(hit.value, (len(hit.value), tuple(_hidden(hit))))
    values.make_automaton()
    chars = list(text)
    for last, (length, hidden) in values.iter(text):
        start = last - length + 1
        for offset in hidden:
            chars[start + offset] = _STAR
    return "".join(chars)


def _hidden(hit: EntityHit) -> Iterator[int]:
    """Offsets in the value of the characters to star out; separators and an e-mail's host stay."""
    end = len(hit.value)
    if hit.kind == "email":
        end = min(place for sign in _AT_SIGNS if (place := hit.value.find(sign)) >= 0)
    signs = [offset for offset, char in enumerate(hit.value[:end]) if char.isalnum()]
    head, tail = _SHOWN[hit.kind]
    if len(signs) < _SHORT and hit.kind not in {"address", "name"}:
        head, tail = min(head, len(signs) // 4), min(tail, len(signs) // 4)
    return iter(signs[head : len(signs) - tail])
