"""Findings and penalties for tests of score and exposure."""

from hypothesis import strategies as st

from compliance.lang.rule import PenaltyRef
from compliance.model.law import Penalty
from compliance.model.report import Exposure, Finding
from compliance.model.vocabulary import Action, Kind, Outcome, SeenAs, Severity


def finding(
    severity: Severity = Severity.HIGH,
    action: Action = Action.REVISE,
    outcome: Outcome = Outcome.FIRES,
    span: tuple[int, int] = (0, 2),
) -> Finding:
    return Finding(
        rule="T-ONE-001",
        title="测试",
        kind=Kind.ABSOLUTE_CLAIM,
        severity=severity,
        action=action,
        outcome=outcome,
        start=span[0],
        end=span[1],
        text="甲" * (span[1] - span[0]),
        seen_as=SeenAs.EXACT,
        confidence=1,
        law=(),
        exposure=Exposure(),
        message="",
        suggestion="",
        explanation="",
    )


def penalty(article: str, low: int | None, high: int | None, civil: str | None = None) -> PenaltyRef:
    return PenaltyRef("广告法", article, Penalty(min=low, max=high, basis="罚款", multiple=f"{article}倍", civil=civil))


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda p: (p[0], p[0] + p[1]))
FINDINGS = st.builds(finding, st.sampled_from(Severity), st.sampled_from(Action), st.sampled_from(Outcome), SPANS)
# One article has one penalty: the amounts follow from the name.
PENALTIES = st.integers(1, 8).map(
    lambda n: penalty(f"第{n}条", n * 100, n * 1_000) if n < 8 else penalty("第8条", None, None)
)
