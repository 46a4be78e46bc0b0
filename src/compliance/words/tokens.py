"""A text rewritten for reading: components put together, letters read as syllables, signs as what they stand for.

Only the places that can be rewritten are looked at, each with its surroundings. A place may be read in several
ways; every way is tried with the first way of its neighbours, and the n-th ways of all together.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import Glyph, glyph, spelled
from compliance.text.kept import Kept
from compliance.text.spelling import ZHUYIN, ZHUYIN_LETTERS, letters, plain, syllables, zhuyin
from compliance.text.tables import signs, splits


class Token(NamedTuple):
    """One reading of some characters: raw half-open span, and whether letters go on before or behind it."""

    glyph: Glyph
    start: int
    end: int
    seen: SeenAs
    whole_start: bool = True
    whole_end: bool = True


class Rewriting(NamedTuple):
    """Places in the kept text that are written otherwise (none for what was taken out), and as what."""

    first: int
    last: int
    ways: tuple[tuple[Token, ...], ...]


@cache
def _runs_of_letters() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(letters())))}]{{2,}}")


class Rewriter:
    """Finds what may be read otherwise as a character of the alphabet. Immutable after construction."""

    def __init__(self, alphabet: Collection[str]) -> None:
        compositions: defaultdict[str, list[str]] = defaultdict(list)
        for char, ways in splits().items():
            if char in alphabet:
                for way in ways:
                    compositions[way].append(char)
        self._compositions = dict(compositions)
        self._composing = frozenset(way[:2] for way in compositions)
        self._first = frozenset(way[0] for way in compositions) | letters() | ZHUYIN_LETTERS

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Alternatives of the first two characters of whatever may be rewritten, 注音 and emblems apart."""
        yield from sorted((pair[0], pair[1]) for pair in self._composing)
        every = "".join(sorted(letters()))
        yield every, every

    def begins(self, first: str, second: str) -> bool:
        """Whether something that may be rewritten begins with these two characters, or goes on with them."""
        spells = letters()
        return first + second in self._composing or first in ZHUYIN_LETTERS or (first in spells and second in spells)

    def may_begin(self, char: str) -> bool:
        """Whether something that may be rewritten begins with this character, whatever is behind it."""
        return char in self._first

    def rewritings(self, text: str, kept: Kept, sites: Sequence[int]) -> list[Rewriting]:
        """All that may be read otherwise at places where `begins` holds, and at emblems, in text order."""
        found = [*_emblematic(text, kept)]
        units, spells = kept.text, letters()
        for site in sites:
            before = units[site - 1] if site else ""
            if units[site] in ZHUYIN_LETTERS:
                if before not in ZHUYIN_LETTERS:
                    found += _zhuyin(text, kept, site)
            elif units[site] in spells:
                if before not in spells:
                    found += _spelled(kept, site)
            else:
                found += self._composed(kept, site)
        return sorted(found, key=lambda rewriting: (rewriting.first, rewriting.last))

    def _composed(self, kept: Kept, first: int) -> Iterator[Rewriting]:
        for last in (first + 3, first + 2):
            chars = self._compositions.get(kept.text[first:last], ()) if last <= len(kept.text) else ()
            if chars:
                start, end = kept.span(first, last)
                yield Rewriting(first, last, tuple((Token(glyph(c), start, end, SeenAs.SPLIT),) for c in chars))


def _spelled(kept: Kept, first: int) -> Iterator[Rewriting]:
    """A run of letters, cut where something stood between them in the text."""
    run = _runs_of_letters().match(kept.text, first)
    if run is None:
        return
    raw, end = kept.raw, run.end()
    if raw[end - 1] - raw[first] == end - 1 - first:
        yield from _chunk(kept, first, end)
        return
    start = first
    for position in range(first + 1, end + 1):
        if position == end or raw[position] - raw[position - 1] > 1:
            yield from _chunk(kept, start, position)
            start = position


class _Spelling(NamedTuple):
    """What letters say: whole words that they are a sign of, and the syllables that they spell."""

    meant: tuple[str, ...]
    syllables: tuple[str, ...]


