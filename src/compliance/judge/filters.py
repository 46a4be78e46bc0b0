"""Operators that keep some of the hits: those inside others, those that hold others, by voice, or as written."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

from compliance.judge.answer import Answer, Match, Truth, certain, doubted, found
from compliance.judge.context import Context
from compliance.lang import tree
from compliance.model.document import Segment
from compliance.model.vocabulary import SeenAs, Source
from compliance.text.views import aligned

_ROLES = {
    "host": ("主播", "host", "anchor"),
    "cohost": ("助播", "副播", "cohost", "assistant"),
    "viewer": ("观众", "网友", "粉丝", "viewer"),
}
_DANMAKU = "danmaku"
_VOICE = "voice"


def inside(context: Context, inner: Answer, node: tree.Inside, container: Answer | None) -> Answer:
    """The hits that lie completely in a quoted region or in a hit of the container."""
    if container is None:
        regions = context.regions(node.region)
        return found([m for m in inner.matches if regions.holds(m.start, m.end)])
    return _beside(inner.matches, doubted(container), _around)


def containing(outer: Answer, inner: Answer) -> Answer:
    """The hits in which a hit of `inner` lies completely."""
    return _beside(outer.matches, doubted(inner), _within)


Test = Callable[[Match], bool]


def _beside(
    matches: Iterable[Match], others: tuple[Match, ...], relation: Callable[[tuple[Match, ...]], Test]
) -> Answer:
    """The matches that stand in the relation to some other; questionable where only questionable others do."""
    firmly, perhaps = relation(certain(others)), relation(others)
    doubts = tuple(dict.fromkeys(question for other in others for question in other.questions))
    kept = []
    for match in matches:
        if firmly(match):
            kept.append(match)
        elif perhaps(match):
            kept.append(match._replace(questions=tuple(dict.fromkeys(match.questions + doubts))))
    return found(kept)


def _around(spans: tuple[Match, ...]) -> Test:
    ordered = sorted(spans, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    reach = list(accumulate((m.end for m in ordered), max))

    def holds(match: Match) -> bool:
        i = bisect_right(starts, match.start)
        return i > 0 and reach[i - 1] >= match.end

    return holds


def _within(spans: tuple[Match, ...]) -> Test:
    ordered = sorted(spans, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    first_end = list(accumulate((m.end for m in reversed(ordered)), min))[::-1]

    def holds(match: Match) -> bool:
        i = bisect_left(starts, match.start)
        return i < len(starts) and first_end[i] <= match.end

    return holds


def voiced(context: Context, matches: Iterable[Match], node: tree.Voiced) -> Answer:
    """The hits said by one of the speakers, or in one of the channels; who spoke may be unknown."""
    kept = []
    for match in matches:
        truth = _said_by(context, match, node)
        if truth is Truth.YES:
            kept.append(match)
        elif truth is Truth.UNKNOWN:
            asked = f"「{context.text[match.start : match.end]}」是谁说的？（在转写里标注说话人）"
            kept.append(match._replace(questions=tuple(dict.fromkeys((*match.questions, asked)))))
    return found(kept)


def _said_by(context: Context, match: Match, node: tree.Voiced) -> Truth:
    """The least certain of the segments that the match lies in."""
    timeline = context.timeline
    first, last = timeline.index(match.start), timeline.index(max(match.end - 1, match.start))
    ask = _speaks if node.aspect == "speaker" else _carries
    segments = timeline.segments[first : last + 1]
    return min((ask(s, context.document.source, node.values) for s in segments if s.text.strip()), default=Truth.NO)


def _carries(segment: Segment, source: Source, channels: tuple[str, ...]) -> Truth:
    return Truth.YES if _channel(segment, source) in channels else Truth.NO


def _channel(segment: Segment, source: Source) -> str:
    return segment.channel or (_DANMAKU if source is Source.DANMAKU else _VOICE)


def _speaks(segment: Segment, source: Source, speakers: tuple[str, ...]) -> Truth:
    """A script without names is spoken by the host; in a transcript without names it is not known who speaks."""
    name = (segment.speaker or "").strip().lower()
    if _channel(segment, source) == _DANMAKU:
        role = "viewer"
    elif name:
        role = next((role for role, names in _ROLES.items() if name.startswith(names)), "")
    elif source is Source.TRANSCRIPT:
        return Truth.UNKNOWN
    else:
        role = "host"
    return Truth.YES if role in speakers or (name and name in {s.lower() for s in speakers}) else Truth.NO


def as_written(context: Context, matches: Iterable[Match]) -> Answer:
    """The hits whose words stand there just as the rule or lexicon has them; for patterns, without disguise."""

    def plain(match: Match) -> bool:
        return all(_plain(hit.seen_as, context.text[hit.start : hit.end]) for hit in match.hits)

    return found([match for match in matches if plain(match)])


def _plain(seen: SeenAs, surface: str) -> bool:
    if seen in {SeenAs.PATTERN, SeenAs.ENTITY}:
        return aligned(surface) == surface.lower()
    return seen in {SeenAs.EXACT, SeenAs.SEMANTIC}
