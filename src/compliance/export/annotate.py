"""Document + findings → numbered notes and lines of pieces, cut at every boundary of every mark."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from compliance.model.document import Document, Segment
from compliance.model.report import Finding, Report
from compliance.model.vocabulary import SeenAs

_LONG_MARK = 240


@dataclass(frozen=True, slots=True)
class Note:
    """A finding and its number in the text; `line` indexes `Annotated.lines`, None if no words show it."""

    number: int
    finding: Finding
    line: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under one set of marks; `marks` are note numbers, `opens` those whose mark starts here."""

    text: str
    start: int
    marks: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document without its line feed; times are seconds, `notes` those whose mark starts in it."""

    start: int
    label: str
    t_start: float | None
    t_end: float | None
    speaker: str | None
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The whole text as lines; `notes` in reading order, `unplaced` those that no words show."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    unplaced: tuple[Note, ...]


def annotate(document: Document, report: Report) -> Annotated:
    """Cut the document's text: the pieces concatenate to it, and each mark covers exactly the span of its finding."""
    text = document.text
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    notes = _notes(report, text, starts)
    by_line: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        if note.line is not None:
            by_line[note.line].append(note)
    pieces = _pieces(text, starts, [note for note in notes if note.line is not None])
    lines = tuple(
        Line(start, label, segment.t_start, segment.t_end, segment.speaker, pieces[i], tuple(by_line[i]))
        for i, (start, (segment, label)) in enumerate(zip(starts, _places(document), strict=True))
    )
    return Annotated(lines, notes, tuple(note for note in notes if note.line is None))


def has_words(finding: Finding, text: str) -> bool:
    """Whether words of the text show this finding; what was never said, or was looked for everywhere, has none."""
    if not text[finding.start : finding.end].strip("\n"):
        return False
    whole = finding.start == 0 and finding.end == len(text)
    searched = whole or "\n" in text[finding.start : finding.end]
    return not (finding.seen_as is SeenAs.ABSENCE and searched)


def context(text: str, start: int, end: int, radius: int = 60) -> tuple[str, str, str]:
    """Before, hit and after: up to `radius` characters of the same line each side, “…” where the line goes on."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    left, right = max(line_start, start - radius), min(line_end, end + radius)
    before = ("…" if left > line_start else "") + text[left:start]
    return before, text[start:end], text[end:right] + ("…" if right < line_end else "")


def shorten(pieces: tuple[Piece, ...], keep: int = 60) -> tuple[Piece, ...]:
    """A long line with only `keep` characters each side of every mark; short lines come back as they are."""
    last = len(pieces) - 1
    if not any(piece.marks for piece in pieces):
        return pieces
    return tuple(_shortened(piece, keep, first=i == 0, last=i == last) for i, piece in enumerate(pieces))


def clusters(pieces: Iterable[Piece]) -> Iterator[tuple[list[Piece], tuple[int, ...]]]:
    """Group pieces that belong under one bracket: neighbours that share a mark. Yields (pieces, note numbers)."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not set(group[-1].marks) & set(piece.marks):
            yield group, _numbers(group)
            group = []
        group.append(piece)
    if group:
        yield group, _numbers(group)


def place_label(note: Note, line: Line | None) -> str:
    """Where a note stands, as a person reads it: the finding's own place, else its line's, else “全文”."""
    if note.finding.place:
        return note.finding.place.label
    return line.label if line else "全文"


def seconds_of(note: Note, line: Line | None) -> float | None:
    """When the words of a note begin, in seconds: the finding's own time, else its line's."""
    if note.finding.t_start is not None or line is None:
        return note.finding.t_start
    return line.t_start


def circled(number: int) -> str:
    """1 → “①” up to “㊿”, then “(51)”."""
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return f"({number})"


def clock(seconds: float) -> str:
    """Seconds from the start of the broadcast as “01:23” or “1:02:03”."""
    minutes, second = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes:02}:{second:02}"


def _notes(report: Report, text: str, starts: list[int]) -> tuple[Note, ...]:
    def order(finding: Finding) -> tuple[bool, int, int, int, str]:
        return not has_words(finding, text), finding.start, finding.end, -finding.severity.rank, finding.rule

    def line(finding: Finding) -> int | None:
        if not has_words(finding, text):
            return None
        hit = text[finding.start : finding.end]
        first = finding.start + len(hit) - len(hit.lstrip("\n"))
        return bisect_right(starts, first) - 1

    ordered = sorted(report.findings, key=order)
    return tuple(Note(number, finding, line(finding)) for number, finding in enumerate(ordered, start=1))


def _pieces(text: str, starts: list[int], notes: list[Note]) -> list[tuple[Piece, ...]]:
    """Sweep the boundaries from left to right with the set of open marks in hand."""
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    for note in notes:
        opens[note.finding.start].append(note.number)
        closes[note.finding.end].append(note.number)
    ends = [start - 1 for start in starts[1:]] + [len(text)]
    boundaries = sorted({*starts, *ends, *opens, *closes})
    line_of = {start: i for i, start in enumerate(starts)}
    breaks = set(ends[:-1])
    lines: list[list[Piece]] = [[] for _ in starts]
    active: set[int] = set()
    fresh: set[int] = set()  # marks without a piece yet: one may start on a line feed, which no piece shows
    line = 0
    for left, right in pairwise([*boundaries, len(text)]):
        line = line_of.get(left, line)
        active.difference_update(closes.get(left, ()))
        active.update(opens.get(left, ()))
        fresh.update(opens.get(left, ()))
        if left < right and left not in breaks:
            lines[line].append(Piece(text[left:right], left, tuple(sorted(active)), tuple(sorted(fresh))))
            fresh.clear()
    return [tuple(line_pieces) for line_pieces in lines]


def _places(document: Document) -> Iterator[tuple[Segment, str]]:
    """The segment and the label of every line of the document's text."""
    alone = len(document.segments) == 1
    for number, segment in enumerate(document.segments, start=1):
        label = segment.place.label if segment.place else "" if alone else f"第{number}段"
        for row in range(segment.text.count("\n") + 1):
            nth = f"第{row + 1}行" if row or not label else ""
            yield segment, f"{label} {nth}".strip()


def _shortened(piece: Piece, keep: int, *, first: bool, last: bool) -> Piece:
    text = piece.text
    if piece.marks:
        return replace(piece, text=f"{text[:keep]}…{text[-keep:]}") if len(text) > _LONG_MARK else piece
    head, tail = ("" if first else text[:keep]), ("" if last else text[-keep:])
    return replace(piece, text=f"{head}…{tail}") if len(text) > len(head) + len(tail) + 1 else piece


def _numbers(pieces: list[Piece]) -> tuple[int, ...]:
    return tuple(sorted({number for piece in pieces for number in piece.marks}))
