"""Rows: what counts, what does not, and that a stretch's row does not depend on its neighbours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compliance.meaning import features
from compliance.meaning.features import MARKS, SLOTS, Stretch, marks, occurrences, rows
from compliance.model.vocabulary import Category, Source
from compliance.text.views import folded

EVERY = np.ones(2 * SLOTS, dtype=np.float32)
TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=6)


def stretch(text: str, *held: int) -> Stretch:
    return Stretch(folded(text).codes, held)


@given(TEXTS)
def test_a_row_is_the_same_alone_and_among_others(texts: list[str]) -> None:
    together = rows([stretch(text) for text in texts], EVERY)
    for i, text in enumerate(texts):
        alone = rows([stretch(text)], EVERY)
        part = slice(together.starts[i], together.starts[i + 1])
        assert together.columns[part].tolist() == alone.columns.tolist()
        assert together.values[part].tolist() == alone.values.tolist()


@given(st.text(min_size=1, max_size=60))
def test_blocks_have_unit_length_and_columns_ascend(text: str) -> None:
    row = rows([stretch(text)], EVERY)
    grams, pairs = row.columns < SLOTS, row.columns >= SLOTS
    assert (np.diff(row.columns) > 0).all()
    assert np.isclose((row.values[grams] ** 2).sum(), 1, atol=1e-4)
    if pairs.any():
        assert np.isclose((row.values[pairs] ** 2).sum(), features.PAIR_WEIGHT**2, atol=1e-4)


@given(st.text(max_size=80))
def test_every_group_lies_inside_the_text(text: str) -> None:
    codes = folded(text).codes
    found = occurrences([Stretch(codes, ())])
    count = len(codes)
    grams = sum(max(count - n, 0) for n in range(features.LONGEST_GRAM))
    pairs = sum(max(count - n, 0) for n in range(features.NEAREST_PAIR, features.FARTHEST_PAIR + 1))
    assert len(found.column) == grams + pairs
    assert (found.first <= found.last).all()
    assert (found.last < max(count, 1)).all()


def test_rotating_a_text_keeps_the_characters_it_counts() -> None:
    one, other = occurrences([stretch("根治高血压")]), occurrences([stretch("血压根治高")])
    singles = [set(found.column[found.first == found.last].tolist()) for found in (one, other)]
    assert singles[0] == singles[1]
    assert set(one.column.tolist()) != set(other.column.tolist())


def test_columns_without_rarity_are_left_out() -> None:
    assert rows([stretch("根治高血压", 3)], np.zeros(2 * SLOTS, dtype=np.float32)).columns.tolist() == [2 * SLOTS + 3]


def test_marks_tell_the_category_and_a_complaint_but_no_other_source() -> None:
    drug = marks(Source.TRANSCRIPT, Category.DRUG)
    assert drug == marks(Source.LISTING, Category.DRUG)
    assert drug != marks(Source.LISTING, Category.FOOD)
    assert set(marks(Source.COMPLAINT, Category.DRUG)) - set(drug) == {MARKS - 1}
    assert marks(Source.POST, None) == ()
