"""What a thing is and where it is defined, by examples."""

from pathlib import Path

import pytest
from editor_samples import HEAD, KNOWLEDGE, RULE, at_cursor

from compliance.editor.definition import definition
from compliance.editor.hover import hover
from compliance.editor.knowledge import Knowledge
from compliance.editor.load import Folders, load
from compliance.editor.manual import forms
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.keywords import SURFACES
from compliance.lang.position import Position


def told(text: str, knowledge: Knowledge = KNOWLEDGE) -> str:
    found = hover(*at_cursor(text), knowledge)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "  依据 广‸告法 第九条第三项", ["中华人民共和国广告法", "立法机关"]),
        (HEAD + "  依据 广告法 第‸九条第三项", ["第九条第三项的要点", "2015-09-01 起"]),
        (HEAD + "  依据 广告法 ‸§9(3)", ["第九条第三项的要点"]),
        (HEAD + "  罚则 广告法 第五十七‸条", ["20万–100万元", "违禁用语"]),
        (HEAD + "  罚则 旧办法 第‸三条", ["2010-01-01 至 2020-01-01（不含）", "2021-01-01 起", "100–500元"]),
        (HEAD + "  当 出现 绝对化用‸语", ["3 个词", "最好、第一、顶级", "2 个盖住它们的平常词", "来源：测试"]),
        ('词组 甲 = "甲乙" 、 疾病\n' + HEAD + "  当 出现 ‸甲", ["词组 **甲**", "3 个词", "甲乙、湿疹、失眠"]),
        ("词组 甲 = 没有的\n" + HEAD + "  当 出现 ‸甲", ["词组 **甲**", "没有的"]),
        (HEAD + "  设 乙 = 出现 疾病\n  当 ‸乙", ["设 **乙** = 出现 疾病"]),
        (HEAD + "  当 商品‸.类目 为 食品", ["product.category", "这件商品属于哪一类？", "食品（`food`）"]),
        (HEAD + "  当 商品.类目 为 食‸品", ["这件商品属于哪一类？"]),
        (HEAD + "  当 商品.类目 属于 (食品、‸药品)", ["这件商品属于哪一类？"]),
        (HEAD + "  当 缺少 证据(比‸价)", ["price-comparison", "比价依据是什么？"]),
        (HEAD + "  例 「甲」 已知 证据.‸比价 = 有 应报", ["比价依据是什么？"]),
        (HEAD + "  例 「甲」 已知 商品.有批‸号 = 是 应报", ["有没有批号？", "是、否"]),
        (
            RULE.replace("T-ONE-001", "T-ONE-0‸01"),
            ["测试规则", "绝对化用语", "出现「绝对化用语」", "按 T-ONE-001 报告"],
        ),
        (HEAD.replace("T-ONE-001", "T-O‸NE-001"), ["T-ONE-001", "测试"]),
        ("规则 T-ONE-001 「t」\n  类型 absolute‸-claim", ["绝对化用语"]),
        (HEAD + "  环节 trans‸cript", ["直播转写"]),
        (HEAD + "  当 甲 与 乙 相‸距 8字 内", ["A 与 B 相距 8字 内", "不分先后"]),
        (HEAD + "  当 甲 先于 乙 相‸距 8字 内", ["A 先于 B 相距 8字 内"]),
        (HEAD + "  除非 命中 被‸否定", ["X 被否定", "negated"]),
        (HEAD + "  当 甲 位于 引‸号 内", ["引号里的文字"]),
        ("# 见 E0‸12\n", ["E012", "取值是固定的", "policy explain E012"]),
    ],
)
def test_what_it_is(text: str, parts: list[str]) -> None:
    shown = told(text)
    for part in parts:
        assert part in shown


@pytest.mark.parametrize(
    "text",
    ["‸", "# 说‸明", HEAD + "  例 「甲‸」 应报", HEAD + "  生效 2020‸-01-01 起", "# 见 E9‸99", HEAD + "  当 8‸字"],
)
def test_nothing_to_say(text: str) -> None:
    assert told(text) == ""


@pytest.mark.parametrize("token", sorted(SURFACES))
def test_every_keyword_is_explained(token: str) -> None:
    word = next(filter(None, SURFACES[token]))
    text = f"‸{word}" if token in {"RULE", "WORDS", "POLICY"} else f"{HEAD}  当 出现 甲 ‸{word}"
    assert len(told(text).splitlines()) > 1, word


