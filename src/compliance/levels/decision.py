"""What a level decides about a report: a pure function of its findings."""

from enum import StrEnum

from compliance.model.report import Report
from compliance.model.value import Value
from compliance.model.vocabulary import Action, Outcome, Verdict


class Disposition(StrEnum):
    """What happens next with the document."""

    CLEARED = "cleared"  # may be published or broadcast
    RETURNED = "returned"  # back to its author, with suggestions or questions
    STOPPED = "stopped"  # must not be published or broadcast as it is
    REFERRED = "referred"  # to counsel


class Decision(Value):
    """The outcome of one level, and the sentence that says why."""

    level: int
    disposition: Disposition
    reason: str


def decide(level: int, report: Report) -> Decision:
    """Stopped when the verdict blocks, referred when a rule asks for counsel, else returned or cleared."""
    asked = sum(f.outcome is Outcome.ASKS for f in report.findings)
    fired = len(report.findings) - asked
    if report.verdict is Verdict.BLOCK:
        stopping = sum(f.action is Action.BLOCK and f.outcome is Outcome.FIRES for f in report.findings)
        return Decision(level=level, disposition=Disposition.STOPPED, reason=f"{stopping} 处必须拦截")
    if any(f.action is Action.REFER and f.outcome is Outcome.FIRES for f in report.findings):
        return Decision(level=level, disposition=Disposition.REFERRED, reason="有规则要求转法务")
    if report.verdict is Verdict.REVISE:
        reason = f"{fired} 处需要修改，{asked} 处待补事实" if asked else f"{fired} 处需要修改"
        return Decision(level=level, disposition=Disposition.RETURNED, reason=reason)
    hints = f"，另有 {fired} 处提示" if fired else ""
    return Decision(level=level, disposition=Disposition.CLEARED, reason=f"没有需要修改的内容{hints}")
