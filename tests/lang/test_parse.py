"""The parser answers every input with a tree or diagnostics, and reads both languages alike."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.lang.catalogue import CATALOGUE
from compliance.lang.diagnostics import render
from compliance.lang.keywords import KEYWORDS
from compliance.lang.parse import parse
from compliance.lang.rule import Rule
from compliance.release.shipped import shipped
from small_release import compiled, rule

REAL_FILES = sorted(shipped("policies").rglob("*.rule"))
TOKENS = [
    *KEYWORDS,
    *(
        "绝对化用语",
        "疾病",
        "商品.类目",
        "product.price",
        "食品",
        "「最好」",
        '"第一"',
        "“甲”",
        "/最.{0,3}好/",
        "/[/",
        "「没有闭合",
    ),
    *("8字", "60秒", "5分钟", "2句", "3", ">=", "==", "=", "5万元", "2026-01-01", "2026-13-45", "1.2.3", "..", "§9(3)"),
    *(
        "第九条第三项",
        "广告法",
        "script",
        "high",
        "absolute-claim",
        "T-ONE-001",
        "(",
        ")",
        "、",
        "，",
        "|",
        "#注",
        "\n",
        "~",
        "\\",
    ),
    *("9" * 400, "§" + "9" * 5_000, "引号", "句", "比价", "手机号"),
]


def answered(source: str) -> None:
    """Parse and compile: whatever was written, there is a value, and every diagnostic can be shown."""
    tree, found = parse(source, "a.rule")
    assert tree.path == "a.rule"
    for diagnostic in [*found, *compiled(source).diagnostics]:
        assert diagnostic.code in CATALOGUE
        for language in ("zh", "en"):
            assert render(diagnostic, source, language)
        assert 0 <= diagnostic.at.start <= diagnostic.at.end <= len(source)
        assert source.count("\n", 0, diagnostic.at.start) == diagnostic.at.line - 1


@given(st.text())
def test_any_text_is_answered(source: str) -> None:
    answered(source)


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map(" ".join))
@settings(max_examples=300)
def test_any_run_of_tokens_is_answered(source: str) -> None:
    answered(source)


@given(
    st.lists(st.sampled_from(TOKENS), max_size=15).map(" ".join), st.sampled_from(["when", "unless", "words", "clause"])
)
@settings(max_examples=300)
def test_any_clause_is_answered(soup: str, place: str) -> None:
    made = {
        "when": rule(soup),
        "unless": rule("出现 绝对化用语", unless=soup),
        "words": rule("出现 甲", words=f"词组 甲 = {soup}"),
        "clause": rule(f"出现 绝对化用语 {soup}"),
    }
    answered(made[place])


@given(st.data())
@settings(max_examples=60)
def test_spoiled_real_files_are_answered(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(REAL_FILES)).read_text("utf-8")[:4_000]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = min(len(source), start + data.draw(st.integers(0, 30)))
        source = source[:start] + data.draw(st.one_of(st.sampled_from(TOKENS), st.text(max_size=5))) + source[end:]
    answered(source)


@pytest.mark.parametrize(
    "expression",
    [
        "甲" + " ..8字 甲" * 20_000,
        "原文 " * 20_000 + "甲",
        "甲" + " 含有 甲" * 20_000,
        "甲" + " 说话人 为 主播" * 20_000,
        "甲" + " > 3" * 20_000,
        "( " * 20_000 + "甲" + " )" * 20_000,
        "非 " * 20_000 + "甲",
        "甲" + " 先于 甲" * 20_000,
        "甲" + " 被否定" * 20_000,
        "甲" + " 与 甲 同 句" * 20_000,
        "甲" + " 位于 引号 内" * 20_000,
        "次数 " * 20_000,
        "（" * 50_000,
    ],
)
def test_nothing_nests_without_end(expression: str) -> None:
    answered(rule(expression, words='词组 甲 = "最好"'))


def test_long_lists_are_not_deep() -> None:
    words = " 、 ".join(f'"词{i}号"' for i in range(2_000))
    either = " 或 ".join(["甲 被否定"] * 300)
    made = compiled(rule(f"出现 甲 且 ({either})", unless=either.replace("甲", "命中"), words=f"词组 甲 = {words}"))
    assert made.diagnostics == ()
    assert len(made.rules[0].exceptions) == 300


def test_word_groups_in_word_groups_are_bounded() -> None:
    chain = "\n".join(f"词组 组{i} = 组{i + 1}" for i in range(500))
    codes = {d.code for d in compiled(rule("出现 组0", words=f'{chain}\n词组 组500 = "最好"')).diagnostics}
    assert "E029" in codes


def test_a_file_with_everything_parses() -> None:
    for file in REAL_FILES:
        tree, found = parse(file.read_text("utf-8"), file.name)
        assert found == []
        assert tree.rules or tree.words


# Two languages, one tree

TWINS = [
    ("出现 绝对化用语", "any 绝对化用语"),
    ("绝对化用语", "绝对化用语"),
    ("绝对化用语 与 疾病 相距 8字 内", "绝对化用语 within 8chars of 疾病"),
    ("绝对化用语 与 疾病 相距 2句 内", "绝对化用语 within 2sentences of 疾病"),
    ("绝对化用语 先于 疾病", "绝对化用语 before 疾病"),
    ("绝对化用语 先于 疾病 相距 8字 内", "绝对化用语 before 疾病 within 8chars"),
    ("绝对化用语 先于 疾病 相距 8字 内", "绝对化用语 before 疾病 by 8chars"),
    ("绝对化用语 先于 疾病 与 疾病 相距 8字 内", "绝对化用语 before 疾病 within 8chars of 疾病"),
    ("绝对化用语 与 疾病 同 句", "绝对化用语 same sentence as 疾病"),
    ("绝对化用语 与 疾病 同 分句", "绝对化用语 same clause as 疾病"),
    ("绝对化用语 与 疾病 同 段", "绝对化用语 same segment as 疾病"),
    ("绝对化用语 与 疾病 同 发言", "绝对化用语 same utterance as 疾病"),
    ("绝对化用语 位于 引号 内", "绝对化用语 inside quote"),
    ("绝对化用语 位于 书名 内", "绝对化用语 inside title"),
    ("绝对化用语 位于 疾病 内", "绝对化用语 inside 疾病"),
    ("绝对化用语 被否定", "绝对化用语 negated"),
    ("绝对化用语 被疑问", "绝对化用语 asked"),
    ("绝对化用语 被转述", "绝对化用语 reported"),
    ("绝对化用语 被假设", "绝对化用语 hypothetical"),
    ("绝对化用语 次数 >= 3 每 10分钟", "count(绝对化用语) >= 3 per 10min"),
    ("绝对化用语 与 疾病 相距 30秒 内", "绝对化用语 within 30s of 疾病"),
    ("绝对化用语 先于 疾病 相距 30秒 内", "绝对化用语 before 疾病 by 30s"),
    ("绝对化用语 次数 >= 3 每段", "count(绝对化用语) >= 3 per segment"),
    ("绝对化用语 次数 >= 3 每 段", "count(绝对化用语) >= 3 per segment"),
    ("绝对化用语 次数 ≥ 3", "count(绝对化用语) >= 3"),
    ("出现 疾病 且 全文 未出现 绝对化用语", "any 疾病 and missing 绝对化用语"),
    ("在 疾病 之后 60秒 内 未出现 绝对化用语", "missing 绝对化用语 in 60s after 疾病"),
    ("在 疾病 之后 20字 内 未出现 绝对化用语", "missing 绝对化用语 in 20chars after 疾病"),
    ("出现 疾病 且 在 开场 5分钟 内 未出现 绝对化用语", "any 疾病 and missing 绝对化用语 in first 5min"),
    ("疾病 且 商品.类目 为 食品", "疾病 and product.category is food"),
    ("疾病 且 商品.类目 属于 (食品、药品)", "疾病 and product.category in (food, drug)"),
    ("疾病 且 商品.有批号 为 否", "疾病 and product.approved is no"),
    ("疾病 且 商品.售价 > 5万元", "疾病 and product.price > 50000"),
    ("疾病 且 缺少 证据(比价)", "疾病 and lacks evidence(price-comparison)"),
    ("非 绝对化用语 且 (疾病 或 绝对化用语)", "not 绝对化用语 and (疾病 or 绝对化用语)"),
    ("先 绝对化用语 后 疾病 相距 8字 内", "绝对化用语 then 疾病 by 8chars"),
    ("绝对化用语 先于 疾病 相距 8字 内", "绝对化用语 ..8chars 疾病"),
    ("先 绝对化用语 后 疾病 相距 8字 后 疾病 相距 2句 内", "绝对化用语 ..8chars 疾病 ..2sentences 疾病"),
    ("绝对化用语 ..8字 疾病 ..2字 疾病 跨句", "绝对化用语 then 疾病 by 8chars then 疾病 by 2chars across"),
    ("绝对化用语 ..8字 疾病 ..2字 疾病", "绝对化用语 before (疾病 before 疾病 by 2chars) by 8chars"),
    ("绝对化用语 与 疾病 相距 8字 内 跨句", "绝对化用语 within 8chars of 疾病 across"),
    ("绝对化用语 先于 疾病 相距 8字 跨句", "绝对化用语 before 疾病 by 8chars across"),
    ("绝对化用语 含有 疾病", "绝对化用语 contains 疾病"),
    ("绝对化用语 位于 (疾病 先于 疾病) 内", "绝对化用语 inside (疾病 before 疾病)"),
    ("绝对化用语 说话人 为 主播", "绝对化用语 speaker is host"),
    ("绝对化用语 说话人 属于 (助播、“小李”)", '绝对化用语 speaker in (cohost, "小李")'),
    ("绝对化用语 渠道 为 弹幕", "绝对化用语 channel is danmaku"),
    ("原文 绝对化用语 被否定", "as written 绝对化用语 negated"),
    ("数值(绝对化用语) < 5", "number(绝对化用语) < 5"),
    ("绝对化用语 >= 5万元", "绝对化用语 >= 50000"),
    ("在 疾病 之后 直到 绝对化用语 未出现 疾病", "missing 疾病 after 疾病 until 绝对化用语"),
    ('出现 "最好"', 'any "最好"'),
    ("出现 /{数}天/", "any /{num}天/"),
    ('出现 词库("疾病")', 'any lexicon("疾病")'),
    ("出现 实体(手机号)", "any entity(mobile)"),
]


def compared(made: Rule) -> Rule:
    return replace(made, condition_text="", path="", exceptions=tuple(replace(e, text="") for e in made.exceptions))


@pytest.mark.parametrize(("chinese", "english"), TWINS)
def test_both_languages_give_one_condition(chinese: str, english: str) -> None:
    zh, en = (compiled(rule(text)) for text in (chinese, english))
    assert zh.errors == en.errors == []
    assert [replace(group, name="") for group in zh.groups] == [replace(group, name="") for group in en.groups]
    if "{" not in chinese:  # a pattern keeps its own spelling in the tree
        assert compared(zh.rules[0]) == compared(en.rules[0])


CHINESE = """
规章 demo 「测试」 版本 2026.11.1
词组 甲 = "最好" 、 词库("疾病") 除去 "最好用"
规则 T-ONE-001 「测试」
  类型 absolute-claim
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2015-09-01 至 2027-01-01
  环节 script、transcript
  等级 high
  处置 拦截
  状态 shadow
  参见 T-TWO-002
  说明 「说“{命中}”」
  改为 「删去」
  当 出现 甲
  除非 命中 被否定 或 命中 位于 引号 内
  除非 商品.有批号 为 是
  例 「最好」 已知 商品.有批号 = 否、证据.比价 = 有 应报 于 「最好」
  例 「最好」 待补
  例 「好」 不报
