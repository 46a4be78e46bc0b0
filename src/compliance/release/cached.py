"""What was worked out from the same files by the same program before is read instead of worked out again."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from compliance.release import stored
from compliance.release.graph.names import NotStorableError

KEPT = 8
"""Entries of one kind; the ones used longest ago are dropped."""

_log = logging.getLogger(__name__)

Made = TypeVar("Made")


def fingerprint(policies: Sequence[Path], lexicons: Sequence[Path], model: str = "", *, rules: bool = True) -> str:
    """Names the program, the model, the folders in their order, and every file of theirs that may make a release.

    Without `rules`, rule files are left out. Raises OSError.
    """
    digest = hashlib.sha256(stored.program() + f"model {model}\0".encode())
    for kind, folders in (("policies", policies), ("lexicons", lexicons)):
        for folder in folders:
            digest.update(f"{kind} {folder}\0".encode(errors="surrogateescape"))
            for path, content in _contents(folder):
                if rules or not (path.endswith(".rule") or path == str(folder)):
                    digest.update(f"{path}\0{len(content)}\0".encode(errors="surrogateescape"))
                    digest.update(content)
    return digest.hexdigest()


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Paths and contents, in an order of their own; a path may be that of one file."""
    if folder.is_file():
        yield str(folder), folder.read_bytes()
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _contents(folder / entry.name)
        if entry.name.endswith((".rule", ".yaml")) or folder.name == "laws":
            yield entry.path, _content(entry)


def _content(entry: os.DirEntry[str]) -> bytes:
    if not entry.is_file():
        return b""
    with Path(entry.path).open("rb", buffering=0) as file:
        return file.read()


def cached(folder: Path | None, kind: str, key: Callable[[], str], make: Callable[[], Made]) -> Made:
    """What `make` makes, from `folder` where it is there, kept there where it is not.

    Nothing about the cache is an error: what is damaged is made again, what cannot be kept is not.
    """
    if folder is None:
        return make()
    try:
        path = folder / f"{key()}.{kind}"
    except OSError as error:
        _log.info("%s: not read (%s)", folder, error)
        return make()
    try:
        known: Any = stored.load(path)
    except FileNotFoundError:
        pass
    except stored.DamagedError as error:
        _log.info("%s: damaged, made again", error)
    except OSError as error:
        _log.info("%s: not read (%s)", folder, error)
        return make()
    else:
        with suppress(OSError):
            path.touch()
        return known  # type: ignore[no-any-return]  # what was kept under this key was made by `make`
    made = make()
    _keep(path, kind, made)
    return made


def _keep(path: Path, kind: str, made: object) -> None:
    try:
        stored.save(path, made)
        old = sorted(path.parent.glob(f"*.{kind}"), key=lambda file: file.stat().st_mtime, reverse=True)[KEPT:]
        for file in old:
            file.unlink()
    except (OSError, NotStorableError) as error:
        _log.info("%s: not kept (%s)", path, error)
