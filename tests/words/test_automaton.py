"""The re-coded automaton finds what a naive search and plain pyahocorasick find."""

import ahocorasick
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.views import code_points
from compliance.words.automaton import Automaton, TooManyCharactersError

LETTERS = "ab最好\U0001f600\x00"
WORDS = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


def found(words: list[str], text: str) -> list[tuple[int, int]]:
    matches = Automaton(words).matches(code_points(text))
    return sorted(zip(matches.lasts.tolist(), matches.words.tolist(), strict=True))


def naive(words: list[str], text: str) -> list[tuple[int, int]]:
    return sorted(
        (start + len(word) - 1, index)
        for index, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    )


def plain(words: list[str], text: str) -> list[tuple[int, int]]:
    automaton = ahocorasick.Automaton()
    for index, word in enumerate(words):
        automaton.add_word(word, index)
    automaton.make_automaton()
    return sorted(automaton.iter(text))


@given(WORDS, st.text(alphabet=LETTERS + "c坏", max_size=40))
def test_the_same_hits_as_a_naive_search_and_a_plain_automaton(words: list[str], text: str) -> None:
    assert found(words, text) == naive(words, text) == plain(words, text)


@pytest.mark.parametrize("size", [1, 15, 16, 17, 125, 126, 127, 1_999, 2_000, 2_001, 9_000, 15_875])
def test_alphabets_of_every_size(size: int) -> None:
    """Around every edge of the two-symbol code, no character is taken for another."""
    characters = [chr(0x3400 + i) for i in range(size)]
    ends = {0, size // 2, size - 1}
    text = "".join(characters)
    assert found(characters, text) == [(i, i) for i in range(size)]
    pairs = [characters[i] + characters[j] for i in ends for j in ends]
    words = list(dict.fromkeys(characters + pairs))
    shown = "".join(pairs)
    assert found(words, shown) == naive(words, shown)


def test_more_characters_than_can_be_numbered_are_refused() -> None:
    with pytest.raises(TooManyCharactersError, match="15876"):
        Automaton([chr(0x3400 + i) for i in range(15_876)])


def test_a_very_long_word() -> None:
    word = "".join(chr(0x4E00 + i % 9_973) for i in range(100_000))
    assert found([word, word[:2]], word[:-1]) == [(i, 1) for i in range(1, 99_999, 9_973)]
    assert (len(word) - 1, 0) in found([word], word)
