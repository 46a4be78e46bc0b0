"""Text that is safe to show: what a terminal, browser or spreadsheet would obey instead of print is made visible."""

import sys

_REPLACEMENT = "\ufffd"


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}  # control pictures: ESC becomes ␛
    table |= {0x7F: "\u2421"} | dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)
    # Direction overrides can show a line in another order than it is spoken.
    table |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), _REPLACEMENT)
    table |= dict.fromkeys((*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)), _REPLACEMENT)
    for plane in range(0, sys.maxunicode, 0x10000):
        table |= dict.fromkeys((plane + 0xFFFE, plane + 0xFFFF), _REPLACEMENT)
    table |= dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ")
    del table[0x0A]
    return table | {0x09: " ", 0x0D: " "}


_TABLE = _table()


def printable(text: str) -> str:
    """`text` without control, direction-override, surrogate and non-characters, character for character.

    Line feeds stay; tabs and carriage returns become spaces.
    """
    return text.translate(_TABLE)
