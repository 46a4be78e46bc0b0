"""Numbers in the words of hits: 4.5折, 九五折, 百分之九十九, 3万."""

import re
from collections.abc import Iterable

from compliance.judge.answer import Answer, Match, found
from compliance.judge.context import Context
from compliance.judge.relations import compare
from compliance.lang import tree

_NEAR = 8
"""So many characters behind a hit without a number its number may begin: “含量高达 99%”."""

_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_STEPS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_HAN = "".join(_DIGITS) + "".join(_STEPS) + "".join(_MYRIADS)
_NUMBER = re.compile(
    r"(?:百分之)?(?:(?P<arabic>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?P<unit>[十百千]?[万亿]?)"
    rf"|(?P<han>[{_HAN}]+(?:点[{''.join(_DIGITS)}]+)?))(?P<discount>折)?"
)
_LONGEST = 24
"""Digits and numerals in one number; a longer run is no quantity."""


def numeric(context: Context, matches: Iterable[Match], node: tree.Numeric) -> Answer:
    """The hits whose number compares so. A hit without a number takes the next one in its clause, close behind."""
    kept = []
    for match in matches:
        number = _first(context.plain, match.start, match.end)
        if number is None:
            _, limit = context.sentences.clause(max(match.end - 1, match.start))
            near = min(limit, match.end + _NEAR)
            number = _first(context.plain, match.end, min(limit, near + _LONGEST), near)
        if number is not None and compare(number[0], node.comparison, node.number):
            kept.append(match._replace(end=max(match.end, number[1])))
    return found(kept)


def _first(text: str, start: int, end: int, before: int | None = None) -> tuple[float, int] | None:
    """The first number in a stretch, that begins before an offset, and where it ends."""
    for written in _NUMBER.finditer(text, start, end):
        if before is not None and written.start() >= before:
            return None
        value = _value(written)
        if value is not None:
            return value, written.end()
    return None


def _value(written: re.Match[str]) -> float | None:
    if len(written.group()) > _LONGEST:
        return None
    if written["arabic"]:
        value = float(written["arabic"].replace(",", ""))
        for char in written["unit"]:
            value *= _STEPS.get(char) or _MYRIADS[char]
    else:
        value = spoken(written["han"])
    # 九五折 is 9.5 of ten, as 95折 is.
    return value / 10 if written["discount"] and 10 < value < 100 else value


def spoken(numeral: str) -> float:
    """A number in Chinese numerals: 一百二十, 三点五, 一万二, 九九 (digit by digit)."""
    whole, _, fraction = numeral.partition("点")
    rest = float("0." + _digits(fraction)) if fraction else 0.0
    if not any(char in _STEPS or char in _MYRIADS for char in whole):
        return float(_digits(whole)) + rest
    total = section = digit = 0.0
    step = 1  # what a digit at the end is a tenth of: 一万二 is 12,000, 一百零二 is 102
    for char in whole:
        if char in _DIGITS:
            digit = float(_DIGITS[char])
            step = 1 if digit == 0 else step
        elif char in _STEPS:
            section += (digit or 1.0) * _STEPS[char]
            digit, step = 0.0, _STEPS[char]
        else:
            total = (total + section + digit or 1.0) * _MYRIADS[char]
            section, digit, step = 0.0, 0.0, _MYRIADS[char]
    return total + section + (digit * step / 10 if step > 10 else digit) + rest


def _digits(numeral: str) -> str:
    return "".join(_DIGITS[char] for char in numeral)
