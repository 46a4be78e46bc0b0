"""Two views of a text with a way back: folded (readable by patterns) and skeleton (noise out)."""

from codecs import utf_32_le_encode
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from compliance.text.alphabet import BREAK, EXPAND, KEEP, Codes, Flags, alphabet

Index = npt.NDArray[np.intp]


def code_points(text: str) -> Codes:
    """The text as an array of code points; lone surrogates are kept as they are."""
    return np.frombuffer(utf_32(text), dtype=np.uint32)


def utf_32(text: str) -> bytes:
    """The bytes of that array."""
    return utf_32_le_encode(text, "surrogatepass")[0]


def decode(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


@dataclass(frozen=True)
class View:
    """A transformed text. `raw[i]` is the raw offset of the character that view position `i` came from.

    Raw offsets ascend; they repeat where one character was written out as several.
    """

    codes: Codes
    raw: Index

    @cached_property
    def text(self) -> str:
        return decode(self.codes)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw half-open span of the view's half-open span; `start < end`."""
        return int(self.raw[start]), int(self.raw[end - 1]) + 1

    def whole(self, start: int, end: int) -> bool:
        """Whether the span begins and ends where raw characters do, not inside one that was written out."""
        begins = start == 0 or self.raw[start - 1] != self.raw[start]
        return bool(begins and (end == len(self.raw) or self.raw[end - 1] != self.raw[end]))


def folded(text: str) -> View:
    """Width, case, traditional and styled characters folded; nothing removed."""
    tables = alphabet()
    codes = code_points(text)
    kinds = tables.kind.take(codes)
    raw: Index = np.arange(len(codes), dtype=np.intp)
    if (kinds == EXPAND).any():
        codes, raw = _expanded(codes, kinds)
    return View(tables.fold.take(codes), raw)


def aligned(text: str) -> str:
    """The text folded character by character: as long as the raw text, so that offsets agree; ㎏ stays ㎏."""
    return decode(alphabet().fold.take(code_points(text)))


def skeleton(text: str, *, join_lines: bool = False) -> View:
    """The folded view without noise.

    Clause punctuation stays, so that no word is found across it. `join_lines` takes line ends
    out as well: in a transcript they are where speech recognition cut, not where a sentence ends.
    """
    tables = alphabet()
    codes = code_points(text)
    kinds = tables.kind.take(codes)  # a third of the time of kind[codes]
    raw: Index | None = None
    if (kinds == EXPAND).any():
        codes, raw = _expanded(codes, kinds)
        kinds = tables.kind.take(codes)
    keep = (kinds == KEEP) | (kinds == BREAK)
    if join_lines:
        keep &= codes != 0x0A
    kept: Index = np.flatnonzero(keep)
    return View(tables.fold.take(codes.take(kept)), kept if raw is None else raw[kept])


def _expanded(codes: Codes, kinds: Flags) -> tuple[Codes, Index]:
    """Characters that stand for several (㎏ → kg) written out; each part points back to the whole."""
    expansions = alphabet().expansions
    places = np.flatnonzero(kinds == EXPAND)
    parts = [expansions[code] for code in codes[places].tolist()]
    lengths = np.ones(len(codes), dtype=np.intp)
    lengths[places] = [len(part) for part in parts]
    raw: Index = np.repeat(np.arange(len(codes), dtype=np.intp), lengths)
    out = codes[raw]
    out[np.isin(raw, places)] = code_points("".join(parts))
    return out, raw


@lru_cache(maxsize=1 << 15)
def fold_word(word: str) -> str:
    """A lexicon word as it appears in the skeleton view."""
    return skeleton(word).text
