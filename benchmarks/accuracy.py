"""How often the matcher hears a term that nobody said, and how often it hears one that somebody disguised."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from metrics import Measured, at_least, at_most

from compliance.model.vocabulary import SeenAs
from compliance.text.tables import sounds, words
from compliance.words.group import WordGroup
from compliance.words.matcher import Found, Matcher

DRAWS = 3_000
_COMMONEST = 3_500
_DIRECT = {SeenAs.EXACT, SeenAs.FOLDED, SeenAs.NOISE}
_CARRIER = re.compile(r"[^\n，。！？；、]{6,20}[，；][^\n，。！？；、]{6,20}[。！？]")


class Substitution(NamedTuple):
    """A sentence with a term of which one character was replaced by another of the same sound."""

    text: str
    start: int
    end: int
    term: str

    @property
    def surface(self) -> str:
        return self.text[self.start : self.end]


def accuracy(matcher: Matcher, groups: Sequence[WordGroup], text: str, *, verbose: bool) -> Measured:
    """False hits in ordinary prose, and recall on substitutions set into it."""
    false = heard(matcher, text)
    drawn = substitutions(groups, matcher, text)
    found = recalled(matcher, drawn)
    missed = [one for one, was in zip(drawn, found, strict=True) if not was]
    ordinary = sum(_makes_a_word(one) for one in missed)
    lengths = ", ".join(
        f"{length} characters {share:.3f} of {count:,}" for length, (share, count) in by_length(drawn, found).items()
    )
    facts = [
        f"False hits: {len(false):,} in {len(text):,} characters. Recall on {len(drawn):,} substitutions: {lengths}. "
        f"Of the {len(missed):,} missed, {ordinary:,} read as an ordinary word where the character was replaced."
    ]
    if verbose:
        facts.append("Heard falsely, the most frequent: " + "；".join(commonest_surfaces(false, text)))
        facts.append("Missed: " + "；".join(f"{one.surface}（{one.term}）" for one in missed[:40]))
    return Measured(
        [
            at_most("false_hits_per_100k_characters", len(false) / len(text) * 1e5, 3),
            at_least("recall_on_substitutions", 1 - len(missed) / len(drawn), 0.95),
        ],
        facts,
    )


def heard(matcher: Matcher, text: str) -> list[Found]:
    """Hits through disguise: by sound, shape, signs, pinyin, components. In ordinary prose all of them are false."""
    return [found for found in matcher.find(text) if found.seen_as not in _DIRECT]


def commonest_surfaces(hits: Sequence[Found], text: str, count: int = 10) -> list[str]:
    """“surface (term, how) ×times” of the most frequent."""
    surfaces = Counter((text[hit.start : hit.end], hit.term, hit.seen_as.value) for hit in hits)
    return [f"{surface}（{term}，{how}）×{times}" for (surface, term, how), times in surfaces.most_common(count)]


def substitutions(groups: Sequence[WordGroup], matcher: Matcher, text: str) -> list[Substitution]:
    """Draws of (term, position, other character), each in a sentence of the prose, behind its comma.

    The other character is any of the 3,500 commonest with the same toneless syllable, ordinary words that come
    about included. Sentences in which the matcher finds something by itself are not used.
    """
    rng = random.Random(2_000)  # noqa: S311  # reproducible, not secret
    alike = _characters_by_syllable()
    terms = sorted({term.text for group in groups for term in group.terms})
    places = [
        (term, position, sorted(others))
        for term in terms
        for position, char in enumerate(term)
        if (others := alike[sounds().get(char, ("",))[0]] - {char})
    ]
    carriers = _CARRIER.findall(text)
    clean = [carrier for carrier, found in zip(carriers, matcher.find_many(carriers), strict=True) if not found]
    drawn = []
    for term, position, choices in rng.sample(places, min(DRAWS, len(places))):
        carrier = rng.choice(clean)
        at = re.search("[，；]", carrier).end()  # type: ignore[union-attr]  # the pattern has one
        disguised = term[:position] + rng.choice(choices) + term[position + 1 :]
        drawn.append(Substitution(carrier[:at] + disguised + carrier[at:], at, at + len(term), term))
    return drawn


def _characters_by_syllable() -> defaultdict[str, set[str]]:
    counts: Counter[str] = Counter()
    for word, frequency in words().items():
        for char in word:
            counts[char] += frequency
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for char, _ in counts.most_common(_COMMONEST):
        if char in sounds():
            alike[sounds()[char][0]].add(char)
    return alike


def recalled(matcher: Matcher, drawn: Sequence[Substitution]) -> list[bool]:
    """For each draw, whether some hit has exactly the span of the disguised term."""
    return [
        any((hit.start, hit.end) == (one.start, one.end) for hit in found)
        for one, found in zip(drawn, matcher.find_many([one.text for one in drawn]), strict=True)
    ]


def by_length(drawn: Sequence[Substitution], found: Sequence[bool]) -> dict[str, tuple[float, int]]:
    """Recall and number of draws by length of the term; terms of five and more characters together."""
    shares: defaultdict[str, list[bool]] = defaultdict(list)
    for one, was in zip(drawn, found, strict=True):
        shares[str(len(one.term)) if len(one.term) < 5 else "5 and more"].append(was)
    return {length: (sum(got) / len(got), len(got)) for length, got in sorted(shares.items())}


def _makes_a_word(one: Substitution) -> bool:
    """Whether the character that was put in belongs to an ordinary word inside the disguised term."""
    at = next(i for i, (was, put) in enumerate(zip(one.term, one.surface, strict=True)) if was != put)
    return any(
        one.surface[start : start + length] in words()
        for length in (2, 3, 4)
        for start in range(max(at - length + 1, 0), min(at, len(one.term) - length) + 1)
    )
