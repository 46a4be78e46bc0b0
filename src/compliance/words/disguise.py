"""Terms seen through disguise: by sound, by shape, by signs, spelled out, or taken apart.

Characters for characters (蕞低价, 未成午, 加v) are looked for in the whole skeleton view, at the few places where
`beginnings` says that a term may begin. Several for one (氵台疗, zui di jia, ㄗㄨㄟ) are looked for around the
places that can be rewritten. What was found is weighed by `guards`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import Glyph, glyph
from compliance.text.views import View
from compliance.words.beginnings import BeginningFilter
from compliance.words.guards import CONFIDENCE, Reading, accepts
from compliance.words.tokens import Rewriter, Token, plain_tokens, readings

LONGEST = 12
"""Longer terms are not looked for in disguise."""

Beginning = tuple[str | int, str | int, int | None]


class Disguised(NamedTuple):
    """Raw half-open span, the number of the term, and how it was seen."""

    start: int
    end: int
    term: int
    seen_as: SeenAs
    confidence: float


class DisguiseMatcher:
    """Immutable after construction. `terms` are skeleton forms by number; those of 2 to 12 characters are used."""

    def __init__(self, terms: Mapping[int, str]) -> None:
        self._terms = {
            number: term for number, term in terms.items() if 2 <= len(term) <= LONGEST and _may_be_disguised(term)
        }
        self._reach = max(map(len, self._terms.values()), default=0)
        self._rewritten: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._standing: defaultdict[Beginning, list[int]] = defaultdict(list)
        for number, term in self._terms.items():
            for beginning in _beginnings(term[:3]):
                self._standing[beginning].append(number)
            for first in glyph(term[0]).keys:
                for second in glyph(term[1]).keys:
                    self._rewritten[first, second].append(number)
        self._beginning = lru_cache(maxsize=1 << 15)(self._looked_up)  # what people say begins alike
        self._rewriter = Rewriter({char for term in self._terms.values() for char in term})
        self._filter = BeginningFilter(self._terms.values())

    def find(self, text: str, view: View) -> list[Disguised]:
        """Every reading that counts, in text order; a place may be read as several terms."""
        if not self._terms:
            return []
        return sorted({*self._one_for_one(view), *self._rewritings(text, view)})

    def _one_for_one(self, view: View) -> Iterator[Disguised]:
        text, reach, terms = view.text, self._reach, self._terms
        for at in self._filter.places(view.codes):
            window = text[at : at + reach]
            near = [number for number in self._beginning(window[:3]) if _alike(window, terms[number])]
            if near:
                longest = max(len(terms[number]) for number in near)
                yield from self._accepted(plain_tokens(view, at, at + longest), 0, near, view)

    def _rewritings(self, text: str, view: View) -> Iterator[Disguised]:
        for tokens in readings(view, self._rewriter.rewritings(text, view), self._reach):
            for at in range(len(tokens) - 1):
                candidates = self._candidates(tokens[at].glyph, tokens[at + 1].glyph)
                yield from self._accepted(tokens, at, candidates, view)

    def _looked_up(self, chars: str) -> tuple[int, ...]:
        """Terms that may begin with the three characters, or be the first two."""
        beginnings = (*_beginnings(chars), *_beginnings(chars[:2]))
        return tuple({number for beginning in beginnings for number in self._standing.get(beginning, ())})

    def _candidates(self, first: Glyph, second: Glyph) -> set[int]:
        index = self._rewritten
        return {
            number
            for one in first.keys
            for other in second.keys
            if (one, other) in index
            for number in index[one, other]
        }

    def _accepted(self, tokens: list[Token], at: int, candidates: Iterable[int], view: View) -> Iterator[Disguised]:
        for number in candidates:
            term = self._terms[number]
            part = tokens[at : at + len(term)]
            how = _relations(part, term) if len(part) == len(term) else None
            if how is None:
                continue
            reading = Reading(term, tuple(part), how)
            if accepts(reading, view):
                seen = reading.seen_as
                yield Disguised(part[0].start, part[-1].end, number, seen, CONFIDENCE[seen])


def _beginnings(chars: str) -> Iterator[Beginning]:
    """Two or three characters: of the first two one as it stands and the other by its keys, the third by its keys."""
    behind = glyph(chars[2]).keys if len(chars) > 2 else (None,)
    for third in behind:
        for key in glyph(chars[1]).keys:
            yield chars[0], key, third
        for key in glyph(chars[0]).keys:
            yield key, chars[1], third


def _alike(window: str, term: str) -> bool:
    """Whether some characters, at most half, are not those of the term but may be meant as them."""
    length = len(term)
    if len(window) < length or window.startswith(term):
        return False
    others = [(a, b) for a, b in zip(window, term, strict=False) if a != b]
    return 2 * len(others) <= length and not any(glyph(a).keys.isdisjoint(glyph(b).keys) for a, b in others)


def _may_be_disguised(term: str) -> bool:
    """Words of Chinese characters, with or without letters and digits; and Latin words long enough to be told."""
    han = sum("\u4e00" <= char <= "\u9fff" for char in term)
    return (
        han >= 2
        or (han == 1 and len(term) >= 2 and not term.isascii())
        or (han == 0 and len(term) >= 3 and term.isalpha())
    )


def _relations(tokens: list[Token], term: str) -> tuple[SeenAs, ...] | None:
    """How each character of the term is seen in the token at its place; None when one is not."""
    how = []
    for token, char in zip(tokens, term, strict=True):
        seen = _relation(token, char)
        if seen is None:
            return None
        how.append(seen)
    return tuple(how)


def _relation(token: Token, char: str) -> SeenAs | None:  # noqa: PLR0911  # one a relation
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
