"""A report for the terminal: the annotated script with its findings below each line, then what was decided."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from compliance.export.annotate import Annotated, Line, Note, annotate, circled, clock, clusters, shorten
from compliance.export.bases import finding_risk, other_basis_text, standing_text
from compliance.export.grounds import precedent_text, weighed_text
from compliance.export.money import exposure_details, exposure_range
from compliance.export.opinions import consulted_text, remark_text
from compliance.export.printable import printable
from compliance.export.redaction import Reviewed, redact
from compliance.export.rewriting import rewriting
from compliance.export.wrapping import wrap
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
from compliance.model.report import Excused, Finding, Report
from compliance.model.vocabulary import Outcome, SeenAs, Severity, Verdict

_STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "bold yellow",
    Severity.LOW: "bold cyan",
    Severity.INFO: "bold blue",
}
_VERDICT_STYLES = {Verdict.PASS: "green", Verdict.REVISE: "yellow", Verdict.BLOCK: "red"}
_FEW_EXCUSED = 5
_PLAIN_WIDTH = 80


def render(reviewed: Sequence[Reviewed]) -> bytes:
    """The reports as plain UTF-8 text at 80 columns, without colour."""
    file = io.StringIO()
    console = Console(file=file, width=_PLAIN_WIDTH, no_color=True, force_terminal=False, legacy_windows=False)
    for document, report in reviewed:
        print_report(console, document, report)
    # Padding to the full width is for screens only.
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines()).encode()


def print_report(console: Console, document: Document, report: Report, *, verbose: bool = False) -> None:
    """Print one report; `verbose` adds the lines without findings, explanations and every excused hit."""
    document, report = redact(document, report)
    page = _Page(console, document.text)
    annotated = annotate(document, report)
    page.heading(document, report)
    for line in annotated.lines:
        if line.notes or (verbose and line.pieces):
            page.line(line, annotated, verbose=verbose)
    if annotated.unplaced:
        page.text(Text("全文", style="bold"))
        for note in annotated.unplaced:
            page.note(note, verbose=verbose)
        page.blank()
    page.excused(report.excused, verbose=verbose)
    page.degraded(report)
    page.summary(report)


class _Page:
    """Writes to one console about the document that says `text`, wrapping by cell width with a hanging indent."""

    def __init__(self, console: Console, text: str) -> None:
        self._console = console
        self._said = text
        self._width = min(console.width, 120)

    def text(self, text: Text, *, first: str = "", indent: int = 0) -> None:
        """One paragraph; `first` stands before its first line, the rest hangs `indent` cells in."""
        text.plain = printable(text.plain)
        lead = Text(first)
        for row in wrap(text, self._width - max(indent, lead.cell_len)):
            prefix = lead if lead.plain else Text(" " * indent)
            prefix.pad_right(max(0, indent - prefix.cell_len))
            self._console.print(prefix + row, soft_wrap=True, highlight=False)
            lead = Text("")

    def blank(self) -> None:
        self._console.print()

    def heading(self, document: Document, report: Report) -> None:
        kinds = [SOURCE_LABELS[report.source], *([CATEGORY_LABELS[report.category]] if report.category else [])]
        title = " ".join((document.title or report.title or document.id).split())
        self.text(Text.assemble((title, "bold"), ("  " + " · ".join(kinds), "dim")))
        self._console.print(Text("─" * self._width, style="dim"), soft_wrap=True)

    def line(self, line: Line, annotated: Annotated, *, verbose: bool) -> None:
        self.text(_place(line))
        self.text(_script(line, annotated, whole=verbose), indent=2)
        shared = {n for _, numbers in clusters(line.pieces) if len(numbers) > 1 for n in numbers}
        for note in line.notes:
            self.note(note, verbose=verbose, quoted=note.number in shared)
        self.blank()

    def note(self, note: Note, *, verbose: bool, quoted: bool = False) -> None:
        """One finding; `quoted` repeats its words where its bracket holds those of other findings too."""
        finding = note.finding
        head = Text.assemble(
            (f"[{SEVERITY_LABELS[finding.severity]}]", _STYLES[finding.severity]),
            (" " + " ".join(finding.title.split()), "bold"),
            (f"  {finding.rule} · {KIND_LABELS[finding.kind]} · {_asked(finding)}", "dim"),
        )
        self.text(head, first=f"  {circled(note.number)} ", indent=5)
        if quoted:
            self.text(Text(" ".join(finding.text.split())), first="     命中  ", indent=11)
        for name, value in _rows(finding, self._said, placed=note.line is not None, verbose=verbose):
            self.text(Text(value), first=f"     {name}  ", indent=11)

    def excused(self, excused: Sequence[Excused], *, verbose: bool) -> None:
        if not excused:
            return
        shown = excused if verbose else excused[:_FEW_EXCUSED]
        self.text(Text(f"已排除 {len(excused)} 处（命中词语但不构成问题）", style="bold"))
        for item in shown:
            quoted = " ".join(item.text.split())
            self.text(Text(f"“{quoted}”  {item.reason}  {item.rule}", style="dim"), first="  · ", indent=4)
        if len(shown) < len(excused):
            self.text(Text(f"另有 {len(excused) - len(shown)} 处，详细模式下全部列出", style="dim"), indent=4)
        self.blank()

    def degraded(self, report: Report) -> None:
        if not report.degraded:
            return
        self.text(Text(f"未能判定的规则 {len(report.degraded)} 条", style="bold yellow"))
        for item in report.degraded:
            self.text(Text(f"{item.rule}  {item.reason}"), first="  · ", indent=4)
        self.blank()

    def summary(self, report: Report) -> None:
        style = _VERDICT_STYLES[report.verdict]
        body = Text.assemble((f"结论  {VERDICT_LABELS[report.verdict]}", f"bold {style}"))
        body.append(f"    风险分 {report.score:g}/100\n", "bold")
        if report.findings:
            body.append(f"问题  {_counts(report.findings)}\n")
            body.append(f"风险  {exposure_range(report.exposure)}\n")
            if report.standing is not None:
                body.append(f"性质  {standing_text(report.standing)}\n")
        else:
            body.append("未发现问题。\n", style)
        if report.consulted is not None:
            body.append(f"第二意见  {consulted_text(report.consulted)}\n", "dim")
        body.append(f"规则  {report.release[:19]}    法律截至 {report.as_of:%Y-%m-%d}", "dim")
        body.plain = printable(body.plain)
        rows = Text("\n").join(wrap(body, self._width - 4))
        self._console.print(Panel(rows, border_style=style, width=self._width), highlight=False)


def _place(line: Line) -> Text:
    text = Text.assemble((" ".join(line.label.split()), "bold"))
    if line.t_start is not None:
        end = f"–{clock(line.t_end)}" if line.t_end is not None else ""
        text.append(f"  {clock(line.t_start)}{end}", "cyan")
    if line.speaker:
        text.append("  " + " ".join(line.speaker.split()), "dim")
    return text


def _script(line: Line, annotated: Annotated, *, whole: bool) -> Text:
    """The words of one line with each cluster of marks in brackets and its numbers behind it."""
    text = Text()
    for pieces, numbers in clusters(line.pieces if whole else shorten(line.pieces)):
        if not numbers:
            text.append("".join(piece.text for piece in pieces))
            continue
        styles = [_STYLES[_gravest(annotated, piece.marks)] for piece in pieces]
        text.append("【", style=styles[0])
        for piece, style in zip(pieces, styles, strict=True):
            text.append(piece.text, style=style)
        text.append("】" + "".join(circled(number) for number in numbers), style=styles[-1])
    return text


def _gravest(annotated: Annotated, numbers: Iterable[int]) -> Severity:
    return max((annotated.notes[n - 1].finding.severity for n in numbers), key=lambda severity: severity.rank)


def _asked(finding: Finding) -> str:
    return OUTCOME_LABELS[Outcome.ASKS] if finding.outcome is Outcome.ASKS else ACTION_LABELS[finding.action]


def _rows(finding: Finding, text: str, *, placed: bool, verbose: bool) -> Iterable[tuple[str, str]]:
    if not placed and finding.place:
        yield "位置", finding.place.label
    for law in finding.law:
        yield "法条", f"{law.name} {law.article}" + (f"：{law.summary}" if verbose and law.summary else "")
    yield "风险", finding_risk(finding)
    if finding.condition:
        yield "条件", finding.condition
    if verbose:
        yield from (("依据", detail) for detail in exposure_details(finding.exposure))
        if finding.other_basis is not None:
            yield "另据", other_basis_text(finding.other_basis)
    if finding.seen_as is not SeenAs.EXACT:
        yield "识别", f"{SEEN_AS_LABELS[finding.seen_as]}（置信度 {finding.confidence:.2f}）"
    if heavy := weighed_text(finding):
        yield "权重", heavy
    if finding.grounds is not None:
        yield from (("相近", precedent_text(each)) for each in finding.grounds.nearest[: None if verbose else 1])
    yield "说明", finding.message
    if verbose and finding.explanation:
        yield "推理", finding.explanation
    if finding.opinion is not None:
        yield "意见", remark_text(finding.opinion)
    yield from (("待补", question) for question in finding.questions)
    if finding.suggestion:
        yield "建议", finding.suggestion
    if verbose and (told := rewriting(finding, text)):
        yield "改写", told


def _counts(findings: Sequence[Finding]) -> str:
    by_severity = Counter(finding.severity for finding in findings)
    parts = [f"{SEVERITY_LABELS[s]} {by_severity[s]}" for s in reversed(Severity) if by_severity[s]]
    asks = sum(finding.outcome is Outcome.ASKS for finding in findings)
    return f"{len(findings)} 处（{'，'.join(parts)}）" + (f"，其中待补 {asks} 处" if asks else "")
