"""Compliance and risk review for the scripts, transcripts, listings and danmaku of Chinese live commerce.

    from compliance import Engine, Document
    report = Engine.load().review(Document(id="a", category="cosmetics", text="这是全网最好的面霜"))
"""

from compliance.engine import Engine
from compliance.model.document import Document, Evidence, Segment
from compliance.model.errors import ComplianceError
from compliance.model.report import Finding, Report

__all__ = ["ComplianceError", "Document", "Engine", "Evidence", "Finding", "Report", "Segment"]
__version__ = "0.1.0"
