"""Forms by column, and the small questions that are asked of arrays of keys."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.lexicon import Term
from compliance.model.vocabulary import SeenAs
from compliance.words.forms import Form, Forms
from compliance.words.group import WordGroup
from compliance.words.guards import Guards
from compliance.words.keys import among, distinct
from compliance.words.matcher import Matcher

KEYS = st.lists(st.integers(0, (1 << 64) - 1) | st.integers(0, 9))
ANY, AS_NUMBERS, BY_SOUND = Guards(), Guards(frozenset({SeenAs.FOLDED})), Guards(frozenset({SeenAs.SOUND}))


def test_numbers_are_written_otherwise_where_a_term_may_be_disguised_so() -> None:
    forms = Forms.of([
        Form("100%有效", 7, ANY), Form("百分百", 8), Form("10年", 9, BY_SOUND), Form("15天", 5, AS_NUMBERS),
    ], plain=False).with_spellings()  # fmt: skip
    assert forms.settings == (ANY, BY_SOUND, AS_NUMBERS)
    assert list(forms.chosen[:4]) == [0, -1, 1, 2]
    others = list(zip(forms.texts[4:], forms.numbers[4:], forms.chosen[4:], strict=True))
    assert others == [("百分百有效", 7, -1), ("百分之百有效", 7, -1), ("十五天", 5, -1)]
    assert forms.variants == 3
    assert not forms.plain


def test_terms_that_hold_a_line_end_are_folded_as_others_are() -> None:
    terms = tuple(Term(text=text) for text in ("最低价", "全\x1e网", "ＶＩＰ", "···"))
    assert [found.term for found in Matcher([WordGroup("词", terms)]).find("最低价，vip，全网")] == ["最低价", "ＶＩＰ"]


@given(KEYS, KEYS)
def test_keys_are_told_apart_as_sets_do(some: list[int], others: list[int]) -> None:
    those = distinct(np.array(others, dtype=np.uint64))
    assert those.tolist() == sorted(set(others))
    assert among(np.array(some, dtype=np.uint64), those).tolist() == [each in set(others) for each in some]
