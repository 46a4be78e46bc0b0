"""Every automaton finds what a naive search and plain pyahocorasick find."""

import sys

import ahocorasick
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.lexicon import Term
from compliance.text.views import code_points
from compliance.words.automaton import Automaton, TooManyCharactersError
from compliance.words.backends import DoubleArray, MakeBackend, MissingBackendError
from compliance.words.group import WordGroup
from compliance.words.scanner import Scanner
from compliance.words.trie import Trie

LETTERS = "ab最好\U0001f600\x00"
WORDS = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


COMPLETE = (Trie, Automaton)
"""Those that find everything in any text; daachorse knows no lone surrogates."""


def found(words: list[str], text: str, backend: MakeBackend) -> list[tuple[int, int]]:
    matches = backend(words).matches(code_points(text).copy())
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
    expected = naive(words, text)
    assert plain(words, text) == expected
    for backend in COMPLETE:
        assert found(words, text, backend) == expected


@pytest.mark.parametrize("backend", COMPLETE)
@pytest.mark.parametrize("size", [1, 15, 16, 17, 125, 126, 127, 1_999, 2_000, 2_001, 9_000, 15_875])
def test_alphabets_of_every_size(size: int, backend: MakeBackend) -> None:
    """Around every edge of the two-symbol code, no character is taken for another."""
    characters = [chr(0x3400 + i) for i in range(size)]
    ends = {0, size // 2, size - 1}
    text = "".join(characters)
    assert found(characters, text, backend) == [(i, i) for i in range(size)]
    pairs = [characters[i] + characters[j] for i in ends for j in ends]
    words = list(dict.fromkeys(characters + pairs))
    shown = "".join(pairs)
    assert found(words, shown, backend) == naive(words, shown)


def test_more_characters_than_can_be_numbered_are_refused() -> None:
    with pytest.raises(TooManyCharactersError, match="15876"):
        Automaton([chr(0x3400 + i) for i in range(15_876)])


@pytest.mark.parametrize("backend", COMPLETE)
def test_a_very_long_word(backend: MakeBackend) -> None:
    word = "".join(chr(0x4E00 + i % 9_973) for i in range(100_000))
    assert found([word, word[:2]], word[:-1], backend) == [(i, 1) for i in range(1, 99_999, 9_973)]
    assert (len(word) - 1, 0) in found([word], word, backend)


@given(WORDS, st.text(alphabet=LETTERS, max_size=30))
def test_every_backend_finds_the_same_in_the_same_order(words: list[str], text: str) -> None:
    default, *others = (backend(words).matches(code_points(text).copy()) for backend in (Trie, Automaton, DoubleArray))
    for other in others:
        assert default.lasts.tolist() == other.lasts.tolist()
        assert default.words.tolist() == other.words.tolist()


@given(st.text(alphabet="最低价a国家级 ·1", max_size=30))
def test_a_scanner_finds_the_same_with_every_backend(text: str) -> None:
    group = WordGroup(
        "词", tuple(Term(text=word, disguise=True) for word in ("最低", "最低价", "国家级", "a1")), ("最低价格",)
    )
    for other in (Automaton, DoubleArray):
        assert dict(Scanner([group]).scan(text)) == dict(Scanner([group], backend=other).scan(text))


def test_a_trie_of_no_words_finds_nothing() -> None:
    assert found([], "最低价", Trie) == []


@pytest.mark.parametrize("word", ["好", "好好", "好" * 1_000])
def test_a_word_of_what_repeats_is_found_at_every_place(word: str) -> None:
    text = "好" * 1_000_000
    assert len(found([word], text, Trie)) == len(text) - len(word) + 1


def test_without_its_package_a_backend_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daachorse", None)
    with pytest.raises(MissingBackendError, match="安装 compliance"):
        DoubleArray(["最低"])
