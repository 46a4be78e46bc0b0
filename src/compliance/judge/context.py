"""One document under judgement: its hits, places, times, facts and evidence, each worked out on first need."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Protocol

from compliance.judge.answer import Answer, Match
from compliance.judge.character import Found, character_of
from compliance.judge.silence import Silence, Silences, latest
from compliance.judge.stance import Stances
from compliance.lang.registry import FactRegistry
from compliance.meaning.reader import Study
from compliance.meaning.store import MeaningError
from compliance.model.document import Document
from compliance.text.regions import Regions
from compliance.text.sentences import Sentences, is_spoken
from compliance.text.timeline import Timeline
from compliance.text.views import aligned
from compliance.words.scan import NOTHING, Scan
from compliance.words.stretches import ANYWHERE, Stretches


class Studies(Protocol):
    """Whoever reads a document for its meaning."""

    def study(self, document: Document) -> Study:
        """Raises MeaningError when it cannot read."""


class Context:
    """`scan` holds hits by group index; `facts` by Chinese name, normalised; `hit` is what 命中 refers to just now."""

    def __init__(
        self,
        document: Document,
        facts: Mapping[str, str],
        registry: FactRegistry,
        stances: Stances,
        day: date,
        reader: Studies | None = None,
    ) -> None:
        self.document = document
        self.text = document.text
        self.facts = facts
        self.registry = registry
        self.stances = stances
        self.day = day
        self._reader = reader
        self.uncompared = ""  # why a learned finding could not be compared with others, if one was
        self.unread = ""  # why the second reader could not read, once it was asked
        self.focus: Stretches = ANYWHERE  # what matters just now
        self.hit: Match | None = None
        self.ongoing = False  # whether more words may follow
        self.patient = False  # whether, just now, a duty that may still be kept is not yet broken
        self.known: Mapping[int, Answer] | None = None  # answers found elsewhere, by the identity of their condition
        self.waived: list[str] | None = []  # why duties were not judged; None: judge them though words may be lost
        self.timeline = Timeline(document)
        self.sentences = Sentences(document, self.timeline)
        self._regions: dict[str, Regions] = {}
        self._matches: dict[int, tuple[Match, ...]] = {}
        self.scan: Scan = NOTHING  # what the scanner found in `heard`

    @cached_property
    def heard(self) -> str:
        """The text as the scanner should read it, offset for offset.

        Where speech recognition merely cut, the line end is a space, which words are found across.
        """
        if not is_spoken(self.document) or "\n" not in self.text:
            return self.text
        chars = list(self.text)
        breaths = set(self.sentences.breaths)
        for start in self.timeline.starts[1:]:
            if start not in breaths:
                chars[start - 1] = " "
        return "".join(chars)

    @cached_property
    def plain(self) -> str:
        """The text folded offset for offset, for looking up cues."""
        return aligned(self.text)

    @cached_property
    def character(self) -> Found:
        """Whether it is an advertisement."""
        return character_of(self.facts, self.document.source)

    @cached_property
    def evidence(self) -> frozenset[str]:
        """English names of the kinds of evidence that are attached and valid on the day."""
        return frozenset(
            self.registry.evidence[item.kind].english
            for item in self.document.evidence
            if item.kind in self.registry.evidence
            and (item.valid_from is None or item.valid_from <= self.day)
            and (item.valid_to is None or self.day <= item.valid_to)
        )

    @cached_property
    def silences(self) -> list[Silence]:
        """Stretches of time of which nothing was transcribed."""
        return Silences(self.timeline.segments).found

    @cached_property
    def latest(self) -> float:
        """Start of the latest words so far, in seconds."""
        return latest(self.timeline.segments)

    @cached_property
    def study(self) -> Study | None:
        """What the second reader makes of the document; None, with the reason in `unread`, when it cannot read."""
        if self._reader is None:
            self.unread = "没有装入语义模型"
            return None
        try:
            return self._reader.study(self.document)
        except MeaningError as error:
            self.unread = f"{error.problem}；{error.remedy}"
            return None

    def regions(self, family: str) -> Regions:
        if family not in self._regions:
            self._regions[family] = Regions(self.heard, family)
        return self._regions[family]

    def bounds(self, unit: str, offset: int) -> tuple[int, int]:
        """Half-open span of the clause, sentence, segment or utterance that holds an offset."""
        match unit:
            case "clause":
                return self.sentences.clause(offset)
            case "sentence":
                return self.sentences.sentence(offset)
            case "segment":
                return self.timeline.bounds(offset)
        return self.sentences.utterance(offset)

    def gap(self, start: int, end: int) -> int:
        """How many characters lie between two offsets; where speech recognition cut, there is none."""
        starts = self.timeline.starts
        cuts = bisect_right(starts, end) - bisect_right(starts, start) if is_spoken(self.document) else 0
        return end - start - cuts

    def matches(self, group: int) -> tuple[Match, ...]:
        """The group's hits, in the stretches of `focus` only."""
        if self.focus != ANYWHERE:
            return tuple(Match(hit.start, hit.end, (hit,)) for hit in self.scan.hits_in(group, self.focus))
        if group not in self._matches:
            self._matches[group] = tuple(Match(hit.start, hit.end, (hit,)) for hit in self.scan.hits_in(group))
        return self._matches[group]

    def opening_span(self) -> tuple[int, int]:
        """The first segment that says something: where a breach without words of its own is shown."""
        for start, segment in zip(self.timeline.starts, self.timeline.segments, strict=True):
            if segment.text.strip():
                lead = len(segment.text) - len(segment.text.lstrip())
                _, end = self.sentences.sentence(start + lead)
                return start + lead, min(end, start + len(segment.text))
        return 0, 0
