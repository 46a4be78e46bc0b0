"""A finding's rewrite in words: what to put for what."""

from compliance.model.report import Finding
from compliance.model.vocabulary import Change

_LONGEST = 60


def rewriting(finding: Finding, text: str) -> str:
    """One line for people, `text` being the document's; empty where there is nothing to put."""
    edit = finding.rewrite
    if edit is None:
        return ""
    old = text[edit.start : edit.end]
    shown = " ".join((old if len(old) <= _LONGEST else f"{old[:_LONGEST]}…").split())
    match edit.change:
        case Change.REPLACE:
            return f"「{shown}」换成「{edit.text}」"
        case Change.DELETE:
            return f"删去「{shown}」"
        case Change.ADD:
            return f"补上「{edit.text}」"
        case Change.NONE:
            return ""
