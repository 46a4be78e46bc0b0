"""How likely a form is where something else is written: the kernel's answer is that of a plain account of it."""

from functools import cache
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.lexicon import Term
from compliance.text.kept import kept
from compliance.text.tables import characters, words
from compliance.words.disguise import Finder
from compliance.words.group import WordGroup
from compliance.words.kernel import COMMON_WORD, gain
from compliance.words.matcher import Matcher
from compliance.words.packed import characters as tables

FORMS = ("微信", "超值", "最低价", "国家级", "糖尿病人", "全网最低价格", "魑魅魍魉")
AROUND = 3
texts = st.lists(
    st.sampled_from(
        [*"的了是不围信房帐微最第价格低魑🔥a", "我们", "价格", "房间", "国家", "最近的", "不得不说", "贵为"]
    ),
    max_size=6,
).map("".join)


@cache
def finder() -> Finder:
    return Matcher([WordGroup("词", tuple(Term(text=form, disguise=True) for form in FORMS))])._finder


@cache
def total() -> float:
    return log(sum(characters().values()) + sum(words().values()))


def cost(text: str, term: str = "", at: int = -1) -> float:
    """Of the likeliest way of taking a text apart; the term is a word at its place."""
    best = [0.0]
    for end in range(1, len(text) + 1):
        ways = [best[end - 1] + total() - log(characters().get(text[end - 1], 1))]
        begins = [begin for begin in range(max(end - 4, 0), end - 1) if text[begin:end] in words()]
        ways += [best[begin] + total() - log(words()[text[begin:end]]) for begin in begins]
        if term and end == at + len(term):
            ways.append(best[at] + total() - log(max(COMMON_WORD, words().get(term, 0))))
        best.append(min(ways))
    return best[-1]


@given(texts, texts, texts, st.integers(0, len(FORMS) - 1))
def test_log_odds_are_the_difference_of_the_likeliest_readings(
    before: str, written: str, behind: str, number: int
) -> None:
    packed = finder().packed
    form = next(form for form in range(len(packed.forms)) if packed.text(form) == FORMS[number])
    written = kept(written + FORMS[number][::-1]).text[: len(FORMS[number])]
    before, behind = kept(before).text, kept(behind).text
    text = before + written + behind
    units = np.frombuffer(text.encode("utf-16-le") + bytes(6), dtype=np.uint16).copy()
    window, at = before[-AROUND:] + written + behind[:AROUND], len(before[-AROUND:])
    meant = before[-AROUND:] + FORMS[number] + behind[:AROUND]
    expected = cost(window) - cost(meant, FORMS[number], at)
    found = gain(tables(), packed.tables, units, len(text), form, len(before))
    assert found == pytest.approx(expected, abs=1e-3)
