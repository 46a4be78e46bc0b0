"""Duties to speak: something had to be said, in the whole text, in the opening, or soon after a mention."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from compliance.judge.answer import NO, Answer, Match, Truth, certain, found, open_questions, sure
from compliance.judge.context import Context
from compliance.judge.silence import Silence, within
from compliance.lang import tree


def missing_anywhere(context: Context, said: Answer) -> Answer:
    """Not said in the whole text. The match is empty of words: it carries the evidence of absence."""
    if said.truth is Truth.YES or context.patient:
        return NO
    note = f"全文 {len(context.text)} 字中没有出现"
    if context.timeline.timed and (lost := context.silences):
        note += f"（其间 {_intervals(lost)} 没有转写）"
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
    if (context.patient and context.latest < limit) or _lost(context, begin, limit):
        return NO
    doubt = open_questions(said) if kept(said.matches) else ()
    note = _interval(context, begin, limit, said)
    return found([Match(*context.opening_span(), (), (note,), absent=True, questions=doubt)])


def missing_after(context: Context, trigger: Answer, said: Answer, window: tree.Distance) -> Answer:
    """One obligation an episode: a mention inside an open window joins it, and it is kept, broken, or waived.

    Words in the trigger's own sentence keep the duty as well, wherever in it they stand.
    """
    if window.dimension == "seconds" and not context.timeline.timed:
        return NO
    broken = []
    words = sorted(said.matches, key=lambda m: m.start)
    for match, now, limit in episodes(context, trigger.matches, window):
        keepers = list(_keepers(context, match, words, limit, window.dimension))
        if said.truth is Truth.YES and certain(keepers):
            continue
        if context.patient and _may_be_kept(context, match, limit, window.dimension):
            continue
        if window.dimension == "seconds" and _lost(context, now, limit):
            continue
        doubt = open_questions(said) if keepers else ()
        note = _interval(context, now, limit, said) if window.dimension == "seconds" else _stretch(window)
        broken.append(match._replace(notes=(*match.notes, note), absent=True, questions=match.questions + doubt))
    return found(broken)


class Episode(NamedTuple):
    """The mention that opens a window, and where that begins and ends: seconds, characters or sentences."""

    mention: Match
    begin: float
    limit: float


def episodes(context: Context, mentions: Iterable[Match], window: tree.Distance) -> Iterator[Episode]:
    """The windows that mentions open, in text order."""
    limit = -1.0
    for match in sorted(mentions, key=lambda m: m.start):
        if measure(context, match.start, window.dimension) < limit:
            continue
        # A number of characters counts from the end of the mention, time and sentences from its beginning.
        begin = measure(context, match.end if window.dimension == "chars" else match.start, window.dimension)
        limit = begin + window.amount
        yield Episode(match, begin, limit)


def missing_until(context: Context, trigger: Answer, said: Answer, closing: Answer) -> Answer:
    """Not said between a mention and what closes its time, or the end; a mention in open time joins it.

    Words in the trigger's own sentence keep the duty as well. What may not have closed the time did not close it.
    """
    ends = sorted(match.start for match in sure(closing))
    words = sorted(said.matches, key=lambda m: m.start)
    broken = []
    limit = -1
    for match in sorted(trigger.matches, key=lambda m: m.start):
        if match.start < limit:
            continue
        closed = bisect_left(ends, match.end)
        open_ = closed == len(ends)
        limit = context.timeline.length if open_ else ends[closed]
        keepers = list(_before(context, match, words, limit))
        if said.truth is Truth.YES and certain(keepers):
            continue
        if context.patient and open_:
            continue
        if context.timeline.timed and _lost(context, *_times(context, match.start, limit)):
            continue
        doubt = open_questions(said) if keepers else ()
        note = f"之后直到{'全文结束' if open_ else '时限结束'}的 {limit - match.end} 字中没有出现"
        broken.append(match._replace(notes=(*match.notes, note), absent=True, questions=match.questions + doubt))
    return found(broken)


def _before(context: Context, trigger: Match, words: list[Match], limit: int) -> Iterator[Match]:
    start, end = context.sentences.sentence(trigger.start)
    for i in range(bisect_left(words, (start,)), len(words)):
        said = words[i]
        if said.start >= max(limit, end):
            return
        if said.start < end or said.start >= trigger.end:
            yield said


def _times(context: Context, first: int, last: int) -> tuple[float, float]:
    finish = context.timeline.finish
    end = finish if last >= context.timeline.length else context.timeline.t_start(last) or finish
    return context.timeline.t_start(first) or 0.0, end


def measure(context: Context, offset: int, dimension: str) -> float:
    """How far into the document an offset lies."""
    if dimension == "seconds":
        return context.timeline.t_start(offset) or 0.0
    if dimension == "sentences":
        return float(context.sentences.sentences_between(0, offset))
    return float(context.gap(0, offset))


def _keepers(context: Context, trigger: Match, words: list[Match], limit: float, dimension: str) -> Iterator[Match]:
    """The words, in text order, that keep the duty of one mention."""
    start, end = context.sentences.sentence(trigger.start)
    for i in range(bisect_left(words, (start,)), len(words)):
        said = words[i]
        in_time = measure(context, said.start, dimension) <= limit
        if said.start < end or (in_time and said.start >= trigger.end):
            yield said
        elif not in_time:
            return


def _may_be_kept(context: Context, trigger: Match, limit: float, dimension: str) -> bool:
    """Whether words that are still to come may keep the duty of a mention."""
    now = context.latest if dimension == "seconds" else measure(context, context.timeline.length, dimension)
    return now <= limit or context.sentences.sentence(trigger.start)[1] >= context.timeline.length


def _lost(context: Context, begin: float, limit: float) -> bool:
    """Whether the words may have been said where nothing was transcribed: then the duty is waived, and told of."""
    if context.waived is None:
        return False
    lost = within(context.silences, begin, limit)
    if lost:
        what = f"{clock(begin)}–{clock(limit)} 内没有听到应当说的话，但其间 {_intervals(lost)} 没有转写，不能认定没有说"
        context.waived.append(what)
    return bool(lost)


def _intervals(silences: list[Silence]) -> str:
    return "、".join(f"{clock(silence.begin)}–{clock(silence.end)}" for silence in silences)


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
