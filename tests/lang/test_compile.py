"""Rule texts → compiled rules: every mistake at once, law in force, guards, warnings, word groups."""

from datetime import date

import pytest

from compliance.lang.factvalue import BadFactValueError, normalize
from compliance.lang.pattern import BadPatternError, translate
from compliance.lang.rule import Rule
from compliance.model.vocabulary import Action, Severity, Source, Stage
from small_release import compiled, registries, rule


def codes(*sources: str) -> list[str]:
    return [d.code for d in compiled(*sources).diagnostics]


def only(source: str) -> Rule:
    made = compiled(source)
    assert not made.errors
    assert len(made.rules) == 1
    return made.rules[0]


def test_a_rule_says_what_it_says() -> None:
    made = only(
        rule(
            "出现 绝对化用语",
            unless="命中 被否定 或 命中 位于 引号 内",
            处置="转法务",
            状态="draft",
            参见="T-A-1、T-B-2",
        )
    )
    assert (made.id, made.title, made.severity, made.action, made.stage) == (
        "T-ONE-001",
        "测试规则",
        Severity.HIGH,
        Action.REFER,
        Stage.DRAFT,
    )
    assert made.sources == {Source.SCRIPT, Source.TRANSCRIPT, Source.DANMAKU}
    assert made.first_source is Source.SCRIPT
    assert made.see == ("T-A-1", "T-B-2")
    assert made.condition_text == "出现 绝对化用语"
    assert [exception.text for exception in made.exceptions] == ["命中 被否定", "命中 位于 引号 内"]
    assert [(ref.name, ref.article) for ref in made.law] == [("广告法", "第九条第三项")]
    assert [ref.citation for ref in made.penalties] == ["广告法 第五十七条"]
    assert made.message == "“{命中}”涉嫌测试规则"


def test_comments_do_not_reach_the_explanation() -> None:
    made = only(rule('出现 "编号#1"  # 为什么\n    且 出现 绝对化用语 # 还有'))
    assert made.condition_text == '出现 "编号#1" 且 出现 绝对化用语'


def test_every_mistake_of_every_file_is_told_at_once() -> None:
    spoiled = rule("出现 绝对用语 且 商品.类木 为 食品", 等级="hihg", 依据="广告 第九条", 生效="2026-02-30 起")
    assert codes(spoiled) == ["E008", "E013", "E012", "E006", "E014"]
    assert codes(spoiled, rule("命中", name="t")) == ["E008", "E013", "E012", "E006", "E014", "E024", "E018"]


def test_one_spoiled_clause_spoils_one_clause() -> None:
    made = compiled(rule("出现 绝对化用语 且 且", 等级="high high") + rule("出现 疾病", name="T-TWO-002"))
    assert [d.code for d in made.errors] == ["E001", "E001"]
    assert [each.id for each in made.rules] == ["T-TWO-002"]


def test_a_rule_id_is_given_once_over_all_files() -> None:
    made = compiled(rule("出现 疾病"), rule("出现 绝对化用语"))
    assert [(d.code, d.path, d.values["where"]) for d in made.diagnostics] == [("E007", "2.rule", "1.rule:2")]


# Law


@pytest.mark.parametrize("article", ["第九条第三项", "§9(3)", "第9条第3项"])
def test_an_article_may_be_written_in_several_ways(article: str) -> None:
    assert only(rule("出现 疾病", 依据=f"广告法 {article}")).law[0].article == "第九条第三项"


@pytest.mark.parametrize(
    "law", ["广告法", "中华人民共和国广告法", "「广告法」", "《广告法》", "“中华人民共和国广告法”"]
)
def test_a_law_may_be_cited_by_either_name(law: str) -> None:
    assert only(rule("出现 疾病", 依据=f"{law} 第九条第三项")).law[0].name == "广告法"


def test_several_laws_and_penalties() -> None:
    made = only(rule("出现 疾病", 罚则="广告法 第五十七条\n  罚则 广告法 第五十五条"))
    assert [ref.article for ref in made.penalties] == ["第五十七条", "第五十五条"]


