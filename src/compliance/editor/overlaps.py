"""Rules that add nothing to a rule of another file (W105): files are compiled by themselves, and compared by names."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from compliance.editor.check import Checked
from compliance.editor.groups import local_groups
from compliance.lang import tree
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.doubts import subsumed
from compliance.lang.rule import Rule
from compliance.lang.walk import rewrite, walk


class Overlap(NamedTuple):
    """Whatever `rule` reports, `other` reports as well."""

    rule: str
    other: str


class Comparer:
    """Numbers of word groups that hold for all files: a lexicon is the same everywhere, a 词组 is its file's own."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def comparable(self, path: str, source: str, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """The rules of one file with these numbers."""
        local = local_groups(source)
        return tuple(self._renumbered(rule, path, local) for rule in rules)

    def _renumbered(self, rule: Rule, path: str, local: Container[str]) -> Rule:
        def number(node: tree.Occurs) -> int:
            match node.words:
                case tree.GroupName(name=name):
                    key = path if name in local else "", name
                case words:
                    key = "=", repr(words)
            return self._numbers.setdefault(key, len(self._numbers))

        def change(node: object) -> object:
            return replace(node, group=number(node)) if isinstance(node, tree.Occurs) else node

        met = {node.group: number(node) for node in walk(rule.condition) if isinstance(node, tree.Occurs)}
        atoms = None if rule.atoms is None else frozenset(met[atom] for atom in rule.atoms if atom in met)
        exceptions = tuple(replace(each, condition=rewrite(each.condition, change)) for each in rule.exceptions)
        return replace(rule, condition=rewrite(rule.condition, change), exceptions=exceptions, atoms=atoms)


def overlaps(rules: Sequence[Rule], path: str) -> tuple[Overlap, ...]:
    """Rules of one file, among comparable ones of all, that add nothing."""
    return tuple(Overlap(narrow.id, wide.id) for narrow, wide in subsumed(rules) if narrow.path == path)


def placed(found: Iterable[Overlap], path: str, checked: Checked) -> list[Diagnostic]:
    """W105 where the rules stand in a text that may have changed since; what is told already is not told twice."""
    told = {each.values["rule"] for each in checked.diagnostics if each.code == "W105"}
    at = {rule.id: rule.at for rule in checked.rules}
    return [
        Diagnostic("W105", path, at[each.rule], {"rule": each.rule, "other": each.other})
        for each in found
        if each.rule in at and each.rule not in told
    ]
