"""The wheel: all that is needed travels inside, nothing else does, and it works from any directory."""

import email
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import compliance

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    subprocess.run([sys.executable, *build, "-w", folder, ROOT], env=environment, check=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    install = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, *install, "--target", target, wheel], check=True, timeout=120)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In another directory; `-P` and the search path keep the source checkout out."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "COMPLIANCE_HOME": str(cwd / "home")}
    line = [sys.executable, "-P", *arguments]
    return subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_it_is_named_and_licensed(wheel: Path, names: set[str]) -> None:
    info = f"compliance-{compliance.__version__}.dist-info"
    assert wheel.name == f"compliance-{compliance.__version__}-py3-none-any.whl"
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= names
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "compliance = compliance.cli.main:app" in entry_points


def test_it_holds_what_is_needed(names: set[str]) -> None:
    assert {"compliance/py.typed", "compliance/lang/grammar.lark"} <= names
    assert {f"compliance/shipped/manual/{page}.md" for page in ("rule-language", "diagnostics")} <= names
    for folder, suffix in (("export/templates", ""), ("store/migrations/versions", ".py")):
        assert any(name.startswith(f"compliance/{folder}/") and name.endswith(suffix) for name in names), folder
    assert not any("corpus/final" in name for name in names)
    for folder in ("lexicons", "policies", "examples", "corpus/train", "corpus/tune"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.[!p]*") if path.is_file()}
        inside = {name.removeprefix("compliance/shipped/") for name in names}
        assert {name for name in ours if "__pycache__" not in name} <= inside
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT / "src").as_posix() in names


def test_it_holds_nothing_else(names: set[str]) -> None:
    for name in names:
        assert name.split("/")[0] in {"compliance", f"compliance-{compliance.__version__}.dist-info"}, name
        assert not name.endswith((".pyc", ".pyo", ".part")), name
        assert not {"tests", "benchmarks", "docs", "__pycache__", ".git"} & set(name.split("/")), name


def test_it_reviews_from_any_directory(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "-c", "import compliance; print(compliance.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed), where.stdout + where.stderr
    (tmp_path / "话术.txt").write_text("这是全网最好的面霜", encoding="utf-8")
    ran = run(installed, tmp_path, "-m", "compliance.cli.main", "review", "话术.txt", "-c", "化妆品", "-f", "json")
    report = json.loads(ran.stdout)
    assert report["findings"]
    assert ran.returncode == {"revise": 1, "block": 2}[report["verdict"]]
    assert (tmp_path / "home" / "compliance.db").is_file()


def test_its_demo_works_from_any_directory(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path, "-m", "compliance.cli.main", "demo", "-o", "演示")
    assert ran.returncode == 0, ran.stderr
    assert "已审查 6 份话术" in ran.stdout
    assert {"demo.xlsx", "demo.html", "demo.sarif"} <= {path.name for path in (tmp_path / "演示").iterdir()}
