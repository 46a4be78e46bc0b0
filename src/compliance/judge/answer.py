"""What a condition answers: one of three truths, the hits that carry it, and the questions still open.

Plain tuples: a review makes thousands of them.
"""

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from compliance.model.hit import Hit


class Truth(IntEnum):
    """Kleene's three values in the order that 且 takes the minimum of and 或 the maximum."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class Match(NamedTuple):
    """A raw half-open span, the hits that it was put together from, and notes for the explanation.

    `questions` name the facts that are missing before just these words count; without any they count surely.
    """

    start: int
    end: int
    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    absent: bool = False  # evidence of something that was not said
    questions: tuple[str, ...] = ()


class Answer(NamedTuple):
    truth: Truth
    matches: tuple[Match, ...] = ()
    questions: tuple[str, ...] = ()


NO = Answer(Truth.NO)
YES = Answer(Truth.YES)


def found(matches: list[Match] | tuple[Match, ...]) -> Answer:
    """Yes with these matches, unknown when all of them are questionable, or no when there are none."""
    if not matches:
        return NO
    if certain(matches):
        return Answer(Truth.YES, tuple(matches))
    return Answer(Truth.UNKNOWN, tuple(matches), _all_questions(matches))


def certain(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches that count whatever the missing facts are."""
    return tuple(match for match in matches if not match.questions)


def sure(answer: Answer) -> tuple[Match, ...]:
    """The matches of an answer that count whatever the missing facts are: none while the answer is unknown."""
    return certain(answer.matches) if answer.truth is Truth.YES else ()


def open_questions(answer: Answer) -> tuple[str, ...]:
    """Everything that is still to be asked about an answer or some match of it."""
    return tuple(dict.fromkeys(answer.questions + _all_questions(answer.matches)))


def _all_questions(matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question for match in matches for question in match.questions))


def doubted(answer: Answer) -> tuple[Match, ...]:
    """The matches of an answer, each with the questions that stand between it and counting."""
    if answer.truth is not Truth.UNKNOWN:
        return answer.matches
    return tuple(m._replace(questions=tuple(dict.fromkeys(m.questions + answer.questions))) for m in answer.matches)


def merged(left: Match, right: Match) -> Match:
    """One match over both."""
    return Match(
        min(left.start, right.start),
        max(left.end, right.end),
        left.hits + tuple(hit for hit in right.hits if hit not in left.hits),
        left.notes + right.notes,
        left.absent or right.absent,
        tuple(dict.fromkeys(left.questions + right.questions)),
    )


def places(matches: Iterable[Match]) -> list[Match]:
    """Matches in text order, overlapping ones made one: the same words are not reported twice by one rule.

    A questionable match under a certain one adds nothing; questionable and certain words are never made one.
    """
    matches = tuple(matches)
    if not any(match.questions for match in matches):
        return _coalesced(matches)
    firm = _coalesced(certain(matches))
    open_ = _coalesced(match for match in matches if match.questions)
    starts = [match.start for match in firm]

    def free(match: Match) -> bool:
        before = bisect_left(starts, match.end)
        return before == 0 or firm[before - 1].end <= match.start

    return sorted([*firm, *filter(free, open_)], key=lambda m: (m.start, m.end))


def _coalesced(matches: Iterable[Match]) -> list[Match]:
    out: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if out and match.start < out[-1].end:
            out[-1] = merged(out[-1], match)
        else:
            out.append(match)
    return out
