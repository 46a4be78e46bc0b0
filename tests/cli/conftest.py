"""The command in this process, under the small installation unless a test asks for the shipped one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_calls import Compliance
from typer.testing import CliRunner

import small_shipped
from compliance.cli.main import app
from compliance.engine import Engine
from compliance.release import shipped as shipped_module

_USERS_OF_SHIPPED = (
    "compliance.release.sources",
    "compliance.cli.run_demo",
    "compliance.cli.run_lexicon",
    "compliance.cli.run_model",
    "compliance.cli.run_model_train",
)


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_shipped.build(tmp_path_factory.mktemp("small"))


@pytest.fixture
def small(small_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small installation in place of the shipped one."""
    for module in _USERS_OF_SHIPPED:
        monkeypatch.setattr(f"{module}.shipped", lambda name: small_root / name)
    return small_root


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def compliance(here: Path, small: Path) -> Compliance:
    """`compliance ARGUMENT…` in the empty working directory, under the small installation."""
    return lambda *arguments, stdin=None: CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


@pytest.fixture(scope="session")
def shipped_engine() -> Engine:
    return Engine.load()


@pytest.fixture
def shipped(shipped_engine: Engine, small: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Everything as it is shipped, loaded once for all tests, in place of the small installation."""
    for module in _USERS_OF_SHIPPED:
        monkeypatch.setattr(f"{module}.shipped", shipped_module.shipped)
    monkeypatch.setattr(Engine, "load", lambda policies=(), lexicons=(), model=None: shipped_engine)
    return shipped_engine


@pytest.fixture
def script(here: Path) -> Callable[..., Path]:
    """Writes a text file into the working directory."""

    def write(text: str, name: str = "话术.txt") -> Path:
        return small_shipped.write(here / name, text)

    return write


@pytest.fixture
def lines(here: Path) -> Callable[..., Path]:
    """Writes a JSONL file of documents (or, as they are, of strings)."""

    def write(*documents: dict[str, object] | str, name: str = "in.jsonl") -> Path:
        shown = (d if isinstance(d, str) else json.dumps(d, ensure_ascii=False) for d in documents)
        return small_shipped.write(here / name, "".join(f"{line}\n" for line in shown))

    return write
