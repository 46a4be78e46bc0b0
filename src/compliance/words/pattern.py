"""A regular expression of a word group, and what is known about it before it runs."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Pattern:
    """A source over the folded and the skeleton view, in the syntax that RE2 and `re` share.

    `required` are sets of literals, the most selective first: of each set at least one must stand in
    the sentence. Without any, the pattern has to be tried on every sentence. `backtracks` says in how many
    ways a backtracking matcher may have to try it from one place, so that one may run it on short texts.
    """

    source: str
    required: tuple[frozenset[str], ...] = ()
    backtracks: float = inf
