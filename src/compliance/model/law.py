"""The law registry: instruments, their articles, and what a breach of an article costs."""

from datetime import date
from typing import Literal

from pydantic import Field

from compliance.model.value import Value

Confidence = Literal["high", "medium"]


class Penalty(Value):
    """A statutory range in CNY. `None` bounds mean that the article sets no amount of its own."""

    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    serious_min: int | None = Field(default=None, ge=0)
    serious_max: int | None = Field(default=None, ge=0)
    multiple: str | None = None  # e.g. “广告费用三倍以上五倍以下”
    basis: str  # who pays, for what, in one line of our own words
    civil: str | None = None  # e.g. “退一赔三，最低 500 元”
    criminal: str | None = None  # e.g. “刑法 第二百二十二条”


class Article(Value):
    """One article, paragraph or item, in force over a half-open range of days."""

    article: str  # “第九条第三项”
    summary: str  # one line, our own words
    effective_from: date
    effective_to: date | None = None  # first day no longer in force
    penalty: Penalty | None = None


class Instrument(Value):
    """A law, regulation or guide with the articles that rules may cite."""

    id: str
    name: str  # the short name that rules cite
    full_name: str
    issuer: str
    number: str | None = None  # 文号
    confidence: Confidence
    source: str  # where the text was read
    second_source: str | None = None  # required for confidence “medium”
    url: str | None = None
    articles: tuple[Article, ...]


class LawRef(Value):
    """A citation as it appears in reports."""

    name: str
    article: str
    summary: str = ""
    url: str | None = None
