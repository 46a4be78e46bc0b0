"""What names in rules may refer to: laws, facts, evidence. Built from values; reads no files."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from compliance.model.facts import EvidenceSpec, FactSchema, FactSpec
from compliance.model.labels import SOURCE_LABELS
from compliance.model.law import Article, Instrument, LawRef
from compliance.model.vocabulary import Source

BUILT_IN_FACTS = (
    FactSpec(
        name="文档.来源",
        english="document.source",
        type="enum",
        values={source.value: SOURCE_LABELS[source] for source in Source},
        supplier="系统",
        question="这份文字是脚本、转写、弹幕还是商品详情？",
    ),
    FactSpec(
        name="文档.平台", english="document.platform", type="text", supplier="运营", question="在哪个平台播出或发布？"
    ),
)
"""Facts that every document answers by itself."""

CATEGORY_FACT = "商品.类目"


class LawRegistry:
    """Instruments by short or full name; articles by reference and day."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self.instruments = tuple(instruments)
        self._by_name = {}
        self._articles: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
        for instrument in self.instruments:
            for name in (instrument.name, instrument.full_name):
                self._by_name[name] = instrument
            for article in instrument.articles:
                self._articles[instrument.id, article.article].append(article)

    def instrument(self, name: str) -> Instrument | None:
        return self._by_name.get(name.strip("《》"))

    @property
    def names(self) -> list[str]:
        return [instrument.name for instrument in self.instruments]

    def articles(self, instrument: Instrument, reference: str) -> list[Article]:
        """Every version of one article, e.g. before and after a renumbering."""
        return self._articles.get((instrument.id, reference), [])

    def in_force(self, instrument: Instrument, reference: str, start: date, end: date | None) -> Article | None:
        """The version in force over the whole half-open range, if there is one."""
        for article in self.articles(instrument, reference):
            ends_in_time = article.effective_to is None or (end is not None and end <= article.effective_to)
            if article.effective_from <= start and ends_in_time:
                return article
        return None

    def cited(self, citation: str, day: date) -> tuple[Instrument, Article] | None:
        """The article of “反不正当竞争法 第九条第一款” that is in force on the day, if there is one."""
        name, _, reference = citation.partition(" ")
        instrument = self.instrument(name)
        if instrument is None:
            return None
        for article in self.articles(instrument, reference):
            if article.effective_from <= day and (article.effective_to is None or day < article.effective_to):
                return instrument, article
        return None

    @staticmethod
    def reference(instrument: Instrument, article: Article) -> LawRef:
        return LawRef(name=instrument.name, article=article.article, summary=article.summary, url=instrument.url)


class FactRegistry:
    """Facts and evidence kinds by Chinese or English name."""

    def __init__(self, schema: FactSchema) -> None:
        self.facts: dict[str, FactSpec] = {}
        self.evidence: dict[str, EvidenceSpec] = {}
        for fact in (*BUILT_IN_FACTS, *schema.facts):
            self.facts[fact.name] = self.facts[fact.english] = fact
        for kind in schema.evidence:
            self.evidence[kind.name] = self.evidence[kind.english] = kind

    @property
    def fact_names(self) -> list[str]:
        return list(dict.fromkeys(fact.name for fact in self.facts.values()))

    @property
    def evidence_names(self) -> list[str]:
        return list(dict.fromkeys(kind.name for kind in self.evidence.values()))
