"""The model's file: numpy arrays, what the model says of itself, a version, and a digest over all of them."""

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from compliance.meaning import features
from compliance.meaning.about import About
from compliance.meaning.model import Calibration, Model
from compliance.model.errors import ComplianceError
from compliance.model.vocabulary import Kind

FORMAT = 2
SHIPPED = Path(__file__).parent / "data" / "model.npz"
MISSING = "missing"
"""The digest of a file that is not there."""
_REMEDY = "请重新安装，或重新训练模型；在此之前仅按规则审核"

MOST_BYTES = 40_000_000
"""Of a model's file; MOST_UNPACKED bounds what it may become in memory."""
MOST_UNPACKED = 400_000_000

Array = npt.NDArray[np.generic]


_UNREADABLE = (
    OSError, ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError, RuntimeError,
    SyntaxError, MemoryError,
)  # fmt: skip


class MeaningError(ComplianceError):
    """The model's file is missing, damaged, or made for another version."""


def load(source: bytes | Path) -> Model:
    """The model in a file or its bytes. Raises MeaningError."""
    place = str(source) if isinstance(source, Path) else "语义模型"
    try:
        raw = _bytes(source)
        _check_size(raw)
        with np.load(io.BytesIO(raw), allow_pickle=False) as file:
            arrays: dict[str, Array] = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise MeaningError("没有语义模型文件", place=place, remedy=_REMEDY) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error):
        raise MeaningError("语义模型文件已损坏", place=place, remedy=_REMEDY) from None
    except _UNREADABLE:
        raise MeaningError("语义模型文件无法读取", place=place, remedy=_REMEDY) from None
    try:
        return _checked(arrays, place)
    except _UNREADABLE:
        raise MeaningError("语义模型文件的内容不合要求", place=place, remedy=_REMEDY) from None


def _bytes(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    with source.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _check_size(raw: bytes) -> None:
    """A file that somebody else made must not fill the memory."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if len(raw) > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise ValueError(unpacked)


@dataclass(frozen=True)
class ModelFile:
    """A model's file as it was when a release was made from it; `digest` is sha256 of its bytes, or MISSING."""

    path: Path
    digest: str

    def load(self) -> Model:
        """Raises MeaningError, also when the file is not what it was."""
        return _loaded(self.path, self.digest)


def model_file(path: Path | None = None) -> ModelFile:
    """The file as it is now; the package's own by default."""
    try:
        return ModelFile(path or SHIPPED, hashlib.sha256((path or SHIPPED).read_bytes()).hexdigest())
    except (OSError, ValueError):
        return ModelFile(path or SHIPPED, MISSING)


@lru_cache(maxsize=4)
def _loaded(path: Path, digest: str) -> Model:
    """Readers of one file share one model."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise MeaningError("没有语义模型文件", place=str(path), remedy=_REMEDY) from None
    if hashlib.sha256(raw).hexdigest() != digest:
        raise MeaningError("语义模型文件在装载规则之后改过", place=str(path), remedy="重新装载后再试")
    try:
        return load(raw)
    except MeaningError as error:
        raise MeaningError(error.problem, place=str(path), remedy=error.remedy) from None


@cache
def shipped() -> Model:
    """The model of the package, loaded once, on first need."""
    return model_file().load()


@cache
def shipped_digest() -> str:
    """Of the package's model file."""
    return model_file().digest


def dump(model: Model) -> bytes:
    """The bytes of the model's file: the same model always gives the same bytes."""
    arrays = _arrays(model)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, digest=_text(_digest(arrays)), **arrays)
    return out.getvalue()


def rounded(weights: features.Floats) -> tuple[npt.NDArray[np.int8], features.Floats]:
    """Weights as whole numbers from -127 to 127, and the scale of each label."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def _arrays(model: Model) -> dict[str, Array]:
    steps, scale = rounded(model.weights)
    return {
        "version": np.array([FORMAT, features.VERSION, features.BITS]),
        "kinds": _text("\n".join(model.kinds)),
        "columns": model.columns,
        "rarity": model.rarity[model.columns[model.columns < 2 * features.SLOTS]].astype(np.float32),
        "steps": steps,
        "scale": scale,
        "bias": model.bias,
        "calibration": np.array([*model.breach, *model.kind], dtype=np.float64),
        "about": _text(model.about.model_dump_json()),
    }


def _checked(arrays: dict[str, Array], place: str) -> Model:
    digest = arrays.pop("digest", None)
    if digest is None or _string(digest) != _digest(arrays):
        raise MeaningError("语义模型文件与其摘要不符", place=place, remedy=_REMEDY)
    if arrays["version"].tolist() != [FORMAT, features.VERSION, features.BITS]:
        raise MeaningError("语义模型文件的版本与程序不符", place=place, remedy=_REMEDY)
    kinds = tuple(Kind(kind) for kind in _string(arrays["kinds"]).split("\n"))
    columns = arrays["columns"].astype(np.int32)
    if arrays["steps"].shape != (len(columns), 1 + len(kinds)) or arrays["bias"].shape != (1 + len(kinds),):
        raise ValueError(arrays["steps"].shape)
    rarity = np.zeros(2 * features.SLOTS, dtype=np.float32)
    rarity[columns[columns < 2 * features.SLOTS]] = arrays["rarity"]
    numbers = arrays["calibration"].astype(np.float64).tolist()
    return Model(
        kinds=kinds,
        columns=columns,
        rarity=rarity,
        weights=arrays["steps"].astype(np.float32) * arrays["scale"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
        breach=Calibration(numbers[0], numbers[1]),
        kind=Calibration(numbers[2], numbers[3]),
        digest=_string(digest),
        about=_about(arrays, place),
    )


def _about(arrays: dict[str, Array], place: str) -> About:
    try:
        return About.model_validate_json(_string(arrays["about"]))
    except (KeyError, ValidationError):
        raise MeaningError("语义模型文件里没有训练的说明", place=place, remedy=_REMEDY) from None


def _digest(arrays: dict[str, Array]) -> str:
    found = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        found.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        found.update(array.tobytes())
    return found.hexdigest()


def _text(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _string(array: Array) -> str:
    return array.astype(np.uint8).tobytes().decode()
