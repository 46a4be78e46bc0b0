"""Two bases of one finding: as an advertisement, and as other publicity of the seller.

Which articles bind advertisements only, and what corresponds to them in the law on publicity, stands in the law
registry (`advertising`, `publicity`). Articles that bind either way belong to both bases.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from compliance.judge.exposure import of_rule
from compliance.lang.registry import LawRegistry
from compliance.lang.rule import PenaltyRef, Rule
from compliance.model.law import Article, Counterpart, Instrument, LawRef
from compliance.model.report import Basis, Exposure
from compliance.model.vocabulary import Character


class Footing(NamedTuple):
    """What a finding of a rule stands on; `basis` and `other` only where the character of the text matters."""

    law: tuple[LawRef, ...]
    exposure: Exposure
    basis: Character | None = None
    condition: str = ""
    other: Basis | None = None


class Bases:
    """Of rules, by character and day; worked out once each."""

    def __init__(self, laws: LawRegistry) -> None:
        self._laws = laws
        self._made: dict[tuple[str, Character, date], tuple[Basis, tuple[PenaltyRef, ...]]] = {}
        self._depends: dict[str, bool] = {}
        self._exposures: dict[str, Exposure] = {}

    def depends(self, rule: Rule) -> bool:
        """Whether what the rule puts at risk depends on the character of the text."""
        if rule.id not in self._depends:
            self._depends[rule.id] = any(self._binds_ads(ref.law, ref.article) for ref in rule.penalties)
        return self._depends[rule.id]

    def footing(self, rule: Rule, character: Character, day: date) -> Footing:
        """Law and exposure of the rule for a text of this character, and what holds if it is of the other.

        Where no law is left for publicity, that on advertisements stays named, without an amount.
        """
        if not self.depends(rule):
            return Footing(rule.law, self._exposure(rule))
        own, other = self._of(rule, character, day)[0], self._of(rule, other_than(character), day)[0]
        return Footing(own.law or rule.law, own.exposure, character, own.when, other)

    def penalties(self, rule: Rule, character: Character, day: date) -> tuple[PenaltyRef, ...]:
        """What a breach of the rule costs; nothing where the duty binds only texts of the other character."""
        return self._of(rule, character, day)[1] if self.depends(rule) else rule.penalties

    def references(self, citations: Iterable[str], day: date) -> tuple[LawRef, ...]:
        """Those of the articles that are in force."""
        return tuple(LawRegistry.reference(law, article) for law, article in self._in_force(citations, day))

    def _exposure(self, rule: Rule) -> Exposure:
        if rule.id not in self._exposures:
            self._exposures[rule.id] = of_rule(rule.penalties)
        return self._exposures[rule.id]

    def _of(self, rule: Rule, character: Character, day: date) -> tuple[Basis, tuple[PenaltyRef, ...]]:
        key = rule.id, character, day
        if key not in self._made:
            self._made[key] = self._make(rule, character, day)
        return self._made[key]

    def _make(self, rule: Rule, character: Character, day: date) -> tuple[Basis, tuple[PenaltyRef, ...]]:
        if character is Character.ADVERTISEMENT:
            whole = Basis(character=character, law=rule.law, exposure=of_rule(rule.penalties))
            return whole, rule.penalties
        instead = [each for each in dict.fromkeys(self._counterparts(rule)) if each.in_force(day)]
        law = list(self.references((c for each in instead for c in each.law), day))
        law += [ref for ref in rule.law if not self._binds_ads(ref.name, ref.article)]
        penalties = [ref for ref in rule.penalties if not self._binds_ads(ref.law, ref.article)]
        penalties += [
            PenaltyRef(instrument.name, article.article, article.penalty)
            for instrument, article in self._in_force((c for each in instead for c in each.penalty), day)
            if article.penalty is not None
        ]
        refs = tuple({ref.citation: ref for ref in penalties}.values())
        when = "；".join(dict.fromkeys(each.when for each in instead))
        basis = Basis(character=character, law=tuple(dict.fromkeys(law)), exposure=of_rule(refs), when=when)
        return basis, refs

    def _counterparts(self, rule: Rule) -> list[Counterpart]:
        """Those of the duties; where there are none, those of the penalties."""
        duties = [each for ref in rule.law for each in self._instead_of(ref.name, ref.article)]
        return duties or [each for ref in rule.penalties for each in self._instead_of(ref.law, ref.article)]

    def _instead_of(self, law: str, reference: str) -> list[Counterpart]:
        instrument = self._laws.instrument(law)
        listed = instrument.publicity if instrument is not None else ()
        return [each for each in listed if any(covers(article, reference) for article in each.articles)]

    def _binds_ads(self, law: str, reference: str) -> bool:
        instrument = self._laws.instrument(law)
        if instrument is None:
            return False
        return instrument.advertising or any(a.advertising for a in self._laws.articles(instrument, reference))

    def _in_force(self, citations: Iterable[str], day: date) -> Iterator[tuple[Instrument, Article]]:
        for citation in dict.fromkeys(citations):
            found = self._laws.cited(citation, day)
            if found is not None:
                yield found


def other_than(character: Character) -> Character:
    return Character.PUBLICITY if character is Character.ADVERTISEMENT else Character.ADVERTISEMENT


def covers(article: str, reference: str) -> bool:
    """Whether a reference is the article, or a paragraph or item of it: “第二十八条” covers “第二十八条第一款”."""
    rest = reference.removeprefix(article) if reference.startswith(article) else None
    return rest is not None and (not rest or rest.startswith("第"))
