"""Bytes → values, all of them or those that somebody asks for."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import islice, repeat
from math import prod
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import orjson

from compliance.lang.rule import Rule
from compliance.release.graph.names import UnreadableError, class_named, function_named


def loads(data: bytes | memoryview) -> Any:
    """The value that `dumps` was given, with everything below it made anew. Raises UnreadableError."""
    try:
        return _Reader(data).whole()
    except _UNREADABLE as error:
        raise UnreadableError(str(error)) from error


class Apart:
    """The rules of a stored tuple, each made when somebody asks for it, with everything below it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._made: dict[int, Rule] = {}

    @cached_property
    def _reader(self) -> "_Reader":
        return _Reader(self.data)

    @cached_property
    def _members(self) -> npt.NDArray[np.int32]:
        return self._reader.parts_of_root()

    def __len__(self) -> int:
        return len(self._members)

    def some(self, numbers: Iterable[int]) -> list[Rule]:
        """Those of some numbers. Raises UnreadableError."""
        asked = list(numbers)
        missing = [number for number in asked if number not in self._made]
        if missing:
            try:
                self._made.update(zip(missing, self._reader.some(self._members[missing]), strict=True))
            except _UNREADABLE as error:
                raise UnreadableError(str(error)) from error
        return [self._made[number] for number in asked]


class _Step(NamedTuple):
    """Values of a batch that are to be made; of compound ones the numbers of all parts, and how many each has."""

    batch: "_Stored"
    which: npt.NDArray[np.intp]
    parts: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]


class _Stored(NamedTuple):
    """A batch as it is stored: `size` values from number `first` on; `content` holds them, or says which arrays do."""

    kind: str
    of: Any
    first: int
    size: int
    content: Any


class _Reader:
    """Values by number, made when they are needed."""

    def __init__(self, data: bytes | memoryview) -> None:
        at = 8 + int.from_bytes(data[:8], "little")
        head = orjson.loads(data[8:at])
        self._arrays = []
        for dtype, shape in head["arrays"]:
            array = np.frombuffer(data, dtype=np.dtype(dtype), count=prod(shape), offset=at).reshape(shape)
            self._arrays.append(array)
            at += array.nbytes
        self._batches: list[_Stored] = []
        first = 0
        for kind, of, size, content in head["batches"]:
            self._batches.append(_Stored(kind, of, first, size, content))
            first += size
        self._values: list[Any] = [None] * first
        self._texts: dict[int, str] = {}
        self._made = np.zeros(first, dtype=bool)
        self._root, self._late = head["root"], head["late"]

    def whole(self) -> Any:
        """The value that was stored."""
        for batch in self._batches:
            self._put(self._step(batch, np.arange(batch.size)))
        for holder, name, owner, method, remembered in self._late:
            bound = getattr(self._values[owner], method)
            if remembered is not None:
                bound = lru_cache(maxsize=None if remembered == -1 else remembered)(bound)
            object.__setattr__(self._values[holder], name, bound)
        return self._values[self._root]

    def parts_of_root(self) -> npt.NDArray[np.int32]:
        return self._step(self._batches[-1], np.zeros(1, dtype=np.intp)).parts

    def some(self, numbers: npt.NDArray[np.int32]) -> list[Any]:
        needed = np.zeros(len(self._values), dtype=bool)
        needed[numbers] = True
        self._make(needed & ~self._made)
        return [self._values[number] for number in numbers.tolist()]

    def _make(self, needed: npt.NDArray[np.bool_]) -> None:
        """Makes values and all that they need. Parts stand in batches before their wholes."""
        steps = []
        for batch in reversed(self._batches):
            which = needed[batch.first : batch.first + batch.size].nonzero()[0]
            if len(which):
                steps.append(self._step(batch, which))
                parts = steps[-1].parts
                needed[parts] = ~self._made[parts]
        for step in reversed(steps):
            self._put(step)
        self._made |= needed  # only now: somebody else may be reading

    def _step(self, batch: _Stored, which: npt.NDArray[np.intp]) -> _Step:
        if batch.kind in _SCALARS:
            return _Step(batch, which, _NONE, _NONE)
        parts, ends = self._arrays[batch.content], self._arrays[batch.content + 1]
        if len(which) == batch.size:
            lengths = ends[1:] - ends[:-1]
        else:
            lengths = ends[which + 1] - ends[which]
            begins = ends[which] - np.cumsum(lengths) + lengths
            parts = parts[np.repeat(begins, lengths) + np.arange(lengths.sum())]
        return _Step(batch, which, parts, lengths)

    def _put(self, step: _Step) -> None:
        """Makes the values of a step, whose parts are there, and puts them in their places."""
        batch, values = step.batch, self._values_of(step)
        if len(step.which) == batch.size:
            self._values[batch.first : batch.first + batch.size] = values
            return
        for number, value in zip((step.which + batch.first).tolist(), values, strict=True):
            self._values[number] = value

    def _values_of(self, step: _Step) -> Iterable[Any]:
        kind, of, _, _, content = step.batch
        if kind in SINGLY:
            return SINGLY[kind](of, map(content.__getitem__, step.which.tolist()), self._arrays)
        if kind == "number":
            numbers: list[int] = self._arrays[content][step.which].tolist()
            return numbers
        if kind == "text":
            text, ends = self._text(content), self._arrays[content + 1]
            places = zip(ends[step.which].tolist(), ends[step.which + 1].tolist(), strict=True)
            return [text[begin:end] for begin, end in places]
        return _wholes(kind, of, map(self._values.__getitem__, step.parts.tolist()), step.lengths.tolist())

    def _text(self, content: int) -> str:
        """All texts of a batch, one after another."""
        if content not in self._texts:
            self._texts[content] = self._arrays[content].tobytes().decode("utf-8", "surrogatepass")
        return self._texts[content]


