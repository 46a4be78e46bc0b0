"""Operators between hits: near, same unit, before, count."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from math import inf

from compliance.judge.answer import NO, Answer, Match, Truth, certain, doubted, found, merged, open_questions, sure
from compliance.judge.context import Context
from compliance.lang import tree
from compliance.text.sentences import is_spoken

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def compare(left: float, comparison: str, right: float) -> bool:
    return _COMPARE[comparison](left, right)


def near(
    context: Context,
    left: tuple[Match, ...],
    right: tuple[Match, ...],
    distance: tree.Distance,
    across: bool,
) -> Answer:
    """Each left hit with its nearest right hit on either side, in one sentence unless the distance crosses them."""

    def fits(first: Match, second: Match) -> bool:
        if distance.dimension == "sentences":
            return context.sentences.sentences_between(first.end, second.start) <= distance.amount
        close = context.gap(first.end, second.start) <= distance.amount
        return close and (across or context.sentences.same_sentence(first.start, second.end))

    reach = inf if distance.dimension == "sentences" else distance.amount
    return _joined(context, left, right, lambda a, b: fits(a, b) if a.end <= b.start else fits(b, a), reach)


def before(
    context: Context,
    left: tuple[Match, ...],
    right: tuple[Match, ...],
    distance: tree.Distance | None,
    across: bool,
) -> Answer:
    """Each left hit with the next right hit behind it, in the same sentence unless the distance crosses them."""

    def fits(a: Match, b: Match) -> bool:
        if a.end > b.start:
            return False
        if distance is not None and distance.dimension == "sentences":
            return context.sentences.sentences_between(a.end, b.start) <= distance.amount
        close = distance is None or context.gap(a.end, b.start) <= distance.amount
        return close and (across or context.sentences.same_sentence(a.start, b.end))

    within_sentence = distance is None and is_spoken(context.document)
    return _joined(context, left, right, fits, _BREATH["sentence"] if within_sentence else inf)


def in_time(
    context: Context, left: tuple[Match, ...], right: tuple[Match, ...], seconds: float, *, in_order: bool
) -> Answer:
    """Each left hit with the nearest right hit that is said within so many seconds, behind it if they are `in_order`.

    The match is the left hit alone: what is said in between is nobody's concern.
    """

    def at(match: Match) -> float:
        return context.timeline.t_start(match.start) or 0.0

    def fits(a: Match, b: Match) -> bool:
        return abs(at(a) - at(b)) <= seconds and not (in_order and b.start < a.end)

    def beside(a: Match, b: Match) -> Match:
        both = merged(a, b)
        return both._replace(start=a.start, end=a.end, notes=(*both.notes, f"前后相隔 {abs(at(a) - at(b)):g} 秒"))

    return _joined(context, left, right, fits, join=beside)


def is_timed(node: tree.Expr) -> bool:
    """Whether a relation is one of time: it speaks of the broadcast, not of the words around."""
    match node:
        case tree.Near(distance=distance) | tree.Before(distance=distance):
            return distance is not None and distance.dimension == "seconds"
    return False


_BREATH = {"sentence": 26, "clause": 16}
"""How many characters of speech may lie between two hits of one sentence or clause.

