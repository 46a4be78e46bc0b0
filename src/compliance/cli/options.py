"""Options that several commands share, and what their words stand for."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from compliance.cli.failure import OptionError
from compliance.model.labels import CATEGORY_LABELS, KIND_LABELS, SOURCE_LABELS
from compliance.model.vocabulary import Category, Kind, Source

_Word = TypeVar("_Word", bound=StrEnum)

PoliciesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--policies",
        help="团队自己的规则文件夹，加在随产品发布的规则之上；可以给多个。也可用环境变量 COMPLIANCE_POLICIES。",
        show_default=False,
    ),
]
LexiconsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicons",
        help="团队自己的词库文件夹；同名词库替换随产品发布的。也可用环境变量 COMPLIANCE_LEXICONS。",
        show_default=False,
    ),
]
CategoryOption = Annotated[
    str | None, typer.Option("--category", "-c", help="品类，如 cosmetics 或 化妆品；不给时涉及品类的规则会发问。")
]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", help="来源：script、transcript、danmaku、listing、complaint、post，或其中文名。"),
]
PlatformOption = Annotated[str | None, typer.Option("--platform", help="播出或发布的平台。")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="按哪一天的法律审查；缺省为今天。", show_default=False),
]


def category_of(text: str | None) -> Category | None:
    """A category by identifier or Chinese name. Raises OptionError."""
    return _named(text, CATEGORY_LABELS, "--category", "品类")


def source_of(text: str | None) -> Source | None:
    """A source by identifier or Chinese name. Raises OptionError."""
    return _named(text, SOURCE_LABELS, "--source", "来源")


def _named(text: str | None, labels: Mapping[_Word, str], place: str, noun: str) -> _Word | None:
    if text is None:
        return None
    for word, label in labels.items():
        if text in {word.value, label}:
            return word
    choices = "、".join(f"{word.value}（{label}）" for word, label in labels.items())
    raise OptionError(f"没有{noun}「{text}」", place=place, remedy=f"可用：{choices}")


def kind_of(text: str | None) -> Kind | None:
    """A kind of breach by identifier or Chinese name. Raises OptionError."""
    return _named(text, KIND_LABELS, "--kind", "种类")


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """A day of the calendar as YYYY-MM-DD. Raises OptionError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OptionError(f"「{text}」不是日期", place=option, remedy="写成 2026-02-01 的样子") from None
