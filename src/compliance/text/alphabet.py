"""Tables over all code points: what each character folds to, and whether it is noise.

Folding is one character to one character (width, case, traditional → simplified, styled and circled
letters and digits); the few characters that stand for several (㎏, ½, ㍿) are in EXPANSIONS.
The tables are arrays indexed by code point, so a text is folded by one numpy gather.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt
import opencc

CODE_POINTS = 0x110000

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]

KEEP, NOISE, BREAK, EXPAND = 0, 1, 2, 3
"""Classes of a character: part of words, skipped inside words, ends any word, stands for several."""

# Punctuation that ends a word even where somebody disguises it: clauses, quotes, brackets.
# A comma inside a word is read as a comma: “最，低” is two words.
_BREAKS = '，。！？；：、,!?;:“”‘’"「」『』《》〈〉（）()【】[]{}…—\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029'

# Signs that belong to words and numbers: 100%、￥50.
# A plus sign is noise (无副+作+用): patterns see it in the folded view.
_KEPT_SYMBOLS = "%‰℃°￥¥$€£"

# Characters whose compatibility decomposition is wrong or missing for our purpose.
# Accountants' numerals are folded only where no word is lost: 陆 (登陆), 伍 (队伍), 拾 (收拾) stay.
_EXTRA_FOLDS = {
    "〇": "零", "○": "零", "壹": "一", "贰": "二", "叁": "三", "肆": "四", "柒": "七", "捌": "八", "玖": "九",
    "佰": "百", "仟": "千", "％": "%", "﹪": "%",
}  # fmt: skip

# Letters to Unicode, nothing to the eye: fillers that are put between the characters of a word.
_INVISIBLE_LETTERS = "\u115f\u1160\u3164\uffa0"

_REPLACEMENT = 0xFFFD  # what a lone surrogate folds to, so that every view is valid text

_STYLED_LETTER_BLOCKS = ((0x1F110, 26), (0x1F130, 26), (0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))


def _parenthesised(char: str) -> str | None:
    """⑴ ㈠ 🄐 ㊤: a single letter, digit or character in a ring or brackets."""
    folded = unicodedata.normalize("NFKC", char)
    inner = folded.strip("()〔〕.,") if len(folded) > 1 else ""
    return inner if len(inner) == 1 and inner.isalnum() else None


def _styled_letter(code: int) -> str | None:
    for first, count in _STYLED_LETTER_BLOCKS:
        if first <= code < first + count:
            return chr(ord("a") + code - first)
    return None


def _digit_of(char: str) -> str | None:
    """❶ ➀ ⓵ and the like: a character with a digit value below ten."""
    value = unicodedata.numeric(char, -1.0)
    is_digit = unicodedata.category(char) in {"No", "Nd"} and value == int(value)
    return str(int(value)) if is_digit and 0 <= value <= 9 else None


def _fold_one(char: str) -> str:
    """The folded form of one character, before traditional → simplified; may be longer than one."""
    if char in _EXTRA_FOLDS:
        return _EXTRA_FOLDS[char]
    if char.isascii():
        return char.lower()
    styled = _styled_letter(ord(char)) or _parenthesised(char)
    if styled:
        return styled.lower()
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) == 1:
        digit = _digit_of(char) if folded == char else None
        return digit or (folded.lower() if len(folded.lower()) == 1 else folded)
    if "\u2044" in folded or unicodedata.category(char)[0] not in "SNL":
        return char  # fractions and punctuation stay one sign
    return "".join(c for c in folded.lower() if c.isalnum() or c in _KEPT_SYMBOLS) or char


def _class_of(char: str) -> int:
    if char in _BREAKS:
        return BREAK
    if char in _KEPT_SYMBOLS or char in _EXTRA_FOLDS:
        return KEEP
    if unicodedata.category(char)[0] in "LN" and char not in _INVISIBLE_LETTERS:
        return KEEP
    return NOISE  # separators, symbols, emoji, controls, marks, surrogates, unassigned


# Where characters live that fold to something else, beside the ideographs: about 19,000 code points.
_FOLDING_RANGES = (
    (0x00, 0x3400),
    (0x4DC0, 0x4E00),
    (0xF900, 0x10000),
    (0x1D400, 0x1D800),
    (0x1F000, 0x1FC00),
    (0x2F800, 0x2FA20),
)
# Letters and ideographs of the remaining scripts are kept as they are.
_KEPT_RANGES = ((0x3400, 0xD7A4), (0x10000, 0x1D000), (0x20000, 0x33480))


def _simplified() -> Codes:
    """Traditional → simplified, character by character, from the OpenCC tables."""
    table: Codes = np.arange(CODE_POINTS, dtype=np.uint32)
    codes = range(0x3400, 0xA000)
    # A newline between characters keeps phrases from being converted as such.
    simple = opencc.OpenCC("t2s").convert("\n".join(map(chr, codes))).split("\n")
    table[codes.start : codes.stop] = [
        ord(char) if len(char) == 1 else code for code, char in zip(codes, simple, strict=True)
    ]
    return table


def table_of(chars: Iterable[str]) -> npt.NDArray[np.bool_]:
    """A table over all code points that says which are among the characters: quicker than looking for each."""
    table = np.zeros(CODE_POINTS, dtype=bool)
    table[list(map(ord, chars))] = True
    return table


class Alphabet:
    """The two tables: `fold` (code point → folded code point) and `kind` (code point → class)."""

    def __init__(self) -> None:
        fold: Codes = np.arange(CODE_POINTS, dtype=np.uint32)
        kind: Flags = np.full(CODE_POINTS, NOISE, dtype=np.uint8)
        for first, last in _KEPT_RANGES:
            kind[first:last] = KEEP
        expansions: dict[int, str] = {}
        for code in (c for first, last in _FOLDING_RANGES for c in range(first, last)):
            char = chr(code)
            folded = _fold_one(char)
            if len(folded) == 1:
                fold[code] = ord(folded)
                kind[code] = _class_of(folded)  # Ⓐ and ❶ are symbols to Unicode, letters to a reader
            else:
                expansions[code] = folded
                kind[code] = EXPAND
        for char, folded in _EXTRA_FOLDS.items():
            fold[ord(char)], kind[ord(char)] = ord(folded), KEEP
        fold[0xD800:0xE000] = _REPLACEMENT
        simplified = _simplified()
        while not np.array_equal(onward := fold[simplified[fold]], fold):
            fold = onward  # ㊝ → 優 → 优, 貳 → 贰 → 二: what is folded folds no further
        self.fold = fold
        self.kind = kind
        self.expansions = expansions


@cache
def alphabet() -> Alphabet:
    """The tables, built once a process (about 0.1 s)."""
    return Alphabet()
