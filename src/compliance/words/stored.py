"""A matcher as bytes: its words as JSON, by column; its tables as arrays; and a digest over both.

The format is the package's own business: what one version writes, another need not read. Nothing of it is run.
"""

import hashlib
import io
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter, ValidationError

from compliance.model.errors import ComplianceError
from compliance.model.lexicon import Disguise, Overlap, Term
from compliance.text import tables
from compliance.words.group import WordGroup
from compliance.words.guards import Guards
from compliance.words.packed import Packed

_MAGIC = b"compliance-words-3"
_FIELDS = [field.name for field in fields(Term)]


class _Words(NamedTuple):
    """Groups: name, overlap, covers, number of terms. Terms: a column for each field, but how they are disguised, which
    is a number: one of `disguises`, from 1 on, or 0.
    """

    groups: list[tuple[str, Overlap, tuple[str, ...], int]]
    columns: dict[str, list[Any]]
    disguises: tuple[Disguise, ...]
    covers: tuple[str, ...]
    settings: tuple[Disguise, ...]


_WORDS = TypeAdapter(_Words)


class DamagedError(ComplianceError):
    """Bytes that are no stored matcher of this version."""


def dumps(groups: Sequence[WordGroup], covers: Sequence[str], packed: Packed) -> bytes:
    terms = [term for group in groups for term in group.terms]
    columns: dict[str, list[Any]] = {name: list(map(attrgetter(name), terms)) for name in _FIELDS}
    disguises = list(dict.fromkeys([None, *columns["disguise"]]))
    numbers = {disguise: number for number, disguise in enumerate(disguises)}
    columns["disguise"] = list(map(numbers.__getitem__, columns["disguise"]))
    words = _WORDS.dump_json(
        _Words(
            [(group.name, group.overlap, group.covers, len(group.terms)) for group in groups],
            columns,
            tuple(filter(None, disguises)),
            tuple(covers),
            tuple(guards.disguise() for guards in packed.settings),
        )
    )
    held = io.BytesIO()
    np.savez(held, allow_pickle=False, words=np.frombuffer(words, dtype=np.uint8), tables=packed.tables)
    body = held.getvalue()
    return _MAGIC + _digest(body) + body


def loads(data: bytes) -> tuple[list[WordGroup], tuple[str, ...], Packed]:
    """Raises DamagedError."""
    body = data[len(_MAGIC) + hashlib.sha256().digest_size :]
    if data != _MAGIC + _digest(body) + body:
        raise _damaged("开头或校验值不对")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            words = _WORDS.validate_json(arrays["words"].tobytes())
            packed = Packed.of_tables(arrays["tables"], list(map(Guards.of, words.settings)))
        terms = iter(_terms(words))
    except (ValueError, LookupError, OSError, ValidationError) as error:
        raise _damaged("内容读不出来") from error
    groups = [
        WordGroup(name, tuple(islice(terms, count)), covers, overlap=overlap)
        for name, overlap, covers, count in words.groups
    ]
    return groups, words.covers, packed


def _terms(words: _Words) -> list[Term]:
    """Made without checking each again, a field at a time: they were terms when they were written."""
    columns = words.columns
    made = [Term.__new__(Term) for _ in columns["text"]]
    known = None, *words.disguises
    read: dict[str, Iterable[Any]] = {**columns, "disguise": [known[number] for number in columns["disguise"]]}
    read["covers"] = map(tuple, columns["covers"])
    for name in _FIELDS:
        deque(map(getattr(Term, name).__set__, made, read[name]), maxlen=0)
    return made


@cache
def _tables_digest() -> bytes:
    """What the tables of the package say is in the arrays, so they must be the same."""
    digest = hashlib.sha256()
    for file in sorted(files(tables).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            digest.update(file.read_bytes())
    return digest.digest()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(_tables_digest() + body).digest()


def _damaged(what: str) -> DamagedError:
    return DamagedError(f"编译好的词表{what}", remedy="用同一版本的程序重新生成")
