"""Views of a text always lead back to raw offsets, and see through every disguise of the table."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.text.alphabet import BREAK, CODE_POINTS, EXPAND, KEEP, NOISE, alphabet
from compliance.text.views import View, aligned, code_points, decode, fold_word, folded, skeleton

AWKWARD = "㎏½㍿㋀ﷺﬁ\u0301\u200b\u200d\u202e\ufeff\u3164\ufe0f\U000e0041🇦👩🏽𝐀Ⓥ⑴㈦\x00\x1f\u2028\r\n台臺İßǅ﹐｡＄䷀〇○"
ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(AWKWARD), st.characters(categories=["Cs"])))


@given(ANY_TEXT)
@example("\ud800最\udfff好")
@example("")
def test_every_view_character_leads_back(text: str) -> None:
    for view in (folded(text), skeleton(text)):
        assert len(view.raw) == len(view.codes) == len(view.text)
        assert (np.diff(view.raw) >= 0).all()
        assert ((view.raw >= 0) & (view.raw < len(text))).all()
        view.text.encode()  # valid text, whatever came in


@given(ANY_TEXT)
def test_folding_neither_loses_nor_reorders(text: str) -> None:
    assert sorted(set(folded(text).raw.tolist())) == list(range(len(text)))
    assert len(aligned(text)) == len(text)


@given(ANY_TEXT)
def test_the_skeleton_is_a_part_of_the_folded_view(text: str) -> None:
    rest = iter(zip(folded(text).text, folded(text).raw.tolist(), strict=True))
    assert all(pair in rest for pair in zip(skeleton(text).text, skeleton(text).raw.tolist(), strict=True))


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text).text).text == folded(text).text
    assert fold_word(skeleton(text).text) == skeleton(text).text
    assert aligned(aligned(text)) == aligned(text)


def test_the_tables_agree_with_each_other() -> None:
    """Over all code points: folding is final, and a character and what it folds to are of one class."""
    tables = alphabet()
    assert np.array_equal(tables.fold[tables.fold], tables.fold)
    single = tables.kind != EXPAND
    assert np.array_equal(tables.kind[tables.fold][single], tables.kind[single])
    written_out = {ord(char) for text in tables.expansions.values() for char in text}
    assert {int(tables.kind[code]) for code in written_out} == {KEEP}
    assert set(tables.expansions) == set(np.flatnonzero(~single).tolist())
    assert len(tables.fold) == len(tables.kind) == CODE_POINTS


@given(ANY_TEXT)
def test_code_points_round_trip(text: str) -> None:
    assert decode(code_points(text)) == text


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("ＶＩＰ", "vip"),  # full width
        ("Ⓥⓘⓟ", "vip"),  # circled
        ("🅥🅘🅟", "vip"),  # negative circled
        ("🇻🇮🇵", "vip"),  # regional indicators
        ("𝐍𝐎.𝟏", "no1"),  # mathematical bold
        ("𝓿𝓲𝓹", "vip"),  # script
        ("№①", "no1"),
        ("❶➊⓵⑴", "1111"),
        ("㈦天", "七天"),
        ("㊝惠", "优惠"),  # circled and traditional at once
        ("最靈驗", "最灵验"),
        ("髙級", "髙级"),  # a variant character that is not the traditional form stays
        ("⾧高", "长高"),  # a radical that looks like the character
        ("\U0002f800人", "丽人"),  # a compatibility ideograph
        ("最\u200b好", "最好"),
        ("最\u3164好", "最好"),  # an invisible letter
        ("最\ufe0f\u20e3好", "最好"),
        ("最🎉🎉好", "最好"),
        ("最  *_~ 好", "最好"),
        ("最·好", "最好"),
        ("最䷀好", "最好"),
        ("最\u0336好\u0336", "最好"),  # struck through
        ("無·副+作+用", "无副作用"),
        ("５㎏", "5kg"),
        ("㍿", "株式会社"),
        ("１００％", "100%"),
        ("＄99", "$99"),
        ("佰分百", "百分百"),
        ("壹", "一"),
        ("ﬁne", "fine"),
    ],
)
def test_disguises_are_seen_through(disguised: str, plain: str) -> None:
    assert skeleton(disguised).text == plain


@pytest.mark.parametrize("mark", '，。！？；：、,!?;:“”‘’"「」『』《》〈〉（）()【】[]…—\n\r\t｡､﹐﹔︒︐［］｢｣＂')
def test_clause_punctuation_stays(mark: str) -> None:
    view = skeleton(f"最{mark}好")
    assert len(view.text) == 3
    assert int(alphabet().kind[ord(mark)]) == BREAK


@pytest.mark.parametrize("sign", " \u3000*_~-·+|/\\^@#&.😀\u200b\u00ad\x00")
def test_noise_goes(sign: str) -> None:
    assert skeleton(f"最{sign}好").text == "最好"
    assert int(alphabet().kind[ord(sign)]) == NOISE


def test_a_written_out_character_points_back_to_the_whole() -> None:
    view = folded("重5㎏整")
    assert view.text == "重5kg整"
    assert view.raw.tolist() == [0, 1, 2, 2, 3]
    assert view.span(2, 4) == (2, 3)
    assert view.whole(2, 4)
    assert not view.whole(2, 3)
    assert not view.whole(3, 5)


@given(ANY_TEXT, st.data())
def test_spans_are_raw_and_half_open(text: str, data: st.DataObject) -> None:
    view: View = skeleton(text)
    if not len(view.codes):
        assert view.text == ""
        return
    start = data.draw(st.integers(0, len(view.codes) - 1))
    end = data.draw(st.integers(start + 1, len(view.codes)))
    first, last = view.span(start, end)
    assert 0 <= first < last <= len(text)
    if view.whole(start, end):
        assert fold_word(text[first:last]) == view.text[start:end]


def test_joined_lines_are_noise_only_when_asked() -> None:
    assert skeleton("最\n好").text == "最\n好"
    assert skeleton("最\n好", join_lines=True).text == "最好"


def test_a_long_text_with_one_compound_character() -> None:
    text = "最好" * 1_000_000 + "㎏"
    view = skeleton(text)
    assert len(view.codes) == 2_000_002
    assert int(view.raw[-1]) == 2_000_000
