"""What changed between the lexicons of the files and those of a workbook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.lexicon.columns import LEXICON_FIELDS, TERM_FIELDS, Field, shown
from compliance.lexicon.written import WrittenLexicon, WrittenTerm


@dataclass(frozen=True)
class Change:
    """One lexicon as it is to be, as it was (`None`: it is new), and what is different, a line for each."""

    now: WrittenLexicon
    was: WrittenLexicon | None
    lines: tuple[str, ...]


def differences(before: Iterable[WrittenLexicon], after: Iterable[WrittenLexicon]) -> list[Change]:
    """The lexicons of `after` that `before` has otherwise or not at all; what `after` leaves out stays as it is."""
    old = {lexicon.group: lexicon for lexicon in before}
    changes = []
    for lexicon in after:
        was = old.get(lexicon.group)
        lines = tuple(_lines(was, lexicon)) if was else (f"+ 新词库，{len(lexicon.terms)} 个词",)
        if lines:
            changes.append(Change(lexicon, was, lines))
    return changes


def _lines(was: WrittenLexicon, now: WrittenLexicon) -> Iterator[str]:
    yield from (f"~ {told}" for told in _fields(LEXICON_FIELDS, was.fields, now.fields))
    old, new = _numbered(was.terms), _numbered(now.terms)
    for key, term in old.items():
        if key not in new:
            yield f"- {term.text}"
    for key, term in new.items():
        if key not in old:
            details = "、".join(_fields(TERM_FIELDS, {}, term.fields))
            yield f"+ {term.text}" + (f"（{details}）" if details else "")
        else:
            yield from (f"~ {term.text}：{told}" for told in _fields(TERM_FIELDS, old[key].fields, term.fields))
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield "~ 词的次序变了"


def _numbered(terms: Iterable[WrittenTerm]) -> dict[tuple[str, int], WrittenTerm]:
    """Terms by text; cues and covers may say one twice."""
    found: dict[tuple[str, int], WrittenTerm] = {}
    counts: dict[str, int] = {}
    for term in terms:
        number = counts[term.text] = counts.get(term.text, 0) + 1
        found[term.text, number] = term
    return found


def _fields(fields: tuple[Field, ...], was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for each in fields:
        old, new = was.get(each.name), now.get(each.name)
        if old == new:
            continue
        if each.form == "list":
            gone = [text for text in old or () if text not in (new or ())]
            come = [text for text in new or () if text not in (old or ())]
            parts = [f"加 {'、'.join(come)}"] * bool(come) + [f"去 {'、'.join(gone)}"] * bool(gone)
            yield f"{each.heading} {'，'.join(parts) or '次序变了'}"
        else:
            yield f"{each.heading} 「{shown(each, old)}」→「{shown(each, new)}」"
