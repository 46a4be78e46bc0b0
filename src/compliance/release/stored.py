"""Compiled values on disk: a version, a digest, and what `graph` made of them. What does not match is not read."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from compliance.long_lived import long_lived
from compliance.release.graph.names import UnreadableError
from compliance.release.graph.reading import loads
from compliance.release.graph.writing import dumps

_MAGIC = b"compliance-release-1\n"
_DIGEST = 32


class DamagedError(ValueError):
    """A stored value that is not what was written, or was written by another version of the program."""


def save(path: Path, value: Any) -> None:
    """Writes the value whole or not at all. Raises OSError, NotStorableError."""
    with long_lived():
        body = dumps(value)
    data = b"".join([_MAGIC, _digest(body), body])
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def load(path: Path) -> Any:
    """What `save` was given. Raises OSError when there is nothing, DamagedError when it cannot be trusted."""
    data = memoryview(path.read_bytes())
    start = len(_MAGIC) + _DIGEST
    if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : start] != _digest(data[start:]):
        raise DamagedError(str(path))
    try:
        with long_lived():
            return loads(data[start:])
    except UnreadableError as error:
        raise DamagedError(str(path)) from error


@cache
def program() -> bytes:
    """Names everything that compiled values depend on beside their sources: this program and what it stands on."""
    digest = hashlib.sha256()
    for name in ("numba", "numpy", "pydantic"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(f"{sys.implementation.cache_tag} {sys.byteorder} {sys.maxsize}\n".encode())
    for package in ("model", "text", "words", "meaning", "lang", "judge", "release"):
        for name, content in sorted(_contents(files("compliance").joinpath(package), package)):
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.digest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir() and each.name != "__pycache__":
            yield from _contents(each, f"{name}/{each.name}")
        elif each.name.endswith((".py", ".lark", ".txt")):
            yield f"{name}/{each.name}", each.read_bytes()


def _digest(body: bytes | memoryview) -> bytes:
    return hashlib.sha256(program() + hashlib.sha256(body).digest()).digest()
