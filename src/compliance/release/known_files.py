"""What each rule file came to when it was checked before: after a change, only the changed ones are compiled."""

import hashlib
import logging
from contextlib import suppress
from pathlib import Path

from compliance.lang.compile import CompiledFile
from compliance.release import stored
from compliance.release.graph.names import NotStorableError

_SPARE = 200
"""So many more files are kept than a check has looked at; the ones used longest ago are dropped."""

_log = logging.getLogger(__name__)


class StoredFiles:
    """Compiled files in a folder, by what they say and what they were compiled against. Its faults are no errors."""

    def __init__(self, folder: Path, around: str) -> None:
        """`around`: names the lexicons, laws and facts."""
        self._folder = folder
        self._around = around
        self._used: set[Path] = set()

    def get(self, path: str, source: str) -> CompiledFile | None:
        file = self._place(path, source)
        try:
            known: CompiledFile = stored.load(file)
        except FileNotFoundError:
            return None
        except (stored.DamagedError, OSError) as error:
            _log.info("%s: not read (%s)", file, error)
            return None
        with suppress(OSError):
            file.touch()
        self._used.add(file)
        return known

    def put(self, path: str, source: str, made: CompiledFile) -> None:
        file = self._place(path, source)
        try:
            stored.save(file, made)
        except (OSError, NotStorableError) as error:
            _log.info("%s: not kept (%s)", file, error)
        else:
            self._used.add(file)

    def drop_unused(self) -> None:
        """Forgets files that nobody has asked for in a long time."""
        try:
            others = [file for file in self._folder.glob("*.file") if file not in self._used]
            for file in sorted(others, key=lambda file: file.stat().st_mtime, reverse=True)[_SPARE:]:
                file.unlink()
        except OSError as error:
            _log.info("%s: not tidied (%s)", self._folder, error)

    def _place(self, path: str, source: str) -> Path:
        named = f"{self._around}\0{path}\0{source}".encode(errors="surrogatepass")
        return self._folder / f"{hashlib.sha256(named).hexdigest()}.file"
