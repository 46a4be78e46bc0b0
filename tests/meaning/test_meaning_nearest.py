"""Nearest texts: the same text first, order by likeness, bounds."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.meaning.nearest import Nearest

CASES = ["喝三天血压自己降下来", "加微信便宜两百", "这批苹果九斤一箱", "血压高的去医院"]
TEXTS = st.lists(st.text(min_size=1, max_size=30), max_size=6)


def test_the_likest_comes_first_and_what_shares_nothing_is_left_out() -> None:
    found = Nearest(CASES).like("喝半个月血压降下来了")
    assert [alike.number for alike in found] == [0, 3]
    assert found[0].likeness > 2 * found[1].likeness


def test_a_disguised_spelling_is_the_same_text() -> None:
    assert Nearest(CASES).like("加微信便宜兩百")[0].number == 1


@given(TEXTS, st.text(max_size=30), st.integers(1, 4))
def test_likeness_is_a_share_in_falling_order(texts: list[str], asked: str, most: int) -> None:
    found = Nearest(texts).like(asked, most)
    shares = [alike.likeness for alike in found]
    assert len(found) <= most
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 1 for share in shares)


@given(st.text(st.sampled_from("根治高血压加微信便宜苹果一箱"), min_size=6, max_size=30))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    (alike,) = Nearest([text]).like(text)
    assert alike.likeness > 0.999
