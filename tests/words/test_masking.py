"""Masking: the length stays, the person goes, and a second time changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from compliance.words.entities import find_entities
from compliance.words.masking import mask

ID = "11010119900307001" + ric.calc_check_digit("110101199003070010")
CARD = "622202333333333333" + luhn.calc_check_digit("622202333333333333")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800138000谢谢", "电话138****8000谢谢"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("138 0013 8000", "138 **** 8000"),
        ("一三八零零一三八零零零", "一三八****八零零零"),
        (ID, ID[:3] + "*" * 11 + ID[-4:]),
        (CARD, CARD[:4] + "*" * 11 + CARD[-4:]),
        ("座机010-87654321", "座机010-******21"),
        ("zhangsan@example.com", "z*******@example.com"),
        ("zhang.san.feng@example.com", "z****.***.****@example.com"),
        ("a@example.com", "*@example.com"),
        ("护照号E12345678", "护照号E******78"),
        ("京A·12345", "京*·****5"),
        ("微信号：zhangsan_88", "微信号：z*******_*8"),
        ("QQ：12345", "QQ：1***5"),
        ("北京市朝阳区建国路88号", "北京市*********"),
    ],
)
def test_each_kind_keeps_little(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text", ["", "家人们今天福利来了", "原价299，到手199元，订单号13800138000", "138****8000", "\ud800"]
)
def test_what_holds_no_personal_information_comes_back_as_it_is(text: str) -> None:
    assert mask(text) is text


def test_a_value_recognised_once_is_masked_everywhere() -> None:
    assert mask("电话13800138000，订单号13800138000") == "电话138****8000，订单号138****8000"


def test_a_number_shadowed_by_a_masked_neighbour_is_masked_too() -> None:
    assert "13800138000" not in mask("QQ 123456789-13800138000")


PIECES = st.sampled_from(
    [
        *("13800138000", "138", "0013", "8000", "１３８", "一三八零零", "幺", "一", "零", "86", "010", "87654321", "1"),
        *("微信", "vx", "QQ", "号", "：", "是", "abc12345", "_", "@", ".", "com", "艾特", "点", "护照", "E12345678"),
        *(
            "北京市",
            "朝阳区",
            "建国路",
            "88号",
            "3栋",
            "元",
            "订单号",
            "电话",
            " ",
            "-",
            "，",
            "、",
            "\n",
            "好",
            "x",
            "X",
        ),
        *("*", "😀", "京A12345", ID, CARD),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)


@settings(max_examples=400)
@given(TEXTS)
def test_masking_keeps_length_hides_every_value_and_is_idempotent(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))
    assert all(hit.value not in masked for hit in find_entities(text))
    assert find_entities(masked) == []
    assert mask(masked) == masked


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_unicode_is_masked_without_complaint(text: str) -> None:
    assert len(mask(text)) == len(text)
