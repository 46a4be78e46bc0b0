"""Sets of stretches are sets."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compliance.words.stretches import MOST, alone, numbers, per_stretch, span


@given(st.sets(st.integers(0, 300)))
def test_the_numbers_of_a_set_are_its_members(members: set[int]) -> None:
    found = numbers(sum(1 << member for member in members))
    assert len(found) == len(members)
    assert set(found) == members


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_span_holds_everything_between(first: int, length: int) -> None:
    assert set(numbers(span(first, first + length))) == set(range(first, first + length + 1))


@given(st.integers(1, 10_000_000))
def test_no_text_has_more_stretches_than_the_most(sentences: int) -> None:
    assert -(-sentences // per_stretch(sentences)) <= MOST


def test_a_sentence_is_a_stretch_while_there_are_few() -> None:
    assert per_stretch(1) == per_stretch(MOST) == 1
    assert per_stretch(MOST + 1) == 2


@given(st.lists(st.integers(0, MOST), min_size=1, max_size=20).map(sorted))
def test_each_stretch_by_itself(stretches: list[int]) -> None:
    assert alone(np.array(stretches)).tolist() == [span(stretch, stretch) for stretch in stretches]
