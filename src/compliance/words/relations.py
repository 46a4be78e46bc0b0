"""What may be read as what: a character or token of the text as a character of a term.

Readings are told by small numbers, so that pairs of them can be looked up: keys of glyphs, and from `ITSELF` on
the characters themselves.
"""

from collections.abc import Iterable

from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import Glyph, glyph
from compliance.words.tokens import Token

ITSELF = 1 << 13
"""Codes from here on are characters, those below are readings."""
CODE_BITS = 17

Codes = frozenset[int] | tuple[int, ...]


def codes(seen: Glyph) -> Codes:
    """What a character may be read as; one without any reading is only itself."""
    return seen.keys or (_itself(seen.char),)


def _itself(char: str) -> int:
    return ITSELF + ord(char)


def read_as(token: Token) -> Codes:
    """Components and signs are read as certain characters, all else by its readings."""
    seen = token.glyph
    if token.seen in {SeenAs.SPLIT, SeenAs.SIGN}:
        return (_itself(seen.char),)
    if seen.stands_for and not seen.char.isalnum():
        return tuple(map(_itself, seen.stands_for))
    return codes(seen)


def codes_of(tokens: Iterable[Token]) -> frozenset[int]:
    """All that some tokens may be read as."""
    return frozenset(code for token in tokens for code in read_as(token))


def pair_of(first: int, second: int) -> int:
    """Of two codes, one number."""
    return first << CODE_BITS | second


def relations(tokens: list[Token], term: str) -> tuple[SeenAs, ...] | None:
    """How each character of the term is seen in the token at its place; None when one is not."""
    how = []
    for token, char in zip(tokens, term, strict=True):
        seen = relation(token, char)
        if seen is None:
            return None
        how.append(seen)
    return tuple(how)


def relation(token: Token, char: str) -> SeenAs | None:  # noqa: PLR0911  # one a relation
    """How a token is seen as a character, None for not at all."""
    seen, wanted = token.glyph, glyph(char)
    if seen.char == char:
        return token.seen
    if token.seen is not SeenAs.EXACT and token.seen is not SeenAs.PINYIN:
        return None  # a composition or a sign is what it is: no second substitution on top
    if seen.numeral and seen.numeral == wanted.numeral:
        return SeenAs.FOLDED
    if seen.shape and seen.shape == wanted.shape:
        return SeenAs.SHAPE
    if char in seen.stands_for:
        return SeenAs.SIGN
    if not seen.sounds.isdisjoint(wanted.sounds):
        return SeenAs.PINYIN if token.seen is SeenAs.PINYIN else SeenAs.SOUND
    return None
