"""The shipped registry is sound; a broken one is refused with file, line and remedy."""

import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.labels import CATEGORY_LABELS
from compliance.model.law import Article, Instrument
from compliance.release.laws import check_counterparts, load_facts, load_laws

POLICIES = Path(__file__).parents[2] / "policies"

GOOD_LAW = """\
id: sample-law
name: 示例法
full_name: 中华人民共和国示例法
issuer: 示例机关
confidence: high
source: 原文
effective_from: 2020-01-01
articles:
  - article: 第一条
    summary: 不得做某事
  - article: 第二条
    summary: 罚则
    penalty:
      min: 10
      max: 20
      basis: 罚经营者
"""

GOOD_FACTS = """\
facts:
  - name: 商品.类目
    english: product.category
    type: enum
    values:
      food: 食品
      drug: 药品
    supplier: 商品运营
    question: 这件商品属于哪一类？
  - name: 直播.有赞助
    english: broadcast.sponsored
    type: bool
    supplier: 直播运营
    question: 本场有赞助吗？
evidence:
  - name: 比价
    english: price-comparison
    question: 有比价记录吗？
"""


@pytest.fixture(scope="module")
def laws() -> dict[str, Instrument]:
    return {law.name: law for law in load_laws(POLICIES / "laws")}


@pytest.fixture(scope="module")
def facts() -> FactSchema:
    return load_facts(POLICIES / "facts.yaml")


def in_force(law: Instrument, article: str, day: date) -> Article | None:
    for each in law.articles:
        if each.article == article and each.effective_from <= day and (each.effective_to or date.max) > day:
            return each
    return None


