"""A text that arrives in pieces: for every way of cutting it, the hits are those of the whole text.

What begins at a place is decided when enough of the text is there behind it: the longest word that may begin there,
the longest ordinary word that may stand over it. Letters, signs and components of characters (zui di jia, V❤, 氵台)
need more, for they say one character with several, and are read together with what stands around them.
"""

from typing import TYPE_CHECKING

from compliance.words.disguise import NOTHING, Look

if TYPE_CHECKING:
    from compliance.words.matcher import Found, Matcher


class Stream:
    """Fed from one thread at a time. It keeps to the matcher that it began with."""

    def __init__(self, matcher: "Matcher") -> None:
        self._matcher = matcher
        self._tail = ""
        """What is held of the text."""
        self._base = 0
        """Where that begins, in the whole text; what follows counts from there."""
        self._decided = 0
        """Raw offset before which all that begins is decided."""
        self._otherwise_from = 0
        """Raw offset from which on what is written otherwise may be read together with what follows."""
        self._ends: dict[int, int] = {}
        """Group → raw offset, in the whole text, at which its last hit ended."""

    @property
    def pending(self) -> int:
        """How many characters at the end of what was fed are not decided yet."""
        return len(self._tail) - self._decided

    def feed(self, text: str) -> list["Found"]:
        """The hits that the piece decides, in text order; offsets are those in all that was fed."""
        matcher = self._matcher
        self._tail += text
        decided, otherwise_from, needed_from, look = matcher.look_on(
            self._tail, self._decided, self._otherwise_from, matcher.wait, matcher.reach
        )
        if decided <= self._decided:
            return []
        found = [] if look is NOTHING else self._settled(look, decided)
        self._decided, self._otherwise_from = decided - needed_from, otherwise_from - needed_from
        if needed_from:
            self._tail = self._tail[needed_from:]
            self._base += needed_from
        return found

    def close(self) -> list["Found"]:
        """The hits that had to wait for more text; after that the stream begins anew, with offsets going on."""
        look = self._matcher.look_on(self._tail, self._decided, self._otherwise_from)[-1]
        found = self._settled(look, len(self._tail))
        self._base += len(self._tail)
        self._tail, self._decided, self._otherwise_from = "", 0, 0
        return found

    def _settled(self, look: Look, limit: int) -> list["Found"]:
        """The hits that begin before a raw offset and are not decided yet."""
        base = self._base
        fresh = [
            (base + start, base + end, name, term, seen, confidence, group)
            for start, end, name, term, seen, confidence, group in self._matcher.candidates(self._tail, look)
            if self._decided <= start < limit
        ]
        return self._matcher.counting(fresh, self._ends)
