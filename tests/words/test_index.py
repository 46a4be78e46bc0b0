"""What is looked up by readings is what a plain dict of them says; filters let everything through that they hold."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.glyphs import glyph
from compliance.words import index
from compliance.words.bloom import Bloom
from compliance.words.index import Index, beside
from compliance.words.relations import CODE_BITS, ITSELF, pair_of

CHARS = st.sampled_from("最低价徽微信❤vx1一第弟蕞氵台·")
PAIRS = st.lists(st.tuples(CHARS, CHARS), max_size=20)


def may_be(char: str) -> list[int]:
    return [*glyph(char).keys, ITSELF + ord(char)]


def column(chars: list[str]) -> index.Units:
    return np.array([ord(char) for char in chars], dtype=np.uint16)


@pytest.fixture(autouse=True, scope="module")
def small_blocks() -> Iterator[None]:
    """Of three at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_BLOCK", 3)
        yield


@given(PAIRS)
def test_the_numbers_of_two_readings_are_those_of_all_that_may_be_read_so(pairs: list[tuple[str, str]]) -> None:
    expected: dict[int, list[int]] = {}
    for number, (first, second) in enumerate(pairs):
        for one, other in product(may_be(first), may_be(second)):
            expected.setdefault(pair_of(one, other), []).append(7 * number)
    firsts, seconds = column([pair[0] for pair in pairs]), column([pair[1] for pair in pairs])
    known = Index(firsts, seconds, 7 * np.arange(len(pairs)))
    assert {key: known.get(key) for key in expected} == {key: tuple(numbers) for key, numbers in expected.items()}
    assert known.get(pair_of(ITSELF + ord("天"), 1)) == ()


@given(PAIRS, st.data())
def test_what_stands_side_by_side_passes(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    third = data.draw(st.lists(CHARS, min_size=len(pairs), max_size=len(pairs)))
    columns = [column([pair[0] for pair in pairs]), column([pair[1] for pair in pairs]), column(third)]
    two, three = beside(*columns[:2]), beside(*columns)
    for (first, second), other in zip(pairs, third, strict=True):
        for a, b in product(may_be(first), may_be(second)):
            assert two.passing([a], [b], CODE_BITS) == [pair_of(a, b)]
            assert all(three.passing([pair_of(a, b)], [c], CODE_BITS) for c in may_be(other))


def test_few_others_pass() -> None:
    keys = np.random.default_rng(1).integers(0, 1 << 34, 20_000).astype(np.uint64)
    bloom, others = Bloom.of(keys[:10_000]), keys[10_000:].tolist()
    assert not bloom.passing([0], [], CODE_BITS)
    assert len(bloom.passing([0], others, CODE_BITS)) < 100
