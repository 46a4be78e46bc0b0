"""Letters that spell Chinese: pinyin with and without tones, 注音, cut into syllables."""

import re
from functools import cache, lru_cache

from compliance.text.tables import shapes, sounds

LONGEST_RUN = 40
"""Longer runs of letters spell nothing that a term says."""

_INITIALS = {
    "ㄅ": "b", "ㄆ": "p", "ㄇ": "m", "ㄈ": "f", "ㄉ": "d", "ㄊ": "t", "ㄋ": "n", "ㄌ": "l", "ㄍ": "g", "ㄎ": "k",
    "ㄏ": "h", "ㄐ": "j", "ㄑ": "q", "ㄒ": "x", "ㄓ": "zh", "ㄔ": "ch", "ㄕ": "sh", "ㄖ": "r", "ㄗ": "z",
    "ㄘ": "c", "ㄙ": "s",
}  # fmt: skip
_FINALS = {
    "ㄚ": "a", "ㄛ": "o", "ㄜ": "e", "ㄝ": "e", "ㄞ": "ai", "ㄟ": "ei", "ㄠ": "ao", "ㄡ": "ou", "ㄢ": "an", "ㄣ": "en",
    "ㄤ": "ang", "ㄥ": "eng", "ㄦ": "er", "ㄧ": "i", "ㄧㄚ": "ia", "ㄧㄝ": "ie", "ㄧㄠ": "iao", "ㄧㄡ": "iu",
    "ㄧㄢ": "ian", "ㄧㄣ": "in", "ㄧㄤ": "iang", "ㄧㄥ": "ing", "ㄨ": "u", "ㄨㄚ": "ua", "ㄨㄛ": "uo", "ㄨㄞ": "uai",
    "ㄨㄟ": "ui", "ㄨㄢ": "uan", "ㄨㄣ": "un", "ㄨㄤ": "uang", "ㄨㄥ": "ong", "ㄩ": "v", "ㄩㄝ": "ve", "ㄩㄢ": "van",
    "ㄩㄣ": "vn", "ㄩㄥ": "iong",
}  # fmt: skip
# Finals without an initial are written out: ㄧ yi, ㄨ wu, ㄩ yu.
_ALONE = {
    "i": "yi", "ia": "ya", "ie": "ye", "iao": "yao", "iu": "you", "ian": "yan", "in": "yin", "iang": "yang",
    "ing": "ying", "u": "wu", "ua": "wa", "uo": "wo", "uai": "wai", "ui": "wei", "uan": "wan", "un": "wen",
    "uang": "wang", "ong": "weng", "v": "yu", "ve": "yue", "van": "yuan", "vn": "yun", "iong": "yong",
}  # fmt: skip
_FINAL = "|".join(sorted(_FINALS, key=len, reverse=True))
ZHUYIN_LETTERS = frozenset({*_INITIALS, *"".join(_FINALS)})
ZHUYIN = re.compile(f"(?:[{''.join(_INITIALS)}](?:{_FINAL})?|(?:{_FINAL}))")


@cache
def legal_syllables() -> frozenset[str]:
    return frozenset(syllable for each in sounds().values() for syllable in each)


@cache
def _plain_letters() -> dict[int, str]:
    """Letters with tone marks and look-alikes of other scripts → plain letters; ü is v."""
    return {
        ord(member): group[0]
        for section in ("latin", "accent")
        for group in shapes().get(section, ())
        for member in group[1:]
    }


def plain(letters: str) -> str:
    return letters.translate(_plain_letters())


@cache
def letters() -> frozenset[str]:
    """All letters that may spell, marked ones and look-alikes of other scripts among them."""
    return frozenset("abcdefghijklmnopqrstuvwxyz") | {chr(code) for code in _plain_letters() if code >= 0x80}


@lru_cache(maxsize=1 << 12)
def syllables(letters: str) -> tuple[str, ...] | None:
    """The letters as pinyin, in as long syllables as possible; None when they spell nothing."""
    if not letters or len(letters) > LONGEST_RUN:
        return None
    legal = legal_syllables()
    best: list[tuple[str, ...] | None] = [None] * len(letters) + [()]
    for start in range(len(letters) - 1, -1, -1):
        for length in range(min(6, len(letters) - start), 0, -1):
            rest = best[start + length]
            syllable = letters[start : start + length]
            if (
                rest is not None
                and syllable in legal
                and (best[start] is None or len(rest) + 1 < len(best[start] or ()))
            ):
                best[start] = (syllable, *rest)
    return best[0]


def zhuyin(letters: str) -> str | None:
    """The pinyin of one 注音 syllable, tone mark left out."""
    initial = _INITIALS.get(letters[0], "")
    final = _FINALS.get(letters[1:] if initial else letters, "")
    if not final:
        if initial in {"zh", "ch", "sh", "r", "z", "c", "s"} and len(letters) == 1:
            return initial + "i"
        return None
    if not initial:
        return _ALONE.get(final, final)
    if initial in {"j", "q", "x"}:
        final = final.replace("v", "u")
    return initial + final
