"""Calling the command: in this process (the `compliance` fixture) or in one of its own, where only that proves it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from typer.testing import Result

Compliance = Callable[..., Result]

_UNDER_SMALL = """\
import sys
from pathlib import Path
root = Path(sys.argv.pop(1))
import compliance.release.sources as sources
sources.shipped = lambda name: root / name
from compliance.cli.main import app
app(prog_name="compliance")
"""


def command(*arguments: object, small: Path) -> list[str]:
    """The command line of a process of its own, under the small installation."""
    return [sys.executable, "-c", _UNDER_SMALL, str(small), *map(str, arguments)]


def process(
    *arguments: object, small: Path, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments, small=small),
        cwd=cwd,
        input=stdin,
        env={**os.environ, **(env or {})},
        capture_output=True,
        timeout=120,
        check=False,
    )


def sentences(text: str) -> list[str]:
    """The errors that were told, one a line; anything like a traceback fails."""
    assert "Traceback" not in text
    told = [line for line in text.splitlines() if line.startswith("错误：")]
    for line in told:
        assert line.endswith("。"), line
    return told
