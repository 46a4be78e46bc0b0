"""What may come next, by examples: keywords in the language of the file, and the names that fit."""

import pytest
from editor_samples import HEAD, KNOWLEDGE, RULE, at_cursor

from compliance.editor.completion import completions
from compliance.lang.keywords import SURFACES
from compliance.lang.parse import parse
from compliance.words.entities import ENTITY_NAMES


def labels(text: str) -> list[str]:
    return [item.label for item in completions(*at_cursor(text), KNOWLEDGE)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("‸", ["规则", "词组", "规章"]),
        ("# 说明\n规‸", ["规则", "词组", "规章"]),
        (HEAD + "  依据 ‸", ["广告法", "旧办法"]),
        (HEAD + "  依据 广‸", ["广告法", "旧办法"]),
        (HEAD + "  依据 广告法 ‸", ["第九条第三项", "第五十五条", "第五十七条"]),
        (HEAD + "  罚则 广告法 第‸", ["第五十五条", "第五十七条"]),
        (HEAD + "  处置 ‸", ["拦截", "修改", "提示", "转法务"]),
        (HEAD + "  等级 ‸", ["info", "low", "medium", "high", "critical"]),
        (HEAD + "  状态 ‸", ["draft", "shadow", "live", "retired"]),
        (HEAD + "  环节 script、‸", ["script", "transcript", "danmaku", "listing", "complaint", "post"]),
        (HEAD + "  当 出现 ‸", ["绝对化用语", "疾病"]),
        (HEAD + "  当 商品.类目 为 ‸", ["食品", "药品", "化妆品"]),
        (HEAD + "  当 商品.类目 属于 (食品、‸", ["食品", "药品", "化妆品"]),
        (HEAD + "  当 商品.有批号 为 ‸", ["是", "否"]),
        (HEAD + "  当 缺少 证据(‸", ["比价", "荣誉证书"]),
        (HEAD + "  当 出现 实体(‸", list(ENTITY_NAMES.values())),
        (HEAD + "  当 疾病 与 绝对化用语 同 ‸", ["句", "分句", "段", "发言"]),
        (HEAD + "  当 疾病 说话人 为 ‸", ["主播", "助播", "观众"]),
        (HEAD + "  当 疾病 渠道 为 ‸", ["口播", "弹幕"]),
        (HEAD + "  除非 命中 位于 ‸", ["引号", "书名", "绝对化用语", "疾病"]),
        (HEAD + '  当 出现 词库("‸', ["绝对化用语", "疾病"]),
        (HEAD + "  例 「甲」 已知 商品.类目 = ‸", ["食品", "药品", "化妆品"]),
        (HEAD + "  例 「甲」 已知 证据.比价 = ‸", ["有"]),
        (HEAD + "  换成 「甲」 于 ‸", ["句", "分句", "段", "发言"]),
        ('rule T-ONE-001 "t"\n  when product.category is ‸', ["food", "drug", "cosmetics"]),
        ('rule T-ONE-001 "t"\n  action ‸', ["block", "revise", "hint", "refer"]),
        ('rule T-ONE-001 "t"\n  when 疾病 inside ‸', ["quote", "title"]),
    ],
)
def test_the_likeliest_first(text: str, first: list[str]) -> None:
    assert labels(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        (
            HEAD + "  当 出现 疾病 ‸",
            {"且", "或", "被否定", "除非", "例", "规则"},
            {"相距", "when", "within"},
        ),
        (HEAD + "  当 出现 疾病 与 绝对化用语 ‸", {"相距", "同"}, {"且", "例"}),
        (HEAD + "  ‸", {"依据", "当", "除非", "例", "规则"}, {"类型", "kind", "且"}),
        (HEAD + "  当 ‸", {"出现", "非", "商品.类目"}, {"命中", "例"}),
        (HEAD + "  除非 ‸", {"命中", "出现"}, {"例"}),
        (HEAD + "  例 「甲」 ‸", {"应报", "不报", "待补", "已知"}, {"于", "疾病"}),
        (HEAD + "  例 「甲」 应报 ‸", {"于", "例"}, {"应报"}),
        (HEAD + "  例 「甲」 已知 ‸", {"商品.类目", "证据.比价", "文档.来源"}, {"应报", "疾病"}),
        ('rule T-ONE-001 "t"\n  when any 疾病 ‸', {"and", "within", "negated", "unless"}, {"且", "被否定"}),
        ("词组 甲 = ‸", {"绝对化用语", "词库", "实体"}, {"甲", "商品.类目"}),
        ('词组 甲 = "a" ‸', {"除去", "规则"}, {"且"}),
        (HEAD + "  这里 写坏 了 ‸", {"当", "例"}, {"且"}),
    ],
)
def test_what_fits_and_what_does_not(text: str, some: set[str], none: set[str]) -> None:
    found = set(labels(text))
    assert some <= found
    assert not none & found


