"""Settings of the second opinion, from the environment (prefix COMPLIANCE_OPINION_)."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from compliance.settings import home


class OpinionSettings(BaseSettings):
    """Off while `url` is not set. Caps hold for one document."""

    model_config = SettingsConfigDict(env_prefix="COMPLIANCE_OPINION_", env_ignore_empty=True, extra="ignore")

    url: str | None = None
    """Base URL of an OpenAI-compatible service; requests go to `{url}/chat/completions`."""

    model: str | None = None
    """Name of the model at that service."""

    key: SecretStr | None = None
    """Sent as a bearer token; none for a service without keys."""

    format: Literal["json_object", "json_schema"] = "json_object"
    """How the service is told to answer in JSON; the answer is validated all the same."""

    action: Literal["hint", "refer"] = "hint"
    """What becomes of what it raises: a hint, or a referral to counsel."""

    timeout: float = Field(default=20, gt=0, le=600)
    """Seconds that one request may take."""

    time: float = Field(default=60, gt=0, le=3600)
    """Seconds that all requests for a document may take."""

    requests: int = Field(default=10, ge=1, le=1000)
    """Requests for a document, repeated ones included."""

    price_in: float = Field(default=0, ge=0)
    """CNY for 1,000 tokens sent."""

    price_out: float = Field(default=0, ge=0)
    """CNY for 1,000 tokens answered."""

    cost: float | None = Field(default=None, ge=0)
    """CNY for a document; needs the prices."""

    cache: Path = Field(default_factory=lambda: home() / "opinions")
    """Answers that were given, to be given again for the same question."""

    @field_validator("url")
    @classmethod
    def _plain_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("not an http(s) address")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("the key belongs into its own setting, not into the address")
        return url.rstrip("/")
