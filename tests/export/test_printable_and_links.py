import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.export.links import web_link
from compliance.export.naming import document_names
from compliance.export.printable import printable
from compliance.export.sheets import safe_criterion
from compliance.model.document import Document


@given(st.text(alphabet=st.characters()))
def test_nothing_that_a_device_obeys_is_left(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufffe\uffff]", shown)
    assert printable(shown) == shown
    shown.encode()


def test_ordinary_text_stays_and_escape_is_seen() -> None:
    assert printable("最好😀 1,299 元\n下一行") == "最好😀 1,299 元\n下一行"
    assert printable("\x1b[31m红\x00") == "␛[31m红␀"


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.cn/x",
        "http://", "https://user:pw@a.cn/", "http://[::1", "ftp://a.cn", "http://a.cn:99999/",
        "https://a.cn/" + "x" * 2000,
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_linked(url: str | None) -> None:
    assert web_link(url) is None


def test_addresses_become_ascii() -> None:
    assert web_link(" https://法律.cn/条文?id=广告 法#第九条 ") == (
        "https://xn--g4ts90a.cn/%E6%9D%A1%E6%96%87?id=%E5%B9%BF%E5%91%8A%20%E6%B3%95#%E7%AC%AC%E4%B9%9D%E6%9D%A1"
    )
    assert web_link("http://a.cn:8080/%E6%9D%A1") == "http://a.cn:8080/%E6%9D%A1"
    assert web_link('https://a.cn/"><script>') == "https://a.cn/%22%3E%3Cscript%3E"


@given(st.text())
def test_links_never_raise_and_hold_nothing_to_break_out_with(url: str) -> None:
    link = web_link(f"https://a.cn/{url}")
    assert link is None or re.fullmatch(r"https://[!-~]+", link)
    assert link is None or not set(link) & set('"<>\\ ')
    web_link(url)


def test_same_names_are_told_apart() -> None:
    documents = [
        Document(id=f"d{i}", title=title, text="x") for i, title in enumerate(["a.TXT", "A.txt", "", " \n", "b"])
    ]
    assert document_names(documents) == ["a.TXT", "A.txt（2）", "d2", "未命名", "b"]


@given(st.lists(st.text(max_size=8), max_size=8))
def test_names_are_unique_and_literal_for_countif(titles: list[str]) -> None:
    documents = [Document(id="d", title=title, text="x") for title in titles]
    names = document_names(documents, spell=safe_criterion)
    assert len({name.casefold() for name in names}) == len(titles)
    assert not [name for name in names if set(name) & set("*?~") or name[0] in "=<>" or "\n" in name]
