"""A text rewritten for reading: components put together, letters read as syllables, signs as what they stand for.

Only the places that can be rewritten are looked at, each with its surroundings. A place may be read in several
ways; every way is tried with the first way of its neighbours, and the n-th ways of all together.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import Glyph, glyph, spelled
from compliance.text.kept import Kept
from compliance.text.spelling import ZHUYIN, plain, syllables, zhuyin
from compliance.text.tables import signs, splits
from compliance.words.kernel import RUN, SYLLABLES

COMPONENTS = (3, 2)
"""How many components are put together."""


class Token(NamedTuple):
    """One reading of some characters: raw half-open span, and whether letters go on before or behind it."""

    glyph: Glyph
    start: int
    end: int
    seen: SeenAs
    whole_start: bool = True
    whole_end: bool = True


class Spot(NamedTuple):
    """Places in the kept text that may be read otherwise (none for what was taken out), what is written, and as what.

    The tokens say where they lie in kept places from `first` on or, where there is a `start`, in raw offsets from
    there on.
    """

    first: int
    last: int
    written: str
    ways: tuple[tuple[Token, ...], ...]
    start: int = -1

    def tokens(self, kept: Kept, number: int) -> list[Token]:
        """Those of the number-th way, or of the last, in raw offsets."""
        way = self.ways[min(number, len(self.ways) - 1)]
        if self.start >= 0:
            return [token._replace(start=self.start + token.start, end=self.start + token.end) for token in way]
        return [_placed(token, kept, self.first) for token in way]


def _placed(token: Token, kept: Kept, first: int) -> Token:
    start, end = kept.span(first + token.start, first + token.end)
    return token._replace(start=start, end=end)


@lru_cache(maxsize=1 << 12)
def _composed(char: str, length: int) -> tuple[Token]:
    return (Token(glyph(char), 0, length, SeenAs.SPLIT),)


class Rewriter:
    """Finds what may be read otherwise as a character of the alphabet. Immutable after construction."""

    def __init__(self, alphabet: Collection[str]) -> None:
        self._compositions: defaultdict[str, list[str]] = defaultdict(list)
        """What is written → what it may be put together to."""
        for char, ways in splits().items():
            if char in alphabet:
                for way in ways:
                    self._compositions[way].append(char)

    def spots(
        self, text: str, kept: Kept, sites: Iterable[tuple[int, ...]], emblems: Sequence[tuple[int, ...]]
    ) -> list[Spot]:
        """All that may be read otherwise at the sites that the kernel has found, and at emblems, in text order."""
        units = kept.text
        found = [*_emblematic(text, emblems)] if emblems else []
        for kind, first, last in sites:
            if kind == RUN:
                written = units[first:last]
                ways = _spelled(written)
                if ways:
                    found.append(Spot(first, last, written, ways))
            elif kind == SYLLABLES:
                found += _zhuyin(text, kept, first, last)
            else:
                for length in COMPONENTS:
                    written = units[first : first + length]
                    chars = self._compositions.get(written)
                    if chars:
                        ways = tuple(_composed(char, length) for char in chars)
                        found.append(Spot(first, first + length, written, ways))
        found.sort(key=lambda spot: (spot.first, spot.last))
        return found


@lru_cache(maxsize=1 << 14)
def _spelled(written: str) -> tuple[tuple[Token, ...], ...]:
    """What a run of letters says: whole words that it is a sign of, and the syllables that it spells."""
    ways = []
    run = plain(written)
    if len(run) > 1:
        ways = [tuple(Token(glyph(c), 0, len(run), SeenAs.SIGN) for c in meant) for meant in signs().get(run, ())]
    tokens, at = [], 0
    for syllable in syllables(run) or ():
        end = at + len(syllable)
        tokens.append(Token(spelled(syllable), at, end, SeenAs.PINYIN, at == 0, end == len(run)))
        at = end
    return (*ways, tuple(tokens)) if tokens else tuple(ways)


def _zhuyin(text: str, kept: Kept, first: int, end: int) -> Iterator[Spot]:
    """The syllables of a run."""
    for match in ZHUYIN.finditer(text, *kept.span(first, end)):
        syllable = zhuyin(match.group())
        if syllable is not None:
            after = match.end() + (match.end() < len(text) and text[match.end()] in "ˊˇˋ˙")
            places = bisect_left(kept.raw, match.start()), bisect_left(kept.raw, after)
            token = Token(spelled(syllable), 0, after - match.start(), SeenAs.PINYIN)
            yield Spot(*places, text[match.start() : after], ((token,),), match.start())


def _emblematic(text: str, emblems: Sequence[tuple[int, ...]]) -> Iterator[Spot]:
    """Raw offset and kept place of each emblem."""
    for start, place in emblems:
        written = text[start : start + 2] if text.startswith("\ufe0f", start + 1) else text[start]
        yield Spot(place, place, written, _emblem(written), start)


@lru_cache(maxsize=1 << 10)
def _emblem(written: str) -> tuple[tuple[Token, ...], ...]:
    """What an emblem stands for: characters by themselves, or several at once."""
    single, end = glyph(written[0]), len(written)
    whole = tuple(
        tuple(Token(glyph(char), 0, end, SeenAs.SIGN) for char in meant)
        for meant in signs()[written[0]]
        if len(meant) > 1
    )
    return ((Token(single, 0, end, SeenAs.EXACT),), *whole) if single.stands_for else whole


def plain_tokens(kept: Kept, first: int, last: int) -> list[Token]:
    """The characters themselves."""
    return [
        Token(glyph(char), int(at), int(at) + 1, SeenAs.EXACT)
        for char, at in zip(kept.text[first:last], kept.raw[first:last], strict=True)
    ]


def readings(kept: Kept, found: list[Spot], chosen: Iterable[int], reach: int) -> Iterator[list[Token]]:
    """The chosen ones of the spots, each read with `reach` characters around it."""
    for index in chosen:
        spot = found[index]
        begin, end = max(spot.first - reach, 0), min(spot.last + reach, len(kept.text))
        near = [
            other
            for other in found[max(index - reach, 0) : index + reach + 1]
            if other.first >= begin and other.last <= end
        ]
        for number in range(max(len(other.ways) for other in near)):
            yield _apply(kept, begin, end, spot, near, number)


def _apply(kept: Kept, begin: int, end: int, chosen: Spot, near: list[Spot], number: int) -> list[Token]:
    """The stretch with the chosen spot and all others that do not overlap it or one another."""
    tokens: list[Token] = []
    at = begin
    for spot in near:
        overlaps = spot is not chosen and spot.first < chosen.last and chosen.first < spot.last
        if spot.first < at or overlaps:
            continue
        tokens += plain_tokens(kept, at, spot.first)
        tokens += spot.tokens(kept, number)
        at = spot.last
    return tokens + plain_tokens(kept, at, end)
