"""What one local condition has found so far: what is settled, and what the end of the text may still change."""

from collections.abc import Iterable

from compliance.judge.answer import NO, Answer, Match, Truth, certain
from compliance.lang import tree
from compliance.live.roles import groups
from compliance.model.hit import Hit

Signature = tuple[Truth, bool, bool]
"""The leaf's truth, whether it has matches, and whether some of them are certain."""
_NOTHING: Signature = (Truth.NO, False, False)


class Leaf:
    """Matches have the offsets of the whole text."""

    def __init__(self, node: tree.Expr) -> None:
        self.node = node
        self.groups = groups(node)
        self.settled: list[Match] = []
        self.tail: list[Match] = []
        self._brief: list[Match] = []  # the first settled match, and the first that is certain
        self._doubts: tuple[str, ...] | None = None  # what is asked about all matches, where a fact is missing
        self.most: int | None = None  # of settled matches that are certain, no more than so many are needed

    def clear(self) -> None:
        self.settled, self.tail, self._brief = [], [], []

    def read(self, answer: Answer, base: int, after: int) -> bool:
        """Take what a window that begins at `base` has found behind `after`; whether that is news."""
        if not answer.matches and not self.tail:
            return False
        tail = [moved for match in answer.matches if (moved := shifted(match, base)).end > after]
        if tail and answer.truth is Truth.UNKNOWN and certain(answer.matches):
            self._doubts = answer.questions
        news = tail != self.tail
        self.tail = tail
        return news

    def settle(self, until: int) -> None:
        """What ends before an offset will not change."""
        for match in self.tail:
            if match.end <= until:
                self._note(match)
                if self.most is None or len(certain(self.settled)) < self.most:
                    self.settled.append(match)
        self.tail = [match for match in self.tail if match.end > until]

    def unsettle(self, until: int) -> bool:
        """Forget what ends behind an offset, for the words there have changed; whether there was anything."""
        kept = [match for match in self.settled if match.end <= until]
        lost = bool(self.tail) or len(kept) < len(self.settled)
        if lost:
            before, self._brief = self._brief, []
            for match in (*before, *kept):
                if match.end <= until:
                    self._note(match)
            self.settled, self.tail = kept, []
        return lost

    def keep_from(self, start: int) -> None:
        """Settled matches that begin before an offset are not needed any more, but for the first."""
        self.settled = [match for match in self.settled if match.start >= start]

    def _note(self, match: Match) -> None:
        if not self._brief or (not match.questions and self._brief[-1].questions):
            self._brief.append(match)

    @property
    def doubted(self) -> bool:
        """Whether a fact is missing that all matches depend on."""
        return self._doubts is not None

    def answer(self, *, whole: bool) -> Answer:
        """Of everything so far; unless `whole`, of what is settled only the first matches are told."""
        matches = (*(self.settled if whole else self._brief), *self.tail)
        if not matches:
            return NO
        sure = self._doubts is None and any(not match.questions for match in matches)
        if sure:
            return Answer(Truth.YES, matches)
        asked = (self._doubts or (), *(match.questions for match in matches))
        return Answer(Truth.UNKNOWN, matches, tuple(dict.fromkeys(q for questions in asked for q in questions)))

    @property
    def signature(self) -> Signature:
        """What a rule has to know of the leaf, but for its matches."""
        if not self._brief and not self.tail:
            return _NOTHING
        answer = self.answer(whole=False)
        return answer.truth, bool(answer.matches), bool(certain(answer.matches))


def shifted(match: Match, by: int) -> Match:
    """A match of a window with the offsets of the whole text, or back again."""
    if not by:
        return match
    return match._replace(start=match.start + by, end=match.end + by, hits=tuple(_moved(match.hits, by)))


def _moved(hits: Iterable[Hit], by: int) -> Iterable[Hit]:
    return (hit._replace(start=hit.start + by, end=hit.end + by) for hit in hits)