@pytest.mark.parametrize(
    ("effective", "expected"),
    [
        ("2010-01-01 至 2020-01-01", []),
        ("2012-01-01 至 2015-01-01", []),
        ("2009-12-31 至 2020-01-01", ["E010"]),
        ("2010-01-01 至 2020-01-02", ["E010"]),
        ("2010-01-01 起", ["E010"]),
        ("2019-01-01 至 2022-01-01", ["E010"]),  # across the gap
        ("2021-01-01 起", []),
    ],
)
def test_an_article_must_be_in_force_over_the_whole_range(effective: str, expected: list[str]) -> None:
    source = rule("出现 疾病", 依据="旧办法 第三条", 罚则="旧办法 第三条", 生效=effective)
    assert [code for code in codes(source) if code == "E010"][:1] == expected


def test_the_version_in_force_decides_what_is_cited() -> None:
    made = rule("出现 疾病", 依据="旧办法 第三条", 罚则="旧办法 第三条", 生效="2021-06-01 起")
    assert only(made).penalties[0].penalty.max == 500
    assert codes(made.replace("2021-06-01 起", "2011-01-01 至 2012-01-01")) == ["E011"]


def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_the_last() -> None:
    made = only(rule("出现 疾病", 生效="2016-01-01 至 2017-01-01"))
    assert not made.in_force(date(2015, 12, 31))
    assert made.in_force(date(2016, 1, 1))
    assert made.in_force(date(2016, 12, 31))
    assert not made.in_force(date(2017, 1, 1))
    assert only(rule("出现 疾病", 生效="2016-01-01 起")).in_force(date(2999, 1, 1))
    assert only(rule("出现 疾病", 生效="2016-01-01 ..")).effective_to is None


@pytest.mark.parametrize("dates", ["2026-02-30 起", "2026-13-01 起", "0000-01-01 起", "2016-02-01 至 2016-01-01"])
def test_dates_must_be_real_and_in_order(dates: str) -> None:
    assert codes(rule("出现 疾病", 生效=dates)) == ["E013"]


# Guards


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("全文 未出现 疾病", ["E020"]),
        ("非 疾病", ["E020"]),
        ("缺少 证据(比价)", ["E020"]),
        ("疾病 次数 < 3", ["E020"]),
        ("疾病 次数 >= 0", ["E020"]),
        ("疾病 次数 > 0", []),
        ("疾病 次数 == 1", []),
        ("疾病 次数 < 3 每段", []),
        ("出现 疾病 或 全文 未出现 绝对化用语", ["E020"]),
        ("出现 疾病 且 全文 未出现 绝对化用语", []),
        ("商品.类目 为 食品 且 全文 未出现 疾病", []),
        ("在 疾病 之后 9字 内 未出现 绝对化用语", []),
        ("出现 疾病 或 出现 绝对化用语", []),
    ],
)
def test_a_rule_needs_words_or_facts_to_start_from(when: str, expected: list[str]) -> None:
    assert codes(rule(when)) == expected


@pytest.mark.parametrize(
    ("stage", "when", "expected"),
    [
        ("script", "在 疾病 之后 60秒 内 未出现 绝对化用语", ["E021"]),
        ("script", "疾病 次数 >= 3 每 1分钟", ["E021"]),
        ("script", "绝对化用语 先于 疾病 相距 5秒 内", ["E021"]),
        ("transcript", "绝对化用语 与 疾病 相距 5秒 内", []),
        ("script", "出现 疾病 且 在 开场 5分钟 内 未出现 绝对化用语", ["E021"]),
        ("script", "在 疾病 之后 60字 内 未出现 绝对化用语", []),
        ("script", "疾病 次数 >= 3", []),
        ("script、transcript", "在 疾病 之后 60秒 内 未出现 绝对化用语", []),
        ("danmaku", "疾病 次数 >= 3 每 1分钟", []),
    ],
)
def test_time_windows_need_a_timed_stage(stage: str, when: str, expected: list[str]) -> None:
    assert codes(rule(when, 环节=stage)) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("绝对化用语 与 疾病 相距 5元 内", ["E001"]),
        ("绝对化用语 先于 疾病 相距 5秒 内 跨句", ["E032"]),
        ("疾病 次数 >= 3 每 10字", ["E016"]),
        ("疾病 次数 >= 3 每 句", ["E023"]),
        ("出现 疾病 且 在 开场 5字 内 未出现 绝对化用语", ["E016"]),
        ("疾病 且 商品.售价 > 5字", ["E001"]),
        ("疾病 且 商品.类目 > 5", ["E015"]),
        ("疾病 且 商品.有批号 为 也许", ["E015"]),
        ("疾病 且 缺少 证据(证据)", ["E037"]),
        ("疾病 且 缺少 证据(发票)", ["E023"]),
        ("出现 实体(星座)", ["E023"]),
    ],
)
def test_units_and_values_must_fit(when: str, expected: list[str]) -> None:
    assert codes(rule(when)) == expected


