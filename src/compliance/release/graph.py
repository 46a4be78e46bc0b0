"""Values of this package as bytes and back: nothing of them is run, and only the package's own classes come back.

Objects are stored without their methods, by class and column; shared ones stay shared. What one version of the
program writes, another need not read: `stored.py` sees to it that it is not asked to.
"""

import re
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from itertools import islice, repeat
from types import MethodType
from typing import Any, NamedTuple

import ahocorasick
import numpy as np
import orjson
from pydantic import BaseModel

_PACKAGES = tuple(f"compliance.{name}." for name in ("judge", "lang", "model", "release", "text", "words"))
_LRU = type(lru_cache(maxsize=1)(len))
_PYDANTIC = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
_JSON_INTEGER = 1 << 53


class NotStorableError(TypeError):
    """A value that this format has no form for."""


class UnreadableError(ValueError):
    """Bytes that hold no values of this format."""


class _Late(NamedTuple):
    """An attribute that is a method of an object, perhaps one that remembers: put back when all objects are there."""

    holder: Any
    name: str
    owner: Any
    method: str
    size: int | None  # how much is remembered; -1: everything; None: nothing


class _Batch(NamedTuple):
    """Values of one kind whose parts all stand in batches before it; `of` says more about the kind."""

    kind: str
    of: Any
    members: list[tuple[int, Any]]  # number, and what `kind` needs: a scalar, or the numbers of the parts


