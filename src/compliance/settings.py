"""Settings from the environment (prefix COMPLIANCE_) and their documented defaults."""

import os
from functools import cached_property
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def home() -> Path:
    """Where state lives: COMPLIANCE_HOME, or the platform's user data directory."""
    chosen = os.environ.get("COMPLIANCE_HOME")
    return Path(chosen) if chosen else user_data_path("compliance")


def cache_folder() -> Path:
    """Where compiled releases are kept, to be read in a fraction of the time; may be deleted at any time."""
    chosen = os.environ.get("COMPLIANCE_CACHE")
    return Path(chosen) if chosen else home() / "cache"


def chosen_model() -> Path | None:
    """COMPLIANCE_MODEL: a model that `compliance model train` made, in place of the shipped one."""
    chosen = os.environ.get("COMPLIANCE_MODEL")
    return Path(chosen) if chosen else None


def releases_folder() -> Path:
    """Where published releases are kept."""
    return home() / "releases"


def chosen_release() -> str | None:
    """COMPLIANCE_RELEASE: a published release to use in place of the folders, “live” or (the beginning of) a digest."""
    return os.environ.get("COMPLIANCE_RELEASE") or None


class Settings(BaseSettings):
    """Where state lives and which folders are added to the shipped ones."""

    model_config = SettingsConfigDict(env_prefix="COMPLIANCE_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default_factory=home)
    """State: database, key, reports. The platform's user data directory unless COMPLIANCE_HOME says otherwise."""

    database_url: str | None = None
    """SQLAlchemy URL; a SQLite file under `home` by default."""

    encryption_key: SecretStr | None = None
    """Key for text at rest; a key file under `home` is made when this is not set."""

    policies: list[Path] = Field(default_factory=list)
    """Team folders with rules and laws (COMPLIANCE_POLICIES='["/srv/rules"]')."""

    lexicons: list[Path] = Field(default_factory=list)
    """Team folders with lexicons."""

    model: Path | None = Field(default_factory=chosen_model)
    """The model of the second reader; the shipped one by default."""

    cache: Path = Field(default_factory=cache_folder)
    """Compiled releases."""

    release: str | None = Field(default_factory=chosen_release)
    """A published release to use in place of the folders."""

    @cached_property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'compliance.db'}"

    @property
    def key_file(self) -> Path:
        return self.home / "encryption.key"

    @property
    def reports(self) -> Path:
        return self.home / "reports"
