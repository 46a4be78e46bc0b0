"""Laws of what is at risk: one act once at the heavier article, one article once, and nothing else."""

from finding_samples import FINDINGS, PENALTIES, finding, penalty
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.exposure import of_report, of_rule
from compliance.lang.rule import PenaltyRef
from compliance.model.report import Exposure, Finding

ACTS = st.lists(st.tuples(FINDINGS, st.lists(PENALTIES, max_size=3)), max_size=12)
LIGHT, HEAVY = penalty("第1条", 100, 1_000), penalty("第2条", 200, 2_000)


def exposure(acts: list[tuple[Finding, list[PenaltyRef]]]) -> Exposure:
    return of_report([found for found, _ in acts], [refs for _, refs in acts])


@given(ACTS)
def test_the_total_lies_between_the_gravest_article_and_the_sum_of_all(
    acts: list[tuple[Finding, list[PenaltyRef]]],
) -> None:
    total = exposure(acts)
    articles = {ref.citation: ref.penalty.max for _, refs in acts for ref in refs if ref.penalty.max is not None}
    if not articles:
        assert (total.min, total.max) == (None, None)
        return
    assert total.max is not None
    assert total.min is not None
    assert max(articles.values()) <= total.max <= sum(articles.values())
    assert total.min <= total.max


@given(ACTS, st.randoms())
def test_the_order_does_not_matter(acts: list[tuple[Finding, list[PenaltyRef]]], random: object) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert exposure(shuffled) == exposure(acts)


@given(ACTS)
def test_saying_everything_again_elsewhere_costs_no_more(acts: list[tuple[Finding, list[PenaltyRef]]]) -> None:
    again = [(f.model_copy(update={"start": f.start + 100, "end": f.end + 100}), refs) for f, refs in acts]
    assert exposure([*acts, *again]) == exposure(acts)


def test_one_act_under_two_articles_counts_the_heavier() -> None:
    total = exposure([(finding(span=(0, 4)), [LIGHT]), (finding(span=(2, 6)), [HEAVY])])
    assert (total.min, total.max) == (200, 2_000)
    assert total.basis == ("广告法 第2条：罚款",)


def test_two_acts_under_two_articles_count_both() -> None:
    total = exposure([(finding(span=(0, 4)), [LIGHT]), (finding(span=(4, 6)), [HEAVY])])
    assert (total.min, total.max) == (300, 3_000)


def test_one_article_broken_twice_counts_once() -> None:
    assert exposure([(finding(span=(0, 2)), [LIGHT]), (finding(span=(5, 7)), [LIGHT])]).max == 1_000


def test_claims_of_buyers_are_not_absorbed_by_a_heavier_fine() -> None:
    total = exposure([(finding(), [penalty("第1条", 100, 1_000, civil="退一赔三")]), (finding(), [HEAVY])])
    assert total.max == 2_000
    assert total.civil == ("退一赔三",)


def test_an_article_without_an_amount_is_still_named() -> None:
    total = exposure([(finding(), [penalty("第8条", None, None)])])
    assert (total.min, total.max) == (None, None)
    assert total.basis == ("广告法 第8条：罚款",)
    assert total.multiples == ("第8条倍",)


def test_the_exposure_of_one_rule() -> None:
    assert of_rule([]) == Exposure()
    both = of_rule([LIGHT, HEAVY])
    assert (both.min, both.max) == (200, 2_000)
    assert both.basis == ("广告法 第2条：罚款", "广告法 第1条：罚款")
    assert both.multiples == ("第2条倍", "第1条倍")
