"""Columns hold what they were given, and answer as the lists and strings themselves would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.words.columns import Lists, Strings, marked

COUNT = 8
LISTS = st.lists(st.lists(st.integers(0, COUNT - 1), max_size=5), max_size=6)
SOME = st.sets(st.integers(0, COUNT - 1))


@given(st.lists(st.text(max_size=4)))
def test_strings(strings: list[str]) -> None:
    held = Strings(strings)
    assert list(held) == strings
    assert [held[number] for number in range(len(held))] == strings
    assert held[1:3] == strings[1:3]


@given(LISTS)
def test_lists(lists: list[list[int]]) -> None:
    held = Lists.of(lists)
    assert list(held) == lists
    assert [held[number] for number in range(len(held))] == lists
    assert held[1:3] == lists[1:3]
    assert held.flat[slice(*held.bounds(0))].tolist() == lists[0] if lists else True


@pytest.mark.parametrize("held", [Strings(["甲"]), Lists.of([[1]])])
@pytest.mark.parametrize("number", [-1, 1])
def test_there_are_no_others(held: Strings | Lists, number: int) -> None:
    with pytest.raises(IndexError):
        held[number]


@given(LISTS)
def test_inverted_lists_say_which_hold_a_number(lists: list[list[int]]) -> None:
    assert list(Lists.of(lists).inverted(COUNT)) == [
        [place for place, held in enumerate(lists) if number in held] for number in range(COUNT)
    ]


@given(LISTS, SOME)
def test_only_the_chosen_numbers_are_left(lists: list[list[int]], some: set[int]) -> None:
    assert list(Lists.of(lists).only(marked(COUNT, some))) == [[n for n in held if n in some] for held in lists]


@given(LISTS, SOME)
def test_a_union_is_of_the_chosen_lists(lists: list[list[int]], some: set[int]) -> None:
    some = {place for place in some if place < len(lists)}
    wanted = sorted({number for place in some for number in lists[place]})
    assert Lists.of(lists).union(marked(len(lists), some)).tolist() == wanted