class _Writer:
    """Numbers every value once, parts before wholes."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._kept: list[Any] = []  # so that no id is given away twice
        self._levels: list[int] = []
        self._batches: defaultdict[tuple[int, str, Any], list[tuple[int, Any]]] = defaultdict(list)
        self.arrays: list[np.ndarray[Any, Any]] = []
        self.late: list[_Late] = []

    def number(self, value: Any) -> int:
        cls = type(value)
        key = (cls, value) if cls in _BY_VALUE else id(value)
        known = self._numbers.get(key)
        if known is not None:
            return known
        take = _PLAIN.get(cls)
        if take is not None:
            kind, of, content = take, None, list(map(self.number, value))
            parts: Sequence[int] = content
        else:
            kind, of, content, parts = self._scalar(value) if cls in _BY_VALUE else self._taken(value)
        levels = self._levels
        level = 1 + max(map(levels.__getitem__, parts), default=-1)
        number = self._numbers[key] = len(levels)
        levels.append(level)
        self._kept.append(value)
        self._batches[level, kind, of].append((number, content))
        return number

    def _scalar(self, value: Any) -> tuple[str, Any, Any, Sequence[int]]:
        match value:
            case int() if abs(value) >= _JSON_INTEGER:
                return "int", None, hex(value), ()
            case float():
                return "float", None, repr(value), ()
            case bytes():
                return "bytes", None, self._array(np.frombuffer(value, dtype=np.uint8)), ()
            case _:
                return "json", None, value, ()

    def _taken(self, value: Any) -> tuple[str, Any, Any, Sequence[int]]:  # noqa: PLR0911  # one a kind
        """Kind, more about the kind, content, and the numbers of the parts."""
        match value:
            case Enum():
                return "enum", _name_of(type(value)), value.name, ()
            case date():
                return "date", None, value.isoformat(), ()
            case np.ndarray():
                return "array", None, self._array(value), ()
            case np.generic():
                return "array0", None, self._array(np.asarray(value)), ()
            case re.Pattern():
                return "pattern", None, [value.pattern, value.flags], ()
            case partial():
                numbers = [self.number(each) for each in (value.func, value.args, value.keywords)]
                return "partial", None, numbers, numbers
            case _ if (name := _function(value)) is not None:
                return "function", None, name, ()
            case _:
                return self._compound(value)

    def _compound(self, value: Any) -> tuple[str, Any, Any, Sequence[int]]:
        cls = type(value)
        if cls in {dict, defaultdict}:
            numbers = [self.number(each) for pair in value.items() for each in pair]
            factory = getattr(value, "default_factory", None)
            return f"dict {factory.__name__}" if factory else "dict", None, numbers, numbers
        if cls is ahocorasick.Automaton:
            numbers = [self.number(each) for each in value.__reduce__()[1]]
            return "automaton", None, numbers, numbers
        if isinstance(value, tuple):
            numbers = [self.number(each) for each in value]
            return "named", _name_of(cls), numbers, numbers
        return self._object(value)

    def _object(self, value: Any) -> tuple[str, Any, Any, Sequence[int]]:
        names, numbers = [], []
        for name, state in _state(value):
            late = self._later(value, name, state)
            if late is None:
                names.append(name)
                numbers.append(self.number(state))
            else:
                self.late.append(late)
        return "object", (_name_of(type(value)), *names), numbers, numbers

    @staticmethod
    def _later(holder: Any, name: str, state: Any) -> _Late | None:
        if isinstance(state, MethodType):
            return _Late(holder, name, state.__self__, state.__name__, None)
        if isinstance(state, _LRU) and isinstance(state.__wrapped__, MethodType):
            method = state.__wrapped__
            size = state.cache_parameters()["maxsize"]
            return _Late(holder, name, method.__self__, method.__name__, -1 if size is None else size)
        return None

    def _array(self, value: np.ndarray[Any, Any]) -> int:
        if value.dtype.hasobject:
            raise NotStorableError("数组里有对象")
        self.arrays.append(np.ascontiguousarray(value).reshape(value.shape))
        return len(self.arrays) - 1

    def batches(self) -> list[_Batch]:
        ordered = sorted(self._batches.items(), key=lambda item: item[0][0])
        return [_Batch(kind, of, members) for (_, kind, of), members in ordered]


def dumps(value: Any) -> bytes:
    """Raises NotStorableError for values of other packages, functions, open files and the like."""
    writer = _Writer()
    root = writer.number(value)
    done = 0
    late: list[list[Any]] = []
    while done < len(writer.late):  # owners may hold others
        each = writer.late[done]
        late.append([writer.number(each.holder), each.name, writer.number(each.owner), each.method, each.size])
        done += 1
    places: dict[int, int] = {}
    header: list[Any] = []
    arrays = writer.arrays
    for batch in writer.batches():
        for number, _ in batch.members:
            places[number] = len(places)
        contents = [content for _, content in batch.members]
        if batch.kind in _SCALARS:
            header.append([batch.kind, batch.of, contents])
            continue
        parts = [places[part] for content in contents for part in content]
        lengths = [len(content) for content in contents]
        arrays += [np.array(parts, dtype=np.int32), np.array(lengths, dtype=np.int32)]
        header.append([batch.kind, batch.of, len(arrays) - 2])
    for fix in late:
        fix[0], fix[2] = places[fix[0]], places[fix[2]]
    shapes = [[array.dtype.str, array.shape] for array in arrays]
    head = orjson.dumps({"root": places[root], "batches": header, "late": late, "arrays": shapes})
    return b"".join([len(head).to_bytes(8, "little"), head, *(array.tobytes() for array in arrays)])


def loads(data: bytes | memoryview) -> Any:
    """The value that `dumps` was given, with everything below it made anew. Raises UnreadableError."""
    try:
        return _read(data)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, ImportError, re.error) as error:
        raise UnreadableError(str(error)) from error


def _read(data: bytes | memoryview) -> Any:
    size = int.from_bytes(data[:8], "little")
    head = orjson.loads(data[8 : 8 + size])
    arrays, at = [], 8 + size
    for dtype, shape in head["arrays"]:
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(data, dtype=np.dtype(dtype), count=count, offset=at).reshape(shape)
        arrays.append(array)
        at += array.nbytes
    values: list[Any] = []
    for kind, of, content in head["batches"]:
        if kind in _SCALARS:
            values += _SCALARS[kind](of, content, arrays)
        else:
            parts = map(values.__getitem__, arrays[content].tolist())
            values += _wholes(kind, of, parts, arrays[content + 1].tolist())
    for holder, name, owner, method, remembered in head["late"]:
        bound = getattr(values[owner], method)
        if remembered is not None:
            bound = lru_cache(maxsize=None if remembered == -1 else remembered)(bound)
        object.__setattr__(values[holder], name, bound)
    return values[head["root"]]


_SCALARS: dict[str, Callable[[Any, Any, list[Any]], Iterable[Any]]] = {
    "json": lambda _of, content, _arrays: content,
    "int": lambda _of, content, _arrays: [int(each, 16) for each in content],
    "float": lambda _of, content, _arrays: [float(each) for each in content],
    "bytes": lambda _of, content, arrays: [arrays[each].tobytes() for each in content],
    "date": lambda _of, content, _arrays: [date.fromisoformat(each) for each in content],
    "array": lambda _of, content, arrays: [arrays[each].copy() for each in content],
    "array0": lambda _of, content, arrays: [arrays[each].reshape(())[()] for each in content],
    "pattern": lambda _of, content, _arrays: [re.compile(*each) for each in content],
    "function": lambda _of, content, _arrays: [_known_function(each) for each in content],
    "enum": lambda of, content, _arrays: [_class(of)[each] for each in content],  # type: ignore[index]  # an Enum
}
_BY_VALUE = frozenset({str, int, float, bool, bytes, type(None)})
_PLAIN: dict[type, str] = {tuple: "tuple", list: "list", set: "set", frozenset: "frozenset"}
_FACTORIES = {f"dict {factory.__name__}": factory for factory in (int, list, dict, set)}


def _wholes(kind: str, of: Any, parts: Any, lengths: list[int]) -> list[Any]:  # noqa: PLR0911  # one a kind
    match kind:
        case "tuple" | "list" | "set" | "frozenset":
            made = {"tuple": tuple, "list": list, "set": set, "frozenset": frozenset}[kind]
            return [made(islice(parts, length)) for length in lengths]
        case "dict":
            return [_paired(islice(parts, length)) for length in lengths]
        case "named":
            cls, width = _class(of), lengths[0]  # all have the same fields
            columns = list(parts)
            return list(map(tuple.__new__, repeat(cls), zip(*(columns[at::width] for at in range(width)), strict=True)))
        case "partial":
            return [_partial(*islice(parts, length)) for length in lengths]
        case "automaton":
            return [ahocorasick.Automaton(*islice(parts, length)) for length in lengths]
        case "object":
            return _objects(_class(of[0]), of[1:], list(parts), len(lengths))
    return [defaultdict(_FACTORIES[kind], _paired(islice(parts, length))) for length in lengths]


def _partial(function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    return partial(function, *args, **keywords)


def _function(value: Any) -> str | None:
    """A function that a module of the package holds under its own name; compiled ones count."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if not callable(value) or isinstance(value, type) or not isinstance(module, str) or not isinstance(name, str):
        return None
    return f"{module}:{name}" if module.startswith(_PACKAGES) and _found(module, name) is value else None


