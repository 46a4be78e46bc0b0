"""What a pattern is said to need stands in every match; what it is said to be is all that it matches."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lang.literals import required, strings
from compliance.lang.pattern import translate
from compliance.lang.regex import MANY, Chars, parse_regex

ALPHABET = "治最1"
REPEATS = ["?", "*", "+", "{2}", "{0,2}", "{1,2}", "{2,}", "+?", "{1,1}"]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("({}|{}|)".format, inner, inner),
        st.builds("(?:{}){}".format, inner, st.sampled_from(REPEATS)),
    )


WORDS = st.text(ALPHABET, min_size=1, max_size=3)
CLASSES = st.sampled_from(["[治最]", "[^治]", ".", "\\d", "[0-9]", "\\x{6cbb}", "\\b", "^", "$"])
PATTERNS = st.recursive(WORDS | CLASSES, _grown, max_leaves=6)


def python(source: str) -> re.Pattern[str]:
    r"""`re` writes \x{6cbb} otherwise."""
    return re.compile(source.replace("\\x{6cbb}", "\\u6cbb"), re.ASCII)


def texts(longest: int) -> list[str]:
    return ["".join(chars) for length in range(longest + 1) for chars in product(ALPHABET, repeat=length)]


TEXTS = texts(4)


def matches(source: str, text: str) -> list[str]:
    """Every part of the text that the pattern can match, not only the leftmost ones."""
    pattern = python(source)
    places = [(i, j) for i in range(len(text) + 1) for j in range(i, len(text) + 1)]
    return [text[i:j] for i, j in places if pattern.fullmatch(text, i, j)]


@given(PATTERNS, st.text(ALPHABET, max_size=12))
def test_every_match_holds_a_literal_of_each_set(source: str, text: str) -> None:
    sets = required(parse_regex(source))
    for match in matches(source, text):
        for literals in sets:
            assert any(literal in match for literal in literals), (match, literals)


@given(PATTERNS, st.data())
def test_what_is_found_in_running_text_holds_them_too(source: str, data: st.DataObject) -> None:
    pattern = python(source)
    made = st.from_regex(pattern, fullmatch=True, alphabet=ALPHABET)
    text = "".join(data.draw(st.lists(made | WORDS, max_size=3)))
    sets = required(parse_regex(source))
    for match in pattern.finditer(text):
        assert all(any(literal in match.group() for literal in literals) for literals in sets), match


@given(PATTERNS)
def test_the_sets_are_two_at_most_and_say_something(source: str) -> None:
    sets = required(parse_regex(source))
    assert len(sets) <= 2
    assert len(set(sets)) == len(sets)
    assert all(literals and "" not in literals for literals in sets)


@given(PATTERNS)
def test_strings_are_all_that_it_matches(source: str) -> None:
    words = strings(parse_regex(source))
    pattern = python(source)
    if words is not None:
        assert {text for text in TEXTS if pattern.fullmatch(text)} <= words.keys()


@given(st.recursive(WORDS | st.sampled_from(["[治最]", "[0-9]"]), _grown, max_leaves=6))
def test_without_edges_it_matches_each_of_its_strings(source: str) -> None:
    words = strings(parse_regex(source))
    if words is not None:
        assert all(python(source).fullmatch(word) for word in words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("维密", {"维密"}),
        ("维密|塑形", {"维密", "塑形"}),
        ("[维塑]密", {"维密", "塑密"}),
        ("(?:维|塑身?)密", {"维密", "塑密", "塑身密"}),
        ("维密{2}", None),
        ("维.密", None),
        ("维\\d", None),
        ("维密*", None),
        ("^维$", {"维"}),
    ],
)
def test_strings(source: str, words: set[str] | None) -> None:
    made = strings(parse_regex(source))
    assert (made if made is None else set(made)) == words


@given(PATTERNS)
def test_a_pattern_needs_one_of_its_strings_where_they_are_few(source: str) -> None:
    words = strings(parse_regex(source))
    if words and "" not in words:
        assert required(parse_regex(source)) == (frozenset(words),)


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        ("维|密|维", {"维": 2, "密": 1}),
        ("(?:维密|维)(?:密)?", {"维密密": 1, "维密": 2, "维": 1}),
        ("(?:|维)?", {"": 2, "维": 1}),
        ("(?:维|维){1}", {"维": 2}),
    ],
)
def test_strings_are_told_with_the_ways_to_make_them(source: str, ways: dict[str, int]) -> None:
    assert strings(parse_regex(source)) == ways


def test_strings_are_listed_only_while_they_are_few() -> None:
    ten = "[0-9]"
    listed = strings(parse_regex(ten))
    assert listed is not None
    assert len(listed) == 10
    assert MANY < 100
    assert strings(parse_regex(ten * 2)) is None
    assert strings(Chars(frozenset(map(chr, range(MANY + 1))))) is None


@pytest.mark.parametrize(
    ("source", "sets"),
    [
        ("维密", [{"维密"}]),
        ("治[愈疗]", [{"治愈", "治疗"}]),
        ("(?:维密){2,3}", [{"维密"}]),
        ("(?:根治|治愈).{0,4}糖尿病", [{"糖尿病"}, {"根治", "治愈"}]),
        ("(?:维密.{1,9}|塑形)好", [{"维密", "塑形"}, {"好"}]),
        ("(?:维密)?好", [{"好", "维密好"}]),
        # The rarer word is looked for first, wherever it stands, and a commonplace one beside it at most.
        ("的.{0,3}维密", [{"维密"}, {"的"}]),
        ("维密.{0,3}的", [{"维密"}, {"的"}]),
        ("的.{0,3}了.{0,3}维密.{0,3}塑形", [{"塑形"}, {"维密"}]),
        # A sign may be noise between any two characters: it is needed only where nothing else is.
        (",.{0,3}维", [{"维"}]),
        ("维.{0,3}%", [{"%"}, {"维"}]),
        # What may be missing is not needed.
        ("(?:维密)?.好", [{"好"}]),
        ("(?:维密){0,3}好", [{"好"}]),
        ("(?:维密|.)好", [{"好"}]),
        ("(?:维密|.{2})", []),
        ("[^维]|\\d+|\\p{Han}", []),
    ],
)
def test_required(source: str, sets: list[set[str]]) -> None:
    assert [set(literals) for literals in translate(source).required] == sets
