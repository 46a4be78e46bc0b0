"""Inline examples → documents: time marks, speakers, facts, evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lang import tree
from compliance.lang.example import BadExampleError, document, segments
from compliance.model.document import Document
from compliance.model.vocabulary import Category, Source
from small_release import compiled, registries, rule

FACTS = registries()[1]


def made(text: str, *settings: tuple[str, str], source: Source = Source.SCRIPT) -> Document:
    given_facts = tuple(tree.Setting(path, value) for path, value in settings)
    return document(tree.Example(text, given_facts, "fires"), source, FACTS)


def test_a_plain_text_is_one_segment_of_the_first_source() -> None:
    assert made("最好", source=Source.LISTING).source is Source.LISTING
    assert [s.text for s in made("第[1]条").segments] == ["第[1]条"]


def test_time_marks_make_a_transcript() -> None:
    document = made("[00:10] 最好 [01:20 助播] 第一 [1:02:03] 顶级[1:02:04 弹幕]哈")
    assert document.source is Source.TRANSCRIPT
    assert [(s.text, s.t_start, s.speaker, s.channel) for s in document.segments] == [
        ("最好", 10, None, None),
        ("第一", 80, "助播", None),
        ("顶级", 3723, None, None),
        ("哈", 3724, "弹幕", "danmaku"),
    ]


def test_what_is_given_becomes_facts_and_evidence() -> None:
    document = made(
        "最好", ("商品.类目", "食品"), ("product.approved", "是"), ("证据.比价", "有"), ("evidence.honour", "无")
    )
    assert document.category is Category.FOOD
    assert document.facts == {"商品.有批号": "yes"}
    assert [item.kind for item in document.evidence] == ["price-comparison"]


def test_the_source_may_be_told() -> None:
    assert made("最好", ("文档.来源", "danmaku")).source is Source.DANMAKU
    assert made("[00:01] 最好", ("文档.来源", "danmaku")).source is Source.DANMAKU
    assert made("最好", ("文档.平台", "某平台")).platform == "某平台"


@pytest.mark.parametrize("text", ["前言 [00:10] 最好", "[00:20] 最好 [00:10] 第一"])
def test_marks_that_make_no_sense(text: str) -> None:
    with pytest.raises(BadExampleError) as caught:
        segments(text)
    assert caught.value.english


@given(st.text(alphabet="[]0123456789: 最好\n助播", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parts = segments(text)
    except BadExampleError:
        return
    assert parts
    times = [part.t_start for part in parts]
    assert times == [None] or times == sorted(times, key=lambda t: t or 0)


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("例 「甲」 已知 商品.有没有 = 是 应报", "E014"),
        ("例 「甲」 已知 证据.发票 = 有 应报", "E014"),
        ("例 「甲」 已知 商品.有批号 = 也许 应报", "E015"),
        ("例 「甲 [00:10] 乙」 应报", "E027"),
        ("例 「甲」 应报 于 「乙」", "E028"),
        ("例 「甲」", "E001"),
    ],
)
def test_examples_are_checked_with_the_rule(example: str, code: str) -> None:
    assert [d.code for d in compiled(rule("出现 绝对化用语") + example).diagnostics] == [code]


def test_a_wrong_value_is_named() -> None:
    (told,) = compiled(rule("出现 疾病") + "例 「甲」 已知 商品.类目 = 水果 应报").diagnostics
    assert (told.values["name"], told.values["value"]) == ("商品.类目", "水果")
