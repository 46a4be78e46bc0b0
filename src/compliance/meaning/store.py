"""The model's file: numpy arrays, a version, and a digest over all of them."""

import hashlib
import io
import zipfile
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from compliance.meaning import features
from compliance.meaning.model import Calibration, Model
from compliance.model.errors import ComplianceError
from compliance.model.vocabulary import Kind

FORMAT = 1
SHIPPED = Path(__file__).parent / "data" / "model.npz"
_REMEDY = "请重新安装，或重新训练模型；在此之前仅按规则审核"

Array = npt.NDArray[np.generic]


class MeaningError(ComplianceError):
    """The model's file is missing, damaged, or made for another version."""


def load(source: bytes | Path) -> Model:
    """The model in a file or its bytes. Raises MeaningError."""
    place = str(source) if isinstance(source, Path) else "语义模型"
    try:
        raw = source.read_bytes() if isinstance(source, Path) else source
        with np.load(io.BytesIO(raw), allow_pickle=False) as file:
            arrays: dict[str, Array] = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise MeaningError("没有语义模型文件", place=place, remedy=_REMEDY) from None
    except (OSError, ValueError, EOFError, KeyError, NotImplementedError, RuntimeError, SyntaxError, MemoryError):
        raise MeaningError("语义模型文件无法读取", place=place, remedy=_REMEDY) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error):
        raise MeaningError("语义模型文件已损坏", place=place, remedy=_REMEDY) from None
    return _checked(arrays, place)


@cache
def shipped() -> Model:
    """The model of the package, loaded once, on first need."""
    return load(SHIPPED)


@cache
def shipped_digest() -> str:
    """sha256 of the package's model file, “missing” when there is none: what a release is named by."""
    try:
        return hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    except OSError:
        return "missing"


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
    }


def _checked(arrays: dict[str, Array], place: str) -> Model:
    digest = arrays.pop("digest", None)
    if digest is None or _string(digest) != _digest(arrays):
        raise MeaningError("语义模型文件与其摘要不符", place=place, remedy=_REMEDY)
    if arrays["version"].tolist() != [FORMAT, features.VERSION, features.BITS]:
        raise MeaningError("语义模型文件的版本与程序不符", place=place, remedy=_REMEDY)
    columns = arrays["columns"].astype(np.int32)
    rarity = np.zeros(2 * features.SLOTS, dtype=np.float32)
    rarity[columns[columns < 2 * features.SLOTS]] = arrays["rarity"]
    numbers = arrays["calibration"].astype(np.float64).tolist()
    return Model(
        kinds=tuple(Kind(kind) for kind in _string(arrays["kinds"]).split("\n")),
        columns=columns,
        rarity=rarity,
        weights=arrays["steps"].astype(np.float32) * arrays["scale"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
        breach=Calibration(numbers[0], numbers[1]),
        kind=Calibration(numbers[2], numbers[3]),
        digest=_string(digest),
    )


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
