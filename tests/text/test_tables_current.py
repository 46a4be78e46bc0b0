"""The generated tables are what tools/tables.py makes today, and the tool says so when it cannot know."""

import importlib
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("tables")


def test_the_tables_are_current() -> None:
    command = [sys.executable, str(TOOLS / "tables.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_table_that_differs_is_named_and_left_alone(
    generator: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("characters", "pairs", "sounds", "splits", "words"):
        monkeypatch.setattr(generator, name, lambda name=name: f"{name}\n")
        (tmp_path / f"{name}.txt").write_text(f"{name}\n", encoding="utf-8")
    monkeypatch.setattr(generator, "TABLES", tmp_path)
    assert generator.main(["--check"]) == 0
    (tmp_path / "pairs.txt").write_text("old\n", encoding="utf-8")
    assert generator.main(["--check"]) == 1
    assert capsys.readouterr().out == "pairs.txt differs\n"
    assert (tmp_path / "pairs.txt").read_text(encoding="utf-8") == "old\n"
    assert generator.main([]) == 0
    assert (tmp_path / "pairs.txt").read_text(encoding="utf-8") == "pairs\n"


@pytest.mark.parametrize("absent", ["snownlp", "jieba"])
def test_without_a_package_the_check_fails_and_says_why(
    generator: ModuleType, monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    def installed(name: str) -> Distribution:
        if name == absent:
            raise PackageNotFoundError(name)
        return distribution(name)

    monkeypatch.setattr(generator, "distribution", installed)
    generator._jieba.cache_clear()
    generator._ordinary_words.cache_clear()
    with pytest.raises(SystemExit, match=f"^The tables cannot be made: {absent} is not installed; install .*tables"):
        generator.main(["--check"])
