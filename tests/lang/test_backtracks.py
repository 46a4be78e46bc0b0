"""What is said about backtracking before a pattern runs, against a matcher that tries everything and counts."""

from collections.abc import Callable
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lang.backtracks import backtracks
from compliance.lang.literals import strings
from compliance.lang.regex import Chars, Choice, Edge, Node, Repeat, Sequence, parse_regex

Rest = Callable[[int], int]
"""Tries what follows from a position; returns the ways."""


def tried(node: Node, text: str, start: int) -> int:
    """Ways in which a backtracking matcher tries the pattern from one place when it has to try them all.

    A way ends where nothing more can be taken: ways that differ only in having taken less are not counted, nor are
    attempts that fail at their first character. Of a choice between words, a word counts when it stands there.
    """
    return max(1, _tried(node, text, start, lambda _: 0))


def _tried(node: Node, text: str, at: int, rest: Rest) -> int:
    match node:
        case Chars(choices=choices):
            here = at < len(text) and (choices is None or text[at] in choices)
            return max(1, rest(at + 1)) if here else 0
        case Edge() | Sequence(parts=()):
            return rest(at)
        case Sequence(parts=(first, *others)):
            return _tried(first, text, at, lambda end: _tried(Sequence(tuple(others)), text, end, rest))
        case Choice(branches=branches) if strings(node) is not None:
            ends = [end for branch in branches for end in _ends(branch, text, at)]
            return sum(max(int(end > at), rest(end)) for end in ends)
        case Choice(branches=branches):
            return sum(_tried(branch, text, at, rest) for branch in branches)
        case Repeat():
            return _repeated(node, text, at, rest, 0)
    raise TypeError(node)


def _repeated(node: Repeat, text: str, at: int, rest: Rest, done: int) -> int:
    """As matchers do, a repeat that took nothing is not repeated, unless it still has to be."""

    def again(end: int) -> int:
        return _repeated(node, text, end, rest, done + 1) if end > at or done < node.least else 0

    stop = rest(at) if done >= node.least else 0
    return stop + (_tried(node.inner, text, at, again) if node.most is None or done < node.most else 0)


def _ends(node: Node, text: str, at: int) -> list[int]:
    """Where the node can end, once for each way there."""
    ends: list[int] = []

    def arrive(end: int) -> int:
        ends.append(end)
        return 0

    _tried(node, text, at, arrive)
    return ends


BOUNDS = ["?", "{2}", "{0,2}", "{1,2}", "{1,3}", "{2,3}"]


def patterns(bounds: list[str]) -> st.SearchStrategy[str]:
    chars = st.sampled_from(["a", "b", "c", "[ab]", "."])
    words = st.lists(st.text("abc", min_size=1, max_size=2), min_size=2, max_size=3, unique=True).map("|".join)

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("{}{}".format, inner, inner),
            st.builds("(?:{}|{})".format, inner, inner),
            st.builds("(?:{}){}".format, inner, st.sampled_from(bounds)),
        )

    return st.recursive(st.one_of(chars, words.map("(?:{})".format)), grown, max_leaves=5)


BOUNDED = patterns(BOUNDS)


@given(patterns([*BOUNDS, "*", "+"]), st.text("abc", max_size=7) | st.text("a", min_size=5, max_size=8))
def test_no_more_ways_are_tried_than_were_said(source: str, text: str) -> None:
    node = parse_regex(source)
    assert tried(node, text, 0) <= backtracks(node)


@given(st.text("甲乙丙", min_size=1))
def test_a_literal_is_tried_once(word: str) -> None:
    assert backtracks(parse_regex(word)) == 1


@given(BOUNDED)
def test_what_is_bounded_has_finitely_many_ways(source: str) -> None:
    assert 1 <= backtracks(parse_regex(source)) < inf


@given(BOUNDED, BOUNDED, BOUNDED, st.integers(0, 3), st.integers(0, 6))
def test_more_repeats_are_never_fewer_ways(before: str, inner: str, after: str, least: int, more: int) -> None:
    def ways(most: int | str) -> float:
        return backtracks(parse_regex(f"(?:{before})(?:{inner}){{{least},{most}}}(?:{after})"))

    bounded = [ways(most) for most in range(max(1, least), least + more + 1)]
    assert bounded == sorted(bounded)
    assert all(each <= ways("") for each in bounded)


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        ("最好", 1),
        ("最好|最佳", 1),
        ("最|最好|最好的", 3),
        ("[0-9]{1,12}天", 1),  # what is given back is no 天
        ("[0-9]{1,12}0", 12),
        ("最好?的", 1),
        ("最.?的", 2),
        ("最.{0,3}好", 4),
        ("最.{0,3}好.{0,4}的", 4 * 5),
        ("(?:最好){0,3}的", 4),
        ("(?:最|最好){0,3}的", 1 + 2 + 4 + 8),
        ("a{0,3}b?a", 4),
        ("a{0,3}(?:b?a)", 4),
        ("a+b", 1),
        ("a+.{0,3}b", 400 * 4),
        ("(?:a+)+b", inf),
        ("(?:a|b+)*c", inf),
    ],
)
def test_ways(source: str, ways: float) -> None:
    assert backtracks(parse_regex(source)) == ways


@pytest.mark.parametrize("source", ["(?:ab|ab){0,3}c", "(?:a?a?|b)ac", "(?:ab|a(?:b|c)){1,3}c"])
def test_a_word_that_is_offered_twice_is_tried_twice(source: str) -> None:
    node = parse_regex(source)
    assert max(tried(node, text, 0) for text in ("ababab", "aaaaaa")) <= backtracks(node)


@pytest.mark.parametrize("source", ["(?:(?:a?a?){0,30}){0,30}b", "(?:(?:ab|a){0,40}c?){0,40}b"])
def test_more_ways_than_can_be_counted_are_infinitely_many(source: str) -> None:
    assert backtracks(parse_regex(source)) == inf
