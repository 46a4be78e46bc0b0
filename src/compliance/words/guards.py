"""When a reading through disguise counts. Without these, ordinary prose sounds like everything.

- Half of the term at least stands as it is, or is put together from its own components, or is written with characters
  that nobody writes for themselves (徾伩).
- A character that only sounds or looks like the right one is no part of an ordinary word where it stands, and a term
  of two characters is not written as two characters that stand side by side in ordinary prose. Of longer terms the
  surroundings tell: the more of what is written looks ordinary, the likelier they must make the term (`kernel.py`).
- What is read by its sound or shape has no noise inside.
- A term spelled in letters throughout is long enough, or a run of letters by itself; a letter that begins or ends a
  term does not go on as a word of letters (加VIP).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from string import ascii_lowercase, digits
from typing import NamedTuple

from compliance.model.lexicon import WAYS, Disguise, Way
from compliance.model.vocabulary import SeenAs, least_direct
from compliance.text.glyphs import is_common
from compliance.text.kept import Kept
from compliance.text.readings import SELF_STANDING_CHARS
from compliance.text.spelling import LONGEST_RUN
from compliance.text.tables import words
from compliance.text.tables.side_by_side import pairs
from compliance.words.entry import NOISE_PER_GAP
from compliance.words.tokens import Token

CONFIDENCE = {
    SeenAs.FOLDED: 0.95,
    SeenAs.SHAPE: 0.9,
    SeenAs.SPLIT: 0.92,
    SeenAs.SIGN: 0.85,
    SeenAs.SOUND: 0.8,
    SeenAs.PINYIN: 0.85,
}

LONGEST_WORD = 4
"""Characters of the longest ordinary word that is looked for around a reading."""

_STANDING = {SeenAs.EXACT, SeenAs.FOLDED, SeenAs.SPLIT}
_LIKENESSES = {SeenAs.SOUND, SeenAs.SHAPE}
_INDIRECT = {SeenAs.SIGN, SeenAs.PINYIN}
_ALNUM = frozenset(ascii_lowercase + digits)
_FEWEST_LETTERS = 5
"""A term of two characters, spelled out, has at least as many letters: “weixin”, not “le”."""


class Guards(NamedTuple):
    """The settings of a term, ready for use; see `model.lexicon.Disguise`."""

    ways: frozenset[Way] = frozenset(WAYS)
    standing: float = 0.5
    noise: bool = False
    in_words: bool = False

    @classmethod
    def of(cls, disguise: Disguise) -> "Guards":
        return cls(frozenset(disguise.ways), disguise.standing, disguise.noise, disguise.in_words)

    def disguise(self) -> Disguise:
        """The setting that they are of."""
        ways = tuple(way for way in WAYS if way in self.ways)
        return Disguise(ways=ways, standing=self.standing, noise=self.noise, in_words=self.in_words)


class Reading(NamedTuple):
    """A term, the tokens that were read as its characters, and how each was seen."""

    term: str
    tokens: tuple[Token, ...]
    how: tuple[SeenAs, ...]

    @property
    def seen_as(self) -> SeenAs:
        """The least direct way in which a character was seen."""
        return least_direct(self.how)


def accepts(reading: Reading, kept: Kept, guards: Guards) -> bool:
    """Whether a reading of rewritten text counts."""
    how, tokens = reading.how, reading.tokens
    if all(seen is SeenAs.EXACT for seen in how):
        return False  # nothing is disguised
    if not guards.ways.issuperset({seen for seen in how if seen is not SeenAs.EXACT}):
        return False
    written = sum(end - start for start, end in {(token.start, token.end) for token in tokens})
    if _scattered(tokens[-1].end - tokens[0].start, written):
        return False
    if reading.term.isascii():
        return True
    if _within_letters(tokens[0], tokens[-1], kept):
        return False
    standing = sum(seen in _STANDING for seen in how)
    return _like_enough(reading, guards) and _spelled_enough(reading, standing) and not _ordinary(reading, kept, guards)


def _places(first: Token, last: Token, kept: Kept) -> tuple[int, int]:
    """Kept places from the first of some tokens to the last, half-open."""
    return bisect_left(kept.raw, first.start), bisect_left(kept.raw, last.end)


def _within_letters(first: Token, last: Token, kept: Kept) -> bool:
    """Whether a letter at an edge goes on: 2G+, +Vista. Behind, one with digits may be a name to be added."""
    begin, end = _places(first, last, kept)
    if _go_on(kept, begin) and kept.text[begin].isalpha():
        return True
    at = end
    while last.seen is SeenAs.EXACT and at < end + LONGEST_RUN and _go_on(kept, at):
        if kept.text[at].isdigit():
            return False
        at += 1
    return at > end


def _go_on(kept: Kept, at: int) -> bool:
    """Whether letters or digits before a place go on at it."""
    text, raw = kept.text, kept.raw
    return 0 < at < len(text) and raw[at] - raw[at - 1] == 1 and _ALNUM.issuperset(text[at - 1 : at + 1])


def _like_enough(reading: Reading, guards: Guards) -> bool:
    """Whether what merely sounds or looks right is little enough, written without a break, and not as usual."""
    how, tokens = reading.how, reading.tokens
    likenesses = sum(seen in _LIKENESSES for seen in how)
    if not likenesses:
        return True
    gaps = (after.start - before.end for before, after in pairwise(tokens))
    if likenesses > (1 - guards.standing) * len(how) or (not guards.noise and _noisy(gaps)):
        return False
    written = [token.glyph.char for token in tokens]
    return len(how) > 2 or guards.in_words or not all(written) or not _usual("".join(written), how)


def _scattered(span: int, written: int) -> bool:
    """Whether so much stands between the characters that they are not one word."""
    return span - written > NOISE_PER_GAP * max(written - 1, 1)


def _usual(written: str, how: Sequence[SeenAs]) -> bool:
    """Whether what is written for a term of two characters is what people write side by side anyway.

    Of characters beside digits and letters (低1度) no table tells; there, common ones are taken for themselves.
    """
    if all("\u4e00" <= char <= "\u9fff" for char in written):
        return written in pairs()
    return any(seen is SeenAs.SOUND and is_common(char) for char, seen in zip(written, how, strict=True))


def _noisy(gaps: Iterable[int]) -> bool:
    """Whether something stands between some characters; the same between all of them is a way of writing."""
    lengths = list(gaps)
    return any(lengths) and (len(lengths) == 1 or len(set(lengths)) > 1)


def _spelled_enough(reading: Reading, standing: int) -> bool:
    """Letters and signs need a character beside them that stands, or to say the whole term at length."""
    if _INDIRECT.isdisjoint(reading.how):
        return True
    first, last = reading.tokens[0], reading.tokens[-1]
    if not first.whole_start:
        return False
    if standing:
        return 2 * standing >= len(reading.how) or last.whole_end
    if all(seen is SeenAs.PINYIN for seen in reading.how):
        letters = sum(token.end - token.start for token in reading.tokens)
        return (
            last.whole_end and letters >= _FEWEST_LETTERS
            if len(reading.how) == 2
            else letters >= 2 * _FEWEST_LETTERS - 3
        )
    # One sign that says the whole term (vx, 🧧), or an emblem among signs (V❤).
    one = len({(token.start, token.end) for token in reading.tokens}) == 1
    return one or any(not token.glyph.char.isalnum() for token in reading.tokens)


def _ordinary(reading: Reading, kept: Kept, guards: Guards) -> bool:
    """Whether what is only like the right character, or a part of it, belongs to an ordinary word there."""
    if guards.in_words:
        return False
    for token, seen in zip(reading.tokens, reading.how, strict=True):
        if seen in _LIKENESSES and token.glyph.char in SELF_STANDING_CHARS:
            return True
        doubted = seen in _LIKENESSES or token.seen is SeenAs.SPLIT
        if doubted and in_a_word(kept.text, *_places(token, token, kept)):
            return True
    return False


def in_a_word(text: str, first: int, end: int) -> bool:
    """Whether an ordinary word holds some of the characters and one more beside them."""
    for start in range(max(first - LONGEST_WORD + 1, 0), end):
        known = words().beginning(text[start])
        for stop in range(max(start + 2, first + 1), min(start + LONGEST_WORD, len(text)) + 1):
            if (start < first or stop > end) and text[start:stop] in known:
                return True
    return False
