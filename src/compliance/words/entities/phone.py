"""Mobile numbers and landlines, written, spaced or spoken."""

import re2

from compliance.words.entities.context import belongs_to_a_thing, is_closed, is_contact
from compliance.words.entities.hit import Candidate, Candidates
from compliance.words.entities.view import Run, View, digits_of, layouts

_MOBILE_DIGITS = 11
_USUAL = frozenset({(11,), (3, 4, 4), (1,) * 11})
# A row of prices or the sizes of a box may fall into these by chance: they need a word such as 电话, or a dash.
_UNUSUAL = frozenset({(4, 3, 4), (4, 4, 3), (3, 3, 5), (5, 6), (6, 5), (3, 2, 2, 2, 2), (1, 2, 2, 2, 2, 2)})
_DASHED = frozenset({(3, 8), (7, 4)})
_COUNTRY = frozenset({"86", "086", "0086"})
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"


def mobiles(view: View) -> Candidates:
    """11 digits that begin with 13–19 and are not a part, price or code of something else."""
    for run in view.written_runs:
        yield from _written(view, run)
    for run in view.spoken_runs:
        for i, j in layouts(run, _MOBILE_DIGITS, most_groups=_MOBILE_DIGITS):
            start, end = run[i][0], run[j - 1][1]
            # Groups that are all in figures are read by their layout, as written ones.
            is_speech = view.is_spoken(start, end) and (j - i == 1 or all(view.is_spoken(s, e) for s, e in run[i:j]))
            if is_speech and _is_mobile(digits_of(view.spoken, run[i:j])) and not belongs_to_a_thing(view, start, end):
                yield Candidate("mobile", start, end)


def _is_mobile(digits: str) -> bool:
    return digits[0] == "1" and digits[1] in "3456789"


def _written(view: View, run: Run) -> Candidates:
    last_taken = 0  # groups before this one belong to a mobile already
    for i, j in layouts(run, _MOBILE_DIGITS):
        start, end = run[i][0], run[j - 1][1]
        if not _is_mobile(digits_of(view.folded, run[i:j])) or not _has_layout(view, run, i, j):
            continue
        follows_taken = i == last_taken and i > 0
        if _is_free(view, run, i, j, follows_taken) and not belongs_to_a_thing(view, start, end):
            last_taken = j
            yield Candidate("mobile", start, end)


def _has_layout(view: View, run: Run, i: int, j: int) -> bool:
    layout = tuple(end - start for start, end in run[i:j])
    gaps = "".join(view.folded[run[k][1] : run[k + 1][0]] for k in range(i, j - 1))
    if any(comma in gaps for comma in ",、"):
        return j - i == _MOBILE_DIGITS
    if layout in _USUAL:
        return True
    if "." in gaps:
        return False
    if layout in _DASHED and not gaps.strip(_DASHES):
        return True
    return layout in _UNUSUAL | _DASHED and is_contact(view, run[i][0], run[j - 1][1])


def _is_free(view: View, run: Run, i: int, j: int, follows_taken: bool) -> bool:
    """Whether the groups beside `[i, j)` leave it a number of its own."""
    text = view.folded
    if i and not follows_taken and not _allows(view, run, i, j, i - 1, text[run[i - 1][1] : run[i][0]]):
        return False
    return j == len(run) or _allows(view, run, i, j, j, text[run[j - 1][1] : run[j][0]])


def _allows(view: View, run: Run, i: int, j: int, beside: int, gap: str) -> bool:
    start, end = run[beside]
    digits = view.folded[start : min(end, start + 12)]
    if beside < i and digits in _COUNTRY:
        return True
    if len(digits) == _MOBILE_DIGITS and _is_mobile(digits):
        return True
    if "." in gap:  # a decimal, unless it is the number of a list entry: “1.138…”
        return beside < i and len(digits) <= 2 and digits[0] != "0"
    if any(dash in gap for dash in _DASHES):
        return j - i == 1 and len(digits) < 5
    if j - i == 1 or "," in gap or "、" in gap:
        return True
    return is_contact(view, run[i][0]) or (beside == j and len(digits) == 3 and _is_mobile(digits))


_AREA = (
    r"(?:010|02[0-57-9]|03(?:1\d|35|49|5\d|7\d|9[1-8])|04(?:1\d|2[1279]|3[1-9]|5[1-9]|6[4-9]|7\d|8[23])|"
    r"05(?:1\d|2[37]|3\d|4[36]|5\d|6[1-6]|7\d|80|9[1-9])|06(?:3[1-5]|6[0238]|9[12])|"
    r"07(?:01|1\d|2[248]|3\d|4[3-6]|5\d|6[02368]|[79]\d)|08(?:1[236-8]|2[5-7]|3\d|5\d|7\d|8[36-8]|9[1-8])|"
    r"09(?:0[123689]|1\d|3\d|4[13]|5[1-5]|7\d|9\d))"
)
_AREA_ABROAD = "(?:10|2[0-57-9]|[3-9][0-9]{2})"  # behind +86 the area code has no zero
_LANDLINE = re2.compile(
    rf"(?:^|[^0-9.])((?:(?:\+?86[- ]?)?\(?{_AREA}|\+86[- ]?\(?{_AREA_ABROAD})(\)?[- ]{{0,2}})"
    r"([2-8]\d{2,3}[- ]?\d{4})"
    r"(?:(?:-|转|\s?ext\.?\s?)\d{1,5})?)"
)
_LOCAL = re2.compile(
    r"(?i)(?:座机|固话|电话|致电|tel)(?:号码|号)?(?:[是为:\s]|也是){0,3}([2-8]\d{2,3}[- ]?\d{4}(?:(?:-|转)\d{1,5})?)"
)
_DAY = re2.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")


def landlines(view: View) -> Candidates:
    """Area code and 7–8 digits; without a separator, or without an area code, only after a word such as 座机."""
    for text in dict.fromkeys((view.folded, view.spoken)):
        for match in _LANDLINE.finditer(text):
            start, end = match.span(1)
            is_sure = bool(match.group(2)) and not _DAY.search(match.group(3))
            if (
                is_closed(text, end)
                and (is_sure or is_contact(view, start))
                and not belongs_to_a_thing(view, start, end)
            ):
                yield Candidate("landline", start, end)
        for match in _LOCAL.finditer(text):
            start, end = match.span(1)
            if is_closed(text, end) and not _DAY.search(match.group(1)) and not belongs_to_a_thing(view, start, end):
                yield Candidate("landline", start, end)
