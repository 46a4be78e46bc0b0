"""Numbers with a check digit: resident identity cards, bank cards, unified social credit codes."""

import re2
from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from compliance.words.entities.context import belongs_to_a_thing, is_card, is_closed, names_a_code
from compliance.words.entities.hit import Candidate, Candidates
from compliance.words.entities.view import Run, View, digits_of, layouts

# First two digits of the administrative division (GB/T 2260), and 83 for residents from Taiwan.
_PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
_CHECK_X = re2.compile(r"^[ -]?([x叉])(?:[^0-9a-z]|$)")
_ID_CUE = "身份证"
_CARD_DIGITS = range(16, 20)
_UNIONPAY = ("62", "81", "9558")
_FOREIGN = ("4", "51", "52", "53", "54", "55")
_OTHER = ("35", "103", "60", *(str(prefix) for prefix in range(2221, 2721)))


def resident_ids(view: View) -> Candidates:
    """18 characters by GB 11643 with a true check digit; 15 digits of the first generation after 身份证."""
    for text, runs in ((view.folded, view.written_runs), (view.spoken, view.spoken_runs)):
        for run in runs:
            yield from _resident_ids(view, text, run)


def _resident_ids(view: View, text: str, run: Run) -> Candidates:
    for i, j in layouts(run, 18):
        if _is_resident_id(digits_of(text, run[i:j])):
            yield Candidate("resident-id", run[i][0], run[j - 1][1], validated=True)
    for i, j in layouts(run, 17):
        end = run[j - 1][1]
        tail = _CHECK_X.search(view.after(end, 3))
        if tail is not None and _is_resident_id(digits_of(text, run[i:j]) + "X"):
            yield Candidate("resident-id", run[i][0], end + tail.end(1), validated=True)
    for i, j in layouts(run, 15):
        start, digits = run[i][0], digits_of(text, run[i:j])
        if _ID_CUE in view.before(start, 10) and _is_division_and_day(digits[:6] + "19" + digits[6:]):
            yield Candidate("resident-id", start, run[j - 1][1])


def _is_division_and_day(number: str) -> bool:
    if number[:2] not in _PROVINCES or number[6:8] not in {"18", "19", "20"}:
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return True


def _is_resident_id(number: str) -> bool:
    # Not ric.validate: it looks divisions up in a file, and misses those that were dissolved.
    return _is_division_and_day(number) and ric.calc_check_digit(number) == number[-1]


def bank_cards(view: View) -> Candidates:
    """16–19 digits with a plausible issuer and a true Luhn digit."""
    for text, runs in ((view.folded, view.written_runs), (view.spoken, view.spoken_runs)):
        for run in runs:
            for total in _CARD_DIGITS:
                for i, j in layouts(run, total):
                    start, end = run[i][0], run[j - 1][1]
                    is_grouped = j - i > 1
                    if _is_bank_card(view, digits_of(text, run[i:j]), start, is_grouped=is_grouped) and not (
                        belongs_to_a_thing(view, start, end)
                    ):
                        yield Candidate("bank-card", start, end, validated=True)


def _is_bank_card(view: View, digits: str, start: int, *, is_grouped: bool) -> bool:
    # One order number in ten passes Luhn, and so does a row of four prices: less telling prefixes need a cue.
    is_telling = digits.startswith(_UNIONPAY) or (digits.startswith(_FOREIGN) and len(digits) == 16 and not is_grouped)
    if not is_telling and not (digits.startswith(_FOREIGN + _OTHER) and is_card(view, start)):
        return False
    return bool(luhn.is_valid(digits))


# Registering authority, kind of organisation, division, organisation code, check character (GB 32100).
_USCC = re2.compile(
    r"(?i)(?:^|[^0-9A-Z])((?:[15][1239]|[2-46-8][19]|9[123]|A[19]|N[1239]|Y1)\d{6}[0-9A-HJ-NPQRTUWXY]{10})"
)


def social_credit_codes(view: View) -> Candidates:
    """18 characters by GB 32100 with a true check character."""
    for match in _USCC.finditer(view.folded):
        start, end = match.span(1)
        code = match.group(1).upper()
        is_assigned = code[2:4] in _PROVINCES or code[2:4] == "10"
        if is_assigned and is_closed(view.folded, end) and uscc.is_valid(code) and not names_a_code(view, start):
            yield Candidate("uscc", start, end, validated=True)
