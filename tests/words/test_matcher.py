"""The matcher finds what the scanner finds, in one text, in many, and in pieces."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compliance.model.lexicon import Disguise, Term
from compliance.model.vocabulary import SeenAs
from compliance.words.group import WordGroup
from compliance.words.matcher import Found, Matcher
from compliance.words.scanner import Scanner
from compliance.words.stored import DamagedError

HERE = Path(__file__).parent
COVERS = ("最近的价格", "微信支付", "国家级贫困县", "第一次")

TERMS = [line for line in (HERE / "disguise_terms.txt").read_text(encoding="utf-8").split("\n") if line]
SENTENCES = [
    line.split("\t")[-1].replace("[[", "").replace("]]", "").removeprefix("?")
    for name in ("disguises.txt", "ordinary.txt")
    for line in (HERE / name).read_text(encoding="utf-8").split("\n")
    if line
]


def groups() -> list[WordGroup]:
    disguised = tuple(Term(text=term, disguise=True) for term in TERMS)
    plain = (
        *(Term(text=term) for term in TERMS[::3]),
        Term(text="最"),
        Term(text="top1"),
        Term(text="㎏", boundary="none"),
    )
    return [
        WordGroup("伪装", disguised),
        WordGroup("原样", plain, covers=("最最",)),
        WordGroup("全部", disguised[::2], overlap="all"),
    ]


@cache
def matcher() -> Matcher:
    return Matcher(groups(), COVERS)


@cache
def scanner() -> Scanner:
    return Scanner(groups(), COVERS)


def scanned(text: str) -> list[Found]:
    names = [group.name for group in groups()]
    found = [Found(names[group], *hit) for group, hits in scanner().scan(text).hits.items() for hit in hits]
    return sorted(found, key=lambda each: (each.start, each.end, each.group, each.term))


PIECES = [
    *"蕞最低价位v微❤信氵台疗 1①㎏\ud800。，\n\x1e🔥国家级第一次𫌀", "vx", "zui", "di", "ㄗㄨㄟˋ", "top1", "微信支付",
    "最低价", "加微信", *TERMS[:20],
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.sampled_from(SENTENCES), max_size=12).map("".join) | st.text(max_size=60)


@given(texts)
@example("最㎏最")
@example("🈲")
@example("㎏" * 3)
def test_matcher_and_scanner_find_the_same(text: str) -> None:
    assert matcher().find(text) == scanned(text)


def test_long_texts_are_read_like_short_ones() -> None:
    for begin in (*range(0, len(SENTENCES) - 40, 40), len(SENTENCES) - 40):
        some = SENTENCES[begin : begin + 40]
        text = "\n".join(some)
        assert len(text) > 400
        base, parts = 0, []
        for sentence in some:
            parts += [
                found._replace(start=found.start + base, end=found.end + base) for found in matcher().find(sentence)
            ]
            base += len(sentence) + 1
        assert matcher().find(text) == parts


@given(st.lists(texts, max_size=8))
def test_a_batch_is_answered_like_each_of_its_texts(batch: list[str]) -> None:
    assert matcher().find_many(batch) == [tuple(matcher().find(text)) for text in batch]


@given(st.lists(st.lists(texts, max_size=8), max_size=4), st.integers(1, 5))
def test_batches_are_answered_alike_from_memory(batches: list[list[str]], remembers: int) -> None:
    remembering = Matcher(groups()[1:2], remembers=remembers)
    expected = Matcher(groups()[1:2])
    for batch in [*batches, *batches]:
        assert remembering.find_many(batch) == expected.find_many(batch)


def test_what_was_read_lately_is_not_read_again() -> None:
    remembering = Matcher(groups()[1:2], remembers=100)
    first = remembering.find_many(["最低价", "好"])
    assert first[0]
    assert remembering.find_many(["好", "最低价"])[1] is first[0]


@cache
def with_long_words(length: int) -> Matcher:
    """The same and a word that is longer than a disguise reaches: more has to be waited for."""
    return Matcher([*groups(), WordGroup("长", (Term(text="最" * length),))], COVERS)


@settings(deadline=None)
@given(
    st.sampled_from([0, 40, 150]),
    st.lists(st.sampled_from(SENTENCES) | st.sampled_from([*PIECES, "最" * 50]) | st.text(max_size=9), max_size=10),
    st.data(),
)
def test_for_every_cutting_a_stream_finds_what_the_whole_text_has(
    longest: int, parts: list[str], data: st.DataObject
) -> None:
    words = with_long_words(longest) if longest else matcher()
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    stream = words.stream()
    found = []
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        found += stream.feed(text[begin:end])
    found += stream.close()
    assert sorted(found) == sorted(words.find(text))
    assert stream.pending == 0


@pytest.mark.parametrize("sign", ["❤", "ㄗ", "v❤", "ab", "氵台"])
def test_where_signs_never_end_a_stream_reads_them_together_all_the_same(sign: str) -> None:
    text = "代发价的禾厶xin我" + f"{sign}好好" * 60
    stream = matcher().stream()
    found = [hit for char in text for hit in stream.feed(char)]
    assert found + stream.close() == matcher().find(text)


def test_a_stream_waits_for_words_longer_than_any_disguise() -> None:
    words = Matcher([WordGroup("长", (Term(text="最" * 150), Term(text="最低价", disguise=True)))])
    stream = words.stream()
    found = [hit for char in "最" * 150 + "zui di jia" for hit in stream.feed(char)]
    assert found + stream.close() == words.find("最" * 150 + "zui di jia")


def test_a_stream_decides_as_soon_as_nothing_can_change_it() -> None:
    stream = Matcher([WordGroup("价", (Term(text="最低价", disguise=True),))]).stream()
    assert stream.feed("今天是最低价") == []
    decided = stream.feed("大家快来看看吧")
    assert [(found.term, found.start, found.end) for found in decided] == [("最低价", 3, 6)]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("国家级", "这个国家岌岌可危了"),
        ("国家级", "拿过国家极奖项的辣椒酱"),
        ("加薇", "先去加Vista看看"),
        ("加薇", "加Vab12就行"),
    ],
)
def test_a_stream_waits_for_the_surroundings_that_weigh_on_a_disguise(term: str, text: str) -> None:
    alone = Matcher([WordGroup("词", (Term(text=term, disguise=True),))])
    stream = alone.stream()
    assert [found for char in text for found in stream.feed(char)] + stream.close() == alone.find(text)


def test_a_stream_holds_no_more_than_it_may_need() -> None:
    stream = matcher().stream()
    for _ in range(200):
        stream.feed("今天给大家带来一款新的面膜大家可以看一下质地")
    assert len(stream._tail) < 500


def test_an_ordinary_longer_word_excuses_and_is_told() -> None:
    words = Matcher([WordGroup("微", (Term(text="微信", disguise=True, covers=("微信小店",)),))], COVERS)
    assert words.find("用微信支付，在微信小店") == []
    assert [covered.cover for covered in words.excused("用微信支付，在微信小店")] == ["微信支付", "微信小店"]
    assert [found.start for found in words.find("加微信")] == [1]
    assert words.excused("加微信") == words.excused("好的") == []


@given(texts)
def test_no_hit_stands_inside_an_ordinary_word(text: str) -> None:
    for found in matcher().find(text):
        for cover in COVERS:
            at = text.find(cover)
            while at >= 0:
                assert not (at <= found.start and found.end <= at + len(cover) and found.end - found.start < len(cover))
                at = text.find(cover, at + 1)


@pytest.mark.parametrize(
    ("disguise", "seen"),
    [
        (Disguise(), ["蕞低价", "嘴低价", "zui di jia", "最第价"]),
        (Disguise(ways=(SeenAs.SHAPE,)), ["蕞低价"]),
        (Disguise(ways=(SeenAs.SOUND,)), ["嘴低价", "最第价"]),
        (Disguise(standing=0.7), ["zui di jia"]),
    ],
)
def test_a_term_says_how_it_may_be_seen(disguise: Disguise, seen: list[str]) -> None:
    words = Matcher([WordGroup("价", (Term(text="最低价", disguise=disguise),))])
    assert [text for text in ("蕞低价", "嘴低价", "zui di jia", "最第价") if words.find(text)] == seen


def test_a_term_may_allow_noise_and_ordinary_words_in_a_disguise() -> None:
    strict = Matcher([WordGroup("级", (Term(text="国家级", disguise=True),))])
    noisy = Matcher([WordGroup("级", (Term(text="国家级", disguise=Disguise(noise=True)),))])
    free = Matcher([WordGroup("级", (Term(text="国家级", disguise=Disguise(in_words=True)),))])
    assert not strict.find("国·嘉级")
    assert noisy.find("国·嘉级")
    assert not strict.find("国家集合")
    assert free.find("国家集合")


def test_of_two_groups_only_the_one_that_asks_sees_through_disguise() -> None:
    both = [WordGroup("甲", (Term(text="最低价", disguise=True),)), WordGroup("乙", (Term(text="最低价"),))]
    assert [found.group for found in Matcher(both).find("蕞低价")] == ["甲"]
    assert list(Scanner(both).scan("蕞低价").hits) == [0]


def test_overlaps_are_resolved_as_the_group_wants() -> None:
    terms = (Term(text="最低"), Term(text="最低价"), Term(text="低价"))
    longest, every = (Matcher([WordGroup("价", terms, overlap=overlap)]) for overlap in ("longest", "all"))
    assert [found.term for found in longest.find("最低价")] == ["最低价"]
    assert [found.term for found in every.find("最低价")] == ["最低", "最低价", "低价"]


@pytest.mark.parametrize(
    "text", ["", "\0" * 50, "\ud800\udfff", "a" * 200_000, "最" * 200_000, "❤" * 50_000, "ㄗ" * 50_000, "氵台" * 50_000]
)
def test_odd_texts_are_read_and_come_back(text: str) -> None:
    """Not timed: a quadratic reader would not come back."""
    for found in matcher().find(text):
        assert 0 <= found.start < found.end <= len(text)


def test_a_matcher_of_nothing_finds_nothing() -> None:
    nothing = Matcher([])
    assert nothing.find("最低价 zui di jia ❤") == nothing.excused("最低价 zui di jia ❤") == []
    assert nothing.find_many(["最低价", ""]) == [(), ()]
    assert [*nothing.stream().feed("最低价"), *nothing.stream().close()] == []


def test_empty_and_doubled_words_do_no_harm() -> None:
    words = Matcher([WordGroup("价", (Term(text="···"), Term(text="最低价"), Term(text="最低价")), covers=("🔥",))])
    assert [found.term for found in words.find("最低价")] == ["最低价"]


def test_a_stored_matcher_finds_what_the_first_one_finds() -> None:
    again = Matcher.loads(matcher().dumps())
    assert again.groups == matcher().groups
    for text in SENTENCES:
        assert again.find(text) == matcher().find(text)
    assert again.dumps() == matcher().dumps()


@given(st.binary(max_size=200) | st.integers(0, 500))
def test_damaged_matchers_are_refused(damage: bytes | int) -> None:
    stored = Matcher([WordGroup("价", (Term(text="最低价", disguise=True),))]).dumps()
    if isinstance(damage, int):
        at = damage * len(stored) // 501
        damage = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
    with pytest.raises(DamagedError, match="重新生成"):
        Matcher.loads(damage)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("这款百分百有效", ["百分百有效"]),
        ("这款百分之百有效", ["百分之百有效"]),
        ("l00%有效", ["l00%有效"]),
        ("10年质保", ["10年质保"]),
        ("t0p1来了", ["t0p1"]),
        ("topless", []),
        ("t0p10", []),
    ],
)
def test_numbers_and_latin_words_are_seen_in_other_spellings(text: str, found: list[str]) -> None:
    terms = tuple(Term(text=term, disguise=True) for term in ("100%有效", "十年质保", "top1"))
    words = Matcher([WordGroup("词", terms)])
    assert [text[each.start : each.end] for each in words.find(text)] == found
    assert {each.seen_as for each in words.find(text)} <= {SeenAs.FOLDED, SeenAs.SHAPE}
