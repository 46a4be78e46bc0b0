"""Values → bytes."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from types import MethodType
from typing import Any, NamedTuple

import numpy as np
import orjson
from pydantic import BaseModel

from compliance.lang.ruleset import Held
from compliance.release.graph.names import NotStorableError, function_name, name_of
from compliance.release.graph.reading import SINGLY, Apart

_LRU = type(lru_cache(maxsize=1)(len))
_PYDANTIC = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
_LONG = 1 << 63
_BY_VALUE = frozenset({str, int, float, bool, bytes, type(None)})
_PLAIN: dict[type, str] = {tuple: "tuple", list: "list", set: "set", frozenset: "frozenset"}


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
        if batch.kind in SINGLY:
            header.append([batch.kind, batch.of, len(contents), contents])
            continue
        header.append([batch.kind, batch.of, len(contents), len(arrays)])
        if batch.kind == "number":
            arrays.append(np.array(contents, dtype=np.int64))
            continue
        if batch.kind == "text":
            arrays.append(np.frombuffer("".join(contents).encode("utf-8", "surrogatepass"), dtype=np.uint8))
        else:
            arrays.append(np.array([places[part] for content in contents for part in content], dtype=np.int32))
        arrays.append(np.cumsum([0, *map(len, contents)], dtype=np.int32))
    for fix in late:
        fix[0], fix[2] = places[fix[0]], places[fix[2]]
    shapes = [[array.dtype.str, array.shape] for array in arrays]
    head = orjson.dumps({"root": places[root], "batches": header, "late": late, "arrays": shapes})
    return b"".join([len(head).to_bytes(8, "little"), head, *(array.tobytes() for array in arrays)])


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
            case bool() | None:
                return "json", None, value, ()
            case str():
                return "text", None, value, ()
            case int() if -_LONG <= value < _LONG:
                return "number", None, value, ()
            case int():
                return "big", None, hex(value), ()
            case float():
                return "float", None, repr(value), ()
            case bytes():
                return "bytes", None, self._bytes(value), ()
        raise NotStorableError(type(value).__qualname__)

    def _taken(self, value: Any) -> tuple[str, Any, Any, Sequence[int]]:  # noqa: PLR0911  # one a kind
        """Kind, more about the kind, content, and the numbers of the parts."""
        match value:
            case Enum():
                return "enum", name_of(type(value)), value.name, ()
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
            case _ if (name := function_name(value)) is not None:
                return "function", None, name, ()
            case _:
                return self._compound(value)

    def _compound(self, value: Any) -> tuple[str, Any, Any, Sequence[int]]:
        cls = type(value)
        if cls in {dict, defaultdict}:
            numbers = [self.number(each) for pair in value.items() for each in pair]
            factory = getattr(value, "default_factory", None)
            return f"dict {factory.__name__}" if factory else "dict", None, numbers, numbers
        if isinstance(value, Held):
            return "apart", None, self._bytes(dumps(tuple(value))), ()
        if isinstance(value, Apart):
            return "apart", None, self._bytes(value.data), ()
        if isinstance(value, tuple):
            numbers = [self.number(each) for each in value]
            return "named", name_of(cls), numbers, numbers
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
        return "object", (name_of(type(value)), *names), numbers, numbers

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

    def _bytes(self, value: bytes) -> int:
        return self._array(np.frombuffer(value, dtype=np.uint8))

    def batches(self) -> list[_Batch]:
        ordered = sorted(self._batches.items(), key=lambda item: item[0][0])
        return [_Batch(kind, of, members) for (_, kind, of), members in ordered]


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
