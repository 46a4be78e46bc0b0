"""Answers that were given, one file each, named by the digest of what was asked."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path


class Cache:
    """Holds the answers as they came; they speak of masked text only. A damaged file is as good as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def key(asked: bytes, prompt: str) -> str:
        return hashlib.sha256(prompt.encode() + b"\n" + asked).hexdigest()

    def get(self, key: str) -> str | None:
        try:
            return self._file(key).read_text("utf-8")
        except (OSError, ValueError):
            return None

    def put(self, key: str, content: str) -> bool:
        """Whether it could be kept. Readers see the whole file or none."""
        file = self._file(key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=file.parent)  # for the owner alone
        except OSError:
            return False
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(content)
            Path(name).replace(file)
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                Path(name).unlink()
            return False
        return True

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
