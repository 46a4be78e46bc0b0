"""The two sheets of a lexicon workbook: their columns, and how one value stands in one cell."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

LEXICONS = "词库"
TERMS = "词"


@dataclass(frozen=True)
class Field:
    """`name` as in the file, the heading above it, its width, and what a cell of it holds."""

    name: str
    heading: str
    width: int
    form: str = "text"  # text, list (one a line) or disguise


LEXICON_FIELDS = (
    Field("group", "词库", 22),
    Field("path", "文件", 30),
    Field("kind", "种类", 9),
    Field("title", "标题", 40),
    Field("source", "来源", 40),
    Field("covers", "盖住本组的通用词", 30, "list"),
    Field("disguise", "看穿伪装", 12, "disguise"),
    Field("overlap", "重叠", 9),
    Field("after", "命中之后的提示词", 30, "list"),
    Field("pseudo", "不算提示的说法", 30, "list"),
)
TERM_FIELDS = (
    Field("group", "词库", 22),
    Field("text", "词", 30),
    Field("covers", "盖住这个词的通用词", 40, "list"),
    Field("boundary", "边界", 9),
    Field("disguise", "看穿伪装", 12, "disguise"),
    Field("source", "来源", 40),
    Field("note", "说明", 40),
)
SHEETS = {LEXICONS: LEXICON_FIELDS, TERMS: TERM_FIELDS}

_DISGUISE = {True: "是", False: "否"}


def shown(field: Field, value: Any) -> str:
    """A value of a file as the text of its cell; nothing for what is not said."""
    if value is None:
        return ""
    if field.form == "list":
        return "\n".join(value)
    if field.form == "disguise":
        return _DISGUISE[value] if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
    return str(value)


def understood(field: Field, text: str) -> Any:
    """The value that the text of a cell says. Raises ValueError with what is wrong and the remedy."""
    if field.form == "list":
        return tuple(line for line in text.split("\n") if line)
    if field.form != "disguise":
        return text
    for setting, word in _DISGUISE.items():
        if text == word:
            return setting
    value: Any = None
    with suppress(ValueError, RecursionError):
        value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError(  # noqa: TRY004  # it is the text that is wrong
            f"看不懂「{text[:20]}」", "写“是”“否”，或者导出时的那段设置；不写就跟词库走"
        )
    return {key: tuple(each) if isinstance(each, list) else each for key, each in value.items()}
