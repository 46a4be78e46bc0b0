"""Disguises by class, ordinary prose that must stay clean, and what holds for any text.

`disguises.txt`: class, term, text with the disguised span in double brackets. `ordinary.txt`: one sentence a line.
A question mark marks what is known to be missed, or wrongly found: when that changes, the mark has to go.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.hit import Hit
from compliance.model.lexicon import Term
from compliance.model.vocabulary import SeenAs
from compliance.text.glyphs import is_common, is_unused, sound_class
from compliance.text.spelling import syllables, zhuyin
from compliance.text.tables import sounds, words
from compliance.words.group import WordGroup
from compliance.words.guards import CONFIDENCE
from compliance.words.scanner import Scanner

HERE = Path(__file__).parent
DISGUISED = {SeenAs.SHAPE, SeenAs.SPLIT, SeenAs.SIGN, SeenAs.SOUND, SeenAs.PINYIN}


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").split("\n") if line]


@cache
def scanner() -> Scanner:
    return Scanner([WordGroup(term, (Term(text=term, disguise=True),)) for term in lines("disguise_terms.txt")])


def hits(text: str) -> Iterator[Hit]:
    for found in scanner().scan(text).hits.values():
        yield from found


def cases() -> Iterator[tuple[str, str, str, int, int, bool]]:
    for line in lines("disguises.txt"):
        kind, term, marked = line.split("\t")
        start, end = marked.index("[["), marked.index("]]") - 2
        yield kind.rstrip("?"), term, marked.replace("[[", "").replace("]]", ""), start, end, not kind.endswith("?")


@pytest.mark.parametrize("kind", sorted({kind for kind, *_ in cases()}))
def test_disguises_are_found_at_their_very_place(kind: str) -> None:
    wrong = [
        (term, text)
        for found_kind, term, text, start, end, seen in cases()
        if found_kind == kind and seen != any(h.term == term and (h.start, h.end) == (start, end) for h in hits(text))
    ]
    assert wrong == []


def test_most_disguises_are_found() -> None:
    seen = [seen for *_, seen in cases()]
    assert len(seen) >= 300
    assert sum(seen) / len(seen) >= 0.85


def test_ordinary_sentences_stay_clean() -> None:
    sentences = lines("ordinary.txt")
    wrong = [s for s in sentences if s.startswith("?") != any(True for _ in hits(s.removeprefix("?")))]
    assert wrong == []
    assert len(sentences) >= 300
    assert sum(s.startswith("?") for s in sentences) <= 3


@pytest.mark.parametrize(
    ("text", "term", "seen", "surface"),
    [
        ("今天蕞低价", "最低价", SeenAs.SHAPE, "蕞低价"),
        ("说是国嘉级的", "国家级", SeenAs.SOUND, "国嘉级"),
        ("加薇信聊", "微信", SeenAs.SOUND, "薇信"),
        ("他们说能氵台疗", "治疗", SeenAs.SPLIT, "氵台疗"),
        ("zui di jia 来了", "最低价", SeenAs.PINYIN, "zui di jia"),
        ("加vx聊", "加微信", SeenAs.SIGN, "加vx"),
        ("来ㄗㄨㄟˋ低价", "最低价", SeenAs.PINYIN, "ㄗㄨㄟˋ低价"),
        ("加Vabc123聊", "加微", SeenAs.SIGN, "加V"),
        ("喝了延年一寿的", "延年益寿", SeenAs.SOUND, "延年一寿"),
        ("这项目稳赚不配的", "稳赚不赔", SeenAs.SOUND, "稳赚不配"),
    ],
)
def test_how_a_disguise_is_seen(text: str, term: str, seen: SeenAs, surface: str) -> None:
    found = [(h.term, h.seen_as, text[h.start : h.end], h.confidence) for h in hits(text) if h.seen_as in DISGUISED]
    assert (term, seen, surface, CONFIDENCE[seen]) in found


@pytest.mark.parametrize(
    "text",
    [
        *["型号VX-220", "WX60轴承", "维新变法", "威信很高", "最近的价格", "我最第的", "日取低一点"],
        *["加VIP群", "升级到+ Vista的", "ThinkPad一贯的厚实", "内存2G+独显", "买了一张K光盘"],
    ],
)
def test_what_merely_looks_like_a_disguise_is_none(text: str) -> None:
    assert [h for h in hits(text) if h.seen_as in DISGUISED] == []


def test_readings_come_in_one_order() -> None:
    text = "zui di jia，加vx❤，氵台疗，蕞低价"
    found = scanner()._needs.disguises.look(text).disguised
    assert len(found) >= 4
    assert found == sorted(set(found))


def test_only_terms_that_ask_for_it_are_seen_through_disguise() -> None:
    plain = Scanner([WordGroup("词", (Term(text="最低价"),))])
    assert plain.scan("蕞低价，zui di jia").hits == {}


PIECES = [*"蕞低价v微❤信氵台疗 1①㎏\ud800。", "vx", "zui", "di", "ㄗㄨㄟˋ"]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=40))
def test_any_text_can_be_read_and_hits_lie_in_it(text: str) -> None:
    for hit in hits(text):
        assert 0 <= hit.start < hit.end <= len(text)


@cache
def rare_homophones(char: str) -> list[str]:
    wanted = {sound_class(syllable) for syllable in sounds()[char]}
    return [
        other
        for other, heard in sorted(sounds().items())
        if other != char and not is_common(other) and not wanted.isdisjoint(map(sound_class, heard))
    ]


@settings(max_examples=60)
@given(st.sampled_from(["最低价", "国家级", "无副作用", "包治百病", "全网最低价"]), st.data())
def test_one_rare_homophone_in_a_longer_term_is_seen(term: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(term) - 1))
    disguised = term[:place] + data.draw(st.sampled_from(rare_homophones(term[place]))) + term[place + 1 :]
    inside = {disguised[i : i + n] for n in (2, 3, 4) for i in range(len(disguised) - n + 1) if i <= place < i + n}
    if inside.isdisjoint(words()):
        assert any((h.start, h.end) == (0, len(term)) for h in hits(disguised))


@given(st.data())
def test_two_characters_that_nobody_writes_for_themselves_are_read_as_a_term(data: st.DataObject) -> None:
    first, second = (
        data.draw(st.sampled_from([other for other in rare_homophones(char) if is_unused(other)])) for char in "微信"
    )
    assert any((h.term, h.start, h.end) == ("微信", 2, 4) for h in hits(f"加我{first}{second}"))
    assert not any(h.term == "微信" for h in hits("加我威幸"))


@given(st.text("ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄚㄛㄜㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩ", min_size=1, max_size=3))
def test_zhuyin_gives_a_syllable_or_nothing(letters: str) -> None:
    spelled = zhuyin(letters)
    assert spelled is None or spelled.isascii()


@pytest.mark.parametrize(
    ("letters", "expected"),
    [("zuidijia", ("zui", "di", "jia")), ("weixin", ("wei", "xin")), ("vip", None), ("", None), ("a" * 1000, None)],
)
def test_letters_are_cut_into_syllables(letters: str, expected: tuple[str, ...] | None) -> None:
    assert syllables(letters) == expected


@pytest.mark.parametrize("unit", ["蕞", "最低", "氵台", "zui", "❤", "女子", "v"])
def test_long_repetitions_are_read_in_linear_time(unit: str) -> None:
    """Not timed: a quadratic reader would not come back."""
    assert list(hits(unit * 30_000)) is not None
