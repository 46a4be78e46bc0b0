"""Settings from the environment for one run."""

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_settings import SettingsError

from compliance.meaning.store import ModelFile, model_file
from compliance.model.errors import ComplianceError
from compliance.settings import Settings, chosen_model


class Folders(NamedTuple):
    """The team's folders: those of the settings first, then those of the command line."""

    policies: tuple[Path, ...]
    lexicons: tuple[Path, ...]


def settings() -> Settings:
    """Raises ComplianceError naming the variable when one cannot be understood."""
    try:
        return Settings()
    except SettingsError as error:
        name = next((name for name in ("policies", "lexicons") if f'"{name}"' in str(error)), "")
        raise _misunderstood(name) from error
    except ValidationError as error:
        raise _misunderstood(str(error.errors()[0]["loc"][0])) from error


def _misunderstood(name: str) -> ComplianceError:
    lists = name in {"policies", "lexicons", ""}
    remedy = """写成 JSON 列表，如 '["/srv/规则"]'""" if lists else "检查它的值"
    return ComplianceError("看不懂这个设置", place=f"环境变量 COMPLIANCE_{name.upper()}", remedy=remedy)


def folders(policies: list[Path] | None, lexicons: list[Path] | None) -> Folders:
    chosen = settings()
    return Folders((*chosen.policies, *(policies or ())), (*chosen.lexicons, *(lexicons or ())))


def model_in_use() -> ModelFile:
    """COMPLIANCE_MODEL, or else the shipped one, as it is now."""
    return model_file(chosen_model())
