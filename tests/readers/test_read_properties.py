"""What holds for every reader and any bytes."""

import contextlib
import io
import random
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import docx_file, pdf_file, samples, xlsx_file

from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.readers import Format, Limits, parse_document, read_bytes, read_jsonl
from compliance.readers.spoken_time import parse_spoken_time

SAMPLES = samples()
NAMES = sorted(SAMPLES)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
written = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="=\ufffe\uffff"))


def check(document: Document) -> None:
    assert document.text == "\n".join(segment.text for segment in document.segments)
    offset = 0
    for segment in document.segments:
        assert document.text[offset : offset + len(segment.text)] == segment.text
        offset += len(segment.text) + 1
    assert "\x00" not in document.text
    assert document.text.encode()


def read_or_refuse(data: bytes, name: str) -> None:
    outcome = read_or_error(data, name)
    if isinstance(outcome, Document):
        check(outcome)
    else:
        assert str(outcome).startswith(name)
        assert str(outcome).endswith("。")
        assert "\n" not in str(outcome)


def read_or_error(data: bytes, name: str) -> Document | ReadError:
    try:
        return read_bytes(data, name, limits=Limits(max_unpacked_bytes=2**22, max_cells=10_000))
    except ReadError as error:
        return error


@pytest.mark.parametrize("name", NAMES)
def test_segments_add_up_to_the_text(name: str) -> None:
    document = read_bytes(SAMPLES[name], name)
    check(document)
    if not name.startswith("文档"):
        assert all(segment.place for segment in document.segments)


@few
@given(st.lists(written, min_size=1, max_size=6))
def test_whatever_is_written_to_a_file_is_read_from_it(lines: list[str]) -> None:
    lines = [*(f"字{line}".strip() for line in lines), "尾"]
    assert read_bytes(docx_file(lines), "a.docx").text == "\n".join(lines)
    assert read_bytes(xlsx_file([["话术"], *([line] for line in lines)]), "a.xlsx").text == "\n".join(lines)
    assert read_bytes("\n".join(lines).encode(), "a.txt").text == "\n".join(lines)


@few
@given(st.binary(max_size=300), st.sampled_from([*NAMES, "无扩展名"]))
def test_random_bytes(data: bytes, name: str) -> None:
    read_or_refuse(data, name)


@few
@given(st.binary(max_size=60), st.sampled_from([b"PK\x03\x04", b"%PDF-1.4\n", b"WEBVTT\n", b"\xff\xfe", b"[Events]\n"]))
def test_random_bytes_after_a_magic(data: bytes, magic: bytes) -> None:
    for name in ("无扩展名", "a.ass", "a.vtt"):
        read_or_refuse(magic + data, name)


@pytest.mark.parametrize("name", NAMES)
def test_truncated_files(name: str) -> None:
    data = SAMPLES[name]
    for end in sorted({len(data) * part // 12 for part in range(13)} | {len(data) - 1, 1}):
        read_or_refuse(data[:end], name)


@pytest.mark.parametrize("name", NAMES)
def test_flipped_bits(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 (the same flips every time)
    for _ in range(60):
        data = bytearray(SAMPLES[name])
        for _ in range(chance.choice((1, 1, 4, 30))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        read_or_refuse(bytes(data), name)


@few
@given(st.text(), st.sampled_from([form for form in Format if form not in (Format.DOCX, Format.XLSX, Format.PDF)]))
def test_random_text_in_every_text_format(text: str, form: Format) -> None:
    read_or_refuse(text.encode(), f"a.{form}")


cue = st.text(st.sampled_from("12 \n->:,.00{}\\N<v>/i甲主播：&;"), max_size=60)


@few
@given(st.lists(cue, max_size=4), st.sampled_from(["srt", "vtt"]))
def test_random_cues(cues: list[str], form: str) -> None:
    sign = "," if form == "srt" else "."
    timing = f"00:00:01{sign}000 --> 00:00:02{sign}000\n"
    read_or_refuse(
        ("WEBVTT\n\n" if form == "vtt" else "").encode() + "\n\n".join(timing + c for c in cues).encode(), f"a.{form}"
    )


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("{\\" * 200_000, "a.srt", "{\\" * 200_000),
        ("<v " * 200_000, "a.vtt", ("<v " * 200_000).strip()),
        ("甲" + "\n" * 200_000 + "乙", "a.srt", "甲\n\n乙"),
        ("{" * 200_000, "a.ass", "{" * 200_000),
        ("{\\b1}甲" * 50_000, "a.ass", "甲" * 50_000),
    ],
)
def test_hostile_cues_are_read_in_linear_time(text: str, name: str, kept: str) -> None:
    """Each of these takes minutes where a pattern looks again for an end that is not there."""
    heads = {"srt": "00:00:01,000 --> 00:00:02,000\n", "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n"}
    head = heads.get(name[2:], "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,")
    assert read_bytes((head + text).encode(), name).text == kept


@few
@given(st.binary(max_size=200))
def test_random_batches(data: bytes) -> None:
    for read in (lambda: list(read_jsonl(io.BytesIO(data))), lambda: [parse_document(data)]):
        with contextlib.suppress(ReadError):  # anything else escapes and fails
            assert all(isinstance(document, Document) for document in read())


@given(st.text(max_size=20) | st.floats() | st.integers() | st.timedeltas() | st.datetimes() | st.times())
def test_any_time_is_seconds_or_nothing(value: object) -> None:
    start, end = parse_spoken_time(value)
    assert start is None or start >= 0
    assert end is None or (start is not None and end >= start)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00:12:30", (750, None)),
        ("12:30", (750, None)),
        ("00:00-05:00", (0, 300)),
        ("00：01：00 ～ 00：02：00", (60, 120)),
        ("5分30秒", (330, None)),
        ("1小时2分", (3720, None)),
        ("90", (90, None)),
        (45.5, (45.5, None)),
        ("05:00-01:00", (300, None)),
        ("开场", (None, None)),
        ("", (None, None)),
        (True, (None, None)),
        (None, (None, None)),
    ],
)
def test_times_as_people_write_them(value: object, expected: tuple[float | None, float | None]) -> None:
    assert parse_spoken_time(value) == expected


def test_reading_leaves_warnings_as_they_were() -> None:
    before = list(warnings.filters)
    for name, data in SAMPLES.items():
        read_bytes(data, name)
    assert list(warnings.filters) == before
    assert read_bytes(pdf_file(), "a.pdf").segments
