"""How much likelier a stretch of text is when a term is read in it than as it is written.

Both are taken apart into words in the likeliest way; words are taken as independent. What is left when the
surroundings are the same says whether the reader meets words (超值, 房帐) or what makes no words (围信).
"""

from functools import cache, lru_cache
from math import log

from compliance.text.tables import characters, words

_AROUND = 3
"""Characters of the text that are looked at on each side."""
_LONGEST = 4
_RAREST = 300
"""Terms count as at least so frequent: what people disguise is said more than dictionaries know."""


@cache
def _total() -> float:
    """Logarithm of how many words the corpus has; the cost of a character that no dictionary has."""
    return log(sum(characters().values()) + int(words().columns()[1].sum()))


def _frequency(word: str) -> int:
    """0 for what is no word."""
    return (characters() if len(word) == 1 else words().beginning(word[0])).get(word, 0)


def gain(text: str, first: int, end: int, term: str) -> float:
    """Log odds of the term being meant at [first, end) of a kept text against what is written there."""
    before, behind = text[max(first - _AROUND, 0) : first], text[end : end + _AROUND]
    return _gain(before, text[first:end], behind, term)


@lru_cache(maxsize=1 << 14)
def _gain(before: str, written: str, behind: str, term: str) -> float:
    return _cost(before + written + behind, "") - _cost(before + term + behind, term)


def _cost(text: str, term: str) -> float:
    """Cost of the likeliest way of taking a text apart; the term is a word in it."""
    unknown = _total()
    known = unknown - log(max(_frequency(term), _RAREST)) if term else 0
    best = [0.0]
    for end in range(1, len(text) + 1):
        ways = []
        for begin in range(max(end - max(_LONGEST, len(term)), 0), end):
            part = text[begin:end]
            if part == term and term:
                ways.append(best[begin] + known)
            elif frequency := _frequency(part):
                ways.append(best[begin] + (unknown - log(frequency)))
            elif end - begin == 1:
                ways.append(best[begin] + unknown)
        best.append(min(ways))
    return best[-1]