Recognition drops the stops: a monologue of minutes may be one “sentence”, and what a host says at its end is
about something else than what was said at its beginning.
"""


def same_span(context: Context, left: tuple[Match, ...], right: tuple[Match, ...], unit: str) -> Answer:
    """Each left hit with the nearest right hit in the same sentence, clause, segment or utterance."""
    reach = _BREATH.get(unit, inf) if is_spoken(context.document) else inf

    def fits(a: Match, b: Match) -> bool:
        start, end = context.bounds(unit, a.start)
        return start <= b.start and b.end <= end

    return _joined(context, left, right, fits, reach)


def _joined(
    context: Context,
    left: tuple[Match, ...],
    right: tuple[Match, ...],
    fits: Callable[[Match, Match], bool],
    reach: float = inf,
    join: Callable[[Match, Match], Match] = merged,
) -> Answer:
    """Left hits merged with the nearest disjoint right hit that fits; at most one match a left hit.

    A partner without open questions is preferred. From each left hit the search walks outwards, stops at
    the first fit on either side, beyond `reach` characters, or after a fixed number of neighbours, so that
    time stays linear in the hits.
    """
    firm = sorted((m for m in right if not m.questions), key=_start)
    open_ = sorted((m for m in right if m.questions), key=_start)
    starts = [m.start for m in firm], [m.start for m in open_]
    joined = []
    for a in left:
        partner = _nearest(context, a, firm, starts[0], fits, reach)
        if partner is None and open_:
            partner = _nearest(context, a, open_, starts[1], fits, reach)
        if partner is not None:
            joined.append(join(a, partner))
    return found(joined)


_REACH = 16
"""How many hits to either side may be the partner of a hit."""


def _start(match: Match) -> int:
    return match.start


def _nearest(
    context: Context,
    a: Match,
    ordered: list[Match],
    starts: list[int],
    fits: Callable[[Match, Match], bool],
    reach: float,
) -> Match | None:
    gap = context.gap
    at = bisect_left(starts, a.start)
    after = None
    for b in ordered[at : at + _REACH]:
        if gap(a.end, b.start) > reach:
            break
        if b.start >= a.end and fits(a, b):
            after = b
            break
    for b in reversed(ordered[max(at - _REACH, 0) : at]):
        if b.end <= a.start and gap(b.end, a.start) <= reach and fits(a, b):
            return b if after is None or gap(b.end, a.start) <= gap(a.end, after.start) else after
    return after


def count(inner: Answer, node: tree.Count) -> Answer:
    """One match, at the first hit in the text, with all hits that were counted; unknown when missing facts decide."""
    fewest = len(sure(inner))
    outcomes = {compare(n, node.comparison, node.number) for n in range(fewest, len(inner.matches) + 1)}
    if True not in outcomes:
        return NO
    series = (_series(inner.matches),) if inner.matches else ()
    if False in outcomes:
        return Answer(Truth.UNKNOWN, series, open_questions(inner))
    return Answer(Truth.YES, series)


def count_per(context: Context, inner: Answer, node: tree.Count, window: float) -> Answer:
    """One match, at the first hit of the first window of so many seconds that satisfies the comparison."""
    if not context.timeline.timed:
        return NO
    firm = _busy_window(context, sure(inner), node, window)
    if firm:
        return Answer(Truth.YES, (_series(firm),))
    loose = _busy_window(context, inner.matches, node, window)
    return Answer(Truth.UNKNOWN, (_series(loose),), open_questions(inner)) if loose else NO


def count_each(context: Context, inner: Answer, node: tree.Count) -> Answer:
    """One match a segment in which the hits are so many, with all that were counted; segments without any have none."""
    held: defaultdict[int, list[Match]] = defaultdict(list)
    for match in doubted(inner):
        held[context.timeline.index(match.start)].append(match)
    counted = []
    for matches in held.values():
        fewest = len(certain(matches))
        outcomes = {compare(n, node.comparison, node.number) for n in range(max(fewest, 1), len(matches) + 1)}
        if True not in outcomes:
            continue
        doubts = (question for match in matches for question in match.questions)
        undecided = False in outcomes or not fewest
        series = _series(tuple(matches), "这一段里")
        counted.append(series._replace(questions=tuple(dict.fromkeys(doubts))) if undecided else series)
    return found(counted)


def _busy_window(
    context: Context, matches: tuple[Match, ...], node: tree.Count, window: float
) -> tuple[Match, ...] | None:
    timed = sorted(((context.timeline.t_start(m.start) or 0.0, m) for m in matches), key=lambda pair: pair[0])
    last = 0
    for first, (begin, _) in enumerate(timed):
        while last < len(timed) and timed[last][0] - begin < window:
            last += 1
        if compare(last - first, node.comparison, node.number):
            return tuple(match for _, match in timed[first:last])
    return None


def _series(matches: tuple[Match, ...], where: str = "") -> Match:
    first = min(matches, key=lambda match: (match.start, match.end))
    hits = tuple(hit for match in matches for hit in match.hits)
    return Match(first.start, first.end, hits, (*first.notes, f"{where}共出现 {len(matches)} 次"))
