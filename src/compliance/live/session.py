"""A session: segments in, alerts out, and at the end the report of a review of the same document."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from compliance.judge.judge import Judge
from compliance.live.machine import Machine
from compliance.live.standing import Change, Key, key_of
from compliance.live.transcript import plain
from compliance.model.broadcast import Alert, AlertState, Broadcast, HeardSegment
from compliance.model.document import Document, Segment
from compliance.model.errors import ComplianceError
from compliance.model.report import Finding, Report


class SessionError(ComplianceError):
    """A segment that the session cannot take."""


class _Place(NamedTuple):
    """Where a finding's words stand, whatever happens to other segments; numbers are those of arrival."""

    rule: str
    first: int
    start: int
    last: int
    end: int
    text: str


class _Told(NamedTuple):
    """A finding that was raised and not withdrawn."""

    number: int
    place: _Place
    finding: Finding


class Session:
    """One broadcast. Feed it from one thread at a time; engines may be shared, sessions not.

    The law: the report of `close` is that of a review of the document made of the same segments, and the alerts
    raised less those withdrawn are its findings (`closing` holds those that closing itself gave).
    """

    def __init__(
        self,
        judge: Judge,
        broadcast: Broadcast,
        day: date,
        review: Callable[[Document, date], Report] | None = None,
    ) -> None:
        """`review` makes the closing report; by default the judge does. Raises FactError for facts that do not fit."""
        about = broadcast.model_dump()
        self._review = review or judge.review
        self._day = day
        self._about = Document(**about, segments=(Segment(text=""),))
        self._machine = Machine(judge, self._about, day)
        self._names: dict[str | int, int] = {}  # id or sequence → number of arrival
        self._given: list[str | int | None] = []  # by number of arrival
        self._told: dict[Key, _Told] = {}
        self._count = 0
        self._fed = 0
        self._report: Report | None = None
        self.closing: tuple[Alert, ...] = ()

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that were raised and not withdrawn, in text order."""
        return tuple(self._told[key].finding for key in sorted(self._told))

    @property
    def deferred(self) -> tuple[str, ...]:
        """Rules that give no alerts, because they are judged at the end."""
        return tuple(self._machine.deferred)

    @property
    def document(self) -> Document:
        """All that was fed so far, as a review would get it."""
        segments = tuple(self._machine.transcript.segments) or (Segment(text=""),)
        return Document(**self._about.model_dump(exclude={"text", "segments"}), segments=segments)

    def around(self, finding: Finding) -> tuple[str, int]:
        """The text near a finding's words as it is now, and the offset at which it begins."""
        return self._machine.text_around(finding.start, finding.end)

    def feed(self, segment: Segment) -> list[Alert]:
        """What the segment raises and withdraws: first what is withdrawn, each in text order.

        Raises SessionError after the session was closed.
        """
        if self._report is not None:
            raise SessionError("这场直播已经收尾", remedy="为下一场直播另开一个会话")
        self._fed += 1
        gone: dict[_Place, _Told] = {}
        come: dict[Key, Finding] = {}
        replaced = self._take(segment, gone, come)
        self._apply(self._machine.advance(), gone, come)
        otherwise = "这一段转写已经更正" if replaced else "接下来的话使规则的条件不再成立"
        return self._alerts(gone, come, self._machine.why, otherwise)

    def close(self) -> Report:
        """The report of the whole; closing again gives it again."""
        if self._report is None:
            self._report = self._review(self.document, self._day)
            findings = {key_of(finding): finding for finding in self._report.findings}
            gone = {told.place: told for key, told in self._told.items() if key not in findings}
            come = {key: finding for key, finding in findings.items() if key not in self._told}
            for told in gone.values():
                del self._told[key_of(told.finding)]
            excuses = {Key(e.start, e.end, e.rule): e.reason for e in self._report.excused}
            self.closing = tuple(
                self._alerts(gone, come, lambda key: excuses.get(key, ""), "听完全场，规则的条件不成立")
            )
            self._told = {key: told._replace(finding=findings[key]) for key, told in self._told.items()}
        return self._report

    def _apply(self, change: Change, gone: dict[_Place, _Told], come: dict[Key, Finding]) -> None:
        """What a change takes away is gone unless it came just now."""
        for key in change.gone:
            if come.pop(key, None) is None:
                told = self._told.pop(key)
                gone[told.place] = told
        come.update(change.come)

    def _take(self, segment: Segment, gone: dict[_Place, _Told], come: dict[Key, Finding]) -> bool:
        """Put a segment where it belongs; whether it replaces one. What loses its footing by it is gone for now."""
        machine = self._machine
        name = _name(segment)
        number = self._names.get(name) if name is not None else None
        fresh = number is None
        if number is None:
            number = len(self._given)
            self._given.append(name)
            if name is not None:
                self._names[name] = number
        at = self._position(segment, number, fresh=fresh)
        rest = list(zip(machine.transcript.segments[at:], machine.transcript.numbers[at:], strict=True))
        if rest:
            self._open_at(at, gone, come)
        machine.append(plain(segment), number)
        for each in rest if fresh else rest[1:]:
            machine.append(*each)
        return not fresh

    def _position(self, segment: Segment, number: int, *, fresh: bool) -> int:
        numbers = self._machine.transcript.numbers
        if not fresh:
            return numbers.index(number)
        at = len(numbers)
        sequence = segment.sequence if isinstance(segment, HeardSegment) and segment.id is None else None
        if sequence is not None:
            while at and isinstance(before := self._given[numbers[at - 1]], int) and before > sequence:
                at -= 1
        return at

    def _open_at(self, index: int, gone: dict[_Place, _Told], come: dict[Key, Finding]) -> None:
        """Take the transcript back to before a segment: a little if it is recent, else all the way."""
        machine = self._machine
        if not machine.is_settled(index):
            self._apply(machine.cut_off(index), gone, come)
            return
        kept = list(zip(machine.transcript.segments[:index], machine.transcript.numbers[:index], strict=True))
        gone.update((told.place, told) for told in self._told.values())
        self._told = {}
        machine.reset()
        for each in kept:
            machine.append(*each)

    def _alerts(
        self, gone: dict[_Place, _Told], come: Mapping[Key, Finding], why: Callable[[Key], str], otherwise: str
    ) -> list[Alert]:
        raised = []
        for key in sorted(come):
            place = self._place(come[key])
            before = gone.get(place)
            if before is not None and before.finding.outcome is come[key].outcome:
                del gone[place]  # the same words, moved by a segment before them
                self._told[key] = _Told(before.number, place, come[key])
                continue
            self._count += 1
            self._told[key] = _Told(self._count, place, come[key])
            raised.append(self._alert(self._told[key], AlertState.RAISED))
        withdrawn = []
        for told in sorted(gone.values(), key=lambda t: key_of(t.finding)):
            key = key_of(told.finding)
            reason = why(key) or _joined(told.finding, come.values()) or otherwise
            withdrawn.append(self._alert(told, AlertState.WITHDRAWN, reason))
        return withdrawn + raised

    def _place(self, finding: Finding) -> _Place:
        transcript = self._machine.transcript
        first, last = transcript.index(finding.start), transcript.index(max(finding.end - 1, finding.start))
        if not transcript.segments:
            return _Place(finding.rule, 0, 0, 0, 0, "")
        return _Place(
            finding.rule,
            transcript.numbers[first],
            finding.start - transcript.starts[first],
            transcript.numbers[last],
            finding.end - transcript.starts[last],
            finding.text,
        )

    def _alert(self, told: _Told, state: AlertState, reason: str = "") -> Alert:
        given = self._given[told.place.first] if self._given else None
        return Alert(
            number=told.number,
            state=state,
            segment=told.place.first,
            offset=told.place.start,
            segment_id=None if given is None else str(given),
            heard=self._fed,
            reason=reason,
            finding=told.finding,
        )


def _name(segment: Segment) -> str | int | None:
    if not isinstance(segment, HeardSegment):
        return None
    return segment.id if segment.id is not None else segment.sequence


def _joined(finding: Finding, others: Iterable[Finding]) -> str:
    """Why a finding is told as a part of another one."""
    for other in others:
        if other.start < finding.end and finding.start < other.end and other.kind is finding.kind:
            return f"并入同一处：「{other.text}」（{other.rule}）"
    return ""
