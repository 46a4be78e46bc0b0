"""The ladder of encodings, from marked to guessed to refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.errors import ReadError
from compliance.readers.encoding import decode

SIMPLIFIED = "家人们，这款面霜全网最低价，三天见效，无效退款！主播亲自试用，敏感肌也能放心。只要99元，赶紧下单吧。"
TRADITIONAL = "家人們，這款面霜全網最低價，三天見效，無效退款！主播親自試用，敏感肌也能放心。只要99元，趕緊下單吧。"


@pytest.mark.parametrize(
    ("text", "encoding", "mark"),
    [
        (SIMPLIFIED, "utf-8", b""),
        (SIMPLIFIED, "utf-8", codecs.BOM_UTF8),
        (SIMPLIFIED, "utf-16-le", codecs.BOM_UTF16_LE),
        (SIMPLIFIED, "utf-16-be", codecs.BOM_UTF16_BE),
        (SIMPLIFIED, "utf-32-le", codecs.BOM_UTF32_LE),
        (SIMPLIFIED, "utf-16-le", b""),
        (SIMPLIFIED, "utf-16-be", b""),
        (SIMPLIFIED + "\nABC😀\n", "utf-16-le", b""),
        (SIMPLIFIED, "gb18030", b""),
        (SIMPLIFIED + "😀", "gb18030", b""),
        (TRADITIONAL, "gb18030", b""),
        (TRADITIONAL, "big5", b""),
        (TRADITIONAL, "utf-16-le", b""),
        ("buy now", "ascii", b""),
        ("Bush hid the facts", "ascii", b""),
        ("Lancôme café ×2 90°", "utf-8", b""),
        ("привет", "utf-8", b""),
    ],
)
def test_every_encoding_of_the_ladder(text: str, encoding: str, mark: bytes) -> None:
    assert decode(mark + text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["最", "联通", "隆路", "第一", "丝", "免费。", "变美", "A级", "★最低★", "99元"])
def test_short_gbk_is_not_taken_for_another(text: str) -> None:
    assert decode(text.encode("gb18030")) == text


@given(start=st.integers(0, len(SIMPLIFIED) - 2), length=st.integers(2, len(SIMPLIFIED)))
def test_any_piece_of_a_script_is_read_in_gbk_and_utf8(start: int, length: int) -> None:
    piece = SIMPLIFIED[start : start + length]
    assert decode(piece.encode("gb18030")) == piece
    assert decode(piece.encode()) == piece


@given(start=st.integers(0, len(TRADITIONAL) - 8), length=st.integers(8, len(TRADITIONAL)))
def test_any_longer_piece_is_read_in_big5_and_utf16(start: int, length: int) -> None:
    piece = TRADITIONAL[start : start + length]
    for encoding in ("big5", "utf-16-le", "utf-16-be"):
        assert decode(piece.encode(encoding)) == piece


@given(at=st.integers(0, len(SIMPLIFIED.encode()) - 1))
def test_damaged_utf8_is_refused_and_not_read_as_something_else(at: int) -> None:
    data = bytearray(SIMPLIFIED.encode())
    data[at] = 0xFF
    with pytest.raises(ReadError, match="第1行"):
        decode(bytes(data))


@given(st.text())
def test_utf8_is_returned_unchanged_or_refused(text: str) -> None:
    data = codecs.BOM_UTF8 + text.encode()
    try:
        decoded = decode(data)
    except ReadError:
        decoded = None
    if decoded is None:
        assert any(character < " " or "\x7f" <= character < "\xa0" for character in text)
    else:
        assert decoded == text