def law_error_of(folder: Path, text: str, name: str = "sample-law.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(LawError) as caught:
        load_laws(folder)
    return str(caught.value)


# The shipped registry


def test_every_shipped_file_loads(laws: dict[str, Instrument]) -> None:
    files = {file.stem for file in (POLICIES / "laws").iterdir()}
    assert {law.id for law in laws.values()} == files
    assert {"广告法", "直播电商监督管理办法", "反不正当竞争法", "个人信息保护法", "食品安全法"} <= laws.keys()


@pytest.mark.parametrize(
    ("name", "article", "bounds"),
    [
        ("广告法", "第五十五条", (200_000, 1_000_000, 1_000_000, 2_000_000)),
        ("广告法", "第五十七条", (200_000, 1_000_000, None, None)),
        ("广告法", "第五十八条", (100_000, 200_000, 200_000, 1_000_000)),
        ("广告法", "第五十九条第一款", (0, 100_000, None, None)),
        ("广告法", "第六十一条", (None, None, None, None)),
        ("反不正当竞争法", "第二十五条", (0, 1_000_000, 1_000_000, 2_000_000)),
        ("反不正当竞争法", "第二十七条", (50_000, 500_000, None, None)),
        ("反不正当竞争法", "第二十八条", (100_000, 1_000_000, 1_000_000, 5_000_000)),
        ("价格违法行为行政处罚规定", "第七条", (50_000, 500_000, None, None)),
        ("价格违法行为行政处罚规定", "第十三条", (0, 5_000, None, None)),
        ("消费者权益保护法", "第五十六条", (0, 500_000, None, None)),
        ("直播电商监督管理办法", "第五十八条", (0, 10_000, None, None)),
        ("直播电商监督管理办法", "第五十九条第五项", (10_000, 100_000, None, None)),
        ("食品安全法", "第一百二十四条", (50_000, 100_000, None, None)),
        ("食品安全法", "第一百二十五条", (5_000, 50_000, None, None)),
        ("药品管理法", "第一百一十五条", (1_500_000, 3_000_000, None, None)),
        ("医疗器械监督管理条例", "第八十一条", (50_000, 150_000, None, None)),
        ("化妆品监督管理条例", "第五十九条", (50_000, 150_000, None, None)),
        ("个人信息保护法", "第六十六条", (0, 1_000_000, 0, 50_000_000)),
        ("网络安全法", "第六十九条", (50_000, 500_000, 500_000, 2_000_000)),
        ("未成年人网络保护条例", "第五十六条", (100_000, 1_000_000, None, None)),
        ("数据安全法", "第四十五条", (50_000, 500_000, 500_000, 2_000_000)),
        ("种子法", "第七十四条", (20_000, 200_000, None, None)),
        ("农药管理条例", "第五十五条", (5_000, 50_000, None, None)),
        ("直播电商监督管理办法", "第六十六条", (1_000, 100_000, None, None)),
        ("电子商务法", "第七十七条", (50_000, 200_000, 200_000, 500_000)),
    ],
)
def test_penalty_ranges(
    laws: dict[str, Instrument], name: str, article: str, bounds: tuple[int | None, int | None, int | None, int | None]
) -> None:
    found = in_force(laws[name], article, date(2026, 11, 22))
    assert found is not None
    assert found.penalty is not None
    penalty = found.penalty
    assert (penalty.min, penalty.max, penalty.serious_min, penalty.serious_max) == bounds


def test_the_law_of_the_day(laws: dict[str, Instrument]) -> None:
    competition, trademark, food = laws["反不正当竞争法"], laws["商标法"], laws["食品安全法"]
    before, after = date(2025, 10, 14), date(2025, 10, 15)
    assert in_force(competition, "第八条", before)
    assert in_force(competition, "第八条", after) is None
    assert in_force(competition, "第九条", before) is None
    assert in_force(competition, "第九条", after)
    old, new = in_force(competition, "第十一条", before), in_force(competition, "第十一条", after)
    assert old is not None
    assert new is not None
    assert "商誉" in old.summary
    assert "有奖" in new.summary
    assert in_force(trademark, "第五十三条", date(2026, 12, 31))
    assert in_force(trademark, "第五十三条", date(2027, 1, 1)) is None
    assert in_force(trademark, "第六十四条", date(2026, 12, 31)) is None
    assert in_force(trademark, "第六十四条", date(2027, 1, 1))
    assert in_force(food, "第八十一条", date(2025, 11, 30)) != in_force(food, "第八十一条", date(2025, 12, 1))


def test_every_law_with_duties_has_a_penalty_or_points_to_another_law(laws: dict[str, Instrument]) -> None:
    """Guides and judicial interpretations explain another law; everything else must say what a breach costs."""
    without = {name for name, law in laws.items() if not any(each.penalty for each in law.articles)}
    assert without == {
        "广告绝对化用语执法指南",
        "互联网广告可识别性执法指南",
        "医疗美容广告执法指南",
        "医疗广告监管工作指南",
        "医疗广告认定指南",
        "反不正当竞争法司法解释",
        "行政处罚法",
        "网络数据安全管理条例",  # what its consent costs is said by 个人信息保护法
    }


def test_crimes_named_by_penalties_are_registered(laws: dict[str, Instrument]) -> None:
    crimes = {each.article for each in laws["刑法"].articles}
    named = [
        article
        for law in laws.values()
        for each in law.articles
        if each.penalty and each.penalty.criminal
        for article in re.findall("第[^、条]+条(?:之.)?", each.penalty.criminal)
    ]
    assert named
    assert set(named) <= crimes


def test_amounts_come_with_a_range_and_medium_with_a_second_source(laws: dict[str, Instrument]) -> None:
    assert {law.name for law in laws.values() if law.confidence == "medium"} == {
        "消费者权益保护法实施条例",
        "医疗广告监管工作指南",
        "医疗广告认定指南",
    }
    assert all(law.url is None or law.url.count("/") == 3 for law in laws.values()), "只登记官方网站首页"


def test_shipped_facts(facts: FactSchema) -> None:
    by_name = {fact.name: fact for fact in facts.facts}
    assert by_name["商品.类目"].values == {category.value: label for category, label in CATEGORY_LABELS.items()}
    assert by_name["直播.最高奖金额"].type == "number"
    assert by_name["主播.身份"].values == {"staff": "商家员工", "influencer": "达人", "anchor-agency": "机构主播"}
    assert {"比价", "检测报告", "数据出处", "专利证书", "荣誉证书", "肖像授权"} <= {
        each.name for each in facts.evidence
    }


# What is refused


def test_the_sample_is_good(tmp_path: Path) -> None:
    (tmp_path / "sample-law.yaml").write_text(GOOD_LAW, encoding="utf-8")
    (law,) = load_laws(tmp_path)
    assert [article.effective_from for article in law.articles] == [date(2020, 1, 1)] * 2
    assert law.articles[1].penalty is not None


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("id: sample-law", "id: other-law", 1, "与文件名不符"),
        ("name: 示例法", "name: 示例法（试行）", 2, "含有空格或标点"),
        ("issuer: 示例机关", "issuer: 示例机关\nissuer: 又一机关", 5, "键“issuer”重复"),
        ("issuer: 示例机关\n", "", 1, "缺少“issuer”"),
        ("issuer: 示例机关", "issuer: 示例机关\ncolour: 红", 5, "不认识的字段“colour”"),
        ("issuer: 示例机关", "issuer: [示例机关]", 4, "类型不对；改为文字"),
        ("confidence: high", "confidence: low", 5, "不在可选值之内"),
        ("confidence: high", "confidence: medium", 5, "没有第二来源"),
        ("source: 原文", "source: ''", 6, "须是一行文字"),
        ("source: 原文", "source: 原文\nurl: http://example.invalid/", 7, "不是 https:// 开头"),
        ("effective_from: 2020-01-01", "effective_from: '2020-01-01'", 7, "effective_from 不是日期"),
        ("effective_from: 2020-01-01", "effective_from: 2020-13-01", 7, "看不懂的值“2020-13-01”"),
        ("effective_from: 2020-01-01\n", "", 8, "缺少“effective_from”"),
        ("article: 第一条", "article: 第1条", 9, "写作“第一条”"),
        ("article: 第一条", "article: 第一", 9, "写法不规范"),
        ("article: 第一条", "article: 第二条", 11, "登记了两次且生效期重叠"),
        ("summary: 不得做某事", "summary: 3", 10, "改为文字"),
        ("summary: 不得做某事", "effective_to: 2020-01-01\n    summary: 不得做某事", 10, "失效不晚于生效"),
        ("min: 10", "min: 30", 15, "上限 20 小于下限 30"),
        ("min: 10", "min: -1", 14, "不能是负数"),
        ("min: 10", "min: true", 14, "改为整数"),
        ("min: 10", "min: 1.5", 14, "改为整数"),
        ("      min: 10\n", "", 13, "只写了 min 与 max 之一"),
        ("      basis: 罚经营者\n", "", 13, "缺少“basis”"),
        ("articles:", "articles: 无\nx:", 8, "类型不对；改为列表"),
        ("name: 示例法", "name: &a 示例法\nnumber: *a", 2, "不支持锚点"),
        ("name: 示例法", "name: !!str 示例法", 2, "不支持类型标签"),
        ("name: 示例法", "name: [", 4, "不是合格的 YAML"),
        ("name: 示例法", "no: 示例法", 2, "键“False”不是文字"),
    ],
)
def test_broken_law_files(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD_LAW
    message = law_error_of(tmp_path, GOOD_LAW.replace(old, new, 1))
    assert f"{tmp_path / 'sample-law.yaml'}:{line}：" in message
    assert says in message
    assert "；" in message, "没有给出办法"


PUBLICITY = """\
publicity:
  - articles: [第一条]
    law: [示例法 第一条]
    penalty: [示例法 第二条]
    when: 引人误解
"""


def test_the_sample_counterpart_is_good(tmp_path: Path) -> None:
    (tmp_path / "sample-law.yaml").write_text(GOOD_LAW + PUBLICITY, encoding="utf-8")
    laws = load_laws(tmp_path)
    check_counterparts(laws)
    assert [counterpart.when for counterpart in laws[0].publicity] == ["引人误解"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("articles: [第一条]", "articles: [第九条]", 18, "第九条没有在本文件登记"),
        ("articles: [第一条]", "articles: []", 18, "articles 是空的"),
        ("law: [示例法 第一条]", "law: []", 19, "law 是空的"),
        ("penalty: [示例法 第二条]", "penalty: []", 20, "penalty 是空的"),
        ("penalty: [示例法 第二条]", "penalty: 示例法 第二条", 20, "改为列表"),
        ("when: 引人误解", "when: ''", 21, "须是一行文字"),
    ],
)
def test_broken_counterparts(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in PUBLICITY
    message = law_error_of(tmp_path, GOOD_LAW + PUBLICITY.replace(old, new, 1))
    assert f"{tmp_path / 'sample-law.yaml'}:{line}：" in message
    assert says in message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("law: [示例法 第一条]", "law: [示例法 第三条]", "“示例法 第三条”没有登记"),
        ("law: [示例法 第一条]", "law: [别的法 第一条]", "“别的法 第一条”没有登记"),
        ("law: [示例法 第一条]", "law: [示例法]", "“示例法”没有登记"),
        ("penalty: [示例法 第二条]", "penalty: [示例法 第一条]", "“示例法 第一条”没有罚则"),
    ],
)
def test_counterparts_that_name_nothing(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in PUBLICITY
    (tmp_path / "sample-law.yaml").write_text(GOOD_LAW + PUBLICITY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawError, match=says) as error:
        check_counterparts(load_laws(tmp_path))
    assert "sample-law.yaml" in str(error.value)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("a: 1", encoding="utf-8")
    text = GOOD_LAW.replace("第一条", "第1条").replace("第二条", "第０条").replace("min: 10", "min: 21")
    message = law_error_of(tmp_path, text)
    for place in ("other.yaml:1：", "sample-law.yaml:9：", "sample-law.yaml:11：", "sample-law.yaml:15："):
        assert place in message


def test_two_laws_with_one_name(tmp_path: Path) -> None:
    (tmp_path / "a-law.yaml").write_text(GOOD_LAW.replace("sample-law", "a-law"), encoding="utf-8")
    message = law_error_of(tmp_path, GOOD_LAW)
    assert "sample-law.yaml:2：简称“示例法”已被" in message
    assert "a-law.yaml 使用" in message


def test_successive_versions_of_an_article_may_share_its_number(tmp_path: Path) -> None:
    text = GOOD_LAW.replace("summary: 不得做某事", "summary: 旧\n    effective_to: 2021-01-01").replace(
        "article: 第二条", "article: 第一条\n    effective_from: 2021-01-01"
    )
    (tmp_path / "sample-law.yaml").write_text(text, encoding="utf-8")
    (law,) = load_laws(tmp_path)
    assert [article.article for article in law.articles] == ["第一条", "第一条"]


def test_bad_folders(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="打不开"):
        load_laws(tmp_path / "missing")
    with pytest.raises(LawError, match="没有法律登记文件"):
        load_laws(tmp_path)
    (tmp_path / "notes.yml").write_text("", encoding="utf-8")
    with pytest.raises(LawError, match=r"notes\.yml：不是法律登记文件；改为"):
        load_laws(tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "文件是空的"),
        ("id: a\nname: 法\n".encode("gb18030"), 2, "不是 UTF-8 编码"),
        (b"a: 1\n---\nb: 2\n", 2, "两个 YAML 文档"),
        (b"a: \x07\n", 1, "不允许的字符"),
        (b"[" * 100_000, 1, "嵌套太深"),
        (b"just words\n", 1, "键值表"),
        (b"x" * 4_000_001, 1, "超过 4 MB"),
    ],
)
def test_unreadable_content(tmp_path: Path, content: bytes, line: int, says: str) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(LawError) as caught:
        load_laws(tmp_path)
    assert f"x.yaml:{line}：" in str(caught.value)
    assert says in str(caught.value)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "sample-law.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD_LAW.encode())
    assert load_laws(tmp_path)[0].id == "sample-law"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("name: 商品.类目", "name: 类目", 2, "事实名“类目”不合规范"),
        ("name: 商品.类目", "name: 证据.类目", 2, "不合规范"),
        ("name: 直播.有赞助", "name: 商品.类目", 10, "登记了两次"),
        ("english: broadcast.sponsored", "english: Broadcast", 11, "英文名“Broadcast”不合规范"),
        ("english: broadcast.sponsored", "english: product.category", 11, "登记了两次"),
        ("type: bool", "type: enum", 10, "type 与 values 不配"),
        ("type: enum", "type: text", 2, "type 与 values 不配"),
        ("type: bool", "type: date", 12, "不在可选值之内"),
        ("drug: 药品", "drug: 食品", 5, "中文名相同"),
        ("drug: 药品", "Drug: 药品", 7, "不合规范"),
        ("drug: 药品", "drug: 3", 7, "改为文字"),
        ("question: 本场有赞助吗？", "question: 说明赞助情况", 14, "不是问句"),
        ("supplier: 直播运营", "supplier: ' '", 13, "须是一行文字"),
        ("english: price-comparison", "english: price_comparison", 16, "证据名“比价”不合规范"),
        ("question: 有比价记录吗？", "quest: 有吗？", 18, "不认识的字段“quest”"),
        ("evidence:", "proof:", 1, "缺少“evidence”"),
    ],
)
def test_broken_facts_files(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD_FACTS
    file = tmp_path / "facts.yaml"
    file.write_text(GOOD_FACTS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawError) as caught:
        load_facts(file)
    assert f"facts.yaml:{line}：" in str(caught.value)
    assert says in str(caught.value)


def test_the_sample_facts_are_good_and_a_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    with pytest.raises(LawError, match=r"facts\.yaml:1：文件打不开"):
        load_facts(file)
    file.write_text(GOOD_FACTS, encoding="utf-8")
    assert [fact.english for fact in load_facts(file).facts] == ["product.category", "broadcast.sponsored"]


# Fuzzing: whatever a file holds, it is accepted or refused with LawError

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=12)
keys = st.sampled_from(["id", "name", "articles", "article", "penalty", "min", "facts", "values", "effective_from"])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def accepted_or_refused(content: bytes) -> None:
    refusals: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample-law.yaml"
        file.write_bytes(content)
        try:
            load_laws(file.parent)
        except LawError as error:
            refusals.append(str(error))
        try:
            load_facts(file)
        except LawError as error:
            refusals.append(str(error))
    assert refusals, "一个文件不可能既是法律又是事实"
    assert all(re.search(r"sample-law\.yaml:\d+：.+；.+", refusal) for refusal in refusals)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(content: bytes) -> None:
    accepted_or_refused(content)


@settings(deadline=None, max_examples=150)
@given(trees)
def test_any_yaml(tree: Any) -> None:
    accepted_or_refused(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([GOOD_LAW, GOOD_FACTS]), st.data())
def test_any_single_value_changed(text: str, data: st.DataObject) -> None:
    tree = yaml.safe_load(text)
    node = tree
    while True:
        places: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
        place = data.draw(st.sampled_from(places))
        if isinstance(node[place], dict | list) and data.draw(st.booleans()):
            node = node[place]
            continue
        node[place] = data.draw(trees)
        break
    accepted_or_refused(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([GOOD_LAW, GOOD_FACTS]), st.integers(min_value=0), st.text(max_size=3), st.integers(0, 5))
def test_any_text_edit(text: str, at: int, inserted: str, removed: int) -> None:
    at %= len(text)
    edited = text[:at] + inserted + text[at + removed :]
    accepted_or_refused(edited.encode("utf-8", "surrogatepass"))
