"""One YAML file as plain values that remember their lines, so that every error can name file and line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from compliance.model.errors import LawError

Location = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = yaml.SafeLoader.DEFAULT_SCALAR_TAG
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_MAX_DEPTH = 12  # our files nest four deep; without a bound a hostile file exhausts the C stack
_MAX_BYTES = 4_000_000


@dataclass(frozen=True)
class Issue:
    """One thing wrong at one line (1-based) of a file, and what to do about it."""

    path: str
    line: int
    problem: str
    remedy: str


@dataclass(frozen=True)
class YamlSource:
    """The values of a file (sequences as tuples), and the line on which each of them starts."""

    path: str
    value: Any
    lines: Mapping[Location, int]

    def line(self, location: Location) -> int:
        """The line of a value, or of the nearest value around it."""
        while location not in self.lines:
            location = location[:-1]
        return self.lines[location]

    def issue(self, location: Location, problem: str, remedy: str) -> Issue:
        return Issue(self.path, self.line(location), problem, remedy)


class IssuesFoundError(Exception):
    """Internal: carries the issues of one file to whoever gathers them."""

    def __init__(self, *issues: Issue) -> None:
        self.issues = issues
        super().__init__(*issues)


class FilesError(LawError):
    """Registry files are malformed; `issues` holds each place."""

    def __init__(self, issues: Sequence[Issue], problem: str, *, place: str = "", remedy: str = "") -> None:
        self.issues = tuple(issues)
        super().__init__(problem, place=place, remedy=remedy)


def law_error(issues: list[Issue]) -> FilesError:
    """All issues as one error; a single issue reads “file:line：problem；remedy。”."""
    if len(issues) == 1:
        only = issues[0]
        place = f"{only.path}:{only.line}"
        return FilesError(issues, _on_one_line(only.problem), place=place, remedy=_on_one_line(only.remedy))
    listed = "\n".join(
        f"  {each.path}:{each.line}：{_on_one_line(each.problem)}；{_on_one_line(each.remedy)}" for each in issues
    )
    return FilesError(issues, f"共 {len(issues)} 处错误\n{listed}")


def _on_one_line(text: str) -> str:
    """A file's own words may hold line ends and controls; a message is one line."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def read_yaml(file: Path) -> YamlSource:
    """Read one file.

    Raises:
        IssuesFoundError: it cannot be opened, is not UTF-8, is not YAML, repeats a key, nests too deep or uses anchors.
    """
    path = str(file)
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise IssuesFoundError(Issue(path, 1, "文件超过 4 MB", "拆成几个文件"))
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise IssuesFoundError(Issue(path, 1, f"文件打不开（{error.strerror}）", "检查路径与权限")) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise IssuesFoundError(Issue(path, line, "不是 UTF-8 编码", "另存为 UTF-8")) from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: str) -> YamlSource:
    """Parse the text of one file; `path` is only for messages. Raises IssuesFoundError."""
    try:
        builder = _Builder(_LOADER(text), path)
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = f"不是合格的 YAML（{error.problem}）"
        raise IssuesFoundError(Issue(path, line, problem, "检查缩进、冒号与引号")) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # control characters; lone surrogates
        problem = "含有 YAML 不允许的字符"
        raise IssuesFoundError(Issue(path, 1, problem, "删去控制字符后另存为 UTF-8")) from error
    if builder.issues:
        raise IssuesFoundError(*builder.issues)
    return YamlSource(path, value, builder.lines)


def build(source: YamlSource, model: type[Model]) -> Model:
    """The file as a value of `model`, nothing coerced. Raises IssuesFoundError with every misfit of the file."""
    try:
        return model.model_validate(source.value, strict=True)
    except ValidationError as error:
        raise IssuesFoundError(*misfits(source, error)) from error


def misfits(source: YamlSource, error: ValidationError, at: Location = ()) -> list[Issue]:
    """What does not fit, in a part of the file that stands at a place of it."""
    issues = []
    for each in error.errors(include_url=False):
        location = (*at, *each["loc"])
        issues.append(source.issue(location, *_explain(each["type"], location, each["input"], each.get("ctx", {}))))
    return issues


