"""The edit that a rule's remedy makes of one match, and documents with such edits made."""

from collections.abc import Iterable

from compliance.judge.answer import Match
from compliance.judge.context import Context
from compliance.judge.explain import fill
from compliance.lang.rule import Remedy
from compliance.model.document import Document, Segment
from compliance.model.report import Rewrite
from compliance.model.vocabulary import Change

_STOPS = frozenset("。｡！？!?；;…")


def rewrite(remedy: Remedy, match: Match, context: Context) -> Rewrite:
    """What to do with the words of the match, in code points of the document's text."""
    text = fill(remedy.text, context.text[match.start : match.end])
    if remedy.change is Change.ADD:
        _, end = _trimmed(context.text, *_around("sentence", match, context))
        return Rewrite(change=Change.ADD, start=end, end=end, text=_as_sentence(text, context.text[:end][-1:]))
    start, end = _trimmed(context.text, *_around(remedy.unit, match, context))
    return Rewrite(change=remedy.change, start=start, end=end, text=text)


def _around(unit: str, match: Match, context: Context) -> tuple[int, int]:
    """The match widened to whole units."""
    if unit == "hit" or match.start == match.end:
        return match.start, match.end
    start, _ = context.bounds(unit, match.start)
    _, end = context.bounds(unit, match.end - 1)
    return min(start, match.start), max(end, match.end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks and line ends at either side: lines keep their numbers."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _as_sentence(text: str, before: str) -> str:
    """Words to say, closed off from what stands before them."""
    lead = "" if not before or before in _STOPS or before.isspace() else "。"
    return lead + text + ("" if text[-1:] in _STOPS else "。")


def rewritten(document: Document, edits: Iterable[Rewrite]) -> Document:
    """The document with the edits made, segment by segment; of edits that overlap the longest is made.

    Edits with `change` NONE say that there is nothing to put in place, and are left out.
    """
    chosen: list[Rewrite] = []
    for edit in sorted(set(edits), key=lambda e: (e.start - e.end, e.start, e.text)):
        if edit.change is not Change.NONE and not any(_clash(edit, other) for other in chosen):
            chosen.append(edit)
    chosen.sort(key=lambda e: (e.start, e.end), reverse=True)
    segments: list[Segment] = []
    start = 0
    for segment in document.segments:
        segments.append(segment.model_copy(update={"text": _edited(segment.text, start, chosen)}))
        start += len(segment.text) + 1
    text = "\n".join(segment.text for segment in segments)
    return document.model_copy(update={"text": text, "segments": tuple(segments)})


def _clash(edit: Rewrite, other: Rewrite) -> bool:
    return (edit.start < other.end and other.start < edit.end) or other.start < edit.start == edit.end < other.end


def _edited(text: str, start: int, edits: list[Rewrite]) -> str:
    """The text of a segment that begins at `start`, edited from its end backwards.

    What is put in place of words in several segments stands in the first of them.
    """
    size = len(text)
    for edit in edits:
        first, last = edit.start - start, edit.end - start
        if first <= size and (first >= 0 or last > 0):
            put = edit.text if first >= 0 else ""
            text = text[: max(first, 0)] + put + text[min(last, size) :]
    return text
