"""Rules, and in columns what says which of them matter to a document.

Of ten thousand rules a text concerns a hundred. Which ones, the columns say; the others need not even be read from
where a release is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol, Self, overload

import numpy as np
import numpy.typing as npt

from compliance.lang import tree
from compliance.lang.limits import Limit, limits
from compliance.lang.rule import Rule
from compliance.lang.walk import walk
from compliance.model.vocabulary import Source, Stage
from compliance.words.columns import Lists, Strings, marked

Places = npt.NDArray[np.intp]

_STAGES, _SOURCES = tuple(Stage), tuple(Source)


class Bodies(Protocol):
    """Whole rules by number."""

    def __len__(self) -> int: ...

    def some(self, numbers: Iterable[int]) -> list[Rule]: ...


class Held(tuple[Rule, ...]):
    """Rules at hand."""

    __slots__ = ()

    def some(self, numbers: Iterable[int]) -> list[Rule]:
        return [self[number] for number in numbers]


class Columns(NamedTuple):
    """What planning needs of each rule."""

    ids: Strings
    stages: npt.NDArray[np.uint8]
    sources: npt.NDArray[np.uint8]  # a bit each
    since: npt.NDArray[np.int32]  # ordinal of the first day
    until: npt.NDArray[np.int32]  # of the day after the last
    unprompted: npt.NDArray[np.bool_]  # runs on every text
    by_atom: Lists  # group → the rules that wait for it
    groups: Lists  # rule → groups that it asks for
    limits: tuple[tuple[int, Limit], ...]  # rule, what it demands of the category


class RuleSet(Sequence[Rule]):
    """Immutable. A rule keeps its number in every part of the set."""

    def __init__(self, columns: Columns, bodies: Bodies, numbers: Places) -> None:
        """`numbers`: of the rules that are in the set, ascending."""
        self._columns = columns
        self._bodies = bodies
        self._numbers = numbers

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "RuleSet":
        if isinstance(rules, RuleSet):
            return rules
        held = Held(rules)
        return cls(_columns(held), held, np.arange(len(held)))

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Rule: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Rule, ...]: ...

    def __getitem__(self, place: int | slice) -> Rule | tuple[Rule, ...]:
        if isinstance(place, slice):
            return tuple(self._bodies.some(self._numbers[place].tolist()))
        return self._bodies.some([int(self._numbers[place])])[0]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._bodies.some(self._numbers.tolist()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # rules are many; who wants to tell sets apart has a digest

    def staged(self, stage: Stage) -> Self:
        """Those in a stage."""
        return self._part(self._columns.stages == _STAGES.index(stage))

    def concerning(self, source: Source, category: str | None) -> Self:
        """Those for documents of a source that the category does not deny; an unknown one denies nothing."""
        concerned = self._columns.sources & _bits([source]) > 0
        if category is not None:
            concerned[[number for number, limit in self._columns.limits if limit.denies(category)]] = False
        return self._part(concerned)

    def _part(self, chosen: npt.NDArray[np.bool_]) -> Self:
        return type(self)(self._columns, self._bodies, self._numbers[chosen[self._numbers]])

    @cached_property
    def _chosen(self) -> npt.NDArray[np.bool_]:
        return marked(len(self._bodies), self._numbers)

    @property
    def groups(self) -> frozenset[int]:
        """Groups that any of the rules asks for."""
        return frozenset(self._columns.groups.union(self._chosen).tolist())

    @property
    def unprompted(self) -> list[int]:
        """Numbers of the rules that run on every text."""
        return np.flatnonzero(self._columns.unprompted & self._chosen).tolist()

    @property
    def by_atom(self) -> Lists:
        """Group → numbers of the rules that run where it occurs."""
        return self._columns.by_atom.only(self._chosen)

    def in_force(self, numbers: Iterable[int], day: date) -> list[Rule]:
        """Those of the numbers, in ascending order, that are in force on a day."""
        asked, ordinal = np.array(sorted(numbers), dtype=np.intp), day.toordinal()
        current = (self._columns.since[asked] <= ordinal) & (ordinal < self._columns.until[asked])
        return self._bodies.some(asked[current].tolist())

    def named(self, names: Iterable[str]) -> list[Rule]:
        """The rules of some ids. Raises KeyError for others."""
        return self._bodies.some([self._by_id[name] for name in names])

    @cached_property
    def _by_id(self) -> dict[str, int]:
        ids = self._columns.ids
        return {ids[number]: number for number in self._numbers.tolist()}


def _columns(rules: Held) -> Columns:
    groups = [sorted(_groups(rule)) for rule in rules]
    atoms = Lists.of([sorted(rule.atoms or ()) for rule in rules])
    count = 1 + max((group for each in groups for group in each), default=-1)
    endless = date.max.toordinal() + 1
    return Columns(
        ids=Strings(rule.id for rule in rules),
        stages=np.array([_STAGES.index(rule.stage) for rule in rules], dtype=np.uint8),
        sources=np.array([_bits(rule.sources) for rule in rules], dtype=np.uint8),
        since=np.array([rule.effective_from.toordinal() for rule in rules], dtype=np.int32),
        until=np.array([endless if (d := rule.effective_to) is None else d.toordinal() for rule in rules], np.int32),
        unprompted=np.array([rule.atoms is None for rule in rules], dtype=bool),
        by_atom=atoms.inverted(count),
        groups=Lists.of(groups),
        limits=tuple((number, limit) for number, rule in enumerate(rules) for limit in limits(rule.condition)),
    )


def _bits(sources: Iterable[Source]) -> Any:
    return np.uint8(sum(1 << _SOURCES.index(source) for source in sources))


def _groups(rule: Rule) -> set[int]:
    parts = (rule.condition, *(exception.condition for exception in rule.exceptions))
    return {node.group for part in parts for node in walk(part) if isinstance(node, tree.Occurs) and node.group >= 0}
