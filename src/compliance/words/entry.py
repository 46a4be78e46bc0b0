"""One skeleton form that the automaton finds: a word of some groups, a cover, a literal that patterns need."""

from dataclasses import dataclass, field

from compliance.text.alphabet import alphabet

NOISE_PER_GAP = 4
"""More noise than this between two characters, on average, and they are not one word."""


@dataclass(slots=True)
class Entry:
    """`covers` are (group or EVERY_GROUP, skeleton of the only term it excuses or "")."""

    text: str
    form: str
    covers: frozenset[tuple[int, str]] = frozenset()
    length: int = field(init=False)

    def __post_init__(self) -> None:
        self.length = len(self.form)

    def allows_noise(self, surface: str) -> bool:
        """Whether a surface that is longer than the form still reads as this word."""
        if len(surface) - self.length > NOISE_PER_GAP * max(self.length - 1, 1):
            return False
        # “to p” is not “top”: spaces between Latin letters are spaces, unless the entry itself has one.
        latin = all(_is_latin(ord(char)) for char in self.form)
        return not latin or " " in self.text or not any(char.isspace() for char in surface)

    @property
    def has_edges(self) -> bool:
        """Whether the word begins or ends with a Latin letter or digit."""
        return _is_latin(ord(self.form[0])) or _is_latin(ord(self.form[-1]))

    def bounded(self, text: str, start: int, end: int) -> bool:
        """Whether no Latin letter or digit goes on where the word begins or ends with one."""
        starts, ends = _is_latin(ord(self.form[0])), _is_latin(ord(self.form[-1]))
        if not (starts or ends):
            return True
        fold = alphabet().fold
        if starts and start > 0 and _is_latin(int(fold[ord(text[start - 1])])):
            return False
        return not (ends and end < len(text) and _is_latin(int(fold[ord(text[end])])))


def _is_latin(code: int) -> bool:
    return 0x30 <= code <= 0x39 or 0x61 <= code <= 0x7A
