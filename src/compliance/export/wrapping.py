"""Break styled text into terminal lines by cell width: between any two Han, never inside a Latin word."""

from rich.cells import cell_len
from rich.text import Text

# Chinese typesetting: these never begin a line, those never end one.
_NO_START = frozenset("，。、；：！？”’）】》〉」』…％%,.;:!?)]}·–")
_NO_END = frozenset("“‘（【《〈「『([{")


def wrap(text: Text, width: int) -> list[Text]:
    """The lines of `text`, each at most `width` cells (at least 8 are assumed); styles are kept."""
    width = max(width, 8)
    return [line for part in text.split("\n", allow_blank=True) for line in _wrap_one(part, width)]


def _wrap_one(text: Text, width: int) -> list[Text]:
    plain = text.plain
    offsets: list[int] = []
    start = 0
    while (end := _fitting(plain, start, width)) < len(plain):
        cut = _best_break(plain, start, end)
        offsets.append(cut)
        start = cut
    lines = list(text.divide(offsets)) if offsets else [text.copy()]
    for line in lines:
        line.rstrip()
        line.end = "\n"
    return lines


def _fitting(plain: str, start: int, width: int) -> int:
    """How far a line from `start` can go; always at least one character."""
    used = 0
    for i in range(start, len(plain)):
        used += cell_len(plain[i])
        if used > width:
            return max(i, start + 1)
    return len(plain)


def _best_break(plain: str, start: int, end: int) -> int:
    # Looking back a dozen characters keeps words and punctuation together; beyond that a hard cut reads better.
    for cut in range(end, max(start, end - 16), -1):
        if _may_break(plain, cut):
            return cut
    return end


def _may_break(plain: str, at: int) -> bool:
    before, after = plain[at - 1], plain[at]
    if after in _NO_START or before in _NO_END or _is_number_mark(after):
        return False
    if before == " ":
        return True
    return after != " " and (_is_wide(before) or _is_wide(after))


def _is_wide(char: str) -> bool:
    return cell_len(char) == 2


def _is_number_mark(char: str) -> bool:
    return "\u2460" <= char <= "\u2473" or "\u3251" <= char <= "\u325f" or "\u32b1" <= char <= "\u32bf"
