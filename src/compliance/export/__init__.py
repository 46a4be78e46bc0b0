"""The ways out: a reviewed document as text, JSON, HTML, SARIF or an Excel workbook, personal information masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from compliance.export import report_json
from compliance.export.redaction import Reviewed, redact, redact_alert
from compliance.export.terminal import print_report
from compliance.model.document import Document
from compliance.model.errors import ComplianceError
from compliance.model.report import Report

__all__ = ["FORMATS", "Format", "Reviewed", "print_report", "redact", "redact_alert", "render", "render_many"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is named in files and on the web; `binary` ones do not belong on a terminal."""

    suffix: str
    media_type: str
    binary: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": Format(".txt", "text/plain; charset=utf-8"),
        "json": Format(".json", "application/json"),
        "html": Format(".html", "text/html; charset=utf-8"),
        "sarif": Format(".sarif", "application/sarif+json"),
        "xlsx": Format(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", binary=True),
    }
)

_RENDERERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text": ("terminal", "render"),
        "json": ("report_json", "render_many"),
        "html": ("html", "render"),
        "sarif": ("sarif", "render"),
        "xlsx": ("workbook", "render"),
    }
)


def render(document: Document, report: Report, format: str) -> bytes:  # noqa: A002
    """One report in one of FORMATS; JSON is the Report object itself.

    Raises ComplianceError for an unknown format or a report that was not made from this document.
    """
    if format == "json":
        return report_json.render(document, report)
    return render_many([(document, report)], format)


def render_many(reviewed: Sequence[Reviewed], format: str) -> bytes:  # noqa: A002
    """Several reports in one file of one of FORMATS; JSON is an array. Raises as `render`."""
    if format not in _RENDERERS:
        raise ComplianceError(f"不支持的导出格式“{format}”", remedy=f"可用的格式有 {'、'.join(FORMATS)}")
    module, function = _RENDERERS[format]
    # Imported when it is asked for: openpyxl and jinja2 are slow to load and most calls need neither.
    rendered: bytes = getattr(import_module(f"compliance.export.{module}"), function)(reviewed)
    return rendered
