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
from compliance.model.lexicon import Overlap, Term
from compliance.text import tables
from compliance.words.group import WordGroup
from compliance.words.heads import Heads

_MAGIC = b"compliance-words-1"
_GROUPS = TypeAdapter(tuple[list[tuple[str, Overlap, tuple[str, ...], tuple[Term, ...]]], tuple[str, ...]])


class DamagedError(ComplianceError):
    """Bytes that are no stored matcher of this version."""


def dumps(groups: Sequence[WordGroup], covers: Sequence[str], heads: Heads) -> bytes:
    words = _GROUPS.dump_json(([(g.name, g.overlap, g.covers, g.terms) for g in groups], tuple(covers)))
    held = io.BytesIO()
    np.savez(held, allow_pickle=False, words=np.frombuffer(words, dtype=np.uint8), **heads.tables())
    body = held.getvalue()
    return _MAGIC + _digest(body) + body


def loads(data: bytes) -> tuple[list[WordGroup], tuple[str, ...], Heads]:
    """Raises DamagedError."""
    body = data[len(_MAGIC) + hashlib.sha256().digest_size :]
    if data != _MAGIC + _digest(body) + body:
        raise _damaged("开头或校验值不对")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            groups, covers = _GROUPS.validate_json(arrays["words"].tobytes())
            heads = Heads.of_tables(arrays)
    except (ValueError, KeyError, OSError, ValidationError) as error:
        raise _damaged("内容读不出来") from error
    return [WordGroup(name, terms, own, overlap=overlap) for name, overlap, own, terms in groups], covers, heads


@cache
def _tables_digest() -> bytes:
    """What the tables of the package say is in the heads, so they must be the same."""
    digest = hashlib.sha256()
    for file in sorted(files(tables).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            digest.update(file.read_bytes())
    return digest.digest()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(_tables_digest() + body).digest()


def _damaged(what: str) -> DamagedError:
    return DamagedError(f"编译好的词表{what}", remedy="用同一版本的程序重新生成")