def _known_function(name: str) -> Any:
    module, _, qualname = name.partition(":")
    found = _found(module, qualname) if module.startswith(_PACKAGES) else None
    if not callable(found):
        raise UnreadableError(name)
    return found


def _paired(parts: Any) -> dict[Any, Any]:
    return dict(zip(parts, parts, strict=True))


def _objects(cls: Any, names: list[str], parts: list[Any], count: int) -> list[Any]:
    """Objects of one class without running it: a column of attributes at a time, because each step of a loop counts."""
    made = list(map(cls.__new__, repeat(cls, count)))
    width = len(names)
    for column, name in enumerate(names):
        deque(map(object.__setattr__, made, repeat(name), parts[column::width]), maxlen=0)
    return made


def _state(value: Any) -> list[tuple[str, Any]]:
    """The attributes of an object, in an order that depends on nothing but its class and what is set."""
    if isinstance(value, BaseModel):
        return [(name, getattr(value, name)) for name in _PYDANTIC]
    slots = [name for cls in type(value).__mro__ for name in _slots(cls) if hasattr(value, name)]
    if not slots and not hasattr(value, "__dict__"):
        raise NotStorableError(f"{type(value).__module__}.{type(value).__qualname__}")
    return [*((name, getattr(value, name)) for name in slots), *getattr(value, "__dict__", {}).items()]


def _slots(cls: type) -> tuple[str, ...]:
    named = cls.__dict__.get("__slots__", ())
    return (named,) if isinstance(named, str) else tuple(named)


def _name_of(cls: type) -> str:
    """A class as it is found again. Raises NotStorableError for those of other packages."""
    if not cls.__module__.startswith(_PACKAGES) or _found(cls.__module__, cls.__qualname__) is not cls:
        raise NotStorableError(f"{cls.__module__}.{cls.__qualname__}")
    return f"{cls.__module__}:{cls.__qualname__}"


def _class(name: str) -> type:
    module, _, qualname = name.partition(":")
    found = _found(module, qualname) if module.startswith(_PACKAGES) else None
    if not isinstance(found, type):
        raise UnreadableError(name)
    return found


def _found(module: str, qualname: str) -> object:
    if module not in sys.modules:
        __import__(module)
    found: Any = sys.modules[module]
    for part in qualname.split("."):
        found = getattr(found, part, None)
    return found
