"""Personal information never leaves in an export: document and report with it masked, offsets unchanged."""

import re
from typing import TypeVar

from compliance.model.broadcast import Alert
from compliance.model.document import Document, Place, Segment
from compliance.model.errors import ComplianceError
from compliance.model.report import Excused, Finding, Report
from compliance.words.masking import mask

Reviewed = tuple[Document, Report]
_Text = TypeVar("_Text", str, "str | None")

# A digest or UUID names nobody, and masking digits inside it would break what refers to it.
_OPAQUE = re.compile(r"[0-9a-fA-F-]{32,}")


def redact(document: Document, report: Report) -> Reviewed:
    """Masked copies of both; every offset still points at the same place.

    Raises ComplianceError when the report was not made from this document.
    """
    _check(document, report)
    text = _masked_text(document.text)
    return _document(document, text), report.model_copy(
        update={
            "id": _identifier(report.id),
            "title": _words(report.title),
            "findings": tuple(_finding(f, document.text, text) for f in report.findings),
            "excused": tuple(_excused(e, document.text, text) for e in report.excused),
            "shadow": tuple(_finding(f, document.text, text) for f in report.shadow),
            "degraded": tuple(d.model_copy(update={"reason": mask(d.reason)}) for d in report.degraded),
        }
    )


def redact_alert(alert: Alert, text: str, start: int) -> Alert:
    """A masked copy; `text` is what stands around its words, from the offset `start` on."""
    finding = alert.finding
    first, last = finding.start - start, finding.end - start
    if text[first:last] != finding.text:  # the words were replaced since; they are masked by themselves
        text, first, last = finding.text, 0, len(finding.text)
    here = finding.model_copy(update={"start": first, "end": last})
    masked = _finding(here, text, _masked_text(text))
    moved = masked.model_copy(update={"start": finding.start, "end": finding.end})
    update = {"finding": moved, "reason": mask(alert.reason), "segment_id": _words(alert.segment_id)}
    return alert.model_copy(update=update)


def _check(document: Document, report: Report) -> None:
    size = len(document.text)
    items: tuple[Finding | Excused, ...] = (*report.findings, *report.shadow, *report.excused)
    for item in items:
        if not 0 <= item.start <= item.end <= size:
            raise ComplianceError(
                f"位置 {item.start}–{item.end} 超出全文 {size} 字",
                place=f"报告 {report.id} 的规则 {item.rule}",
                remedy="请用生成这份报告的同一份文档导出",
            )


def _masked_text(raw: str) -> str:
    masked = mask(raw)
    if masked.count("\n") == raw.count("\n"):
        return masked
    # A number broken over two lines is masked whole; the line break stays so that lines keep their numbers.
    return "".join("\n" if r == "\n" else m for r, m in zip(raw, masked, strict=True))


def _document(document: Document, text: str) -> Document:
    segments: list[Segment] = []
    start = 0
    for segment in document.segments:
        end = start + len(segment.text)
        update = {"text": text[start:end], "speaker": _words(segment.speaker), "place": _place(segment.place)}
        segments.append(segment.model_copy(update=update))
        start = end + 1
    update_document = {
        "id": _identifier(document.id),
        "text": text,
        "title": _words(document.title),
        "platform": _words(document.platform),
        "segments": tuple(segments),
    }
    return document.model_copy(update=update_document)


def _finding(finding: Finding, raw: str, masked: str) -> Finding:
    hit, shown = raw[finding.start : finding.end], masked[finding.start : finding.end]
    update: dict[str, object] = {
        name: _quoted(getattr(finding, name), hit, shown)
        for name in ("text", "title", "message", "suggestion", "explanation")
    }
    update["questions"] = tuple(_quoted(question, hit, shown) for question in finding.questions)
    update["place"] = _place(finding.place)
    if finding.grounds is not None:
        nearest = (
            p.model_copy(update={"id": _identifier(p.id), "text": mask(p.text)}) for p in finding.grounds.nearest
        )
        update["grounds"] = finding.grounds.model_copy(update={"nearest": tuple(nearest)})
        update["explanation"] = _weighed_masked(str(update["explanation"]), finding, raw, masked)
    if finding.opinion is not None:
        reason = _quoted(finding.opinion.reason, hit, shown)
        update["opinion"] = finding.opinion.model_copy(update={"reason": reason})
    if finding.rewrite is not None:
        update["rewrite"] = finding.rewrite.model_copy(update={"text": _quoted(finding.rewrite.text, hit, shown)})
    return finding.model_copy(update=update)


def _weighed_masked(text: str, finding: Finding, raw: str, masked: str) -> str:
    """The text with words that weighed as they are shown: part of a number is not seen to be one."""
    for word in finding.grounds.words if finding.grounds is not None else ():
        text = text.replace(f"「{raw[word.start : word.end]}」", f"「{masked[word.start : word.end]}」")
    return text


def _excused(excused: Excused, raw: str, masked: str) -> Excused:
    hit, shown = raw[excused.start : excused.end], masked[excused.start : excused.end]
    update = {"text": _quoted(excused.text, hit, shown), "reason": _quoted(excused.reason, hit, shown)}
    return excused.model_copy(update=update)


def _quoted(text: str, hit: str, shown: str) -> str:
    # The hit may be personal only by what stands around it (“加我微信 …”), so a quotation follows the document.
    return mask(text.replace(hit, shown) if hit != shown else text)


def _place(place: Place | None) -> Place | None:
    if place is None:
        return None
    return place.model_copy(update={"label": mask(place.label), "sheet": _words(place.sheet)})


def _words(text: _Text) -> _Text:
    return mask(text) if text is not None else text


def _identifier(text: str) -> str:
    return text if _OPAQUE.fullmatch(text) else mask(text)
