"""The canonical written form of an article: “第九条第三项”, “第二百五十三条之一”, “第二十五条第一款”.

§9(3) and 第9条第3项 are other ways to write the first.
"""

import re

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_LARGEST = 1999  # the Civil Code, the longest of all, ends at 1260
_NUMBER = "[0-9零〇一二三四五六七八九十百千]{1,9}"
_SECTION = re.compile(r"§([0-9]{1,9})(?:\(([0-9]{1,9})\))?")  # items are what laws of this field cite by number
_SHAPE = re.compile(f"第({_NUMBER})条(?:之({_NUMBER}))?(?:第({_NUMBER})款)?(?:第({_NUMBER})项)?")


def chinese_number(number: int) -> str:
    """1 ≤ number ≤ 1999 as statutes write it: 十, 二十五, 一百零一, 一百一十四, 一千零一十九."""
    if not 1 <= number <= _LARGEST:
        raise ValueError(f"not an article number: {number}")
    text, rest, skipped = "", number, False
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            text += ("零" if skipped else "") + _DIGITS[count] + unit
            skipped = False
        else:
            skipped = bool(text)
    if rest:
        text += ("零" if skipped else "") + _DIGITS[rest]
    return text.removeprefix("一") if 10 <= number < 20 else text


def canonical_article(article: str) -> str | None:
    """The canonical form of a citation written with Chinese or Arabic numbers or as §9(3); None if it is none."""
    if section := _SECTION.fullmatch(article):
        numbers: tuple[str | None, ...] = (section[1], None, None, section[2])
    elif match := _SHAPE.fullmatch(article):
        numbers = match.groups()
    else:
        return None
    parts = []
    for number, template in zip(numbers, ("第{}条", "之{}", "第{}款", "第{}项"), strict=True):
        if number is None:
            continue
        value = _value(number)
        if value is None:
            return None
        parts.append(template.format(chinese_number(value)))
    return "".join(parts)


def _value(number: str) -> int | None:
    if number.isascii():
        value = int(number)
        return value if 1 <= value <= _LARGEST else None
    total, digit = 0, 0
    units = {unit: size for size, unit in _UNITS}
    for character in number.replace("〇", "零"):
        if character in units:
            total += (digit or 1) * units[character]
            digit = 0
        elif character in _DIGITS:
            if digit:
                return None  # two digits in a row
            digit = _DIGITS.index(character)
        else:
            return None  # Arabic and Chinese mixed
    total += digit
    return total if 1 <= total <= _LARGEST else None