"""
ENGLISH = """
policy demo "测试" version 2026.11.1
words 甲 = "最好" | lexicon("疾病") except "最好用"
rule T-ONE-001 "测试"
  kind absolute-claim
  law 广告法 §9(3)
  penalty 广告法 §57
  effective 2015-09-01 .. 2027-01-01
  stage script, transcript
  severity high
  action 拦截
  status shadow
  see T-TWO-002
  message "说“{命中}”"
  suggest "删去"
  when any 甲
  unless hit negated or hit inside 引号
  unless 商品.有批号 is 是
  test "最好" given 商品.有批号 = 否, 证据.比价 = 有 fires on "最好"
  test "最好" asks
  test "好" silent
"""


def test_both_languages_give_one_tree() -> None:
    zh, en = parse(CHINESE, "a.rule"), parse(ENGLISH, "a.rule")
    assert zh[1] == en[1] == []
    assert zh[0] == en[0]
    assert compiled(CHINESE).errors == []


def test_the_languages_may_be_mixed() -> None:
    mixed = CHINESE.replace("当 出现 甲", "when any 甲").replace("等级 high", "severity high")
    assert parse(mixed, "a.rule")[0] == parse(CHINESE, "a.rule")[0]


def test_layout_and_comments_mean_nothing() -> None:
    flat = " ".join(line for line in CHINESE.split("\n"))
    commented = CHINESE.replace("\n", "  # 注\r\n\t")
    assert parse(flat, "a.rule") == parse(commented, "a.rule") == parse("\ufeff" + CHINESE, "a.rule")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("「甲\\」乙」", "甲」乙"),
        ('"甲\\"乙"', '甲"乙'),
        ("“甲\\”乙”", "甲”乙"),
        ("「甲\\\\乙」", "甲\\乙"),
        ("「甲\\n」", "甲\\n"),
        ("「#」", "#"),
    ],
)
def test_quoted_text(written: str, text: str) -> None:
    tree, found = parse(f"规章 甲 {written} 版本 1.2.3", "a.rule")
    assert found == []
    assert tree.policies[0].title == text


def test_keywords_are_whole_runs() -> None:
    made = compiled(rule("出现 当前价格", words='词组 当前价格 = "现价"'))
    assert made.diagnostics == ()
