"""Documents that already are JSON: one a file, or one a line in a batch."""

import io
import math
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any

import orjson
from pydantic import ValidationError

from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.readers.collecting import is_blank
from compliance.readers.json_position import line_of
from compliance.readers.limits import DEFAULT_LIMITS, Limits

_PROBLEMS = {
    "missing": "缺少这个字段",
    "extra_forbidden": "不认识这个字段",
    "string_type": "应当是字符串",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "写法不合要求",
    "float_type": "应当是数",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "int_from_float": "应当是整数",
    "float_parsing": "应当是数",
    "finite_number": "应当是有限的数",
    "greater_than_equal": "不能小于 0",
    "tuple_type": "应当是数组",
    "dict_type": "应当是对象",
    "model_type": "应当是对象",
    "model_attributes_type": "应当是对象",
    "date_parsing": "应当是“年-月-日”的日期",
    "date_from_datetime_parsing": "应当是“年-月-日”的日期",
    "date_from_datetime_inexact": "应当是“年-月-日”的日期",
    "date_type": "应当是“年-月-日”的日期",
}
_VALUES_PER_SEGMENT = 12  # keys and values alike
_FIELDS = tuple(Document.model_fields)
_REMEDY = "请按 Document 的格式改正"


def read_single(data: bytes, default_id: str, limits: Limits, *, lines: bool) -> Document:
    """The only document of a .json or (with `lines`) .jsonl file; a missing id becomes `default_id`."""
    if not lines:
        return parse_document(data, limits, default_id=default_id)
    documents = list(_first_two(io.BytesIO(data), limits))
    if not documents:
        raise ReadError("文件里没有文字", remedy="请确认选对了文件")
    if len(documents) > 1:
        raise ReadError("一次只能检查一个文档，文件里却有多个", place="第2个文档", remedy="请用批量检查（batch）")
    return documents[0]


def read_jsonl(path_or_stream: Path | IO[bytes] | IO[str], limits: Limits = DEFAULT_LIMITS) -> Iterator[Document]:
    """The documents of a batch, one a line; blank lines are passed over, lines are read as they are needed.

    The iterator ends at the first bad line; to go on beyond it, give the lines to `parse_document` one by one.

    Raises:
        ReadError: naming file and line.
    """
    if isinstance(path_or_stream, str | Path):
        path = Path(path_or_stream)
        try:
            with path.open("rb") as stream:
                yield from _named(stream, path.name, limits)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "路径不合法"
            raise ReadError(f"无法打开文件（{reason}）", place=path.name, remedy="请检查路径和权限") from error
    else:
        name = getattr(path_or_stream, "name", None)
        yield from _named(path_or_stream, Path(name).name if isinstance(name, str) else "标准输入", limits)


def _named(stream: IO[bytes] | IO[str], name: str, limits: Limits) -> Iterator[Document]:
    try:
        yield from _documents(stream, limits)
    except ReadError as error:
        raise ReadError(error.problem, place=f"{name} {error.place}".strip(), remedy=error.remedy) from error


def _first_two(stream: IO[bytes], limits: Limits) -> Iterator[Document]:
    for _, document in zip(range(2), _documents(stream, limits), strict=False):
        yield document


def _documents(stream: IO[bytes] | IO[str], limits: Limits) -> Iterator[Document]:
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(limits.max_file_bytes + 1)
        except UnicodeDecodeError as error:
            raise ReadError("不是 UTF-8 编码", place=f"第{number}行", remedy="请另存为 UTF-8 后重试") from error
        if not line:
            return
        if len(line) > limits.max_file_bytes:
            raise ReadError("这一行超过单个文档的大小上限", place=f"第{number}行", remedy="请拆成几个较小的文档")
        data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
        data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
        if data.strip():
            yield parse_document(data, limits, line=number)


