"""Compliance and risk review for the scripts, transcripts, listings and danmaku of Chinese live commerce.

For example:

    from compliance import Engine, Document
    report = Engine.load().review(Document(id="a", category="cosmetics", text="这是全网最好的面霜"))
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.engine import Engine
    from compliance.model.broadcast import Alert, Broadcast, HeardSegment
    from compliance.model.document import Document, Evidence, Segment
    from compliance.model.errors import ComplianceError
    from compliance.model.report import Finding, Report

__all__ = [
    "Alert",
    "Broadcast",
    "ComplianceError",
    "Document",
    "Engine",
    "Evidence",
    "Finding",
    "HeardSegment",
    "Report",
    "Segment",
]
__version__ = "0.1.0"

# Loaded on first use: the engine's libraries take a second, and `compliance --help` needs none of them.
_HOMES = {
    "Alert": "compliance.model.broadcast",
    "Broadcast": "compliance.model.broadcast",
    "ComplianceError": "compliance.model.errors",
    "Document": "compliance.model.document",
    "Engine": "compliance.engine",
    "Evidence": "compliance.model.document",
    "Finding": "compliance.model.report",
    "HeardSegment": "compliance.model.broadcast",
    "Report": "compliance.model.report",
    "Segment": "compliance.model.document",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
