"""A text made ready for the finders: same length, so that every offset is an offset of the raw text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
Run = list[Span]  # digit groups in order, close enough together to be one number

SPOKEN_DIGITS = {
    **dict(zip("零一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("○幺貳參肆伍陸柒捌玖", "0123456789", strict=True)),
    **dict(zip("洞妖两叄拐勾兩", "0123792", strict=True)),
}

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\ufe0f\u20e3"  # the last two make a keycap emoji of a digit
_WRITTEN_SEPARATORS = " \t\u00a0\u2002\u2003\u3000-\u2010\u2011\u2012\u2013\u2014\u2212.·,、" + _INVISIBLE
# Speech pauses and hesitates, and a transcript breaks its lines anywhere.
_SPOKEN_SEPARATORS = _WRITTEN_SEPARATORS + "\r\n…~呃嗯啊哦"
_LONGEST_GAP = 3
_SHORTEST_NUMBER = 11  # digits; runs with fewer hold no mobile, card or identity number

# Runs of one character class: linear in any engine, and `re` needs no detour through UTF-8.
_DIGITS = re.compile("[0-9]+")
_COUNTRY = re.compile("(?:00)?86(?=1[3-9][0-9]{9}$)")
_SPOKEN = re.compile("[" + "".join(SPOKEN_DIGITS) + "]")

# Ordinary words that end or begin with 一 and may stand against a spoken number: 第一…, …一起.
_ENDS_IN_ONE = frozenset("第唯统周专之逐万")
_BEGINS_WITH_ONE = frozenset("起定个下样直些次条位对")


def _fold_table() -> dict[int, str]:
    """Full-width, circled and styled letters and digits → ASCII, one character for one."""
    styled = (*range(0x2460, 0x24EB), *range(0x2776, 0x2794), 0x24FF, *range(0x1D400, 0x1D800), *range(0xFF01, 0xFF5F))
    table = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates have no UTF-8 form for RE2
    for code in (*styled, 0xB2, 0xB3, 0xB9, *range(0x2070, 0x208A)):
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        digit = unicodedata.digit(char, None)
        if digit is not None:
            table[code] = str(digit)
        elif len(plain) == 1 and plain.isascii():
            table[code] = plain
    table[0xFFE5] = "¥"
    return table


_FOLD = _fold_table()
_SPEAK = str.maketrans(SPOKEN_DIGITS)


@dataclass(frozen=True, slots=True)
class View:
    """One text seen three ways, all of the same length.

    `folded` has full-width and styled letters and digits as ASCII; `spoken` has spoken digits as ASCII too
    (the same object as `folded` when nothing is spoken). `written_runs` and `spoken_runs` are the numbers of
    each; a spoken run holds at least one spoken digit.
    """

    raw: str
    folded: str
    spoken: str
    written_runs: tuple[Run, ...]
    spoken_runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str) -> "View":
        folded = text.translate(_FOLD)
        is_spoken = _SPOKEN.search(folded) is not None
        spoken = folded.translate(_SPEAK) if is_spoken else folded
        written_runs = tuple(_runs(folded, _groups(folded), _WRITTEN_SEPARATORS))
        spoken_runs: tuple[Run, ...] = ()
        if is_spoken:
            runs = _runs(spoken, _spoken_groups(folded, spoken), _SPOKEN_SEPARATORS)
            spoken_runs = tuple(run for run in runs if any(_SPOKEN.search(folded, s, e) for s, e in run))
        return cls(text, folded, spoken, written_runs, spoken_runs)

    def is_spoken(self, start: int, end: int) -> bool:
        """Whether `[start, end)` holds a spoken digit."""
        return _SPOKEN.search(self.folded, start, end) is not None

    def before(self, start: int, length: int) -> str:
        """The `length` folded characters before `start`, in lower case."""
        return self.folded[max(0, start - length) : start].lower()

    def after(self, end: int, length: int) -> str:
        """The `length` folded characters from `end` on, in lower case."""
        return self.folded[end : end + length].lower()


def _groups(text: str) -> Iterator[Span]:
    """Runs of digits; a country code that is glued to a mobile number is a group of its own."""
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        country = _COUNTRY.match(text, start, end)
        if country and (country.end() - start == 4 or text[max(0, start - 1) : start] == "+"):
            yield start, country.end()
            start = country.end()
        yield start, end


def _spoken_groups(folded: str, spoken: str) -> Iterator[Span]:
    for start, end in _groups(spoken):
        first = start + (folded[start] == "一" and folded[max(0, start - 1) : start] in _ENDS_IN_ONE)
        last = end - (folded[end - 1] == "一" and folded[end : end + 1] in _BEGINS_WITH_ONE)
        if first < last:
            yield first, last


def _runs(text: str, groups: Iterator[Span], separators: str) -> Iterator[Run]:
    run: Run = []
    digits = 0
    for start, end in groups:
        if run and (start - run[-1][1] > _LONGEST_GAP or text[run[-1][1] : start].strip(separators)):
            if digits >= _SHORTEST_NUMBER:
                yield run
            run, digits = [], 0
        run.append((start, end))
        digits += end - start
    if digits >= _SHORTEST_NUMBER:
        yield run


def layouts(run: Run, total: int, most_groups: int = 6) -> Iterator[tuple[int, int]]:
    """Ranges `[i, j)` of groups that hold exactly `total` digits: a few groups, or every digit by itself.

    Digits that all stand alone must not be a part of a longer row of them. Bounded work for each group.
    """
    for i, (start, end) in enumerate(run):
        alone = end - start == 1
        if alone and i and run[i - 1][1] - run[i - 1][0] == 1:
            continue
        count, j = 0, i
        limit = min(len(run), i + total)
        while j < limit and count < total:
            count += run[j][1] - run[j][0]
            j += 1
        if count != total:
            continue
        if j - i == total:
            if j == len(run) or run[j][1] - run[j][0] > 1:
                yield i, j
        elif j - i <= most_groups:
            yield i, j


def digits_of(text: str, groups: Run) -> str:
    """The digits of some groups of `text`, without what separates them."""
    return "".join(text[start:end] for start, end in groups)
