"""What counts and duties no longer need of the past, so that they cost no more late in a broadcast than early.

A duty whose time is over is kept, broken or waived for good: its mentions are forgotten, and of them only what was
broken is remembered. A count needs no more hits than decide it.
"""

from compliance.judge.answer import NO, Answer, Match, Truth, certain, found
from compliance.judge.duties import Episode, episodes, measure
from compliance.judge.evaluate import evaluate
from compliance.judge.relations import count_per
from compliance.lang import tree
from compliance.live.leaf import Leaf
from compliance.live.overview import Overview


class Duty:
    """Something to be said after a mention, in a window of a condition; one of its episodes after the other ends."""

    def __init__(self, node: tree.Missing, window: tree.Distance, mentions: Leaf, words: Leaf) -> None:
        self.node = node
        self._window = window
        self._mentions = mentions
        self._words = words
        self.clear()

    def clear(self) -> None:
        self._broken: list[Match] = []

    def answer(self, overview: Overview) -> Answer:
        """What is broken, by what the overview knows of mentions and words and what is remembered."""
        if self._window.dimension == "seconds" and not overview.timeline.timed:
            return NO
        now = self._now(overview)
        return found((*self._broken, *now.matches)) if self._broken else now

    def forget(self, overview: Overview, until: int) -> None:
        """Remember how the episodes ended whose time and words lie before `until`, which will not change."""
        mentions = [*self._mentions.settled, *self._mentions.tail]
        if self._mentions.doubted or (self._window.dimension == "seconds" and not overview.timeline.timed):
            return
        later = [each for each in episodes(overview, mentions, self._window) if not self._over(overview, each, until)]
        boundary = min((each.mention.start for each in later), default=until)
        if all(m.start >= boundary for m in self._mentions.settled) or any(
            m.start < boundary for m in self._mentions.tail
        ):
            return
        self._broken += [match for match in self._now(overview).matches if match.start < boundary]
        self._mentions.keep_from(boundary)
        self._words.keep_from(min(overview.sentences.sentence(boundary)[0], boundary))

    def _now(self, overview: Overview) -> Answer:
        overview.patient, overview.waived = True, []
        answer = evaluate(overview, self.node)
        overview.patient = False
        return answer

    def _over(self, overview: Overview, episode: Episode, until: int) -> bool:
        sentence_end = overview.sentences.sentence(episode.mention.start)[1]
        ended = measure(overview, until, self._window.dimension) > episode.limit
        return ended and max(episode.mention.end, sentence_end) <= until


class Tally:
    """Hits that are counted; in a window of time, or over everything."""

    def __init__(self, node: tree.Count, hits: Leaf) -> None:
        self._node = node
        self._hits = hits
        self.clear()

    def clear(self) -> None:
        self._hits.most = self._node.number + 1 if self._node.per is None else None

    def forget(self, overview: Overview, until: int) -> None:
        """Of hits counted in a window of time keep the first window that is full, or what may still fill one."""
        node, hits = self._node, self._hits
        if node.per is None or node.comparison not in {">=", ">"} or hits.doubted or not overview.timeline.timed:
            return
        settled = Answer(Truth.YES, tuple(hits.settled))
        if len(certain(hits.settled)) < len(hits.settled):
            return
        if count_per(overview, settled, node, node.per.amount).truth is Truth.YES:
            hits.most = len(hits.settled)
            return
        since = (overview.timeline.t_start(until) or 0.0) - node.per.amount
        begun = [match.start for match in hits.settled if (overview.timeline.t_start(match.start) or 0.0) >= since]
        hits.keep_from(min(begun, default=overview.timeline.length))
