"""Word groups: the words only; what they mean in law is said by rules."""

from typing import Literal

from compliance.model.value import Value


class Term(Value):
    """One entry. `covers` are longer ordinary words that excuse this term where they stand over it.

    `disguise`: also found by sound, shape, signs, pinyin, and taken apart.
    """

    text: str
    covers: tuple[str, ...] = ()
    boundary: Literal["auto", "none"] = "auto"  # auto: Latin and digit edges need a word boundary
    disguise: bool = False
    source: str | None = None
    note: str | None = None
    line: int = 0


class Lexicon(Value):
    """One group of words.

    kind `terms` is matched in every text; `cues` is looked at only near a hit (negation, question …);
    `covers` holds ordinary words that excuse any shorter hit they stand over.
    """

    id: str
    group: str  # the Chinese name that rules use
    kind: Literal["terms", "cues", "covers"] = "terms"
    title: str
    source: str
    terms: tuple[Term, ...]
    covers: tuple[str, ...] = ()
    disguise: bool = False  # what its terms are by default
    after: tuple[str, ...] = ()  # for cues: phrases that count behind the hit (“这两个字不能说”)
    pseudo: tuple[str, ...] = ()  # for cues: longer phrases in which the cue does not count
    path: str = ""
