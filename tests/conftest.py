"""What every test shares: state in a folder of its own, skips that count as failures in CI, and room for workers."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("unhurried")

_skipped_modules: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--strict-skips", action="store_true", help="fail when any test is skipped")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped_modules.add(report.nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker tells the terminal which tests it skipped, but not which whole modules: we do."""
    _skipped_modules.update(getattr(node, "workeroutput", {}).get("skipped_modules", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["skipped_modules"] = sorted(_skipped_modules)
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    strict = session.config.getoption("--strict-skips") or os.environ.get("CI")
    if not strict or reporter is None or exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        return
    if _skipped_modules or reporter.stats.get("skipped"):
        reporter.ensure_newline()
        for module in sorted(_skipped_modules):
            reporter.write_line(f"skipped: {module}", red=True)
        reporter.write_line("a skipped test is a failed promise: skips are failures here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    """Workers start their PostgreSQL servers one after another: as root, the first start adds a system user."""
    if fixturedef.argname != "postgresql" or not hasattr(request.config, "workerinput"):
        return (yield)
    folder = request.getfixturevalue("tmp_path_factory").getbasetemp().parent
    with FileLock(folder / "postgresql.lock"):
        return (yield)


@pytest.fixture(scope="session")
def compiled_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled once for all tests and workers of this run: what is kept there is named by all that it depends on."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "compiled"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, compiled_releases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own state."""
    home = tmp_path / "home"
    for name in list(os.environ):
        if name.startswith("COMPLIANCE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COMPLIANCE_HOME", str(home))
    monkeypatch.setenv("COMPLIANCE_CACHE", str(compiled_releases))
    return home
