"""A matcher as bytes: its words as JSON, its tables as arrays, and a digest over both.

The format is the package's own business: what one version writes, another need not read. Nothing of it is run.
"""

import hashlib
import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from pydantic import TypeAdapter, ValidationError

from compliance.model.errors import ComplianceError
from compliance.model.lexicon import Disguise, Overlap, Term
from compliance.text import tables
from compliance.words.group import WordGroup
from compliance.words.guards import Guards
from compliance.words.packed import Packed

_MAGIC = b"compliance-words-2"
_WORDS = TypeAdapter(
    tuple[list[tuple[str, Overlap, tuple[str, ...], tuple[Term, ...]]], tuple[str, ...], tuple[Disguise, ...]]
)


class DamagedError(ComplianceError):
    """Bytes that are no stored matcher of this version."""


def dumps(groups: Sequence[WordGroup], covers: Sequence[str], packed: Packed) -> bytes:
    settings = tuple(guards.disguise() for guards in packed.settings)
    words = _WORDS.dump_json(([(g.name, g.overlap, g.covers, g.terms) for g in groups], tuple(covers), settings))
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
            groups, covers, settings = _WORDS.validate_json(arrays["words"].tobytes())
            packed = Packed.of_tables(arrays["tables"], list(map(Guards.of, settings)))
    except (ValueError, KeyError, OSError, ValidationError) as error:
        raise _damaged("内容读不出来") from error
    return [WordGroup(name, terms, own, overlap=overlap) for name, overlap, own, terms in groups], covers, packed


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
