"""Coverage: which articles rules rest on, and in which goods each kind of breach is looked for."""

from compliance.judge.coverage import Coverage, coverage
from compliance.model.vocabulary import Category, Kind
from small_release import LAWS, compiled, rule


def covered(*rules: str) -> Coverage:
    made = compiled(*rules)
    assert not made.errors
    return coverage(made.rules, LAWS)


def test_articles_name_the_rules_that_rest_on_them() -> None:
    found = covered(rule("绝对化用语") + rule("疾病", name="T-TWO-002", 罚则="广告法 第五十五条"))
    by_name = {each.instrument.name: each for each in found.instruments}
    law = {each.article: each for each in by_name["广告法"].articles}
    assert law["第九条第三项"].bases == ("T-ONE-001", "T-TWO-002")
    assert law["第五十五条"].penalties == ("T-TWO-002",)
    assert law["第五十七条"].penalties == ("T-ONE-001",)
    assert [each.article for each in by_name["广告法"].cited] == ["第九条第三项", "第五十五条", "第五十七条"]
    assert [each.name for each in found.instruments_without_rules] == ["旧办法"]


def test_categories_are_those_that_the_rule_can_reach() -> None:
    found = covered(
        rule("绝对化用语 且 商品.类目 为 化妆品")
        + rule("疾病 且 非 商品.类目 为 药品", name="T-TWO-002", 类型="medical-claim")
        + rule("疾病", unless="商品.类目 属于 (食品、药品)", name="T-SIX-003", 类型="vulgarity")
    )
    absolute, medical, vulgar = (
        {category for category, rules in found.kinds[kind].items() if rules}
        for kind in (Kind.ABSOLUTE_CLAIM, Kind.MEDICAL_CLAIM, Kind.VULGARITY)
    )
    assert absolute == {Category.COSMETICS}
    assert medical == set(Category) - {Category.DRUG}
    assert vulgar == set(Category) - {Category.FOOD, Category.DRUG}
    assert found.categories_without(Kind.MEDICAL_CLAIM) == (Category.DRUG,)
    assert Kind.COUNTERFEIT in found.kinds_without_rules


def test_only_live_rules_count() -> None:
    found = covered(rule("绝对化用语", 状态="draft") + rule("疾病", name="T-TWO-002"))
    assert found.rules == ("T-TWO-002",)
    assert all("T-ONE-001" not in each.rules for each in found.instruments)