def test_the_manual_is_found() -> None:
    assert len(forms()) > 40


def test_a_form_like_the_clause_comes_first() -> None:
    near, sequence = told(HEAD + "  当 甲 与 乙 相‸距 8字 内"), told(HEAD + "  当 先 甲 后 乙 相‸距 8字 内")
    assert near.index("A 与 B 相距") < near.index("A 先于 B 相距")
    assert "先 A 后 B 相距" in sequence


def test_why_it_is_complained_about() -> None:
    text = HEAD + "  等级 高"
    place = text.index("高")
    found = Diagnostic("E012", "", Position(3, 6, place, place + 1))
    shown = hover(text, place, KNOWLEDGE, "", [found])
    assert shown is not None
    assert "取值是固定的" in shown.text
    assert (shown.start, shown.end) == (place, place + 1)


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("规则 T-ONE-001 「t」\n  依据 广‸告法 第九条第三项", "policies/laws/ad-law.yaml", "name: 广告法"),
        ("规则 T-ONE-001 「t」\n  依据 广告法 第九条第三‸项", "policies/laws/ad-law.yaml", "  - article: 第九条第三项"),
        ("规则 T-ONE-001 「t」\n  罚则 广告法 ‸§57", "policies/laws/ad-law.yaml", "  - article: 第五十七条"),
        (HEAD + "  当 出现 绝对化‸用语", "lexicons/absolute.yaml", "group: 绝对化用语"),
        (HEAD + '  当 出现 词库("绝‸对化用语")', "lexicons/absolute.yaml", "group: 绝对化用语"),
        (HEAD + "  当 商品.类‸目 为 食品", "policies/facts.yaml", "  - name: 商品.类目"),
        (HEAD + "  当 商品.类目 为 ‸食品", "policies/facts.yaml", "  - name: 商品.类目"),
        (HEAD + "  当 product.cate‸gory is food", "policies/facts.yaml", "  - name: 商品.类目"),
        (HEAD + "  当 缺少 证据(比‸价)", "policies/facts.yaml", "  - name: 比价"),
        (HEAD + "  例 「甲」 已知 证据.‸比价 = 有 应报", "policies/facts.yaml", "  - name: 比价"),
        (HEAD + "  参见 T-ABS-0‸01", "policies/absolute.rule", "T-ABS-001"),
        ('词组 甲 = "甲乙"\n' + HEAD + "  当 出现 ‸甲", "here.rule", "甲"),
        (HEAD + "  设 乙 = 出现 疾病\n  当 ‸乙", "here.rule", "乙"),
    ],
)
def test_where_it_is_defined(small: Path, text: str, name: str, line: str) -> None:
    rules = {str(file): file.read_text("utf-8") for file in sorted((small / "policies").rglob("*.rule"))}
    knowledge = load(Folders()).with_files(rules)
    source, offset = at_cursor(text)
    files = {"here.rule": source}

    def read(path: str) -> str:
        return files.get(path) or (small / path).read_text("utf-8")

    (target,) = definition(source, offset, "here.rule", knowledge, read)
    assert target.path.endswith(name)
    assert read(target.path)[target.start : target.end] == line


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "  当 出现 没有‸的", HEAD + "  依据 没有‸法 第一条", HEAD + "  参见 T-NO-0‸01", "# 说‸明",
        HEAD + "  当 文档.来‸源 为 post", HEAD + "  等级 hi‸gh",
    ],
)  # fmt: skip
def test_what_is_defined_nowhere(text: str) -> None:
    def read(_: str) -> str:
        raise FileNotFoundError

    assert definition(*at_cursor(text), "here.rule", KNOWLEDGE, read) == []


def test_a_file_that_was_changed_under_us_is_opened_at_its_beginning() -> None:
    known = Knowledge(KNOWLEDGE.lexicons, KNOWLEDGE.instruments, KNOWLEDGE.schema, {}, {"ad-law": "l.yaml"}, "f.yaml")
    text, offset = at_cursor(HEAD + "  依据 广‸告法 第九条第三项")
    (target,) = definition(text, offset, "here.rule", known, lambda _: "name: [")
    assert (target.path, target.start, target.end) == ("l.yaml", 0, 0)
