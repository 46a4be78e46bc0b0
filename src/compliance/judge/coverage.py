"""What the rules cover: which articles they rest on, and which kinds of breach they look for in which goods."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.lang import tree
from compliance.lang.limits import denied
from compliance.lang.registry import CATEGORY_FACT
from compliance.lang.rule import Rule
from compliance.model.law import Article, Instrument
from compliance.model.vocabulary import Category, Kind, Stage


@dataclass(frozen=True)
class ArticleCoverage:
    """One article, all its versions together, and the rules that rest on it or punish by it, by id."""

    article: str
    summary: str
    bases: tuple[str, ...]
    penalties: tuple[str, ...]

    @property
    def is_cited(self) -> bool:
        return bool(self.bases or self.penalties)


@dataclass(frozen=True)
class InstrumentCoverage:
    instrument: Instrument
    articles: tuple[ArticleCoverage, ...]

    @property
    def cited(self) -> tuple[ArticleCoverage, ...]:
        return tuple(each for each in self.articles if each.is_cited)

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(rule for each in self.articles for rule in (*each.bases, *each.penalties))


@dataclass(frozen=True)
class Coverage:
    """`kinds` holds, for every kind and category, the live rules that may fire there; empty ones are the gaps."""

    rules: tuple[str, ...]
    instruments: tuple[InstrumentCoverage, ...]
    kinds: Mapping[Kind, Mapping[Category, tuple[str, ...]]]

    @property
    def kinds_without_rules(self) -> tuple[Kind, ...]:
        return tuple(kind for kind, row in self.kinds.items() if not any(row.values()))

    @property
    def instruments_without_rules(self) -> tuple[Instrument, ...]:
        return tuple(each.instrument for each in self.instruments if not each.cited)

    def categories_without(self, kind: Kind) -> tuple[Category, ...]:
        return tuple(category for category, rules in self.kinds[kind].items() if not rules)


def coverage(rules: Iterable[Rule], instruments: Iterable[Instrument]) -> Coverage:
    """Counts live rules, whatever the day: those of a law that is still to come are among them."""
    live = sorted((rule for rule in rules if rule.stage is Stage.LIVE), key=lambda rule: rule.id)
    bases: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    penalties: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for rule in live:
        for law in rule.law:
            bases[law.name, law.article].append(rule.id)
        for penalty in rule.penalties:
            penalties[penalty.law, penalty.article].append(rule.id)
    return Coverage(
        rules=tuple(rule.id for rule in live),
        instruments=tuple(_instrument(each, bases, penalties) for each in sorted(instruments, key=lambda i: i.id)),
        kinds={
            kind: {
                category: tuple(rule.id for rule in live if rule.kind is kind and _reaches(rule, category))
                for category in Category
            }
            for kind in Kind
        },
    )


def _instrument(
    instrument: Instrument,
    bases: Mapping[tuple[str, str], list[str]],
    penalties: Mapping[tuple[str, str], list[str]],
) -> InstrumentCoverage:
    newest: dict[str, Article] = {}
    for article in instrument.articles:
        newest[article.article] = article
    return InstrumentCoverage(
        instrument,
        tuple(
            ArticleCoverage(
                name,
                article.summary,
                tuple(bases.get((instrument.name, name), ())),
                tuple(penalties.get((instrument.name, name), ())),
            )
            for name, article in newest.items()
        ),
    )


def _reaches(rule: Rule, category: Category) -> bool:
    """Whether the rule may fire for goods of a category: neither its condition nor an exception rules them out."""
    if denied(rule.condition, category):
        return False
    return not any(_names(exception.condition, category) for exception in rule.exceptions)


def _names(condition: tree.Expr, category: Category) -> bool:
    match condition:
        case tree.FactIs(path=path, values=values):
            return path == CATEGORY_FACT and category in values
        case _:
            return False
