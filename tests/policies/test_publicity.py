"""The shipped law on publicity, next to that on advertisements: what corresponds to what, and what to nothing."""

from datetime import date
from functools import cache

import pytest

from compliance.judge.bases import Bases
from compliance.lang.registry import LawRegistry
from compliance.lang.rule import Rule
from compliance.model.vocabulary import Character
from compliance.release.release import Release, freeze
from compliance.release.sources import read_sources

AD, PUBLICITY = Character.ADVERTISEMENT, Character.PUBLICITY
DAY = date(2026, 11, 1)
BEFORE = date(2025, 10, 14)
FALSE = "反不正当竞争法 第九条第一款"


@cache
def shipped_release() -> Release:
    return freeze(read_sources())


def bases() -> Bases:
    return Bases(shipped_release().laws)


def rules_of(article: str) -> list[Rule]:
    """Those that cite it as a duty and are punished under the law on advertisements alone."""
    law, _, reference = article.partition(" ")
    found = [
        rule
        for rule in shipped_release().rules
        if any((ref.name, ref.article) == (law, reference) for ref in rule.law)
        and all(ref.law == "广告法" for ref in rule.penalties)
    ]
    assert found, article
    return found


@pytest.mark.parametrize(
    ("duty", "law", "fine"),
    [
        ("广告法 第九条第三项", FALSE, (0, 1_000_000)),
        ("广告法 第二十八条第一款", FALSE, (0, 1_000_000)),
        ("广告法 第十七条", FALSE, (0, 1_000_000)),
        ("广告法 第二十四条第一项", FALSE, (0, 1_000_000)),
        ("广告法 第十三条", "反不正当竞争法 第十二条", (100_000, 1_000_000)),
    ],
)
def test_what_corresponds_as_publicity(duty: str, law: str, fine: tuple[int, int]) -> None:
    for rule in rules_of(duty):
        footing = bases().footing(rule, PUBLICITY, DAY)
        assert law in [f"{ref.name} {ref.article}" for ref in footing.law], rule.id
        assert (footing.exposure.min, footing.exposure.max) == fine, rule.id
        assert footing.condition, rule.id
        assert footing.other is not None
        assert footing.other.exposure == bases().footing(rule, AD, DAY).exposure


@pytest.mark.parametrize("duty", ["广告法 第十四条", "广告法 第十六条第二款", "广告法 第十条", "广告法 第九条第八项"])
def test_what_binds_advertisements_only_costs_nothing_as_publicity(duty: str) -> None:
    for rule in rules_of(duty):
        assert bases().footing(rule, PUBLICITY, DAY).exposure.basis == (), rule.id


def test_before_the_competition_law_was_renumbered_its_old_articles_count() -> None:
    """第二十三条 was the fine for disparagement then and is that for confusion now."""
    (rule, *_) = rules_of("广告法 第十三条")
    then, now = (bases().footing(rule, PUBLICITY, day) for day in (BEFORE, DAY))
    assert [(ref.name, ref.article) for ref in then.law] == [("反不正当竞争法", "第十一条")]
    assert (then.exposure.min, then.exposure.max) == (100_000, 500_000)
    assert then.exposure.basis == ("反不正当竞争法 第二十三条：违反第十一条，责令停止、消除影响并罚款",)
    assert any("违反第十二条，责令停止、消除影响并罚款" in basis for basis in now.exposure.basis)


def test_no_law_on_advertisements_is_named_as_publicity_beside_other_law() -> None:
    laws, made = shipped_release().laws, bases()
    for rule in shipped_release().rules:
        footing = made.footing(rule, PUBLICITY, DAY)
        if footing.basis is None or footing.law == rule.law:
            continue
        advertising = [ref for ref in footing.law if _binds_ads(laws, ref.name, ref.article)]
        assert advertising == [], rule.id


def _binds_ads(laws: LawRegistry, name: str, article: str) -> bool:
    instrument = laws.instrument(name)
    assert instrument is not None
    return instrument.advertising or any(a.advertising for a in laws.articles(instrument, article))


def test_rules_of_other_laws_have_one_basis() -> None:
    made = bases()
    either = [rule for rule in shipped_release().rules if not made.depends(rule)]
    assert {"价格违法行为行政处罚规定", "个人信息保护法"} <= {ref.law for rule in either for ref in rule.penalties}
    for rule in either:
        assert made.footing(rule, PUBLICITY, DAY) == made.footing(rule, AD, DAY)


@pytest.mark.parametrize("day", [date(2018, 1, 1), BEFORE, date(2025, 10, 15), DAY])
def test_every_counterpart_gives_law_and_a_fine_on_every_day(day: date) -> None:
    """From 2018 on: what was the law before is not registered."""
    laws = shipped_release().laws
    for instrument in laws.instruments:
        for each in instrument.publicity:
            if each.in_force(day):
                assert any(laws.cited(citation, day) for citation in each.law), each
                assert sum(laws.cited(citation, day) is not None for citation in each.penalty) == 1, each
