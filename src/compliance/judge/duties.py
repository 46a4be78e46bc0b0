"""Duties to speak: something had to be said, in the whole text, in the opening, or soon after a mention."""

from collections.abc import Iterable

from compliance.judge.answer import NO, Answer, Match, Truth, certain, found, open_questions, sure
from compliance.judge.context import Context
from compliance.lang import tree


def missing_anywhere(context: Context, said: Answer) -> Answer:
    """Not said in the whole text. The match is empty of words: it carries the evidence of absence."""
    if said.truth is Truth.YES:
        return NO
    note = f"全文 {len(context.text)} 字中没有出现"
    return found([Match(*context.opening_span(), (), (note,), absent=True, questions=said.questions)])


def missing_in_opening(context: Context, said: Answer, window: tree.Distance) -> Answer:
    """Not said in the first seconds of a timed transcript; other documents have no opening."""
    if not context.timeline.timed:
        return NO
    begin = context.timeline.begin
    limit = begin + window.amount

    def kept(matches: Iterable[Match]) -> bool:
        return any((context.timeline.t_start(m.start) or 0.0) < limit for m in matches)

    if kept(sure(said)):
        return NO
    doubt = open_questions(said) if kept(said.matches) else ()
    note = _interval(context, begin, limit, said)
    return found([Match(*context.opening_span(), (), (note,), absent=True, questions=doubt)])


def missing_after(context: Context, trigger: Answer, said: Answer, window: tree.Distance) -> Answer:
    """One obligation an episode: a mention inside an open window joins it.

    Words in the trigger's own sentence keep the duty as well, wherever in it they stand.
    """
    if window.dimension == "seconds" and not context.timeline.timed:
        return NO
    broken = []
    limit = -1.0
    for match in sorted(trigger.matches, key=lambda m: m.start):
        now = _measure(context, match.start, window.dimension)
        if now < limit:
            continue
        limit = now + window.amount
        keepers = [other for other in said.matches if _keeps(context, match, other, limit, window.dimension)]
        if said.truth is Truth.YES and certain(keepers):
            continue
        doubt = open_questions(said) if keepers else ()
        note = _interval(context, now, limit, said) if window.dimension == "seconds" else _stretch(window)
        broken.append(match._replace(notes=(*match.notes, note), absent=True, questions=match.questions + doubt))
    return found(broken)


def _measure(context: Context, offset: int, dimension: str) -> float:
    if dimension == "seconds":
        return context.timeline.t_start(offset) or 0.0
    if dimension == "sentences":
        return float(context.sentences.sentences_between(0, offset))
    return float(offset)


def _keeps(context: Context, trigger: Match, said: Match, limit: float, dimension: str) -> bool:
    start, end = context.sentences.sentence(trigger.start)
    if start <= said.start < end:
        return True
    return said.start >= trigger.end and _measure(context, said.start, dimension) <= limit


def _interval(context: Context, begin: float, limit: float, said: Answer) -> str:
    """Absence evidence: the interval searched, how much was heard in it, the nearest miss."""
    first, last = context.timeline.offset_at(begin), context.timeline.offset_at(limit)
    heard = sum(not c.isspace() for c in context.text[first:last])
    note = f"{clock(begin)}–{clock(min(limit, max(context.timeline.finish, begin)))} 共 {heard} 字中没有出现"
    later = [t for m in said.matches if (t := context.timeline.t_start(m.start) or 0.0) >= limit]
    return f"{note}，最近一次在 {clock(min(later))}" if later else note


def _stretch(window: tree.Distance) -> str:
    return f"之后 {window.amount:g}{'字' if window.dimension == 'chars' else '句'} 内没有出现"


def clock(seconds: float) -> str:
    """Seconds as 分:秒, with hours where there are any."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:d}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"
