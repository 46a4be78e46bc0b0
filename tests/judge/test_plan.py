"""Rules that a category denies are not looked at, and never matter."""

from small_release import judge, review, rule

FOOD_ONLY = rule("出现 绝对化用语 且 商品.类目 为 食品", name="T-FOOD-001")
NOT_FOOD = rule("出现 绝对化用语 且 非 商品.类目 为 食品", name="T-REST-001")
ANY = rule("出现 绝对化用语", name="T-ANY-001", 类型="price-fraud")


def test_the_category_chooses_the_rules() -> None:
    chosen = judge(FOOD_ONLY + NOT_FOOD + ANY)

    def rules(category: str | None) -> list[tuple[str, str]]:
        report = review(chosen, "这是最好的", category=category)
        return sorted((f.rule, f.outcome.value) for f in report.findings)

    assert rules("food") == [("T-ANY-001", "fires"), ("T-FOOD-001", "fires")]
    assert rules("cosmetics") == [("T-ANY-001", "fires"), ("T-REST-001", "fires")]
    assert ("T-ANY-001", "fires") in rules(None)
    assert {outcome for name, outcome in rules(None) if name != "T-ANY-001"} == {"asks"}


def test_one_judge_serves_all_categories_alike() -> None:
    """A plan made for one category says nothing about the next document."""
    chosen = judge(FOOD_ONLY + NOT_FOOD)
    first = review(chosen, "这是最好的", category="food")
    review(chosen, "这是最好的", category="cosmetics")
    assert review(chosen, "这是最好的", category="food") == first
