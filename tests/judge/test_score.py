"""Laws of the score, the contributions and the verdict."""

import pytest
from finding_samples import FINDINGS, finding
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.score import contributions, score, verdict
from compliance.model.report import Finding
from compliance.model.vocabulary import Action, Outcome, Severity, Verdict

LISTS = st.lists(FINDINGS, max_size=30)


def test_no_findings_no_score() -> None:
    assert score([]) == 0
    assert contributions([]) == []
    assert verdict([]) is Verdict.PASS


@given(LISTS, FINDINGS)
def test_one_more_finding_never_lowers_it(findings: list[Finding], more: Finding) -> None:
    assert score([*findings, more]) >= score(findings)


@given(LISTS.filter(bool), st.sampled_from(Severity))
def test_a_graver_finding_never_lowers_it(findings: list[Finding], severity: Severity) -> None:
    first = findings[0]
    graver = first.model_copy(update={"severity": max(first.severity, severity, key=lambda s: s.rank)})
    assert score([graver, *findings[1:]]) >= score(findings)


@given(LISTS.filter(bool))
def test_an_answered_question_never_lowers_it(findings: list[Finding]) -> None:
    certain = [findings[0].model_copy(update={"outcome": Outcome.FIRES}), *findings[1:]]
    assert score(certain) >= score(findings)


@given(LISTS, st.randoms())
def test_the_order_does_not_matter(findings: list[Finding], random: object) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(shuffled) == score(findings)
    assert verdict(shuffled) is verdict(findings)
    assert sum(round(s * 10) for s in contributions(shuffled)) == sum(round(s * 10) for s in contributions(findings))


@given(LISTS)
def test_contributions_account_for_the_score_exactly(findings: list[Finding]) -> None:
    shares = contributions(findings)
    assert len(shares) == len(findings)
    assert all(share >= 0 for share in shares)
    assert sum(round(share * 10) for share in shares) == round(score(findings) * 10)


@given(st.lists(FINDINGS, max_size=200))
def test_the_score_stays_in_its_range(findings: list[Finding]) -> None:
    assert 0 <= score(findings) <= 100
    assert (score(findings) == 0) == (findings == [])


@given(FINDINGS)
def test_graver_findings_contribute_at_least_as_much(other: Finding) -> None:
    low, high = contributions([other.model_copy(update={"severity": s}) for s in (Severity.LOW, Severity.CRITICAL)])
    assert high > low


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([finding(Severity.INFO, Action.HINT)], Verdict.PASS),
        ([finding(Severity.LOW, Action.REVISE)], Verdict.PASS),
        ([finding(Severity.MEDIUM, Action.HINT)], Verdict.REVISE),
        ([finding(Severity.HIGH, Action.REVISE)], Verdict.REVISE),
        ([finding(Severity.LOW, Action.REFER)], Verdict.REVISE),
        ([finding(Severity.LOW, Action.BLOCK)], Verdict.BLOCK),
        ([finding(Severity.INFO, Action.HINT, Outcome.ASKS)], Verdict.REVISE),
        ([finding(Severity.CRITICAL, Action.BLOCK, Outcome.ASKS)], Verdict.REVISE),
        ([finding(Severity.LOW, Action.BLOCK), finding(Severity.LOW, Action.HINT, Outcome.ASKS)], Verdict.BLOCK),
    ],
)
def test_verdicts(findings: list[Finding], expected: Verdict) -> None:
    assert verdict(findings) is expected
