"""What is known of the compiled loop before it runs."""

from pathlib import Path

import pytest

from compliance.model.lexicon import Term
from compliance.words import kernel
from compliance.words.group import WordGroup
from compliance.words.matcher import Matcher


def test_the_loop_is_stored_once_it_has_run() -> None:
    Matcher([WordGroup("价格", (Term(text="最低价"),))]).find("全网最低价")
    assert kernel.is_stored()


def test_a_loop_that_changed_since_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Matcher([WordGroup("价格", (Term(text="最低价"),))]).find("全网最低价")
    changed = tmp_path / "kernel.py"
    changed.touch()
    monkeypatch.setattr(kernel, "__file__", str(changed))
    assert not kernel.is_stored()
