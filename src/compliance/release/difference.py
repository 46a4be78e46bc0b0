"""Two releases compared: rules added, removed, changed in what they mean, or only in how they are put."""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.lang.rule import Rule
from compliance.model.lexicon import Lexicon
from compliance.model.value import Value
from compliance.release.meaning import MEANING, aspects
from compliance.release.sources import Sources


@dataclass(frozen=True)
class Changed:
    """A rule as it is now, and which aspects of it differ."""

    rule: Rule
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """`around`: what changed beside the rules, and may change what any of them finds."""

    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    meaning: tuple[Changed, ...]
    wording: tuple[Changed, ...]
    around: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not (self.added or self.removed or self.meaning or self.wording or self.around)


def difference(before: Sources, after: Sources) -> Difference:
    """What `after` changes; rules that do not compile count as not there."""
    old, new = before.compile(), after.compile()
    known = {rule.id: rule for rule in old.rules}
    fresh = {rule.id: rule for rule in new.rules}
    meaning: list[Changed] = []
    wording: list[Changed] = []
    for name in sorted(known.keys() & fresh.keys()):
        first, second = aspects(known[name], old.groups), aspects(fresh[name], new.groups)
        differing = tuple(aspect for aspect in first if first[aspect] != second[aspect])
        if differing:
            changed = Changed(fresh[name], differing)
            (meaning if set(differing) & set(MEANING) else wording).append(changed)
    return Difference(
        added=tuple(fresh[name] for name in sorted(fresh.keys() - known.keys())),
        removed=tuple(known[name] for name in sorted(known.keys() - fresh.keys())),
        meaning=tuple(meaning),
        wording=tuple(wording),
        around=tuple(_around(before, after)),
    )


def _around(before: Sources, after: Sources) -> Iterable[str]:
    for kind, name in (("covers", "通常用语"), ("cues", "提示词")):
        if _of_kind(before.lexicons, kind) != _of_kind(after.lexicons, kind):
            yield name
    if _plain(before.instruments) != _plain(after.instruments):
        yield "法律登记"
    if before.facts != after.facts:
        yield "事实"
    if before.model.digest != after.model.digest:
        yield "语义模型"


def _of_kind(lexicons: Iterable[Lexicon], kind: str) -> list[tuple[str, list[str], list[str], list[str]]]:
    chosen = (lexicon for lexicon in lexicons if lexicon.kind == kind)
    return sorted((x.group, sorted(term.text for term in x.terms), sorted(x.after), sorted(x.pseudo)) for x in chosen)


def _plain(values: Iterable[Value]) -> list[str]:
    return sorted(value.model_dump_json() for value in values)