def test_facts_demand_an_example_that_asks() -> None:
    without = rule("疾病 且 商品.类目 为 食品").replace("例 「丙」 待补", "")
    assert codes(without) == ["E019"]
    assert codes(without.replace("商品.类目 为 食品", "文档.来源 为 script")) == []
    assert codes(rule("出现 疾病", unless="商品.类目 为 食品").replace("例 「丙」 待补", "")) == ["E019"]


# Warnings


def test_a_word_group_that_no_rule_uses() -> None:
    assert codes(rule("出现 疾病", words='词组 闲置 = "没人用"')) == ["W101"]
    assert codes(rule("出现 甲", words='词组 甲 = 乙\n词组 乙 = "有人用"')) == []


def test_words_of_one_character() -> None:
    assert codes(rule('出现 "最"')) == ["W103"]
    assert codes(rule('出现 "最·"')) == ["W103"]
    assert codes(rule('出现 "最好"')) == []


def test_an_exception_that_eats_the_condition() -> None:
    assert codes(rule("出现 疾病", unless="命中 与 疾病 同 句")) == ["W108"]
    assert codes(rule("出现 疾病", unless="命中 与 绝对化用语 同 句")) == []


# Word groups


def test_word_groups_are_made_of_words_groups_and_exceptions() -> None:
    words = '词组 甲 = "顶尖" 、 疾病 、 /第{数}/ 除去 "失眠" 、 "顶尖高手"'
    made = compiled(rule("出现 甲", words=words))
    assert made.diagnostics == ()
    (group,) = made.groups
    assert [term.text for term in group.terms] == ["顶尖", "湿疹"]
    assert group.covers == ("顶尖高手",)
    assert len(group.patterns) == 1


def test_a_lexicon_brings_its_covers() -> None:
    (group,) = compiled(rule("出现 绝对化用语")).groups
    assert group.covers == ("第一次",)
    assert group.terms[0].covers == ("最好的我们",)


def test_groups_of_different_files_may_share_a_name() -> None:
    one, two = (rule("出现 甲", words=f'词组 甲 = "{word}"', name=f"T-{word}-1") for word in ("ABC", "DEF"))
    made = compiled(one, two)
    assert made.diagnostics == ()
    assert [[term.text for term in group.terms] for group in made.groups] == [["ABC"], ["DEF"]]


def test_a_rule_with_a_broken_group_is_not_compiled() -> None:
    made = compiled(rule("出现 甲", words="词组 甲 = 乙\n词组 乙 = /(/"))
    assert [d.code for d in made.errors] == ["E017"]
    assert made.rules == ()


# Patterns and values


@pytest.mark.parametrize(
    "source",
    ["(", "a**", "(?=甲)", "(甲)\\1", "[甲", "甲*", "", "(?i)甲", "a{2000}", "[[:digit:]]甲", "甲{2}{3}"],
)
def test_patterns_outside_the_language_are_refused(source: str) -> None:
    with pytest.raises(BadPatternError):
        translate(source)


def test_patterns_see_the_folded_text() -> None:
    assert translate("VIP.[A-Z.]\\D").source == "vip[^。！？!?；;\n][a-z.]\\D"


@pytest.mark.parametrize(
    ("name", "value", "stated"),
    [
        ("商品.类目", "food", "food"),
        ("商品.类目", "食品", "food"),
        ("商品.有批号", True, "yes"),
        ("商品.有批号", "没有", "no"),
        ("商品.售价", 12_345_678_901.5, "12345678901.5"),
        ("商品.售价", "99", "99"),
        ("商品.售价", 99.0, "99"),
        ("直播.口号", " 买它 ", "买它"),
    ],
)
def test_fact_values_have_one_form(name: str, value: object, stated: str) -> None:
    assert normalize(registries()[1].facts[name], value) == stated


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("商品.类目", "水果"),
        ("商品.有批号", "也许"),
        ("商品.售价", "很贵"),
        ("商品.售价", "nan"),
        ("商品.售价", float("inf")),
        ("商品.售价", True),
        ("直播.口号", ["买", "它"]),
    ],
)
def test_values_that_do_not_fit_are_refused(name: str, value: object) -> None:
    with pytest.raises(BadFactValueError) as caught:
        normalize(registries()[1].facts[name], value)
    assert caught.value.name == name
    assert caught.value.choices
