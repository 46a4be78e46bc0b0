"""Classes and functions by name: none but those of the packages that make up a release."""

import sys
from typing import Any

PACKAGES = tuple(f"compliance.{name}." for name in ("judge", "lang", "model", "release", "text", "words"))


class NotStorableError(TypeError):
    """A value that this format has no form for."""


class UnreadableError(ValueError):
    """Bytes that hold no values of this format."""


def name_of(cls: type) -> str:
    """A class as it is found again. Raises NotStorableError for those of other packages."""
    if not cls.__module__.startswith(PACKAGES) or _found(cls.__module__, cls.__qualname__) is not cls:
        raise NotStorableError(f"{cls.__module__}.{cls.__qualname__}")
    return f"{cls.__module__}:{cls.__qualname__}"


def class_named(name: str) -> type:
    found = _named(name)
    if not isinstance(found, type):
        raise UnreadableError(name)
    return found


def function_name(value: Any) -> str | None:
    """A function that a module of the package holds under its own name; compiled ones count."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if not callable(value) or isinstance(value, type) or not isinstance(module, str) or not isinstance(name, str):
        return None
    return f"{module}:{name}" if module.startswith(PACKAGES) and _found(module, name) is value else None


def function_named(name: str) -> Any:
    found = _named(name)
    if not callable(found):
        raise UnreadableError(name)
    return found


def _named(name: str) -> object:
    module, _, qualname = name.partition(":")
    return _found(module, qualname) if module.startswith(PACKAGES) else None


def _found(module: str, qualname: str) -> object:
    if module not in sys.modules:
        __import__(module)
    found: Any = sys.modules[module]
    for part in qualname.split("."):
        found = getattr(found, part, None)
    return found
