"""The shipped rule files, and a small installation in place of them."""

from pathlib import Path

import pytest

import small_shipped


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = small_shipped.build(tmp_path / "small")
    for module in ("compliance.editor.load", "compliance.editor.workspace"):
        monkeypatch.setattr(f"{module}.shipped", lambda name: root / name)
    return root
