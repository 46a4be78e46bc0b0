"""One place where words matched. A plain tuple, because scans make thousands of them."""

from typing import NamedTuple

from compliance.model.vocabulary import SeenAs


class Hit(NamedTuple):
    """Raw half-open span, the lexicon's own form of the word, and how it was seen."""

    start: int
    end: int
    term: str
    seen_as: SeenAs
    confidence: float = 1.0
