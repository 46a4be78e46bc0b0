"""The forms of the manual (docs/rule-language.md), looked up by the keyword that they are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from compliance.lang.keywords import SURFACES
from compliance.lang.lexer import Lexer

_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_SECTIONS = ("一条规则", "条件")
_ALSO = {
    "WORDS": '`词组 名字 = "词" 、 "词"`：给一组词起名字，在本文件里用',
    "POLICY": "`规章 名字 「标题」 版本 2026.11.1`：写在文件开头，供人阅读",
    "VERSION": "`规章 名字 「标题」 版本 2026.11.1`：这份文件的版本，供人阅读",
    "EXCEPT": '`除去 "词"`：等于某词的从词组里去掉；更长的词盖住命中时，该命中不算',
    "LEXICON": '`词库("名字")`：名字与关键词相同的词库',
    "ENTITY": "`实体(手机号)`：个人信息的一种",
    "GIVEN": "`例 「…」 已知 商品.类目 = 食品 应报`：例子里的事实",
    "TODO": "`待改 例 「…」 应报`：知道还做不到的例子，不算失败",
    "FIRES": "`应报 [于 「片段」]`：这个例子要报，命中是这个片段",
    "SILENT": "`不报`：这个例子不能报",
    "ASKS": "`待补`：这个例子缺事实，要去问",
}
"""What the tables of the manual have no row for."""
SHOWN = 3


@dataclass(frozen=True)
class Form:
    """A row of a table: how it is written in Chinese and in English, what it means, and the keywords in it."""

    chinese: str
    english: str
    meaning: str
    tokens: frozenset[str]


def page(name: str) -> Path:
    """A page of the documentation: inside the wheel, or in docs/ of a source checkout. It may be missing."""
    package = Path(str(files("compliance")))
    inside = package / "shipped" / "manual" / name
    return inside if inside.is_file() else package.parents[1] / "docs" / name


@cache
def forms() -> tuple[Form, ...]:
    """The rows of the two tables, none where the page is missing."""
    try:
        text = page("rule-language.md").read_text("utf-8")
    except OSError:
        return ()
    return tuple(form for heading in _SECTIONS for form in _rows(text, heading))


def _rows(text: str, heading: str) -> list[Form]:
    _, _, rest = text.partition(f"\n## {heading}\n")
    lines = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [
        Form(row[0], row[1], _LINK.sub(r"“\1”", row[2]), _tokens(f"{row[0]} {row[1]}")) for row in cells if len(row) > 2
    ]


def _tokens(cell: str) -> frozenset[str]:
    spans = " ".join(_SPAN.findall(cell))
    return frozenset(lexeme.kind for lexeme in Lexer(spans, "").tokens() if lexeme.kind in SURFACES)


def help_on(token: str, around: Sequence[str]) -> str:
    """The forms with a keyword as Markdown, those first that are most like the clause (its tokens) it stands in."""
    here = frozenset(around)
    fitting = [form for form in forms() if token in form.tokens]
    fitting.sort(key=lambda form: len(form.tokens - here) - len(form.tokens & here))
    told = [f"{form.chinese} · {form.english}\n\n{form.meaning}" for form in fitting[:SHOWN]]
    if not told and token in _ALSO:
        told = [_ALSO[token]]
    names = " · ".join(f"`{surface}`" for surface in SURFACES[token] if surface)
    return "\n\n---\n\n".join([f"**{names}**", *told]) if told else names
