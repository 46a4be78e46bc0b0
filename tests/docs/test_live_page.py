"""The page about sessions: its example and its command do what it says."""

import contextlib
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from readme_blocks import commands, read_page
from typer.testing import CliRunner

from compliance.cli.main import app
from compliance.engine import Engine

PAGE = read_page("docs/live.md")


@pytest.fixture
def _loaded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(policies: Sequence[Path | str] = (), lexicons: Sequence[Path | str] = ()) -> Engine:
        return engine

    monkeypatch.setattr(Engine, "load", load)


@pytest.mark.usefixtures("_loaded")
def test_the_example_prints_what_the_page_shows() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(PAGE.first("python").text, {})  # noqa: S102  # our own page
    assert [line.rstrip() for line in printed.getvalue().splitlines()] == [
        line.rstrip() for line in PAGE.first("text").text.splitlines()
    ]


@pytest.mark.usefixtures("_loaded")
def test_the_command_exits_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = commands(PAGE.first("sh"))
    result = CliRunner().invoke(app, list(command.words[1:]), input=command.stdin)
    assert result.exit_code == command.exit_code
    assert {json.loads(line)["state"] for line in result.stdout.splitlines()} == {"raised"}
    assert (tmp_path / "收尾.html").exists()
