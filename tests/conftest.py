"""What every test shares: state in a folder of its own, and skips that count as failures in CI."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--strict-skips", action="store_true", help="fail when any test is skipped")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    strict = session.config.getoption("--strict-skips") or os.environ.get("CI")
    if strict and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("a skipped test is a failed promise: skips are failures here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own state."""
    home = tmp_path / "home"
    for name in list(os.environ):
        if name.startswith("COMPLIANCE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COMPLIANCE_HOME", str(home))
    return home
