"""Article numbers have one written form; other writings are told what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lang.article import canonical_article, chinese_number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (55, "五十五"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (253, "二百五十三"),
        (1000, "一千"),
        (1019, "一千零一十九"),
        (1032, "一千零三十二"),
        (1200, "一千二百"),
        (1260, "一千二百六十"),
    ],
)
def test_chinese_number(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize("article", ["第九条第三项", "第二十五条第一款", "第二百五十三条之一", "第十六条第一款第四项"])
def test_canonical_articles_stay(article: str) -> None:
    assert canonical_article(article) == article


@pytest.mark.parametrize(
    ("article", "canonical"),
    [
        ("第9条第3项", "第九条第三项"),
        ("§9(3)", "第九条第三项"),
        ("§57", "第五十七条"),
        ("§253(11)", "第二百五十三条第十一项"),
        ("§0", None),
        ("§9(0)", None),
        ("§9(3", None),
        ("§2000", None),
        ("§" + "9" * 5000, None),
        ("第一十条", "第十条"),
        ("第一百一五条", None),
        ("第一千十九条", "第一千零一十九条"),
        ("第一〇条", None),
        ("第零条", None),
        ("第2000条", None),
        ("第一1条", None),
        ("九条", None),
        ("第九条 第三项", None),
        ("第九条第三项第一款", None),
        ("", None),
    ],
)
def test_other_writings_are_not_canonical(article: str, canonical: str | None) -> None:
    assert canonical_article(article) == canonical


@given(st.integers(min_value=1, max_value=1999))
def test_every_number_reads_back(number: int) -> None:
    assert canonical_article(f"第{number}条") == f"第{chinese_number(number)}条"
    assert canonical_article(f"§{number}") == f"第{chinese_number(number)}条"
    assert canonical_article(f"第{chinese_number(number)}条") == f"第{chinese_number(number)}条"


@given(st.text(alphabet="§第条款项之一二三四五六七八九十百千零〇12 0x()", max_size=14))
def test_canonical_is_a_fixed_point(article: str) -> None:
    canonical = canonical_article(article)
    assert canonical is None or canonical_article(canonical) == canonical
