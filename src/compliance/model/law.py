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


class Counterpart(Value):
    """What holds in place of articles on advertisements where the same words are the seller's other publicity.

    `law` and `penalty` are citations, “反不正当竞争法 第九条第一款”; of each, those in force on the day count.
    """

    articles: tuple[str, ...]  # of the instrument that says so, with their paragraphs and items; duties or penalties
    law: tuple[str, ...]
    penalty: tuple[str, ...]
    when: str  # what has to hold besides, in our own words
    effective_from: date | None = None  # where a citation would name another article before a renumbering, or after
    effective_to: date | None = None

    def in_force(self, day: date) -> bool:
        after = self.effective_from is None or self.effective_from <= day
        return after and (self.effective_to is None or day < self.effective_to)


class Article(Value):
    """One article, paragraph or item, in force over a half-open range of days."""

    article: str  # “第九条第三项”
    summary: str  # one line, our own words
    effective_from: date
    effective_to: date | None = None  # first day no longer in force
    advertising: bool = False  # binds advertisements only
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
    advertising: bool = False  # binds advertisements only, in all of its articles
    articles: tuple[Article, ...]
    publicity: tuple[Counterpart, ...] = ()


class LawRef(Value):
    """A citation as it appears in reports."""

    name: str
    article: str
    summary: str = ""
    url: str | None = None