def parse_document(
    data: bytes,
    limits: Limits = DEFAULT_LIMITS,
    *,
    line: int | None = None,
    default_id: str | None = None,
    ignored: set[str] | None = None,
) -> Document:
    """One JSON document. `line` is its line in a batch, for messages; `default_id` stands in for a missing id.

    With `ignored`, fields of the document itself that the model does not know (labels, notes, tags of a labelled set)
    are left out and their names put there, unless one looks like a mistyped field of ours; without it they are errors.

    Raises:
        ReadError: naming line and field.
    """
    value, text = load_json(data, line)
    if isinstance(value, dict) and ignored is not None:
        value = without_foreign(value, _FIELDS, ignored)
    if isinstance(value, dict) and default_id is not None:
        value.setdefault("id", default_id)
    check_values(value, text, line, limits)
    try:
        document = Document.model_validate(value)
    except ValidationError as error:
        raise explained(error, text, line) from error
    _check_size(document, text, line, limits)
    return document


def without_foreign(value: dict[str, Any], fields: Sequence[str], ignored: set[str]) -> dict[str, Any]:
    """An object without the keys that are not its fields, nor look like one mistyped; their names go to `ignored`."""
    foreign = {key for key in value if key not in fields and not get_close_matches(key, fields, cutoff=0.75)}
    ignored.update(foreign)
    return {key: inner for key, inner in value.items() if key not in foreign}


def load_json(data: bytes, line: int | None) -> tuple[Any, str]:
    """The value, and the text that it was read from. Raises ReadError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = line or data.count(b"\n", 0, error.start) + 1
        raise ReadError("JSON 不是 UTF-8 编码", place=f"第{number}行", remedy="请另存为 UTF-8 后重试") from error
    if not text.strip():
        raise ReadError("文件里没有文字", remedy="请确认选对了文件")
    try:
        return orjson.loads(text), text
    except orjson.JSONDecodeError as error:
        place = f"第{line or error.lineno}行 第{error.colno}列"
        raise ReadError("不是合法的 JSON", place=place, remedy="请检查这里的引号、逗号和括号") from error


def explained(error: ValidationError, text: str, line: int | None, remedy: str = _REMEDY) -> ReadError:
    """What the model says, as one sentence that names line and field."""
    errors = error.errors(include_url=False, include_input=False)
    first = errors[0]
    path = _real_path(first["loc"])
    problem = _PROBLEMS.get(first["type"], "取值不合要求")
    context = first.get("ctx", {})
    if first["type"] == "enum":
        problem = f"应当是这些之一：{context.get('expected', '').replace(' or ', '、').replace(', ', '、')}"
    elif first["type"] == "value_error":
        problem = str(context.get("error", problem))
    places = {_real_path(other["loc"]) for other in errors}
    if len(places) > 1:
        problem += f"（另有 {len(places) - 1} 处不合要求）"
    return ReadError(problem, place=_place(path, text, line), remedy=remedy)


def _real_path(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Pydantic adds the branch of a union to a fact's path."""
    return location[:2] if location[:1] == ("facts",) else location


def _place(path: tuple[int | str, ...], text: str, line: int | None) -> str:
    where = f"第{line or line_of(text, path)}行"
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return f"{where} 字段 {field}" if field else where


def check_values(value: Any, text: str, line: int | None, limits: Limits) -> None:
    """What the model lets pass and a reader must not; bounded first, as every bad value costs an error."""
    for count, (path, leaf) in enumerate(_leaves(value), start=1):
        if count > limits.max_segments * _VALUES_PER_SEGMENT:
            raise ReadError("数据项过多", place=_place((), text, line), remedy="请拆成几个较小的文档")
        if isinstance(leaf, str) and "\x00" in leaf:
            raise ReadError("含有空字符（NUL）", place=_place(path, text, line), remedy="请删去 \\u0000")
        if isinstance(leaf, float) and not math.isfinite(leaf):
            raise ReadError("数过大", place=_place(path, text, line), remedy=_REMEDY)


def _check_size(document: Document, text: str, line: int | None, limits: Limits) -> None:
    if is_blank(document.text):
        raise ReadError("文档里没有文字", place=_place((), text, line), remedy="请填写 text 或 segments")
    too_long = f"文字超过 {limits.max_characters:,} 字" if len(document.text) > limits.max_characters else None
    if len(document.segments) > limits.max_segments:
        too_long = f"超过 {limits.max_segments:,} 段"
    if too_long:
        raise ReadError(f"{too_long}的上限", place=_place((), text, line), remedy="请拆成几个较小的文档")


def _leaves(value: Any, path: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), key
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path, value