_NONE = np.zeros(0, dtype=np.int32)
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, ImportError, re.error)
SINGLY: dict[str, Callable[[Any, Iterable[Any], list[Any]], Iterable[Any]]] = {
    "json": lambda _of, content, _arrays: content,
    "big": lambda _of, content, _arrays: [int(each, 16) for each in content],
    "float": lambda _of, content, _arrays: [float(each) for each in content],
    "bytes": lambda _of, content, arrays: [arrays[each].tobytes() for each in content],
    "date": lambda _of, content, _arrays: [date.fromisoformat(each) for each in content],
    "array": lambda _of, content, arrays: [arrays[each].copy() for each in content],
    "array0": lambda _of, content, arrays: [arrays[each].reshape(())[()] for each in content],
    "pattern": lambda _of, content, _arrays: [re.compile(*each) for each in content],
    "function": lambda _of, content, _arrays: [function_named(each) for each in content],
    "enum": lambda of, content, _arrays: [class_named(of)[each] for each in content],  # type: ignore[index]  # an Enum
    "apart": lambda _of, content, arrays: [Apart(arrays[each].tobytes()) for each in content],
}
"""Kinds of values that stand in the header one by one, or say which array they are."""
_SCALARS = SINGLY.keys() | {"number", "text"}
"""Kinds of values without parts."""
_FACTORIES = {f"dict {factory.__name__}": factory for factory in (int, list, dict, set)}


def _wholes(kind: str, of: Any, parts: Any, lengths: list[int]) -> list[Any]:  # one a kind
    match kind:
        case "tuple" | "list" | "set" | "frozenset":
            made = {"tuple": tuple, "list": list, "set": set, "frozenset": frozenset}[kind]
            return [made(islice(parts, length)) for length in lengths]
        case "dict":
            return [_paired(islice(parts, length)) for length in lengths]
        case "named":
            cls, width = class_named(of), lengths[0]  # all have the same fields
            columns = list(parts)
            return list(map(tuple.__new__, repeat(cls), zip(*(columns[at::width] for at in range(width)), strict=True)))
        case "partial":
            return [_partial(*islice(parts, length)) for length in lengths]
        case "object":
            return _objects(class_named(of[0]), of[1:], list(parts), len(lengths))
    return [defaultdict(_FACTORIES[kind], _paired(islice(parts, length))) for length in lengths]


def _partial(function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    return partial(function, *args, **keywords)


def _paired(parts: Any) -> dict[Any, Any]:
    return dict(zip(parts, parts, strict=True))


def _objects(cls: Any, names: list[str], parts: list[Any], count: int) -> list[Any]:
    """Objects of one class without running it: a column of attributes at a time, because each step of a loop counts."""
    made = list(map(cls.__new__, repeat(cls, count)))
    width = len(names)
    for column, name in enumerate(names):
        deque(map(object.__setattr__, made, repeat(name), parts[column::width]), maxlen=0)
    return made
