"""The names that fit in a place: word groups, laws and articles, facts and their values, the closed vocabularies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from compliance.editor.groups import lets, local_groups
from compliance.editor.knowledge import Knowledge
from compliance.editor.piece import Piece, piece_at
from compliance.editor.slot import Slot, evidence_of
from compliance.lang.diagnostics import Language
from compliance.lang.keywords import ACTIONS, CHANNELS, REGIONS, SPANS, SPEAKERS
from compliance.lang.lexer import Lexeme
from compliance.lang.surface import is_name
from compliance.model.labels import KIND_LABELS, SEVERITY_LABELS, SOURCE_LABELS
from compliance.model.vocabulary import Stage
from compliance.words.entities import ENTITY_NAMES

_STAGES = {Stage.DRAFT: "草稿：不运行", Stage.SHADOW: "影子：只记录", Stage.LIVE: "在用", Stage.RETIRED: "停用"}
_LABELS: Mapping[str, Mapping[str, str]] = {
    "kind": {kind.value: label for kind, label in KIND_LABELS.items()},
    "severity": {severity.value: label for severity, label in SEVERITY_LABELS.items()},
    "source": {source.value: label for source, label in SOURCE_LABELS.items()},
    "status": {stage.value: label for stage, label in _STAGES.items()},
}
_SURFACES = {"action": ACTIONS, "unit": SPANS, "speaker": SPEAKERS, "channel": CHANNELS}


class Candidate(NamedTuple):
    """`text` is what is put in, the label where it is empty."""

    kind: str
    label: str
    detail: str
    text: str = ""


def candidates(
    place: Slot, part: Sequence[Lexeme], terminals: frozenset[str], source: str, before: Piece, knowledge: Knowledge,
    language: Language,
) -> list[Candidate]:  # fmt: skip
    """The names that may stand in a place of a clause, each once."""
    english = language == "en"
    found: Iterable[Candidate]
    match place.meaning:
        case "group":
            facts = _facts(knowledge, english=english) if "PATH" in terminals else ()
            found = [*_in_condition(part, source, before, knowledge, english=english), *facts]
        case "law":
            found = [Candidate("law", law.name, law.full_name) for law in knowledge.instruments]
        case "article":
            found = _articles(place.of, knowledge, penalty=part[0].kind == "PENALTY")
        case "fact":
            found = [*_facts(knowledge, english=english), *_settings(knowledge, english=english)]
        case "value":
            found = _values(place.of, knowledge, english=english)
        case "evidence":
            found = _evidence(knowledge, english=english)
        case "entity":
            found = [Candidate("value", kind if english else name, "") for kind, name in ENTITY_NAMES.items()]
        case "rule":
            found = [Candidate("rule", name, title) for name, title in sorted(knowledge.rule_titles().items())]
        case meaning:
            found = _vocabulary(meaning, english=english)
    return list({each.label: each for each in found}.values())


def _in_condition(
    part: Sequence[Lexeme], source: str, before: Piece, knowledge: Knowledge, *, english: bool
) -> Iterator[Candidate]:
    if part[-1].kind == "INSIDE":
        yield from _surfaces(REGIONS, english=english)
    quoted = part[-1].kind == "LPAR" and len(part) > 1 and part[-2].kind == "LEXICON"
    if not quoted:
        for let in lets(source, piece_at(source, before.start)).values():
            if let.end <= before.end:
                yield Candidate("group", let.name, f"设 = {let.text[:60]}")
        for group in local_groups(source).values():
            if not (part[0].kind == "WORDS" and group.end <= before.end and group.start >= part[0].at.start):
                yield Candidate("group", group.name, f"词组 = {group.text[:60]}")
    for name, lexicon in knowledge.groups.items():
        text = "" if quoted or is_name(name) else f'{"lexicon" if english else "词库"}("{name}")'
        yield Candidate("group", name, f"词库，{len(lexicon.terms)} 个词：{lexicon.title}", text)


def _articles(name: str, knowledge: Knowledge, *, penalty: bool) -> Iterator[Candidate]:
    law = knowledge.laws.instrument(name)
    for article in law.articles if law else ():
        if not penalty or article.penalty is not None:
            until = f"（{article.effective_to} 失效）" if article.effective_to else ""
            yield Candidate("article", article.article, f"{article.summary}{until}")


def _facts(knowledge: Knowledge, *, english: bool) -> Iterator[Candidate]:
    for name in knowledge.facts.fact_names:
        fact = knowledge.facts.facts[name]
        yield Candidate("fact", fact.english if english else fact.name, fact.question)


def _settings(knowledge: Knowledge, *, english: bool) -> Iterator[Candidate]:
    for kind in knowledge.schema.evidence:
        yield Candidate("fact", f"evidence.{kind.english}" if english else f"证据.{kind.name}", kind.question)


def _evidence(knowledge: Knowledge, *, english: bool) -> Iterator[Candidate]:
    for kind in knowledge.schema.evidence:
        yield Candidate("value", kind.english if english else kind.name, kind.question)


def _values(path: str, knowledge: Knowledge, *, english: bool) -> Iterator[Candidate]:
    if evidence_of(path):
        yield Candidate("value", "yes" if english else "有", "附上了")
        return
    fact = knowledge.facts.facts.get(path)
    if fact is None:
        return
    if fact.type == "bool":
        yield Candidate("value", "yes" if english else "是", fact.name)
        yield Candidate("value", "no" if english else "否", fact.name)
    for identifier, label in fact.values.items():
        yield Candidate("value", identifier if english else label, label if english else identifier)


def _vocabulary(meaning: str, *, english: bool) -> Iterator[Candidate]:
    if meaning in _LABELS:
        yield from (Candidate("value", name, label) for name, label in _LABELS[meaning].items())
    elif meaning in _SURFACES:
        yield from _surfaces(_SURFACES[meaning], english=english)


def _surfaces(table: Mapping[str, str], *, english: bool) -> Iterator[Candidate]:
    for written, canonical in table.items():
        if written.isascii() is english:
            yield Candidate("value", written, "" if english else canonical)