@pytest.mark.parametrize(
    "text", ["# 规‸", HEAD + "  当 出现 「最‸」", HEAD + "  例 「甲‸", "规则 ‸", HEAD + "  改为 「‸", HEAD + "  生效 ‸"]
)
def test_where_nobody_can_know_nothing_is_offered(text: str) -> None:
    assert labels(text) == []


def test_names_of_the_file_come_before_lexicons() -> None:
    text = '词组 甲 = "甲乙"\n' + HEAD + "  设 乙 = 出现 甲\n  当 ‸\n"
    assert labels(text)[:4] == ["乙", "甲", "绝对化用语", "疾病"]


def test_a_name_set_further_down_is_not_offered() -> None:
    assert "乙" not in labels(HEAD + "  设 丙 = ‸\n  设 乙 = 出现 疾病\n")


def test_what_is_typed_is_replaced() -> None:
    text, offset = at_cursor(HEAD + "  当 商品.类‸ 为 食品")
    item = next(item for item in completions(text, offset, KNOWLEDGE) if item.label == "商品.类目")
    assert text[item.start : item.end] == "商品.类"


def test_rules_of_other_files_are_offered_by_title() -> None:
    known = KNOWLEDGE.with_files({"a.rule": RULE})
    (item,) = completions(*at_cursor(HEAD + "  参见 ‸"), known)
    assert (item.label, item.detail) == ("T-ONE-001", "测试规则")


@pytest.mark.parametrize("language", [0, 1])
def test_the_skeleton_of_a_rule_is_a_rule(language: int) -> None:
    start = ("", 'words 甲 = "a"\n')[language]
    text = start + "‸"
    item = next(item for item in completions(*at_cursor(text), KNOWLEDGE) if item.kind == "snippet")
    written = item.text
    for number in range(1, 20):
        before, mark, after = written.partition(f"${{{number}:")
        if mark:
            inside, _, rest = after.replace("\\}", "\0").partition("}")
            written = (before + inside + rest).replace("\0", "}")
    file, diagnostics = parse(written, "")
    assert not diagnostics
    names = {clause.name for clause in file.rules[0].clauses}
    assert names == {"KIND", "LAW", "PENALTY", "EFFECTIVE", "STAGE", "SEVERITY", "ACTION", "SUGGEST", "WHEN", "TEST"}


@pytest.mark.parametrize("token", sorted(SURFACES))
def test_every_keyword_is_offered_where_it_stands(token: str) -> None:
    """In a text that holds every form of the manual."""
    chinese, english = SURFACES[token]
    places = EVERY_FORM_ZH if chinese else EVERY_FORM_EN
    wanted = chinese or english
    assert any(wanted in labels(place) for place in places), wanted


EVERY_FORM_ZH = (
    "‸", HEAD + "‸", "规则 T-T-1 「t」\n  ‸", "规章 a 「t」 ‸", "词组 a = ‸", "词组 a = 甲 ‸", HEAD + "  当 ‸",
    HEAD + "  当 甲 ‸", HEAD + "  当 甲 与 乙 ‸", HEAD + "  当 甲 与 乙 相距 8字 ‸",
    HEAD + "  当 甲 与 乙 相距 8字 内 ‸",
    HEAD + "  当 甲 次数 >= 3 ‸", HEAD + "  当 缺少 ‸", HEAD + "  当 在 ‸", HEAD + "  当 在 甲 ‸",
    HEAD + "  当 在 甲 之后 ‸", HEAD + "  当 商品.类目 ‸", HEAD + "  生效 2020-01-01 ‸", HEAD + "  例 「甲」 ‸",
    HEAD + "  例 「甲」 应报 ‸", HEAD + "  除非 ‸", HEAD + "  待改 ‸", HEAD + "  当 在 甲 之后 8字 内 ‸",
)  # fmt: skip
_EN = 'rule T-T-1 "t"\n  kind absolute-claim\n'
EVERY_FORM_EN = (
    _EN + "  when ‸", _EN + "  when any a ‸", _EN + "  when a within 8chars ‸", _EN + "  when a same sentence ‸",
    _EN + "  when missing a ‸", _EN + "  when a before b ‸",
)  # fmt: skip
