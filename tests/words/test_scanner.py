"""The scanner against a naive reference, and the promises that every hit keeps."""

from collections import Counter
from itertools import pairwise
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lang.pattern import translate
from compliance.model.hit import Hit
from compliance.model.lexicon import Term
from compliance.model.vocabulary import SeenAs
from compliance.text.views import fold_word, skeleton
from compliance.words import stretches
from compliance.words.group import WordGroup
from compliance.words.overlap import resolved
from compliance.words.pattern import Pattern
from compliance.words.scanner import NOISE_PER_GAP, Scanner


def group(*words: str, covers: tuple[str, ...] = (), patterns: tuple[str, ...] = ()) -> WordGroup:
    return WordGroup("组", tuple(Term(text=word) for word in words), covers, tuple(map(translate, patterns)))


def hits(scanned: WordGroup, text: str, covers: tuple[str, ...] = ()) -> list[Hit]:
    return Scanner([scanned], covers).scan(text).hits.get(0, [])


def spans(scanned: WordGroup, text: str, covers: tuple[str, ...] = ()) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(scanned, text, covers)]


# Against a naive reference


def reference(words: list[str], covers: list[str], text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(kept, covered) spans: every occurrence, minus the covered ones, leftmost-longest."""

    def occurrences(some: list[str]) -> list[tuple[int, int]]:
        return [(i, i + len(w)) for w in some for i in range(len(text)) if text.startswith(w, i)]

    over = occurrences(covers)
    everywhere = sorted(set(occurrences(words)), key=lambda span: (span[0], -span[1]))
    covered = [s for s in everywhere if any(c[0] <= s[0] and s[1] <= c[1] and c[1] - c[0] > s[1] - s[0] for c in over)]
    kept: list[tuple[int, int]] = []
    for span in everywhere:
        if span not in covered and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return kept, covered


WORDS = st.lists(st.text(alphabet="甲乙", min_size=1, max_size=3), min_size=1, max_size=4, unique=True)


@given(WORDS, st.lists(st.text(alphabet="甲乙丙", min_size=1, max_size=4), max_size=3), st.text("甲乙丙", max_size=15))
def test_words_and_covers_agree_with_the_reference(words: list[str], covers: list[str], text: str) -> None:
    kept, covered = reference(words, covers, text)
    for scanner in (Scanner([group(*words)], covers), Scanner([group(*words, covers=tuple(covers))])):
        scan = scanner.scan(text)
        assert [(hit.start, hit.end) for hit in scan.hits.get(0, [])] == kept
        assert sorted({(c.hit.start, c.hit.end) for c in scan.covered}) == sorted(covered)


@given(st.lists(WORDS, min_size=2, max_size=3), st.text("甲乙丙", max_size=15))
def test_groups_do_not_see_each_other(groups: list[list[str]], text: str) -> None:
    together = Scanner([group(*words) for words in groups]).scan(text)
    for index, words in enumerate(groups):
        assert together.hits.get(index, []) == hits(group(*words), text)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=8))
def test_leftmost_longest_keeps_disjoint_hits_and_leaves_no_gap(pairs: list[tuple[int, int]]) -> None:
    everything = [Hit(start, start + length, "词", SeenAs.EXACT) for start, length in pairs]
    kept = resolved(everything, "longest")
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert all(any(k.start < hit.end and hit.start < k.end for k in kept) for hit in everything)
    if everything:
        first = min(hit.start for hit in everything)
        assert (kept[0].start, kept[0].end) == (first, max(h.end for h in everything if h.start == first))


# What a hit promises

TERMS = ("最好", "第一", "no1", "vip", "100%", "株式会社", "kg", "无副作用")
PIECES = [*TERMS, *"最好第一無无副作用株式会社㍿㎏vipVIPⓋⓘⓟ①100%％，。、“\n \u200b🎉·最❤最", "𝐍𝐨.𝟏", "５"]
SCANNER = Scanner([group(*TERMS)])
PUNCTUATION = set('，。！？；：、,!?;:“”‘’"「」『』《》〈〉（）()【】[]{}…—\n\r\t')


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_hit_is_exactly_what_the_view_matched(text: str) -> None:
    for hit in SCANNER.scan(text).hits.get(0, []):
        raw = text[hit.start : hit.end]
        assert fold_word(raw) == fold_word(hit.term)
        assert not PUNCTUATION.intersection(raw)
        assert raw[0].strip()
        assert fold_word(raw[0])
        assert fold_word(raw[-1])
        assert (hit.seen_as is SeenAs.EXACT) == (raw == hit.term)
        assert len(raw) <= len(hit.term) + NOISE_PER_GAP * max(len(fold_word(hit.term)) - 1, 1)


@given(st.text(max_size=60))
def test_any_text_can_be_scanned(text: str) -> None:
    scanner = Scanner([group(*TERMS, patterns=("[0-9]+折", "最.{0,3}好"))], ("最好的我们",))
    scan = scanner.scan(text)
    for hit in scan.hits.get(0, []):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.sampled_from("最好"), st.text(st.characters(categories=["Cs"]), min_size=1, max_size=3))
def test_lone_surrogates_are_noise(first: str, strange: str) -> None:
    assert spans(group("最好", patterns=("第.一",)), f"最{strange}好，第{first}一") == [
        f"最{strange}好",
        f"第{first}一",
    ]


@pytest.mark.parametrize(
    ("text", "seen", "span"),
    [
        ("这是最好的", SeenAs.EXACT, "最好"),
        ("這是最恏的", None, None),
        ("最\u200b好", SeenAs.NOISE, "最\u200b好"),
        ("最🎉好", SeenAs.NOISE, "最🎉好"),
        ("最 好", SeenAs.NOISE, "最 好"),
        ("最    好", SeenAs.NOISE, "最    好"),
        ("最     好", None, None),  # too far apart to be one word
        ("最，好", None, None),
        ("最\n好", None, None),
        ("最。好", None, None),
        ("“最”好", None, None),
        ("最﹐好", None, None),  # a comma in small form is a comma
    ],
)
def test_how_a_word_is_seen(text: str, seen: SeenAs | None, span: str | None) -> None:
    found = hits(group("最好"), text)
    assert [(hit.seen_as, text[hit.start : hit.end]) for hit in found] == ([(seen, span)] if seen else [])


def test_folding_is_told_from_the_word_itself() -> None:
    assert [hit.seen_as for hit in hits(group("无副作用"), "無副作用")] == [SeenAs.FOLDED]
    assert [hit.confidence for hit in hits(group("最好"), "最好最 好")] == [1.0, 0.9]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("vip", "vipshop", []),
        ("vip", "超vip客户", ["vip"]),
        ("vip", "ＶＩＰ", ["ＶＩＰ"]),
        ("vip", "ＶＩＰ２", []),
        ("vip", "avip", []),
        ("vip", "a-vip-b", ["vip"]),
        ("no1", "NO.1", ["NO.1"]),
        ("no1", "NO.10", []),
        ("100%", "100%", ["100%"]),
        ("100%", "1100%", []),
        ("top", "to p", []),
        ("top", "t.o.p", ["t.o.p"]),
        ("top 1", "top 1", ["top 1"]),
        ("kg", "㎏", ["㎏"]),
        ("会社", "㍿", []),  # part of one character is no word
        ("g1", "㎏1", []),
        ("第1", "第1名", ["第1"]),
        ("第1", "第10名", []),
        ("第一", "第一百", ["第一"]),
    ],
)
def test_boundaries(term: str, text: str, expected: list[str]) -> None:
    assert spans(group(term), text) == expected


def test_a_term_may_go_without_boundaries() -> None:
    free = WordGroup("组", (Term(text="vip", boundary="none"),))
    assert spans(free, "vipshop") == ["vip"]


def test_covers_excuse_only_what_they_stand_over() -> None:
    scan = Scanner([group("最好"), group("我们")], ("最好的我们",)).scan("最好的我们是最好")
    assert [(hit.start, hit.end) for hit in scan.hits[0]] == [(6, 8)]
    assert {(c.group, c.hit.term, c.cover) for c in scan.covered} == {
        (0, "最好", "最好的我们"),
        (1, "我们", "最好的我们"),
    }
    assert 1 not in scan.hits


def test_a_term_s_own_cover_excuses_that_term_only() -> None:
    own = WordGroup("组", (Term(text="最好", covers=("最好的我们",)), Term(text="我们")))
    assert spans(own, "最好的我们") == ["我们"]


def test_a_group_s_cover_excuses_that_group_only() -> None:
    scan = Scanner([group("第一", covers=("第一次",)), group("第一")]).scan("第一次")
    assert list(scan.hits) == [1]


def test_covers_are_seen_through_noise_too() -> None:
    assert spans(group("最好"), "最🎉好的我们", ("最好的我们",)) == []


def test_a_word_may_be_a_cover_and_a_term() -> None:
    scan = Scanner([group("最好"), group("最好吃")], ("最好吃",)).scan("最好吃")
    assert 0 not in scan.hits
    assert scan.hits[1][0].term == "最好吃"


def test_a_covered_hit_does_not_hide_another() -> None:
    assert spans(group("一次", "第一"), "第一次", ("第一次",)) == []
    assert spans(group("好的", "最好"), "最好的", ("最好的",)) == []
    assert spans(group("最好", "好用"), "最好用", ("最好",)) == ["最好"]  # a cover must be longer


# Patterns


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("{数}天见效", "7天见效", ["7天见效"]),
        ("{数}天见效", "⑦ 天🎉见效", ["⑦ 天🎉见效"]),
        ("{num}天见效", "二十八天见效", ["二十八天见效"]),
        ("买.+送", "买一送一。买二不送", ["买一送", "买二不送"]),
        ("买.+送", "买一。送一", []),
        ("买[^一]+送", "买二。送一", []),  # not across a full stop, whatever the class says
        ("c位\\+顶流", "C位+顶流", ["C位+顶流"]),  # signs that are noise are seen in the folded view
        ("副 作.*用", "副 作🎉用", ["副 作🎉用"]),
        ("VIP{数}", "vip5", ["vip5"]),
        ("5kg", "５㎏🎉", ["５㎏"]),
        ("[0-9]+折", "9折和8折", ["9折", "8折"]),
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]) -> None:
    found = hits(group(patterns=(pattern,)), text)
    assert [text[hit.start : hit.end] for hit in found] == expected
    assert {hit.seen_as for hit in found} <= {SeenAs.PATTERN}


REGEX = st.recursive(
    st.sampled_from(["甲", "乙", "丙", ".", "[甲乙]", "[^甲]", "甲乙", " "]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{1,2}", "{2}", "+?"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=6,
)


@given(st.lists(REGEX.map(lambda r: r + "乙"), min_size=1, max_size=3), st.text("甲乙丙 🎉。", max_size=20))
def test_looking_for_the_needed_words_first_misses_nothing(sources: list[str], text: str) -> None:
    clever = tuple(translate(source) for source in sources)
    plain = tuple(Pattern(pattern.source) for pattern in clever)
    assert hits(WordGroup("组", patterns=clever), text) == hits(WordGroup("组", patterns=plain), text)


def test_many_patterns_at_once() -> None:
    many = tuple(f"第{chr(0x4E00 + i)}(?:名|强)[^。]*{{数}}" for i in range(400))
    text = f"第{chr(0x4E00 + 399)}强，共3个"
    assert spans(group(patterns=many), text) == [text[:-1]]


# Long inputs: the work grows with the text, whatever the text is


class CountedText(str):
    """A string that counts how many characters are sliced out of it."""

    __slots__ = ("taken",)

    def __new__(cls, text: str) -> Self:
        self = super().__new__(cls, text)
        self.taken = 0
        return self

    def __getitem__(self, key: object) -> str:
        piece = super().__getitem__(key)  # type: ignore[index]
        self.taken += len(piece)
        return piece


@pytest.mark.parametrize("unit", ["最", "最 ", "a", "最好"])
def test_the_work_is_linear_in_the_text(unit: str) -> None:
    scanner = Scanner([group("最最最", "最好", "aa", "好最")], ("最最最最", "好最好"))
    taken = Counter[int]()
    for times in (2_000, 4_000):
        text = CountedText(unit * times)
        scanner.scan(text)
        taken[times] = text.taken
    assert taken[4_000] <= 2 * taken[2_000] + 100


def test_ten_million_times_one_character() -> None:
    scanner = Scanner([group("最好")], ("最近",))
    assert scanner.scan("最" * 10_000_000).hits == {}


def test_a_word_of_a_hundred_thousand_characters() -> None:
    word = "".join(chr(0x4E00 + i % 9_973) for i in range(100_000))
    scanner = Scanner([group(word, word[1:4])])
    text = "丙" + word + "丙"
    assert [(hit.start, hit.end) for hit in scanner.scan(text).hits[0]] == [(1, 100_001)]


def test_a_text_that_is_all_noise() -> None:
    assert Scanner([group("最好")]).scan("最" + "🎉" * 1_000_000 + "好").hits == {}


def test_no_words_no_hits() -> None:
    assert Scanner([]).scan("最好").hits == {}
    assert Scanner([group()]).scan("").hits == {}


def test_the_skeleton_decides_what_is_one_entry() -> None:
    assert [hit.term for hit in hits(group("NO.1", "no1"), "No.1")] == ["NO.1"]
    assert skeleton("NO.1").text == fold_word("no1")


# What is selected, and where patterns look


@given(st.text(alphabet="最好低价。 第一", max_size=30), st.sets(st.integers(0, 2)))
def test_a_selection_finds_what_the_whole_scan_finds_for_its_groups(text: str, chosen: set[int]) -> None:
    """Passing over groups that nobody asks for changes nothing for the others."""
    scanner = Scanner(
        [group("最好", "低价"), group("第一", covers=("第一好",)), group(patterns=("最.{0,2}价",))], ("最好低",)
    )
    everything = scanner.scan(text).hits
    assert dict(scanner.scan(text, scanner.select(frozenset(chosen))).hits) == {
        index: found for index, found in everything.items() if index in chosen
    }


@given(st.text(alphabet="最好低价。 第一", max_size=30), st.sets(st.integers(0, 5)))
def test_hits_in_some_stretches_are_the_hits_that_lie_there(text: str, numbers: set[int]) -> None:
    scan = Scanner([group("最好", patterns=("第一.?价",))]).scan(text)
    everywhere = Scanner([group("最好", patterns=("第一.?价",))]).scan(text).hits_in(0)
    assert scan.hits_in(0, sum(1 << number for number in numbers)) == [
        hit for hit in everywhere if scan.stretch(hit.start) in numbers
    ]


def test_a_pattern_sees_signs_at_the_edge_of_a_sentence() -> None:
    """“+薇…” begins with a sign that the skeleton drops."""
    assert spans(group(patterns=(r"\+薇",)), "想要的。+薇聊") == ["+薇"]


@given(st.text(alphabet="最好低价。 第一", max_size=40))
def test_a_stretch_of_several_sentences_holds_the_same_hits(text: str) -> None:
    scanned = group("最好", patterns=("第一.?价", "好.{0,4}一"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "MOST", 2)
        coarse = Scanner([scanned]).scan(text).hits_in(0)
    assert coarse == hits(scanned, text)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\p{Han}{2}霜", "这支面霜", ["支面霜"]),
        (r"\x{6700}好", "这是最好的", ["最好"]),
        (r"[^\p{Han}]霜", "a霜", ["a霜"]),
    ],
)
def test_what_only_re2_knows_is_searched_by_it(pattern: str, text: str, found: list[str]) -> None:
    assert spans(group(patterns=(pattern,)), text) == found
