import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from export_samples import hostile, make_finding, make_report, sample

from compliance.export import render, render_many
from compliance.model.document import Document

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Fails on a tag that is not closed in order; keeps tags, attributes and the text of each element."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.text.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text[tag][-1] += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


PAYLOADS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "--><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_user_markup_is_only_text(payload: str) -> None:
    page = Page(render_many([hostile(payload), sample()], "html"))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "svg", "iframe", "object", "link", "form"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert payload in page.text["body"][0]
    assert "49" not in page.text["h3"][0]


def test_only_safe_links_and_every_inner_link_has_its_target() -> None:
    page = Page(render_many([sample(), sample(), hostile("x y")], "html"))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for href in page.values("href"):
        assert href.startswith("https://") or href.removeprefix("#") in ids
    for label in page.values("aria-labelledby"):
        assert label in ids


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = render(*sample(), "html").decode()
    assert not re.search(r"@import|url\(|\bsrc=|<script|<link", page)
    assert "default-src 'none'" in page


def test_language_headings_and_table_heads() -> None:
    page = Page(render_many([sample(), sample()], "html"))
    assert ("html", {"lang": "zh-CN"}) in page.tags
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")


def test_marks_cover_their_words_and_overlaps_are_cut() -> None:
    document = Document(id="d", text="全网最好的面霜 abc")
    findings = [make_finding(document.text, hit) for hit in ("全网最好", "最好的面霜", "好的")]
    page = Page(render(document, make_report(document, *findings), "html"))
    assert page.text["mark"] == ["全网", "最", "好", "的", "面霜"]
    assert page.text["sup"] == ["①②③"]
    assert "全网最好的面霜①②③ abc" in page.text["body"][0]


def test_a_card_tells_everything_about_its_finding() -> None:
    document, report = sample()
    text = Page(render(document, report, "html")).text["body"][0]
    for finding in report.findings:
        for words in (finding.title, finding.rule, finding.law[0].article, finding.law[0].summary):
            assert words in text
    for words in (
        "禁止播出", "87.5", "20万–100万元", "广告主发布第九条禁止情形的广告", report.release, "2024年05月20日",
        "化妆品", "抖音", "去除夹杂符号 · 置信度 0.97", "请商家提供价格备案", "“第一次”是普通词语，不是排名",
        "缺少“化妆品备案编号”", "词组“绝对化用语”命中“国家级”", "138****8000",
    ):  # fmt: skip
        assert words in text


def test_a_clean_report_says_so() -> None:
    document = Document(id="d", text="大家好")
    page = Page(render(document, make_report(document), "html"))
    assert "未发现问题" in page.text["body"][0]
    assert "mark" not in page.text


def test_several_documents_get_a_table_of_contents() -> None:
    page = Page(render_many([sample(), sample()], "html"))
    assert page.values("href")[:2] == ["#d1", "#d2"]
    assert "520 专场直播转写.docx（2）" in page.text["nav"][0]
