"""A compiled word group: what the scanner has to find for one name in the rules."""

from dataclasses import dataclass

from compliance.model.lexicon import Overlap, Term
from compliance.words.pattern import Pattern


@dataclass(frozen=True)
class WordGroup:
    """The words, patterns and entities that one name stands for.

    `covers` are longer words that excuse any shorter hit of this group under them; `patterns` are
    regular expressions; `entities` are kinds of personal information. `overlap` says which of its overlapping hits
    count.
    """

    name: str
    terms: tuple[Term, ...] = ()
    covers: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    entities: tuple[str, ...] = ()
    overlap: Overlap = "longest"
