"""Vehicle plates, and passports and travel permits that a cue announces."""

import re2

from compliance.words.entities.context import is_closed, names_a_code
from compliance.words.entities.hit import Candidate, Candidates
from compliance.words.entities.view import View

_PLATE = re2.compile(
    r"(?i)([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][\s·•.・-]?"
    r"([df][0-9a-hj-np-z]\d{4}|\d{5}[df]|[0-9a-hj-np-z]{4}[0-9a-hj-np-z学警港澳挂]))"
)
_FEWEST_DIGITS = 3
_FEWEST_PASSPORT_DIGITS = 6
# 全新A12345 is a new model, 阿里云B12345 a cloud product: the province is the end of another word.
_WORD_BEFORE = {
    "新": frozenset("全最更崭创重革刷清上"),
    "云": frozenset("里讯为百"),
    "青": frozenset("年"),
    "黑": frozenset("色"),
}


def plates(view: View) -> Candidates:
    """Province, letter and 5 characters, 6 for new-energy vehicles."""
    for match in _PLATE.finditer(view.folded):
        start, end = match.span(1)
        if not is_closed(view.folded, end) or _digits(match.group(2)) < _FEWEST_DIGITS:
            continue
        before = view.folded[max(0, start - 1) : start]
        if before not in _WORD_BEFORE.get(view.folded[start], frozenset()) and not names_a_code(view, start):
            yield Candidate("plate", start, end)


_PASSPORT = re2.compile(
    r"(?i)(?:护照|passport|通行证|回乡证|台胞证)(?:号码|号|编号|是|为|no\.?|number|[\s:=#(\"'“]){0,5}"
    r"([a-z]{0,2}[0-9][a-z0-9]{6,9})"
)


def passports(view: View) -> Candidates:
    """Up to two letters and 7–10 digits after 护照, passport or 通行证."""
    for match in _PASSPORT.finditer(view.folded):
        if is_closed(view.folded, match.end(1)) and _digits(match.group(1)) >= _FEWEST_PASSPORT_DIGITS:
            yield Candidate("passport", *match.span(1))


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)
