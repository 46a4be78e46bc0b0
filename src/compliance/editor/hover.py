"""What a thing in a rule file is, in a few lines of Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.editor.code import code_told
from compliance.editor.groups import content, lets, local_groups
from compliance.editor.knowledge import Knowledge
from compliance.editor.manual import help_on
from compliance.editor.piece import piece_at
from compliance.editor.rules import rule_told
from compliance.editor.slot import evidence_of
from compliance.editor.thing import Thing, thing_at
from compliance.editor.told import (
    article_told,
    evidence_told,
    fact_told,
    group_told,
    law_told,
    let_told,
    lexicon_told,
    plain,
)
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.keywords import REGIONS
from compliance.model.labels import KIND_LABELS, SEVERITY_LABELS, SOURCE_LABELS

_LABELS = {
    name.value: label for labels in (KIND_LABELS, SEVERITY_LABELS, SOURCE_LABELS) for name, label in labels.items()
}


@dataclass(frozen=True)
class Hover:
    """Markdown about what stands from `start` to `end`."""

    text: str
    start: int
    end: int


def hover(
    source: str, offset: int, knowledge: Knowledge, path: str = "", diagnostics: Iterable[Diagnostic] = ()
) -> Hover | None:
    """What stands at the offset, and why it is complained about; None where there is nothing to say.

    `path`: of the source, to which `diagnostics` belong.
    """
    thing = thing_at(source, offset)
    here = [each for each in diagnostics if each.at.start <= offset <= each.at.end]
    told = [_told(thing, source, knowledge, path)] if thing else []
    told += dict.fromkeys(code_told(each.code) for each in here)
    text = "\n\n---\n\n".join(filter(None, told))
    if not text:
        return None
    start, end = (thing.start, thing.end) if thing else (here[0].at.start, here[0].at.end)
    return Hover(text, start, end)


def _told(thing: Thing, source: str, knowledge: Knowledge, path: str) -> str:  # noqa: PLR0911  # one a meaning
    match thing.meaning:
        case "keyword":
            return help_on(thing.name, [lexeme.kind for lexeme in thing.around])
        case "code":
            return code_told(thing.name)
        case "law":
            law = knowledge.laws.instrument(thing.name)
            return law_told(law) if law else ""
        case "article":
            return _article(thing, knowledge)
        case "fact" | "evidence":
            return _fact(thing.name, knowledge)
        case "value":
            return _fact(thing.of, knowledge)
        case "group":
            return _group(thing, source, knowledge)
        case "rule":
            return rule_told(thing.name, source, path, knowledge)
        case "new" if thing.around and thing.around[0].kind == "RULE":
            return rule_told(thing.name, source, path, knowledge)
        case "new":
            return _group(thing, source, knowledge)
        case "kind" | "severity" | "source":
            return plain(_LABELS.get(thing.name, ""))
        case _:
            return ""


def _article(thing: Thing, knowledge: Knowledge) -> str:
    law = knowledge.laws.instrument(thing.of)
    versions = knowledge.laws.articles(law, thing.name) if law else []
    return "\n\n---\n\n".join(article_told(law, version) for version in versions if law)


def _fact(name: str, knowledge: Knowledge) -> str:
    fact = knowledge.facts.facts.get(name)
    kind = knowledge.facts.evidence.get(evidence_of(name) or name)
    return fact_told(fact) if fact else evidence_told(kind) if kind else ""


def _group(thing: Thing, source: str, knowledge: Knowledge) -> str:
    let = lets(source, piece_at(source, thing.start)).get(thing.name)
    if let is not None:
        return let_told(let.name, let.text)
    group = local_groups(source).get(thing.name)
    if group is not None:
        return group_told(group.name, content(source, group.name, knowledge), group.text)
    lexicon = knowledge.groups.get(thing.name)
    if lexicon is not None:
        return lexicon_told(lexicon)
    return {"quote": "引号里的文字", "title": "书名号里的文字"}.get(REGIONS.get(thing.name, ""), "")
