"""When a reading through disguise counts. Without these, ordinary prose sounds like everything.

- Half of the term at least stands as it is, or is put together from its own components.
- A character that only sounds or looks like the right one is no part of an ordinary word where it stands.
- What is read by its sound or shape has no noise inside.
- A term spelled in letters throughout is long enough, or a run of letters by itself.
"""

from itertools import pairwise
from typing import NamedTuple

from compliance.model.vocabulary import SeenAs, least_direct
from compliance.text.glyphs import is_common
from compliance.text.tables import words
from compliance.text.views import View
from compliance.words.tokens import Token

CONFIDENCE = {
    SeenAs.FOLDED: 0.95,
    SeenAs.SHAPE: 0.9,
    SeenAs.SPLIT: 0.92,
    SeenAs.SIGN: 0.85,
    SeenAs.SOUND: 0.8,
    SeenAs.PINYIN: 0.85,
}

_STANDING = {SeenAs.EXACT, SeenAs.FOLDED, SeenAs.SPLIT}
_LIKENESSES = {SeenAs.SOUND, SeenAs.SHAPE}
_INDIRECT = {SeenAs.SIGN, SeenAs.PINYIN}
_LONGEST_WORD = 4
_WORDS_BY_THEMSELVES = frozenset(
    "的地得了着过和与及或而但为在是有不没无也都就还很太更最好看能会要想说来去上下里外大小多少高一二三四五六七八九十两"
    "个这那我你他她它们吗呢吧啊呀嘛啦把被让给对向从到比同跟只又再才先后前"
)
"""Characters that are words: they stand beside anything, and nobody takes them for another."""
_FEWEST_LETTERS = 5
"""A term of two characters, spelled out, has at least as many letters: “weixin”, not “le”."""


class Reading(NamedTuple):
    """A term, the tokens that were read as its characters, and how each was seen."""

    term: str
    tokens: tuple[Token, ...]
    how: tuple[SeenAs, ...]

    @property
    def seen_as(self) -> SeenAs:
        """The least direct way in which a character was seen."""
        return least_direct(self.how)


def accepts(reading: Reading, view: View) -> bool:
    """Whether a reading counts."""
    how = reading.how
    if all(seen is SeenAs.EXACT for seen in how):
        return False  # nothing is disguised
    if reading.term.isascii():
        return True
    likenesses = sum(seen in _LIKENESSES for seen in how)
    if likenesses and (2 * likenesses > len(how) or _noisy(reading) or _too_common(reading)):
        return False
    standing = sum(seen in _STANDING for seen in how)
    return _spelled_enough(reading, standing) and not _ordinary(reading, view)


def _too_common(reading: Reading) -> bool:
    """Whether half of a term of two characters is a common character that only sounds like the right one."""
    return len(reading.how) == 2 and any(
        seen is SeenAs.SOUND and is_common(token.glyph.char)
        for token, seen in zip(reading.tokens, reading.how, strict=True)
    )


def _noisy(reading: Reading) -> bool:
    """Whether something stands between some characters; the same between all of them is a way of writing."""
    tokens = reading.tokens
    gaps = {after.start - before.end for before, after in pairwise(tokens)}
    return gaps != {0} and (len(gaps) > 1 or len(tokens) == 2)


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


def _ordinary(reading: Reading, view: View) -> bool:
    """Whether what is only like the right character, or a part of it, belongs to an ordinary word there."""
    for token, seen in zip(reading.tokens, reading.how, strict=True):
        if seen in _LIKENESSES and token.glyph.char in _WORDS_BY_THEMSELVES:
            return True
        if seen in _LIKENESSES or token.seen is SeenAs.SPLIT:
            first, last = (int(i) for i in view.raw.searchsorted((token.start, token.end)))
            if _in_a_word(view.text, first, last):
                return True
    return False


def _in_a_word(text: str, first: int, last: int) -> bool:
    """Whether an ordinary word holds some of the characters and one more beside them."""
    known = words()
    for length in range(2, _LONGEST_WORD + 1):
        for start in range(max(first - length + 1, 0), last):
            if (start < first or start + length > last) and text[start : start + length] in known:
                return True
    return False
