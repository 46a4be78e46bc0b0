"""Settings from the environment for one run, and the engine with the team's folders."""

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_settings import SettingsError

from compliance.cli.progress import tell_of_compiling
from compliance.engine import Engine
from compliance.meaning.store import ModelFile, model_file
from compliance.model.errors import ComplianceError
from compliance.model.opinion import Adviser
from compliance.settings import Settings, chosen_model, chosen_release


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


def load_engine(chosen: Folders, adviser: Adviser | None = None) -> Engine:
    """Under COMPLIANCE_RELEASE, or else under the folders. Raises LawError (PolicyError for rules)."""
    tell_of_compiling()
    release = chosen_release()
    if release is not None and not any(chosen):
        engine = Engine.published(release)
    else:
        engine = Engine.load(chosen.policies, chosen.lexicons)
    return engine if adviser is None else engine.advised_by(adviser)
