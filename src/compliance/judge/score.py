"""Score and verdict, from the findings alone.

Each finding weighs points by severity; a question weighs half. The score is 100·(1 − e^(−points/100)):
more or graver findings never lower it, their order does not matter, and none give 0. Every finding's
contribution is its share of the points, so the contributions add up to the score.
"""

from collections.abc import Sequence
from math import exp

from compliance.model.report import Finding
from compliance.model.vocabulary import Action, Outcome, Severity, Verdict

POINTS = {Severity.INFO: 2, Severity.LOW: 6, Severity.MEDIUM: 16, Severity.HIGH: 40, Severity.CRITICAL: 90}
REVISE_FROM = Severity.MEDIUM
"""Findings of this severity or graver ask for a revision."""


def points(finding: Finding) -> int:
    weight = POINTS[finding.severity]
    return weight if finding.outcome is Outcome.FIRES else weight // 2


def score(findings: Sequence[Finding]) -> float:
    """0 to 100, one decimal."""
    return _of_points(sum(map(points, findings)))


def _of_points(total: int) -> float:
    return round(100 * (1 - exp(-total / 100)), 1)


def contributions(findings: Sequence[Finding]) -> list[float]:
    """Each finding's share of the score in tenths, by largest remainder, so that the shares add up exactly."""
    weights = list(map(points, findings))
    total = sum(weights)
    tenths = round(_of_points(total) * 10)
    if not total:
        return [0.0] * len(findings)
    exact = [weight * tenths / total for weight in weights]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: tenths - sum(whole)]:
        whole[i] += 1
    return [share / 10 for share in whole]


def verdict(findings: Sequence[Finding]) -> Verdict:
    """Any 拦截 that fires blocks; any question, or a finding at the threshold, asks for a revision."""
    fired = [f for f in findings if f.outcome is Outcome.FIRES]
    if any(f.action is Action.BLOCK for f in fired):
        return Verdict.BLOCK
    asks = len(fired) < len(findings)
    if asks or any(f.severity.rank >= REVISE_FROM.rank or f.action is Action.REFER for f in fired):
        return Verdict.REVISE
    return Verdict.PASS
