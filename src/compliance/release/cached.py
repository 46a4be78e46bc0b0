"""What was worked out from the same files by the same program before is read instead of worked out again."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from compliance.release import stored
from compliance.release.graph import NotStorableError

KEPT = 8
"""Entries of one kind; the ones used longest ago are dropped."""

_log = logging.getLogger(__name__)

Made = TypeVar("Made")


def fingerprint(policies: Sequence[Path], lexicons: Sequence[Path], model: str = "", *, rules: bool = True) -> str:
    """Names the program, the model, the folders in their order, and every file of theirs that may make a release.

    Without `rules`, rule files are left out.
    """
    digest = hashlib.sha256(stored.program() + f"model {model}\0".encode())
    for kind, folders in (("policies", policies), ("lexicons", lexicons)):
        for folder in folders:
            digest.update(f"{kind} {folder}\0".encode(errors="surrogateescape"))
            for file in _files(folder):
                if not rules and (file.suffix == ".rule" or file == folder):
                    continue
                content = file.read_bytes() if file.is_file() else b""
                digest.update(f"{file.relative_to(folder)}\0{len(content)}\0".encode(errors="surrogateescape"))
                digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    if folder.is_file():
        return [folder]
    return sorted(file for file in folder.rglob("*") if file.suffix in {".rule", ".yaml"} or file.parent.name == "laws")


def cached(folder: Path | None, kind: str, key: Callable[[], str], make: Callable[[], Made]) -> Made:
    """What `make` makes, from `folder` where it is there, kept there where it is not.

    Nothing about the cache is an error: what is damaged is made again, what cannot be kept is not.
    """
    if folder is None:
        return make()
    try:
        path = folder / f"{key()}.{kind}"
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
