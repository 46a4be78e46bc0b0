"""All words of all groups, found in one pass, with exact raw offsets.

An automaton runs over the skeleton view (folded, noise out). A hit whose raw span is as long as the
word had no noise inside. Covers are entries of the same automaton: an ordinary longer word over a hit
excuses it. The literals that patterns need are entries too. scan.py makes hits of what occurred.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from compliance.text.views import skeleton
from compliance.words.backends import NO_MATCHES, MakeBackend
from compliance.words.covers import Covered
from compliance.words.entry import NOISE_PER_GAP
from compliance.words.group import WordGroup
from compliance.words.needs import Needs, Selection
from compliance.words.scan import Scan
from compliance.words.trie import Trie


class Scanner:
    """Immutable after construction; safe to share between threads."""

    def __init__(self, groups: Sequence[WordGroup], covers: Iterable[str] = (), *, backend: MakeBackend = Trie) -> None:
        self._needs = Needs(groups, covers)
        self._automaton = backend(self._needs.entries.forms) if self._needs.entries else None

    @cached_property
    def _everything(self) -> Selection:
        return self.select(frozenset(range(len(self._needs.groups))))

    def select(self, groups: AbstractSet[int]) -> Selection:
        """A part of the groups to scan for; what the others need is passed over."""
        return Selection(self._needs, groups)

    def scan(self, text: str, selection: Selection | None = None) -> Scan:
        """The hits of the selected groups in `text`, all groups by default; a newline ends every word."""
        view = skeleton(text)
        matches = self._automaton.matches(view.codes) if self._automaton is not None else NO_MATCHES
        disguised = self._needs.disguises.look(text).disguised
        return Scan(text, view, matches, disguised, self._needs, selection or self._everything)


__all__ = ["NOISE_PER_GAP", "Covered", "Scan", "Scanner", "Selection"]
