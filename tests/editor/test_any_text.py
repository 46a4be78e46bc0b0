"""Any place in any text gets an answer: half-typed rules, unbalanced quotes, what is no rule file at all."""

import pytest
from editor_samples import KNOWLEDGE, RULE
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.editor.actions import correction
from compliance.editor.check import check
from compliance.editor.completion import completions
from compliance.editor.definition import definition
from compliance.editor.hover import hover
from compliance.editor.piece import LARGEST
from compliance.editor.symbols import symbols
from compliance.lang.keywords import SURFACES
from compliance.release.rules import read_rule_files
from compliance.release.shipped import shipped

_WORDS = [word for pair in SURFACES.values() for word in pair if word]
_PIECES = st.sampled_from([
    *_WORDS, "甲", "绝对化用语", "商品.类目", "食品", "广告法", "第九条第三项", "§9(3)", "T-ONE-001", "「最好", "」",
    '"', "/a|b", "/", "(", "）", "、", "=", ">=", "＞", "..", "8字", "60秒", "5万元", "2026-01-01", "9" * 30, "\\",
    "#", "\n", "\r\n", "\r", " ", "\ufeff", "\ufffd", "\x00", "\ud83d", "𠮷", "😀", "E012",
])  # fmt: skip
TEXTS = st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=60)


def unreadable(_: str) -> str:
    raise UnicodeDecodeError("utf-8", b"\xc4", 0, 1, "invalid start byte")


def ask_everything(source: str, offset: int) -> None:
    """Places that are answered lie in the text."""
    found = check("here.rule", source, KNOWLEDGE).diagnostics
    for item in completions(source, offset, KNOWLEDGE):
        assert 0 <= item.start <= item.end == offset
        assert item.label
    shown = hover(source, offset, KNOWLEDGE, "here.rule", found)
    assert shown is None or 0 <= shown.start <= offset <= shown.end <= len(source)
    for target in definition(source, offset, "here.rule", KNOWLEDGE, unreadable):
        assert 0 <= target.start <= target.end <= len(source)
    for symbol in symbols(source):
        assert 0 <= symbol.start <= symbol.name_start < symbol.name_end <= symbol.end <= len(source)
    for diagnostic in found:
        cure = correction(diagnostic, source)
        assert cure is None or 0 <= cure.start <= cure.end <= len(source)


@given(TEXTS, st.data())
def test_any_place_in_any_text(source: str, data: st.DataObject) -> None:
    ask_everything(source, data.draw(st.integers(0, len(source))))


@given(st.integers(0, len(RULE)), TEXTS)
def test_a_rule_broken_anywhere(place: int, put: str) -> None:
    ask_everything(RULE[:place] + put + RULE[place:], place + len(put))


@settings(max_examples=60)
@given(st.sampled_from(read_rule_files([shipped("policies")])), st.data())
def test_a_shipped_file_cut_off_anywhere(file: tuple[str, str], data: st.DataObject) -> None:
    """As it stands while it is typed: the end of the text is where the cursor is."""
    text = file[1][: data.draw(st.integers(0, min(len(file[1]), 6_000)))]
    ask_everything(text, len(text))
    ask_everything(text, data.draw(st.integers(0, len(text))))


@pytest.mark.parametrize("unit", ["规则 ", "(", "「", "当 ", "甲", "\n", "规则 T-ONE-001 「t」\n"])
def test_a_huge_piece_is_left_alone(unit: str) -> None:
    source = f"规则 T-ONE-001 「t」 当 {unit * (LARGEST // len(unit) + 1)}"
    for offset in (0, 4, len(source) // 2, len(source)):
        completions(source, offset, KNOWLEDGE)
        hover(source, offset, KNOWLEDGE)
    symbols(source)
