"""Documents that are JSON already: one a file, one a line."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.model.vocabulary import Category, Source
from compliance.readers import Limits, read_bytes, read_jsonl
from compliance.readers.json_position import line_of

GOOD = '{"id": "一", "source": "danmaku", "text": "加微信"}'


def message(text: str | bytes, name: str = "a.json") -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(text.encode() if isinstance(text, str) else text, name)
    return str(caught.value)


def test_a_document_keeps_what_it_says_unless_told_otherwise() -> None:
    document = read_bytes(GOOD.encode(), "别名.json", category=Category.FOOD)
    assert (document.id, document.source, document.category, document.title) == ("一", Source.DANMAKU, "food", None)
    assert read_bytes(GOOD.encode(), "a.json", source=Source.POST).source is Source.POST
    assert read_bytes(b'\xef\xbb\xbf{"text": "x"}', "无号.json").id == "无号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"id": "a",\n "text": "x",\n}', "a.json 第2行 第13列：不是合法的 JSON；"),
        ('{"id": "a",\n "text": "x",\n "txet": "y"}', "a.json 第3行 字段 txet：不认识这个字段；"),
        ('{"id": "a",\n"segments": [\n{"text": "x"},\n{"t_start": 1}]}', "a.json 第4行 字段 segments[1].text：缺少"),
        (
            '{"id": "a", "segments": [{"text": "x", "t_start": -1}]}',
            "a.json 第1行 字段 segments[0].t_start：不能小于 0",
        ),
        ('{"id": 3, "text": "x"}', "a.json 第1行 字段 id：应当是字符串；"),
        ('{"id": "a", "text": "x", "source": "tv"}', "a.json 第1行 字段 source：应当是这些之一：'script'、"),
        ('{"id": "a", "text": "x", "facts": {"f": {}}}', "a.json 第1行 字段 facts.f："),
        ('{"id": "a"}', "a.json 第1行：没有 text 也没有 segments；"),
        ('{"id": "a", "text": "y", "segments": [{"text": "x"}]}', "a.json 第1行：text 与 segments 以换行拼接"),
        ('{"id": "a", "text": " "}', "a.json 第1行：文档里没有文字；"),
        ('{"id": "a", "text": "x\\u0000"}', "a.json 第1行 字段 text：含有空字符（NUL）；"),
        ('{"id": "a", "text": "\\ud800"}', "a.json 第1行"),
        ('{"id": "a", "segments": [{"text": "x", "t_start": 1e999}]}', "a.json 第1行"),
        ('{"id": "a", "text": "x", "title": 1, "platform": 2}', "a.json 第1行 字段 platform：应当是字符串（另有 1 处"),
        ("[]", "a.json 第1行：应当是对象；"),
        ("[" * 100_000, "a.json 第1行"),
        (b'{"id": "\xbb\xb0"}', "a.json 第1行：JSON 不是 UTF-8 编码；"),
    ],
)
def test_an_error_names_line_and_field(text: str | bytes, expected: str) -> None:
    assert message(text).startswith(expected)


def test_a_batch_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "批.jsonl"
    path.write_text(f"\ufeff{GOOD}\n\n{GOOD}\n{{}}\n", encoding="utf-8")
    documents = read_jsonl(path)
    assert [next(documents).id, next(documents).id] == ["一", "一"]
    with pytest.raises(ReadError, match=r"批\.jsonl 第4行 字段 id：缺少这个字段"):
        next(documents)
    with pytest.raises(ReadError, match=r"无\.jsonl"):
        list(read_jsonl(tmp_path / "无.jsonl"))


@pytest.mark.parametrize("stream", [io.BytesIO(GOOD.encode()), io.StringIO(GOOD)])
def test_a_batch_may_be_a_stream(stream: io.BytesIO | io.StringIO) -> None:
    assert [document.text for document in read_jsonl(stream)] == ["加微信"]


def test_a_batch_from_a_stream_names_standard_input_and_long_lines() -> None:
    with pytest.raises(ReadError, match="标准输入 第2行：这一行超过单个文档的大小上限"):
        list(read_jsonl(io.BytesIO(f"{GOOD}\n{GOOD} {' ' * 99}".encode()), Limits(max_file_bytes=80)))


def test_one_review_takes_one_document() -> None:
    assert read_bytes(f"{GOOD}\n".encode(), "a.jsonl").id == "一"
    assert "却有多个" in message(f"{GOOD}\n{GOOD}", "a.jsonl")
    assert "a.jsonl：文件里没有文字" in message("\n \n", "a.jsonl")


values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(values, st.data())
def test_line_of_finds_every_value(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    path: list[int | str] = []
    here = value
    while isinstance(here, list | dict) and here:
        key = data.draw(st.sampled_from(range(len(here)) if isinstance(here, list) else sorted(here)))
        path.append(key)
        here = here[key]
    marked = json.dumps(_replaced(value, path), indent=1, ensure_ascii=False)
    expected = next(i for i, line in enumerate(marked.split("\n"), start=1) if "MARK" in line)
    assert line_of(text, tuple(path)) == expected
    assert line_of(text, (*path, "no such", 0)) == expected


def _replaced(value: Any, path: list[int | str]) -> Any:
    if not path:
        return "MARK"
    copy: Any = value.copy()
    copy[path[0]] = _replaced(value[path[0]], path[1:])
    return copy


@given(values)
def test_any_json_is_a_document_or_a_read_error(value: Any) -> None:
    with contextlib.suppress(ReadError):  # anything else escapes and fails
        assert isinstance(read_bytes(json.dumps(value).encode(), "a.json"), Document)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1), min_size=1))
def test_a_document_survives_being_written(parts: list[str]) -> None:
    document = Document.model_validate({"id": "x", "segments": [{"text": f"甲{part}"} for part in parts]})
    assert read_bytes(document.model_dump_json(exclude_none=True).encode(), "a.json") == document
