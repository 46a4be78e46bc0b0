"""The written cases of personal information, and how many of them are found: `python tests/words/pii_cases.py`.

A found span counts when kind, start and end are exactly those of the case.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from compliance.words.entities import find_entities

_MARK = re.compile(r"⟦(\S+) ([^⟧]+)⟧")
_FILE = Path(__file__).with_suffix(".txt")


class Span(NamedTuple):
    kind: str
    start: int
    end: int


class Case(NamedTuple):
    line: int
    text: str
    spans: frozenset[Span]


class Score(NamedTuple):
    """Counts over all cases, and by kind what was missed (a case, a span) and what was found amiss."""

    right: int
    missed: tuple[tuple[Case, Span], ...]
    amiss: tuple[tuple[Case, Span], ...]

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.amiss))


def read_cases() -> list[Case]:
    lines = enumerate(_FILE.read_text("utf-8").splitlines(), start=1)
    return [_case(number, line) for number, line in lines if line and not line.startswith("# ")]


def _case(number: int, line: str) -> Case:
    text, spans, position = "", set(), 0
    written = line.replace("\\n", "\n")
    for mark in _MARK.finditer(written):
        text += written[position : mark.start()]
        spans.add(Span(mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        position = mark.end()
    return Case(number, text + written[position:], frozenset(spans))


def score(cases: list[Case]) -> Score:
    right, missed, amiss = 0, [], []
    for case in cases:
        found = {Span(hit.kind, hit.start, hit.end) for hit in find_entities(case.text)}
        right += len(found & case.spans)
        missed += [(case, span) for span in sorted(case.spans - found)]
        amiss += [(case, span) for span in sorted(found - case.spans)]
    return Score(right, tuple(missed), tuple(amiss))


def _told(scored: Score, cases: list[Case]) -> Iterator[str]:
    for title, wrong in (("missed", scored.missed), ("amiss", scored.amiss)):
        for case, span in wrong:
            yield f"{title} {case.line}: {span.kind} “{case.text[span.start : span.end]}” in “{case.text}”"
    marked = Counter(span.kind for case in cases for span in case.spans)
    lost = Counter(span.kind for _, span in scored.missed)
    yield from (f"{kind:12} {number - lost[kind]:4} of {number}" for kind, number in sorted(marked.items()))
    bare = sum(not case.spans for case in cases)
    yield f"{len(cases)} cases, {bare} of them with nothing to find"
    yield f"recall {scored.recall:.4f}  precision {scored.precision:.4f}"


if __name__ == "__main__":
    all_cases = read_cases()
    sys.stdout.write("\n".join(_told(score(all_cases), all_cases)) + "\n")
