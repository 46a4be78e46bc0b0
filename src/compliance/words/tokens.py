"""A text rewritten for reading: components put together, letters read as syllables, signs as what they stand for.

Only the places that can be rewritten are looked at, each with its surroundings. A place may be read in several
ways; every way is tried with the first way of its neighbours, and the n-th ways of all together.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.model.vocabulary import SeenAs
from compliance.text.alphabet import Codes, table_of
from compliance.text.glyphs import Glyph, glyph, spelled
from compliance.text.spelling import ZHUYIN, letter_class, plain, syllables, zhuyin
from compliance.text.tables import signs, splits
from compliance.text.views import View, code_points

_PAIR_SLOTS = 1 << 16
_SPREAD = 0x9E3779B1
_MAY_BE_ZHUYIN = re.compile("[ㄅ-ㄩ]")


class Token(NamedTuple):
    """One reading of some characters: raw half-open span, and whether letters go on before or behind it."""

    glyph: Glyph
    start: int
    end: int
    seen: SeenAs
    whole_start: bool = True
    whole_end: bool = True


class Rewriting(NamedTuple):
    """Positions of the view that are written otherwise (none for what the view leaves out), and as what."""

    first: int
    last: int
    ways: tuple[tuple[Token, ...], ...]


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"[{letter_class()}]{{2,}}")


@cache
def _emblems() -> npt.NDArray[np.bool_]:
    """Signs that are noise to the views: emoji and the like."""
    return table_of(sign for sign in signs() if len(sign) == 1 and not sign.isalnum())


class Rewriter:
    """Finds what may be read otherwise as a character of the alphabet. Immutable after construction."""

    def __init__(self, alphabet: Collection[str]) -> None:
        compositions: defaultdict[str, list[str]] = defaultdict(list)
        for char, ways in splits().items():
            if char in alphabet:
                for way in ways:
                    compositions[way].append(char)
        self._compositions = dict(compositions)
        self._pairs = np.zeros(_PAIR_SLOTS, dtype=bool)
        if compositions:
            codes = np.array([(ord(way[0]), ord(way[1])) for way in compositions], dtype=np.uint32)
            self._pairs[_pair_slots(codes[:, 0], codes[:, 1])] = True

    def rewritings(self, text: str, view: View) -> list[Rewriting]:
        """All places that may be read otherwise, in text order."""
        found = [*_spelled(view), *_zhuyin(text, view), *_emblematic(text, view), *self._composed(view)]
        return sorted(found, key=lambda rewriting: (rewriting.first, rewriting.last))

    def _composed(self, view: View) -> Iterator[Rewriting]:
        compositions, text, codes = self._compositions, view.text, view.codes
        for first in np.flatnonzero(self._pairs[_pair_slots(codes[:-1], codes[1:])]).tolist():
            for last in (first + 3, first + 2):
                chars = compositions.get(text[first:last], ()) if last <= len(text) else ()
                if chars:
                    start, end = view.span(first, last)
                    yield Rewriting(first, last, tuple((Token(glyph(c), start, end, SeenAs.SPLIT),) for c in chars))


def _pair_slots(first: Codes, second: Codes) -> npt.NDArray[np.uint32]:
    return (first * np.uint32(_SPREAD) + second) % np.uint32(_PAIR_SLOTS)


def _spelled(view: View) -> Iterator[Rewriting]:
    """Runs of letters, cut where something stood between them in the text."""
    for run in _letters().finditer(view.text):
        start = run.start()
        for position in range(run.start() + 1, run.end() + 1):
            if position == run.end() or view.raw[position] - view.raw[position - 1] > 1:
                yield from _chunk(view, start, position)
                start = position


def _chunk(view: View, first: int, last: int) -> Iterator[Rewriting]:
    if view.text[last : last + 1].isdigit():
        return  # VX-220 is a model
    letters = plain(view.text[first:last])
    raw_start, raw_end = view.span(first, last)
    ways = [
        tuple(Token(glyph(char), raw_start, raw_end, SeenAs.SIGN) for char in meant)
        for meant in signs().get(letters, ())
        if len(letters) > 1
    ]
    spelling = syllables(letters)
    if spelling:
        tokens = []
        at = first
        for syllable in spelling:
            start, end = view.span(at, at + len(syllable))
            tokens.append(Token(spelled(syllable), start, end, SeenAs.PINYIN, at == first, at + len(syllable) == last))
            at += len(syllable)
        ways.append(tuple(tokens))
    if ways:
        yield Rewriting(first, last, tuple(ways))


def _zhuyin(text: str, view: View) -> Iterator[Rewriting]:
    if not _MAY_BE_ZHUYIN.search(text):
        return
    for match in ZHUYIN.finditer(text):
        syllable = zhuyin(match.group())
        if syllable is not None:
            end = match.end() + (match.end() < len(text) and text[match.end()] in "ˊˇˋ˙")
            first, last = (int(i) for i in view.raw.searchsorted((match.start(), end)))
            yield Rewriting(first, last, ((Token(spelled(syllable), match.start(), end, SeenAs.PINYIN),),))


def _emblematic(text: str, view: View) -> Iterator[Rewriting]:
    for start in np.flatnonzero(_emblems()[code_points(text)]).tolist():
        end = start + 1 + text.startswith("\ufe0f", start + 1)
        first, last = (int(i) for i in view.raw.searchsorted((start, end)))
        single = glyph(text[start])
        whole = tuple(
            tuple(Token(glyph(char), start, end, SeenAs.SIGN) for char in meant)
            for meant in signs()[text[start]]
            if len(meant) > 1
        )
        ways = ((Token(single, start, end, SeenAs.EXACT),), *whole) if single.stands_for else whole
        yield Rewriting(first, last, ways)


def plain_tokens(view: View, first: int, last: int) -> list[Token]:
    """The characters themselves."""
    raw = view.raw[first:last].tolist()
    return [Token(glyph(char), at, at + 1, SeenAs.EXACT) for char, at in zip(view.text[first:last], raw, strict=True)]


def readings(view: View, found: list[Rewriting], reach: int) -> Iterator[list[Token]]:
    """Rewritten stretches of the text, each rewriting with `reach` characters around it."""
    for index, rewriting in enumerate(found):
        begin, end = max(rewriting.first - reach, 0), min(rewriting.last + reach, len(view.codes))
        near = [
            other
            for other in found[max(index - reach, 0) : index + reach + 1]
            if other.first >= begin and other.last <= end
        ]
        for number in range(max(len(other.ways) for other in near)):
            yield _apply(view, begin, end, rewriting, near, number)


def _apply(view: View, begin: int, end: int, chosen: Rewriting, near: list[Rewriting], number: int) -> list[Token]:
    """The stretch with the chosen rewriting and all others that do not overlap it or one another."""
    tokens: list[Token] = []
    at = begin
    for rewriting in near:
        overlaps = rewriting is not chosen and rewriting.first < chosen.last and chosen.first < rewriting.last
        if rewriting.first < at or overlaps:
            continue
        tokens += plain_tokens(view, at, rewriting.first)
        tokens += rewriting.ways[min(number, len(rewriting.ways) - 1)]
        at = rewriting.last
    return tokens + plain_tokens(view, at, end)
