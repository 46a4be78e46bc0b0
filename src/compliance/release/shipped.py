"""Where the shipped lexicons, policies, examples and corpus are: in the wheel, or beside a source checkout's src/."""

from importlib.resources import files
from pathlib import Path

from compliance.model.errors import LawError


def shipped(name: str) -> Path:
    """The folder `lexicons`, `policies`, `examples` or `corpus` that came with this installation."""
    package = Path(str(files("compliance")))
    for candidate in (package / "shipped" / name, package.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise LawError(f"安装不完整，缺少随产品发布的 {name}", place=str(package), remedy="重新安装 compliance")
