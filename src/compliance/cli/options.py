"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from compliance.model.errors import ComplianceError
from compliance.model.labels import CATEGORY_LABELS, SOURCE_LABELS
from compliance.model.vocabulary import Category, Source
from compliance.settings import Settings

PoliciesOption = Annotated[
    list[Path] | None,
    typer.Option("--policies", help="团队自己的规则文件夹，加在随产品发布的规则之上；可以给多个。", show_default=False),
]
LexiconsOption = Annotated[
    list[Path] | None,
    typer.Option("--lexicons", help="团队自己的词库文件夹；同名词库替换随产品发布的。", show_default=False),
]
CategoryOption = Annotated[
    str | None, typer.Option("--category", "-c", help="品类，如 cosmetics 或 化妆品；不给时涉及品类的规则会发问。")
]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="来源：script transcript danmaku listing complaint post。")
]
PlatformOption = Annotated[str | None, typer.Option("--platform", help="播出或发布的平台。")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="按哪一天的法律审查；缺省为今天。", show_default=False),
]


class OptionError(ComplianceError):
    """An option's value does not exist; the message lists those that do."""


class Folders(NamedTuple):
    policies: list[Path]
    lexicons: list[Path]


def folders(policies: list[Path] | None, lexicons: list[Path] | None) -> Folders:
    """The team's folders: those of the settings first, then those of the command line."""
    settings = Settings()
    return Folders([*settings.policies, *(policies or [])], [*settings.lexicons, *(lexicons or [])])


def category_of(text: str | None) -> Category | None:
    """A category by identifier or Chinese name."""
    if text is None:
        return None
    for category, label in CATEGORY_LABELS.items():
        if text in {category.value, label}:
            return category
    choices = "、".join(f"{category.value}（{label}）" for category, label in CATEGORY_LABELS.items())
    raise OptionError(f"没有品类「{text}」", place="--category", remedy=f"可用：{choices}")


def source_of(text: str | None) -> Source | None:
    if text is None:
        return None
    for source, label in SOURCE_LABELS.items():
        if text in {source.value, label}:
            return source
    choices = "、".join(f"{source.value}（{label}）" for source, label in SOURCE_LABELS.items())
    raise OptionError(f"没有来源「{text}」", place="--source", remedy=f"可用：{choices}")


def day_of(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OptionError(f"「{text}」不是日期", place="--as-of", remedy="写成 2026-02-01 的样子") from None
