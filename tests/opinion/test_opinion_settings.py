"""An adviser is there when it is asked for; what is wrong with its settings is told by name, never by value."""

import sys
from pathlib import Path

import pytest

from compliance.model.errors import ComplianceError
from compliance.opinion.configured import configured
from compliance.opinion.settings import OpinionSettings

PAGE = (Path(__file__).parents[2] / "docs" / "opinion.md").read_text("utf-8")
KEY = "sk-very-secret"


def set_up(patch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        patch.setenv(f"COMPLIANCE_OPINION_{name.upper()}", value)


def test_nothing_is_asked_unless_it_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, model="m", key=KEY)
    assert configured() is None


def test_an_address_and_a_model_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, url="http://127.0.0.1:1/v1/", model="m")
    adviser = configured()
    assert adviser is not None
    assert not adviser.refers


def test_what_it_raises_may_go_to_counsel(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, url="http://127.0.0.1:1/v1", model="m", action="refer")
    adviser = configured()
    assert adviser is not None
    assert adviser.refers


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no-model": ({}, "MODEL"),
    "scheme": ({"url": "ftp://example.org", "model": "m"}, "URL"),
    "no-host": ({"url": "https://", "model": "m"}, "URL"),
    "key-in-address": ({"url": f"https://u:{KEY}@example.org/v1", "model": "m"}, "URL"),
    "key-in-query": ({"url": f"https://example.org/v1?key={KEY}", "model": "m"}, "URL"),
    "timeout": ({"timeout": "0", "model": "m"}, "TIMEOUT"),
    "requests": ({"requests": "many", "model": "m"}, "REQUESTS"),
    "action": ({"action": "block", "model": "m"}, "ACTION"),
    "cost-without-prices": ({"cost": "1", "model": "m"}, "COST"),
}


@pytest.mark.parametrize(("values", "name"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_by_name(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], name: str) -> None:
    set_up(monkeypatch, **{"url": "https://example.org/v1", "key": KEY, **values})
    with pytest.raises(ComplianceError, match=f"环境变量 COMPLIANCE_OPINION_{name}：") as raised:
        configured()
    assert KEY not in str(raised.value)
    assert raised.value.remedy
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_without_its_libraries_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, url="https://example.org/v1", model="m")
    monkeypatch.delitem(sys.modules, "compliance.opinion.language_model", raising=False)
    monkeypatch.delitem(sys.modules, "compliance.opinion.endpoint", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(ComplianceError, match=r"需要 httpx；安装 compliance\[opinion\]"):
        configured()


@pytest.mark.parametrize("name", OpinionSettings.model_fields)
def test_the_page_tells_every_setting_and_its_default(name: str) -> None:
    field = OpinionSettings.model_fields[name]
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `COMPLIANCE_OPINION_{name.upper()}` "))
    if field.default_factory is None and field.default is not None:
        assert f"| `{field.default}` |" in row
