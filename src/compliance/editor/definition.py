"""Where a thing in a rule file is defined: in a rule file, a lexicon, the law registry or the facts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compliance.editor.groups import lets, local_groups
from compliance.editor.knowledge import Knowledge, definitions
from compliance.editor.piece import piece_at
from compliance.editor.slot import evidence_of
from compliance.editor.thing import Thing, thing_at
from compliance.release.yaml_source import IssuesFoundError, Location, YamlSource, parse_yaml

Read = Callable[[str], str]
"""The text of a file by path. Raises OSError or UnicodeDecodeError."""


@dataclass(frozen=True)
class Target:
    """From `start` to `end` in the text of a file."""

    path: str
    start: int
    end: int


def definition(source: str, offset: int, path: str, knowledge: Knowledge, read: Read) -> list[Target]:
    """Empty where nothing is defined elsewhere; of an article, every version of it."""
    thing = thing_at(source, offset)
    return list(_targets(thing, source, path, knowledge, read)) if thing else []


def _targets(thing: Thing, source: str, path: str, knowledge: Knowledge, read: Read) -> Iterator[Target]:
    match thing.meaning:
        case "new" if thing.around and thing.around[0].kind == "RULE":
            yield from _rule(thing.name, source, path, knowledge)
        case "group" | "new":
            yield from _group(thing, source, path, knowledge, read)
        case "rule":
            yield from _rule(thing.name, source, path, knowledge)
        case "law" | "article":
            yield from _law(thing, knowledge, read)
        case "fact" | "evidence":
            yield from _fact(thing.name, knowledge, read)
        case "value":
            yield from _fact(thing.of, knowledge, read)
        case _:
            return


def _group(thing: Thing, source: str, path: str, knowledge: Knowledge, read: Read) -> Iterator[Target]:
    named = lets(source, piece_at(source, thing.start)).get(thing.name) or local_groups(source).get(thing.name)
    lexicon = knowledge.groups.get(thing.name)
    if named is not None:
        yield Target(path, named.start, named.end)
    elif lexicon is not None and lexicon.path:
        yield from _entry(lexicon.path, read, lambda _: [("group",)])


def _rule(name: str, source: str, path: str, knowledge: Knowledge) -> Iterator[Target]:
    here = next((offset for each, _, offset, _ in definitions(source) if each == name), None)
    place = (path, here) if here is not None else knowledge.rule(name)
    if place is not None:
        yield Target(place[0], place[1], place[1] + len(name))


def _law(thing: Thing, knowledge: Knowledge, read: Read) -> Iterator[Target]:
    article = thing.name if thing.meaning == "article" else None
    law = knowledge.laws.instrument(thing.of if article else thing.name)
    if law is not None and law.id in knowledge.law_files:
        yield from _entry(knowledge.law_files[law.id], read, lambda value: _article(value, article))


def _article(value: object, article: str | None) -> list[Location]:
    if article is None:
        return [("name",)]
    return [("articles", n) for n, each in _listed(value, "articles") if each.get("article") == article]


def _fact(name: str, knowledge: Knowledge, read: Read) -> Iterator[Target]:
    fact = knowledge.facts.facts.get(name)
    kind = knowledge.facts.evidence.get(evidence_of(name) or name)
    group, chinese = ("facts", fact.name) if fact else ("evidence", kind.name) if kind else ("", "")
    if group and knowledge.facts_file:
        yield from _entry(
            knowledge.facts_file,
            read,
            lambda value: [(group, n) for n, each in _listed(value, group) if each.get("name") == chinese],
        )


def _listed(value: object, group: str) -> Iterator[tuple[int, dict[str, object]]]:
    entries = value.get(group) if isinstance(value, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        if isinstance(entry, dict):
            yield number, entry


def _entry(path: str, read: Read, locations: Callable[[object], list[Location]]) -> Iterator[Target]:
    """The lines of a YAML file on which entries begin; its first line when it is not what it was."""
    try:
        text = read(path)
        source = parse_yaml(text, path)
    except (OSError, UnicodeDecodeError):
        return
    except IssuesFoundError:
        yield Target(path, 0, 0)
        return
    for location in locations(source.value):
        yield _line(path, text, source, location)


def _line(path: str, text: str, source: YamlSource, location: Location) -> Target:
    ends = [0, *(found.end() for found in re.finditer("\n", text))]
    start = ends[min(source.line(location) - 1, len(ends) - 1)]
    end = text.find("\n", start)
    return Target(path, start, end if end >= 0 else len(text))
