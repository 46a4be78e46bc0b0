"""Words and pairs that are kept small say what a dict and a set of them would."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from compliance.text.tables.ordinary import Words
from compliance.text.tables.side_by_side import columns, side_by_side

CHARS = st.sampled_from("一二三最低价微信")
WORDS = st.dictionaries(st.text(CHARS, min_size=2, max_size=4), st.integers(1, 3_000_000), min_size=1)
AFTER = st.dictionaries(CHARS, st.text(CHARS, min_size=1), max_size=4)


def lines(words: dict[str, int]) -> str:
    return "".join(f"{word} {frequency}\n" for word, frequency in sorted(words.items()))


@given(WORDS, WORDS, st.text(CHARS, max_size=5))
def test_words_of_several_files_are_one_mapping(some: dict[str, int], others: dict[str, int], text: str) -> None:
    others = {word: frequency for word, frequency in others.items() if word not in some}
    both = some | others
    words = Words([lines(some), lines(others)])
    assert words == both
    assert len(words) == len(both)
    assert (text in words) == (text in both)
    assert words.get(text) == both.get(text)
    for first in "一最天":
        assert words.beginning(first) == {word: each for word, each in both.items() if word[0] == first}
    chars, frequencies = columns(words)
    told = ["".join(chr(char) for char in word if char) for word in chars.tolist()]
    assert dict(zip(told, frequencies.tolist(), strict=True)) == both


@given(WORDS, AFTER, st.text(CHARS, max_size=3))
def test_pairs_are_those_of_the_lines_and_those_within_words(
    words: dict[str, int], after: dict[str, str], text: str
) -> None:
    expected = {first + second for first, seconds in after.items() for second in seconds}
    expected |= {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    pairs = side_by_side([f"{first} {seconds}" for first, seconds in after.items()], Words([lines(words)]))
    assert Counter(pairs) == Counter(expected)
    assert (text in pairs) == (text in expected)
    assert pairs & {"一二", "天天"} == expected & {"一二", "天天"}