_EXPECTED = {
    "string_type": "文字",
    "int_type": "整数",
    "date_type": "日期（如 2026-02-01）",
    "tuple_type": "列表",
    "dict_type": "键值表",
    "model_type": "键值表",
    "model_attributes_type": "键值表",
    "dataclass_exact_type": "键值表",
    "bool_type": "true 或 false",
}


def _explain(kind: str, location: Location, given: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    name = next((str(part) for part in reversed(location) if isinstance(part, str)), "文件")
    if kind == "missing":
        return f"缺少“{name}”", f"补上 {name}"
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"不认识的字段“{name}”", "改正拼写或删去这一行"
    if kind == "literal_error":
        return f"“{name}”的值“{_shown(given)}”不在可选值之内", f"改为 {context.get('expected', '可选值之一')}"
    if kind == "greater_than_equal":
        return f"“{name}”不能是负数", "写大于或等于 0 的整数（元）"
    expected = _EXPECTED.get(kind, "另一种写法")
    return f"“{name}”的值“{_shown(given)}”类型不对", f"改为{expected}"


def _shown(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 20 else text[:20] + "…"


@dataclass
class _Builder:
    """Events to values, in one pass: keeps lines, refuses what a registry file never needs."""

    loader: Any
    path: str
    lines: dict[Location, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def document(self) -> Any:
        self.loader.get_event()  # stream start
        if self.loader.check_event(yaml.StreamEndEvent):
            raise IssuesFoundError(Issue(self.path, 1, "文件是空的", "写上内容或删去文件"))
        self.loader.get_event()  # document start
        value = self._value((), 0)
        self.loader.get_event()  # document end
        if not self.loader.check_event(yaml.StreamEndEvent):
            line = self.loader.peek_event().start_mark.line + 1
            self.issues.append(Issue(self.path, line, "一个文件里有两个 YAML 文档", "拆成两个文件"))
        return value

    def _value(self, location: Location, depth: int) -> Any:
        event = self.loader.get_event()
        line = event.start_mark.line + 1
        self.lines[location] = line
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise IssuesFoundError(Issue(self.path, line, "不支持锚点与引用（& 和 *）", "把内容写全"))
        if event.tag:
            raise IssuesFoundError(Issue(self.path, line, "不支持类型标签（!）", "删去标签"))
        if depth > _MAX_DEPTH:
            raise IssuesFoundError(Issue(self.path, line, "嵌套太深", "按登记文件的格式书写"))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(location, depth)
        return self._mapping(location, depth)

    def _scalar(self, event: Any, line: int) -> Any:
        tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == _TEXT:
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            value = self.loader.construct_object(node)
        except (ValueError, ArithmeticError, LookupError, TypeError, yaml.YAMLError):
            remedy = "文字加上引号，日期写成 2026-02-01 的样子"
            self.issues.append(Issue(self.path, line, f"看不懂的值“{_shown(event.value)}”", remedy))
            return event.value
        return value if isinstance(value, str | bool | int | float | date | None) else event.value

    def _sequence(self, location: Location, depth: int) -> tuple[Any, ...]:
        values: list[Any] = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            values.append(self._value((*location, len(values)), depth + 1))
        self.loader.get_event()
        return tuple(values)

    def _mapping(self, location: Location, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            line = self.loader.peek_event().start_mark.line + 1
            key = self._value((*location, "?"), depth + 1)
            if not isinstance(key, str):
                self.issues.append(Issue(self.path, line, f"键“{_shown(key)}”不是文字", "给键加上引号"))
                key = str(key)
            if key in values:
                self.issues.append(Issue(self.path, line, f"键“{_shown(key)}”重复", "只留一处"))
            values[key] = self._value((*location, key), depth + 1)
            self.lines[*location, key] = line
        self.lines.pop((*location, "?"), None)
        self.loader.get_event()
        return values
