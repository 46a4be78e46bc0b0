"""Regular expressions of the rule language: RE2, with `{数}` and a dot that stops at sentence ends."""

import re
from functools import lru_cache

from compliance.lang.backtracks import backtracks
from compliance.lang.literals import required
from compliance.lang.regex import RegexError, nullable, parse_regex
from compliance.words.pattern import Pattern

_HAN_DIGITS = "[零〇一二两三四五六七八九十百千万亿几半数]{1,12}(?:点[零一二三四五六七八九]{1,3})?"
NUMERAL = f"(?:[0-9]{{1,12}}(?:[.][0-9]{{1,6}})?|{_HAN_DIGITS})"
_ESCAPE = re.compile(r"\\(?:[pP](?:\{[^}]*\}|.)|x\{[^}]*\})")  # names of scripts and classes keep their case
_ANY = "[^。！？!?；;\n]"


class BadPatternError(ValueError):
    """The pattern is outside the language; the message is Chinese."""


@lru_cache(maxsize=1 << 13)
def translate(source: str) -> Pattern:
    """A rule's pattern for RE2, with the words it needs. Raises BadPatternError when it cannot be used."""
    pattern = _rewritten(source)
    try:
        node = parse_regex(pattern)
    except RegexError as error:
        raise BadPatternError(str(error)) from None
    if nullable(node):
        raise BadPatternError("空文字也会匹配")
    return Pattern(pattern, required(node), backtracks(node))


def _rewritten(source: str) -> str:
    expanded = source.replace("{数}", NUMERAL).replace("{num}", NUMERAL)
    out: list[str] = []
    in_class = False
    i = 0
    while i < len(expanded):
        char = expanded[i]
        if char == "\\":
            escape = _ESCAPE.match(expanded, i)
            taken = escape.group() if escape else expanded[i : i + 2]
            out.append(taken)
            i += len(taken)
            continue
        if char == "[" and not in_class:
            in_class = True
        elif char == "]" and in_class:
            in_class = False
        out.append(_ANY if char == "." and not in_class else char.lower() if char.isascii() else char)
        i += 1
    return "".join(out)
