"""SARIF 2.1.0, so that editors and code review show findings where they stand in the script."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import groupby
from typing import Any
from urllib.parse import quote

import orjson

from compliance.export.annotate import annotate
from compliance.export.links import web_link
from compliance.export.money import exposure_range
from compliance.export.naming import document_names
from compliance.export.printable import printable
from compliance.export.redaction import Reviewed, redact
from compliance.model.document import Document
from compliance.model.labels import KIND_LABELS, SEEN_AS_LABELS, SEVERITY_LABELS
from compliance.model.report import Finding, Report
from compliance.model.vocabulary import Change, Outcome, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_LINK = re.compile(r"\[(?=[^\]\n]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_Named = tuple[str, Document, Report]


def render(reviewed: Sequence[Reviewed]) -> bytes:
    """One SARIF log; documents reviewed under one release on one day share a run."""
    pairs = [redact(document, report) for document, report in reviewed]
    names = document_names(document for document, _ in pairs)
    named = [(name, *pair) for name, pair in zip(names, pairs, strict=True)]

    def law_of(item: _Named) -> tuple[str, str]:
        return item[2].release, item[2].as_of.isoformat()

    runs = [_run(release, as_of, list(items)) for (release, as_of), items in groupby(sorted(named, key=law_of), law_of)]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return orjson.dumps(log, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _run(release: str, as_of: str, items: list[_Named]) -> dict[str, Any]:
    examples: dict[str, Finding] = {}
    for _, _, report in items:
        for finding in report.findings:
            examples.setdefault(finding.rule, finding)
    index = {rule: i for i, rule in enumerate(sorted(examples))}
    driver = {
        "name": "compliance",
        "version": version("compliance"),
        "language": "zh-CN",
        "rules": [_rule(examples[rule]) for rule in index],
    }
    return {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(name, document, report) for name, document, report in items],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _undecided(items)}],
        "results": [
            result
            for i, (name, document, report) in enumerate(items)
            for result in _results(i, name, document, report, index)
        ],
        "properties": {"release": release, "as_of": as_of},
    }


def _rule(finding: Finding) -> dict[str, Any]:
    laws = [f"{law.name} {law.article}" + (f"：{law.summary}" if law.summary else "") for law in finding.law]
    rule: dict[str, Any] = {
        "id": finding.rule,
        "shortDescription": {"text": _sentence(finding.title)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "help": {"text": printable("\n".join(["依据：", *laws, f"处罚：{exposure_range(finding.exposure)}"]))},
        "properties": {
            "tags": [finding.kind.value],
            "kind": KIND_LABELS[finding.kind],
            "severity": finding.severity.value,
            "law": [f"{law.name} {law.article}" for law in finding.law],
        },
    }
    if link := next(filter(None, (web_link(law.url) for law in finding.law)), None):
        rule["helpUri"] = link
    return rule


def _artifact(name: str, document: Document, report: Report) -> dict[str, Any]:
    return {
        "location": {"uri": _uri(name)},
        "roles": ["analysisTarget"],
        "mimeType": "text/plain",
        "encoding": "UTF-8",
        # The regions count in this text, not in the docx or xlsx that it was read from.
        "contents": {"text": document.text},
        "properties": {
            "document": document.id,
            "report": report.id,
            "source": report.source.value,
            "category": report.category.value if report.category else None,
            "verdict": report.verdict.value,
            "score": report.score,
            "exposure": report.exposure.model_dump(mode="json"),
        },
    }


def _undecided(items: Iterable[_Named]) -> list[dict[str, Any]]:
    return [
        {
            "level": "warning",
            "message": {"text": _sentence(f"{name}：{degraded.rule} 未能判定，{degraded.reason}")},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(name), "index": i}}}],
            "properties": {"rule": degraded.rule},
        }
        for i, (name, _, report) in enumerate(items)
        for degraded in report.degraded
    ]


def _results(
    artifact: int, name: str, document: Document, report: Report, index: dict[str, int]
) -> list[dict[str, Any]]:
    starts = [0, *(i + 1 for i, c in enumerate(document.text) if c == "\n")]
    seen: Counter[tuple[str, ...]] = Counter()
    results: list[dict[str, Any]] = []
    for note in annotate(document, report).notes:
        finding = note.finding
        line = bisect_right(starts, finding.start) - 1
        line_end = starts[line + 1] - 1 if line + 1 < len(starts) else len(document.text)
        key = (_uri(name), finding.rule, finding.text, document.text[starts[line] : line_end])
        seen[key] += 1
        asks = finding.outcome is Outcome.ASKS
        results.append(
            {
                "ruleId": finding.rule,
                "ruleIndex": index[finding.rule],
                "kind": "open" if asks else "fail",
                "level": "none" if asks else _LEVELS[finding.severity],
                "message": {"text": _message(finding)},
                "locations": [_location(artifact, name, document.text, starts, finding)],
                "fingerprints": {"finding/v1": _fingerprint(key, seen[key])},
                "properties": _properties(finding),
                **_fixes(name, artifact, finding),
            }
        )
    return results


def _fixes(name: str, artifact: int, finding: Finding) -> dict[str, Any]:
    """The rewrite as an edit that an editor can make; nothing where there is none."""
    edit = finding.rewrite
    if edit is None or edit.change is Change.NONE:
        return {}
    replacement: dict[str, Any] = {"deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start}}
    if edit.text:
        replacement["insertedContent"] = {"text": edit.text}
    change = {"artifactLocation": {"uri": _uri(name), "index": artifact}, "replacements": [replacement]}
    return {"fixes": [{"artifactChanges": [change]}]}


def _location(artifact: int, name: str, text: str, starts: list[int], finding: Finding) -> dict[str, Any]:
    first, last = bisect_right(starts, finding.start) - 1, bisect_right(starts, finding.end) - 1
    region = {
        "startLine": first + 1,
        "startColumn": finding.start - starts[first] + 1,
        "endLine": last + 1,
        "endColumn": finding.end - starts[last] + 1,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
        "snippet": {"text": text[finding.start : finding.end]},
    }
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(name), "index": artifact}, "region": region}
    }
    if finding.place:
        location["message"] = {"text": _sentence(finding.place.label)}
    return location


def _properties(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "severityLabel": SEVERITY_LABELS[finding.severity],
        "kind": finding.kind.value,
        "action": finding.action.value,
        "seenAs": SEEN_AS_LABELS[finding.seen_as],
        "confidence": finding.confidence,
        "exposure": finding.exposure.model_dump(mode="json"),
        "law": [f"{law.name} {law.article}" for law in finding.law],
        "basis": finding.basis.value if finding.basis else None,
        "condition": finding.condition,
        "otherBasis": finding.other_basis.model_dump(mode="json") if finding.other_basis else None,
        "grounds": finding.grounds.model_dump(mode="json") if finding.grounds else None,
        "opinion": finding.opinion.model_dump(mode="json") if finding.opinion else None,
        "questions": list(finding.questions),
        "tStart": finding.t_start,
        "tEnd": finding.t_end,
    }


def _message(finding: Finding) -> str:
    parts = [finding.message, *(f"待补：{question}" for question in finding.questions)]
    if finding.suggestion:
        parts.append(f"建议：{finding.suggestion}")
    return _sentence("\n".join(part for part in parts if part) or finding.title)


def _sentence(text: str) -> str:
    # In SARIF messages “[…](…)” is a link and “{0}” a placeholder; quoted user text must be neither.
    shown = _LINK.sub(r"\\[", printable(text)) or "（无）"
    return _PLACEHOLDER.sub(r"{{\1}}", shown)


def _fingerprint(key: tuple[str, ...], occurrence: int) -> str:
    return hashlib.sha256("\0".join((*key, str(occurrence))).encode("utf-8", "replace")).hexdigest()


def _uri(name: str) -> str:
    return quote(name.replace("\\", "/").lstrip("/"), safe="/") or "document"