@lru_cache(maxsize=1 << 12)
def _spelling(written: str) -> _Spelling:
    letters = plain(written)
    return _Spelling(signs().get(letters, ()) if len(letters) > 1 else (), syllables(letters) or ())


def _chunk(kept: Kept, first: int, last: int) -> Iterator[Rewriting]:
    if kept.text[last : last + 1].isdigit():
        return  # VX-220 is a model
    spelling = _spelling(kept.text[first:last])
    if not spelling.meant and not spelling.syllables:
        return
    raw_start, raw_end = kept.span(first, last)
    ways = [tuple(Token(glyph(char), raw_start, raw_end, SeenAs.SIGN) for char in meant) for meant in spelling.meant]
    if spelling.syllables:
        tokens = []
        at = first
        for syllable in spelling.syllables:
            start, end = kept.span(at, at + len(syllable))
            tokens.append(Token(spelled(syllable), start, end, SeenAs.PINYIN, at == first, at + len(syllable) == last))
            at += len(syllable)
        ways.append(tuple(tokens))
    yield Rewriting(first, last, tuple(ways))


def _zhuyin(text: str, kept: Kept, first: int) -> Iterator[Rewriting]:
    """The syllables of a run."""
    end = first
    while end < len(kept.text) and kept.text[end] in ZHUYIN_LETTERS:
        end += 1
    for match in ZHUYIN.finditer(text, *kept.span(first, end)):
        syllable = zhuyin(match.group())
        if syllable is not None:
            after = match.end() + (match.end() < len(text) and text[match.end()] in "ˊˇˋ˙")
            places = bisect_left(kept.raw, match.start()), bisect_left(kept.raw, after)
            yield Rewriting(*places, ((Token(spelled(syllable), match.start(), after, SeenAs.PINYIN),),))


def _emblematic(text: str, kept: Kept) -> Iterator[Rewriting]:
    for start, before, behind in zip(kept.emblems, (-1, *kept.emblems), (*kept.emblems[1:], -1), strict=False):
        if start - before == behind - start == 1 and text[before] == text[start] == text[behind]:
            continue  # of many in a row (-----) the first and the last say all
        after = start + 1 + text.startswith("\ufe0f", start + 1)
        at = bisect_left(kept.raw, start)
        single = glyph(text[start])
        whole = tuple(
            tuple(Token(glyph(char), start, after, SeenAs.SIGN) for char in meant)
            for meant in signs()[text[start]]
            if len(meant) > 1
        )
        ways = ((Token(single, start, after, SeenAs.EXACT),), *whole) if single.stands_for else whole
        yield Rewriting(at, at, ways)


def plain_tokens(kept: Kept, first: int, last: int) -> list[Token]:
    """The characters themselves."""
    return [
        Token(glyph(char), int(at), int(at) + 1, SeenAs.EXACT)
        for char, at in zip(kept.text[first:last], kept.raw[first:last], strict=True)
    ]


def readings(kept: Kept, found: list[Rewriting], chosen: Iterable[int], reach: int) -> Iterator[list[Token]]:
    """The chosen ones of the rewritings, each with `reach` characters around it."""
    for index in chosen:
        rewriting = found[index]
        begin, end = max(rewriting.first - reach, 0), min(rewriting.last + reach, len(kept.text))
        near = [
            other
            for other in found[max(index - reach, 0) : index + reach + 1]
            if other.first >= begin and other.last <= end
        ]
        for number in range(max(len(other.ways) for other in near)):
            yield _apply(kept, begin, end, rewriting, near, number)


def _apply(kept: Kept, begin: int, end: int, chosen: Rewriting, near: list[Rewriting], number: int) -> list[Token]:
    """The stretch with the chosen rewriting and all others that do not overlap it or one another."""
    tokens: list[Token] = []
    at = begin
    for rewriting in near:
        overlaps = rewriting is not chosen and rewriting.first < chosen.last and chosen.first < rewriting.last
        if rewriting.first < at or overlaps:
            continue
        tokens += plain_tokens(kept, at, rewriting.first)
        tokens += rewriting.ways[min(number, len(rewriting.ways) - 1)]
        at = rewriting.last
    return tokens + plain_tokens(kept, at, end)
