"""All words of all groups, found in one pass, with exact raw offsets.

The automaton runs over the skeleton view (folded, noise out). A hit whose raw span is as long as the
word had no noise inside. Covers are entries of the same automaton: an ordinary longer word over a hit
excuses it. The literals that patterns need are entries too; patterns.py does the rest.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from compliance.model.hit import Hit
from compliance.model.vocabulary import SeenAs
from compliance.text.alphabet import alphabet
from compliance.text.views import View, fold_word, skeleton
from compliance.words.automaton import Automaton
from compliance.words.entities import find_entities
from compliance.words.group import WordGroup
from compliance.words.overlap import leftmost_longest
from compliance.words.patterns import PatternMatcher, Triggers

NOISE_PER_GAP = 4
"""More noise than this between two characters, on average, and they are not one word."""

CONFIDENCE = {SeenAs.EXACT: 1.0, SeenAs.FOLDED: 0.98, SeenAs.NOISE: 0.9, SeenAs.ENTITY: 0.99}

_EVERY_GROUP = -1


@dataclass(frozen=True, slots=True)
class Covered:
    """A hit that an ordinary longer word excuses."""

    group: int
    hit: Hit
    cover: str


@dataclass(slots=True)
class Scan:
    """Hits by group index, leftmost-longest within a group, in text order."""

    hits: dict[int, list[Hit]]
    covered: list[Covered] = field(default_factory=list)


@dataclass(slots=True)
class _Word:
    """One skeleton form in the automaton: the groups it is a term of, the groups it covers."""

    length: int
    terms: list[tuple[int, str, bool]] = field(default_factory=list)  # group, lexicon form, wants boundaries
    covers: set[tuple[int, str]] = field(default_factory=set)  # group (or every), skeleton of one term or ""
    patterns: tuple[int, ...] = ()  # patterns that need this literal
    text: str = ""
    starts_latin: bool = False
    ends_latin: bool = False
    all_latin: bool = False


def _is_latin(code: int) -> bool:
    return 0x30 <= code <= 0x39 or 0x61 <= code <= 0x7A


class Scanner:
    """Immutable after construction; safe to share between threads."""

    def __init__(self, groups: Sequence[WordGroup], covers: Iterable[str] = ()) -> None:
        words: dict[str, _Word] = {}
        for word in covers:
            self._word(words, word).covers.add((_EVERY_GROUP, ""))
        for index, group in enumerate(groups):
            for term in group.terms:
                entry = self._word(words, term.text)
                entry.terms.append((index, term.text, term.boundary == "auto"))
                for cover in term.covers:
                    self._word(words, cover).covers.add((index, fold_word(term.text)))
            for cover in group.covers:
                self._word(words, cover).covers.add((index, ""))
        self._patterns = PatternMatcher(groups)
        for literal, patterns in self._patterns.triggers.items():
            self._word(words, literal).patterns = tuple(patterns)
        words.pop("", None)
        self._words = list(words.values())
        self._automaton = Automaton(list(words)) if words else None
        self._entity_groups = defaultdict(list)
        for index, group in enumerate(groups):
            for kind in group.entities:
                self._entity_groups[kind].append(index)

    @staticmethod
    def _word(words: dict[str, _Word], text: str) -> _Word:
        form = fold_word(text)
        if form not in words:
            codes = [ord(c) for c in form] or [0]
            words[form] = _Word(
                len(form),
                text=text,
                starts_latin=_is_latin(codes[0]),
                ends_latin=_is_latin(codes[-1]),
                all_latin=all(map(_is_latin, codes)),
            )
        return words[form]

    def scan(self, text: str) -> Scan:
        """All hits in `text`; a newline ends every word."""
        view = skeleton(text)
        found: defaultdict[int, list[Hit]] = defaultdict(list)
        covers = _Covers()
        triggered = self._scan_words(text, view, found, covers)
        self._patterns.find(text, view, triggered, found)
        if self._entity_groups:
            self._scan_entities(text, found)
        result = Scan({})
        for group, hits in found.items():
            kept = covers.uncovered(group, hits, result.covered)
            if kept:
                result.hits[group] = leftmost_longest(kept) if len(kept) > 1 else kept
        return result

    def _scan_words(self, text: str, view: View, found: defaultdict[int, list[Hit]], covers: "_Covers") -> Triggers:
        """Word hits into `found`, cover hits into `covers`; the literals of patterns are returned."""
        words, raw = self._words, view.raw
        triggered = []
        for last, index in self._automaton.matches(view.codes) if self._automaton else ():
            word = words[index]
            if word.patterns:
                triggered.append((last, word.patterns))
                if not word.terms and not word.covers:
                    continue
            if not view.whole(last - word.length + 1, last + 1):
                continue
            start, end = int(raw[last - word.length + 1]), int(raw[last]) + 1
            noise = end - start - word.length
            if noise > 0 and not self._noise_allowed(text, word, start, end, noise):
                continue
            if word.covers:
                covers.add(start, end, word)
            if not word.terms:
                continue
            bounded = self._bounded(text, word, start, end) if word.starts_latin or word.ends_latin else True
            surface = text[start:end]
            for group, term, wants_boundary in word.terms:
                if bounded or not wants_boundary:
                    seen = SeenAs.NOISE if noise > 0 else SeenAs.EXACT if surface == term else SeenAs.FOLDED
                    found[group].append(Hit(start, end, term, seen, CONFIDENCE[seen]))
        return triggered

    @staticmethod
    def _noise_allowed(text: str, word: _Word, start: int, end: int, noise: int) -> bool:
        if noise > NOISE_PER_GAP * max(word.length - 1, 1):
            return False
        # “to p” is not “top”: spaces between Latin letters are spaces, unless the entry itself has one.
        return not word.all_latin or " " in word.text or not any(c.isspace() for c in text[start:end])

    @staticmethod
    def _bounded(text: str, word: _Word, start: int, end: int) -> bool:
        fold = alphabet().fold
        if word.starts_latin and start > 0 and _is_latin(int(fold[ord(text[start - 1])])):
            return False
        return not (word.ends_latin and end < len(text) and _is_latin(int(fold[ord(text[end])])))

    def _scan_entities(self, text: str, found: defaultdict[int, list[Hit]]) -> None:
        for entity in find_entities(text, frozenset(self._entity_groups)):
            for group in self._entity_groups[entity.kind]:
                found[group].append(
                    Hit(entity.start, entity.end, entity.kind, SeenAs.ENTITY, CONFIDENCE[SeenAs.ENTITY])
                )


class _Covers:
    """The ordinary words found in one text, looked up by the place they stand over."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, _Word]] = []
        self._starts: list[int] = []
        self._longest = 0
        self._under: set[int] = set()  # offsets that some cover stands over

    def add(self, start: int, end: int, word: _Word) -> None:
        self._found.append((start, end, word))
        self._under.update(range(start, end))
        self._longest = max(self._longest, end - start)

    def uncovered(self, group: int, hits: list[Hit], covered: list[Covered]) -> list[Hit]:
        """The hits that no cover excuses; the others go to `covered`."""
        if not self._found:
            return hits
        if not self._starts:
            self._found.sort(key=lambda cover: cover[0])
            self._starts = [start for start, _, _ in self._found]
        kept = []
        for hit in hits:
            word = self._over(group, hit) if hit.start in self._under else None
            if word is None:
                kept.append(hit)
            else:
                covered.append(Covered(group, hit, word))
        return kept

    def _over(self, group: int, hit: Hit) -> str | None:
        for i in range(bisect_right(self._starts, hit.start) - 1, -1, -1):
            start, end, word = self._found[i]
            if start < hit.end - self._longest:
                return None
            if end >= hit.end and end - start > hit.end - hit.start:
                scopes = word.covers
                if (_EVERY_GROUP, "") in scopes or (group, "") in scopes or (group, fold_word(hit.term)) in scopes:
                    return word.text
        return None
