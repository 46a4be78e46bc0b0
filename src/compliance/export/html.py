"""A self-contained HTML report for legal readers: the annotated script beside its findings, for screen and paper."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from compliance.export.annotate import (
    Annotated,
    Line,
    Note,
    Piece,
    annotate,
    circled,
    clock,
    clusters,
    place_label,
    seconds_of,
)
from compliance.export.bases import finding_risk, other_basis_text, standing_text
from compliance.export.grounds import precedent_text, weighed_text
from compliance.export.links import web_link
from compliance.export.money import exposure_details, exposure_range
from compliance.export.naming import document_names
from compliance.export.opinions import consulted_text, remark_text
from compliance.export.printable import printable
from compliance.export.redaction import Reviewed, redact
from compliance.export.rewriting import rewriting
from compliance.model.document import Document
from compliance.model.labels import (
    ACTION_LABELS,
    CATEGORY_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    SEEN_AS_LABELS,
    SEVERITY_LABELS,
    SOURCE_LABELS,
    VERDICT_LABELS,
)
from compliance.model.report import Report
from compliance.model.vocabulary import Outcome, SeenAs, Severity


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece to print: plain text, or marked with the severity and number of its gravest note."""

    text: str
    severity: Severity | None
    target: int | None
    opens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Pieces under one mark and the numbers that follow them."""

    pieces: tuple[_Mark, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the script."""

    line: Line
    clusters: tuple[_Cluster, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """One finding, with what is looked up outside of it."""

    note: Note
    place: str
    seconds: float | None
    rewriting: str


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One document of the page; `key` begins all of its anchors."""

    key: str
    name: str
    document: Document
    report: Report
    rows: tuple[_Row, ...]
    cards: tuple[_Card, ...]
    counts: tuple[tuple[Severity, int], ...]
    asks: int


def render(reviewed: Sequence[Reviewed]) -> bytes:
    """One UTF-8 page over all documents; nothing in it is loaded from elsewhere and nothing in it runs."""
    pairs = [redact(document, report) for document, report in reviewed]
    names = document_names(document for document, _ in pairs)
    chapters = [
        _chapter(f"d{i}", name, *pair) for i, (name, pair) in enumerate(zip(names, pairs, strict=True), start=1)
    ]
    return _template().render(chapters=chapters).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("compliance.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if isinstance(value, str) else value,
    )
    environment.filters |= {
        "circled": circled,
        "clock": clock,
        "web_link": web_link,
        "exposure_range": exposure_range,
        "exposure_details": exposure_details,
        "precedent_text": precedent_text,
        "weighed_text": weighed_text,
        "finding_risk": finding_risk,
        "other_basis_text": other_basis_text,
        "standing_text": standing_text,
        "remark_text": remark_text,
        "consulted_text": consulted_text,
    }
    environment.globals |= {
        "ACTIONS": ACTION_LABELS,
        "CATEGORIES": CATEGORY_LABELS,
        "KINDS": KIND_LABELS,
        "OUTCOMES": OUTCOME_LABELS,
        "SEEN_AS": SEEN_AS_LABELS,
        "SEVERITIES": SEVERITY_LABELS,
        "SOURCES": SOURCE_LABELS,
        "VERDICTS": VERDICT_LABELS,
        "EXACT": SeenAs.EXACT,
        "ASKS": Outcome.ASKS,
    }
    return environment.get_template("report.html.jinja")


def _chapter(key: str, name: str, document: Document, report: Report) -> _Chapter:
    annotated = annotate(document, report)
    by_severity = Counter(finding.severity for finding in report.findings)
    return _Chapter(
        key=key,
        name=name,
        document=document,
        report=report,
        rows=tuple(_Row(line, tuple(_clusters(line.pieces, annotated))) for line in annotated.lines),
        cards=tuple(_card(note, annotated, document.text) for note in annotated.notes),
        counts=tuple((severity, by_severity[severity]) for severity in reversed(Severity) if by_severity[severity]),
        asks=sum(finding.outcome is Outcome.ASKS for finding in report.findings),
    )


def _card(note: Note, annotated: Annotated, text: str) -> _Card:
    line = None if note.line is None else annotated.lines[note.line]
    return _Card(note, place_label(note, line), seconds_of(note, line), rewriting(note.finding, text))


def _clusters(pieces: Iterable[Piece], annotated: Annotated) -> Iterable[_Cluster]:
    for group, numbers in clusters(pieces):
        yield _Cluster(tuple(_mark(piece, annotated) for piece in group), numbers)


def _mark(piece: Piece, annotated: Annotated) -> _Mark:
    if not piece.marks:
        return _Mark(piece.text, None, None, ())
    target = max(piece.marks, key=lambda number: (annotated.notes[number - 1].finding.severity.rank, -number))
    return _Mark(piece.text, annotated.notes[target - 1].finding.severity, target, piece.opens)
