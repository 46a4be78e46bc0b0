"""The model's file: same model, same bytes; damage is told in a sentence."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.meaning.model import Calibration
from compliance.meaning.store import SHIPPED, MeaningError, dump, load, shipped
from compliance.model.errors import ComplianceError

RAW = SHIPPED.read_bytes()


def test_a_loaded_model_is_written_as_it_was_read() -> None:
    assert dump(load(RAW)) == RAW
    assert len(RAW) < 12_000_000


def test_it_is_loaded_once() -> None:
    assert shipped() is shipped()
    assert len(shipped().digest) == 64


def test_a_missing_file_is_told_with_place_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(MeaningError) as caught:
        load(tmp_path / "none.npz")
    assert isinstance(caught.value, ComplianceError)
    assert "none.npz" in str(caught.value)
    assert "重新" in caught.value.remedy


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no model", RAW[: len(RAW) // 2], RAW[:-1]])
def test_a_cut_file_is_refused(raw: bytes) -> None:
    with pytest.raises(MeaningError):
        load(raw)


@settings(max_examples=60)
@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_refused_or_changes_nothing(place: int, flip: int) -> None:
    raw = bytearray(RAW)
    raw[place] ^= flip
    try:
        read = load(bytes(raw))
    except MeaningError:
        return
    assert read.digest == shipped().digest
    assert (read.weights == shipped().weights).all()


@pytest.mark.parametrize("name", ["version", "steps", "bias", "calibration", "digest", "kinds"])
def test_a_changed_or_missing_array_is_refused(name: str) -> None:
    with np.load(io.BytesIO(RAW)) as file:
        arrays = {key: file[key] for key in file.files}
    for changed in ({**arrays, name: np.flip(arrays[name])}, {k: v for k, v in arrays.items() if k != name}):
        out = io.BytesIO()
        np.savez(out, **changed)
        with pytest.raises(MeaningError):
            load(out.getvalue())


def test_a_file_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.meaning.features.VERSION", 99)
    with pytest.raises(MeaningError, match="版本"):
        load(RAW)


@given(st.floats(0.05, 9), st.floats(-9, 9), st.lists(st.floats(-50, 50), min_size=2, max_size=9))
def test_calibration_keeps_the_order(slope: float, offset: float, scores: list[float]) -> None:
    probability = Calibration(slope, offset).probability(np.array(sorted(scores)))
    assert (np.diff(probability) >= 0).all()
    assert ((probability >= 0) & (probability <= 1)).all()


def test_the_shipped_calibration_rises() -> None:
    assert shipped().breach.slope > 0
    assert shipped().kind.slope > 0
