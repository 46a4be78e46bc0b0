"""Published releases: what a release was made from, whole, in a folder named by its digest.

    releases/DIGEST/sources.json    lexicons, laws, facts and rules, as they were validated
    releases/DIGEST/manifest.json   digest, language version, when it was published, sha256 of sources and model
    releases/DIGEST/model.npz       the model of the second reader
    releases/live                   the digest of the release that is in use

A folder appears by one rename, and `live` changes by another: there is never half a release.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import cast

import orjson
from pydantic import ValidationError

from compliance.lang import LANGUAGE_VERSION
from compliance.meaning.store import MISSING, ModelFile, model_file
from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.law import Instrument
from compliance.model.lexicon import Lexicon
from compliance.model.value import Value
from compliance.release import stored
from compliance.release.cached import cached
from compliance.release.release import Parts, Release, assembled, parts
from compliance.release.sources import Sources

LIVE = "live"
_SHORTEST = 6
"""Digits of a digest that may stand for the whole, at least."""


class Manifest(Value):
    """What a published release says of itself."""

    digest: str
    language: int
    sources: str  # sha256 of sources.json
    published_at: datetime | None = None  # None: kept because a recorded review was made under it
    model: str | None = None  # sha256 of its file; a release kept before models were goes with the shipped one


class _Contents(Value):
    lexicons: tuple[Lexicon, ...]
    laws: tuple[Instrument, ...]
    facts: FactSchema
    rules: tuple[tuple[str, str], ...]


class Releases:
    """The releases kept in one folder. Every method raises LawError when it cannot be read or written."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self._folder = folder
        self._cache = cache

    def has(self, digest: str) -> bool:
        return (self._folder / digest / "manifest.json").is_file()

    def keep(self, sources: Sources, *, published_at: datetime | None = None) -> str:
        """The release in its folder, if it is not there yet; its digest."""
        digest = sources.digest()
        if self.has(digest):
            return digest
        contents = _Contents(
            lexicons=sources.lexicons, laws=sources.instruments, facts=sources.facts, rules=sources.rules
        )
        body = orjson.dumps(contents.model_dump(mode="json"))
        manifest = Manifest(
            digest=digest,
            language=LANGUAGE_VERSION,
            sources=hashlib.sha256(body).hexdigest(),
            published_at=published_at,
            model=sources.model.digest,
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = Path(tempfile.mkdtemp(dir=self._folder, prefix="."))
            try:
                _written(made / "sources.json", body)
                if sources.model.digest != MISSING:
                    _written(made / "model.npz", _model_bytes(sources.model))
                _written(made / "manifest.json", orjson.dumps(manifest.model_dump(mode="json")))
                made.rename(self._folder / digest)
            finally:
                shutil.rmtree(made, ignore_errors=True)
        except OSError as error:
            if not self.has(digest):  # else another process was first, with the same
                raise self._unwritable(error) from error
        return digest

    def _model(self, manifest: Manifest) -> ModelFile:
        """The model that a release goes with, whether it is still there or not."""
        if manifest.model is None:
            return model_file()
        return ModelFile(self._folder / manifest.digest / "model.npz", manifest.model)

    def publish(self, sources: Sources, at: datetime) -> str:
        """The release in its folder and in use; its digest. Whether it may be is the caller's affair."""
        digest = self.keep(sources, published_at=at)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
        try:
            os.close(handle)
            _written(Path(name), f"{digest}\n".encode())
            Path(name).replace(self._folder / LIVE)
        except OSError as error:
            with suppress(OSError):
                Path(name).unlink()
            raise self._unwritable(error) from error
        return digest

    def live(self) -> str | None:
        """The digest of the release in use, None before the first is published."""
        try:
            return (self._folder / LIVE).read_text("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise LawError("读不出正在使用的版本", place=str(self._folder / LIVE), remedy="重新发布一次") from error

    def digest(self, name: str) -> str:
        """The whole digest that `live`, a digest or the beginning of one stands for. Raises LawError."""
        if name == LIVE:
            live = self.live()
            if live is None:
                raise LawError("还没有发布过版本", place=str(self._folder), remedy="先运行 compliance policy publish")
            return live
        known = sorted(path.name for path in self._folder.glob("*") if self.has(path.name))
        found = [digest for digest in known if len(name) >= _SHORTEST and digest.startswith(name)]
        if len(found) != 1:
            problem = f"没有版本 {name}" if not found else f"{name} 可以是 {len(found)} 个版本"
            remedy = f"可用：{'、'.join(each[:12] for each in known) or '无'}"
            raise LawError(problem, place=str(self._folder), remedy=remedy)
        return found[0]

    def sources(self, digest: str) -> Sources:
        """What a release was made from. Raises LawError when it is not there or not as it was published."""
        return self._validated(*self._body(digest))

    def load(self, digest: str) -> Release:
        """The release, compiled. Raises LawError, PolicyError when this program no longer compiles it."""
        manifest, body = self._body(digest)  # looked at even where it is known what it compiles to

        def key() -> str:
            return hashlib.sha256(stored.program() + digest.encode()).hexdigest()

        _, *rest = cached(self._cache, "release", key, lambda: parts(self._validated(manifest, body)))
        made = cast("Parts", (digest, *rest))  # under the name that it was published by
        return assembled(made, lambda: self.sources(digest), self._model(manifest), published=True)

    def _body(self, digest: str) -> tuple[Manifest, bytes]:
        folder = self._folder / digest
        try:
            manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
            body = (folder / "sources.json").read_bytes()
        except FileNotFoundError as error:
            raise LawError(f"没有保存版本 {digest[:12]}", place=str(self._folder), remedy="从备份恢复") from error
        except (OSError, ValidationError) as error:
            raise self._damaged(folder) from error
        if manifest.digest != digest or hashlib.sha256(body).hexdigest() != manifest.sources:
            raise self._damaged(folder)
        return manifest, body

    def _validated(self, manifest: Manifest, body: bytes) -> Sources:
        try:
            contents = _Contents.model_validate_json(body)
        except ValidationError as error:
            raise self._damaged(self._folder / manifest.digest) from error
        model = self._model(manifest)
        return Sources(contents.lexicons, contents.laws, contents.facts, contents.rules, model)

    @staticmethod
    def _damaged(folder: Path) -> LawError:
        return LawError("保存的版本与发布时不同，或读不出来", place=str(folder), remedy="从备份恢复这个文件夹")

    def _unwritable(self, error: OSError) -> LawError:
        return LawError(
            f"版本保存不了（{error.strerror}）",
            place=str(self._folder),
            remedy="检查磁盘与权限，或用 COMPLIANCE_HOME 指定另一个文件夹",
        )


def _model_bytes(model: ModelFile) -> bytes:
    """Raises OSError, and LawError when the file is no longer what the release was made from."""
    raw = model.path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != model.digest:
        raise LawError("语义模型文件在装载规则之后改过", place=str(model.path), remedy="重新装载后再试")
    return raw


def _written(path: Path, data: bytes) -> None:
    """On the disk, not only on its way there: a release must outlast a power cut."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
