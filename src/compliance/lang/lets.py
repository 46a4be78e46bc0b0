"""设: names for conditions of one rule, put in place of their names before anything else is looked at."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

from compliance.lang import tree
from compliance.lang.nesting import MAX_NESTING
from compliance.lang.position import Position
from compliance.lang.walk import rewrite, said
from compliance.lang.words import FileWords, Report

MAX_SIZE = 2_000
"""Conditions in one condition, names written out: names may double at every step."""


class _Meaning(NamedTuple):
    condition: tree.Expr
    size: int
    depth: int
    uses: tuple[str, ...]
    """Names it was defined with, directly or not."""


class Lets:
    """The names of one rule, in order: each may use those before it. Mistakes are reported, and set `failed`."""

    def __init__(self, clauses: Iterable[tree.Clause], words: FileWords, report: Report) -> None:
        self._report = report
        self._known: dict[str, _Meaning] = {}
        self._used: set[str] = set()
        self.failed = False
        clauses = list(clauses)
        lets = [clause.value for clause in clauses if isinstance(clause.value, tree.Let)]
        self.failed = len(lets) < len(clauses)  # one has a syntax error: its name is not known
        self._all = {let.name: let for let in lets}
        defined: dict[str, Position] = {}
        for let in lets:
            where = words.where(let.name)
            if let.name in defined:
                where = words.place(defined[let.name])
            if where:
                self._fail("E007", let.at, name=let.name, where=where)
                continue
            defined[let.name] = let.at
            meaning = self._meaning(let.condition)
            if meaning is not None:
                self._known[let.name] = meaning

    def _fail(self, code: str, at: Position, **values: str) -> None:
        self.failed = True
        self._report(code, at, **values)

    def expanded(self, condition: tree.Expr) -> tree.Expr | None:
        """The condition with names written out; None after reporting why that cannot be."""
        meaning = self._meaning(condition)
        if meaning is None:
            return None
        self._used.update(meaning.uses)
        return meaning.condition

    def uses(self, condition: tree.Expr) -> list[tree.Let]:
        """The definitions behind the names in a condition, in the order of their writing."""
        if not self._all:
            return []
        names = {name for ref in _references(condition) if (known := self._known.get(ref.name)) for name in known.uses}
        names |= {ref.name for ref in _references(condition) if ref.name in self._known}
        return [let for name, let in self._all.items() if name in names]

    def unused(self) -> list[tree.Let]:
        return [let for name, let in self._all.items() if name in self._known and name not in self._used]

    def _meaning(self, condition: tree.Expr) -> _Meaning | None:
        references = list(_references(condition)) if self._all else []
        for reference in references:
            if reference.name in self._all and reference.name not in self._known:
                if not self.failed:
                    self._fail("E036", reference.at, name=reference.name)
                self.failed = True
                return None
        used = [self._known[reference.name] for reference in references if reference.name in self._known]
        size = _size(condition) + sum(each.size for each in used)
        depth = _depth(condition) + max((each.depth for each in used), default=0)
        if size > MAX_SIZE:
            self._fail("E035", condition.at, limit=f"{MAX_SIZE:,}")
            return None
        if used and depth > MAX_NESTING:
            self._fail("E029", condition.at, limit=str(MAX_NESTING))
            return None
        names = [name for each in used for name in each.uses]
        names += [reference.name for reference in references if reference.name in self._known]
        written_out = cast("tree.Expr", rewrite(condition, self._put)) if used else condition
        return _Meaning(written_out, size, depth, tuple(dict.fromkeys(names)))

    def _put(self, node: object) -> object:
        if isinstance(node, tree.Occurs) and isinstance(node.words, tree.GroupName) and node.words.name in self._known:
            return self._known[node.words.name].condition
        return node


def _references(condition: tree.Node) -> Iterator[tree.GroupName]:
    for node in _nodes(condition):
        if isinstance(node, tree.Occurs) and isinstance(node.words, tree.GroupName):
            yield node.words


def _nodes(node: tree.Node) -> Iterator[tree.Node]:
    yield node
    for child in _below(node):
        yield from _nodes(child)


def _size(node: tree.Node) -> int:
    return sum(1 for _ in _nodes(node))


def _depth(node: tree.Node) -> int:
    return 1 + max((_depth(child) for child in _below(node)), default=0)


def _below(node: tree.Node) -> Iterator[tree.Node]:
    for name in said(node):
        value = getattr(node, name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, tree.Node) and not isinstance(child, tree.GroupName | tree.Distance):
                yield child
