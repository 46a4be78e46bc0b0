"""Numbers written in several ways: 100% and 百分百, 10年 and 十年.

Digit for character (1 and 一, 幺三八) is seen character by character; here are the numbers that take another number
of characters.
"""

import re

_DIGITS = "零一二三四五六七八九"
_TENS = re.compile("(?<![百千万亿])([一二三四五六七八九]?)十([一二三四五六七八九]?)(?![百千万亿分足])")
_NUMBER = re.compile(r"(?<![\d.])([1-9])(\d)(?![\d.%])")
_COUNTS = re.compile("[0-9十]|百分")
_WHOLE = ("100%", "百分百", "百分之百")


def spellings(word: str) -> tuple[str, ...]:
    """The other ways of writing the numbers in a word; 十分 and 十足 hold none."""
    if not _COUNTS.search(word):
        return ()
    wholes = [word.replace(way, other) for way in _WHOLE if way in word for other in _WHOLE if other != way]
    written = _TENS.sub(lambda tens: f"{_digit(tens[1], '1')}{_digit(tens[2], '0')}", word)
    spoken = _NUMBER.sub(lambda number: _spoken(int(number[1]), int(number[2])), word)
    return tuple(dict.fromkeys(way for way in (*wholes, written, spoken) if way != word))


def _digit(numeral: str, default: str) -> str:
    return str(_DIGITS.index(numeral)) if numeral else default


def _spoken(tens: int, ones: int) -> str:
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
