"""What may begin with two characters, remembered by them and by the third."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from compliance.words.guards import Likeness
from compliance.words.heads import like_codes

_MOST_BEHIND_A_PAIR = 1 << 10


class Candidate(NamedTuple):
    """A form that may begin with two characters; `third` and `fourth` are what may stand behind them.

    A form of two characters is known by then: `like` says how it is seen, None that it stands as it is.
    """

    number: int
    text: str
    length: int
    third: frozenset[str]
    fourth: frozenset[str]
    like: Likeness | None


class Head(dict[str, tuple[Candidate, ...]]):
    """What may begin with two characters, by the third character; filled as third characters are met."""

    def __init__(self, candidates: tuple[Candidate, ...], rewritten: bool) -> None:
        super().__init__()
        self._candidates = candidates
        self[""] = ()  # not empty, hence true: heads are told from None many at a time
        self.rewritten = rewritten
        """Whether something to rewrite may begin here."""

    def __missing__(self, third: str) -> tuple[Candidate, ...]:
        fitting = tuple(each for each in self._candidates if each.length <= 2 or third in each.third)
        if len(self) < _MOST_BEHIND_A_PAIR:
            self[third] = fitting
        return fitting


class _Row(dict[str, Head | None]):
    """Second character → what may begin with the two."""

    def __init__(self, rows: "Rows", first: str) -> None:
        super().__init__()
        self._rows, self._first = rows, first

    def __missing__(self, second: str) -> Head | None:
        self._rows.pairs += 1
        head = self[second] = self._rows.head_of(self._first, second)
        return head


class Rows(dict[str, _Row]):
    """First character → its row; filled as pairs are met."""

    def __init__(self, head_of: Callable[[str, str], Head | None]) -> None:
        super().__init__()
        self.head_of, self.pairs = head_of, 0

    def __missing__(self, first: str) -> _Row:
        row = self[first] = _Row(self, first)
        return row


@cache
def alike(char: str) -> frozenset[str]:
    """Every character that may be meant as this one, itself among them."""
    return frozenset(map(chr, like_codes(char).tolist()))
