"""Errors and warnings for people: stable code, place with a caret, what was found, one way to mend it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from compliance.lang.catalogue import CATALOGUE
from compliance.lang.position import Position

Language = Literal["zh", "en"]

_SHOWN = 80
"""How much of a long source line is shown, in characters."""


@dataclass(frozen=True)
class Diagnostic:
    """One mistake at one place. `values` fill the catalogue's sentence for `code`."""

    code: str
    path: str
    at: Position
    values: dict[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")

    def message(self, language: Language = "zh") -> str:
        return CATALOGUE[self.code].message(language).format_map(self.values)

    def remedy(self, language: Language = "zh") -> str:
        return CATALOGUE[self.code].remedy(language).format_map(self.values)


def width(text: str) -> int:
    """Terminal columns of `text`: East Asian wide and fullwidth characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def render(diagnostic: Diagnostic, source: str, language: Language = "zh") -> str:
    """The diagnostic with its source line and a caret under the place."""
    at = diagnostic.at
    first = max(at.start - at.column + 1, 0)
    end = source.find("\n", first)
    line = source[first : end if end >= 0 else len(source)].rstrip("\r").replace("\t", " ")
    before, marked, line = _window(line, at.column - 1, max(at.end - at.start, 1))
    label = (
        ("错误" if language == "zh" else "error")
        if diagnostic.is_error
        else ("警告" if language == "zh" else "warning")
    )
    margin = " " * len(str(at.line))
    return "\n".join(
        [
            f"{label}[{diagnostic.code}] {diagnostic.message(language)}",
            f"{margin} --> {diagnostic.path}:{at.line}:{at.column}",
            f"{margin} |",
            f"{at.line} | {line}".rstrip(),
            f"{margin} | {' ' * width(before)}{'^' * max(width(marked), 1)} {diagnostic.remedy(language)}".rstrip(),
        ]
    )


def _window(line: str, column: int, length: int) -> tuple[str, str, str]:
    """What stands before the place, the place, and the line: long lines are cut to what is near."""
    marked = line[column : column + length][:_SHOWN]
    first = max(column - _SHOWN // 2, 0) if len(line) > _SHOWN else 0
    last = max(column + len(marked), first + _SHOWN)
    before = ("…" if first else "") + line[first:column]
    after = line[column + len(marked) : last] + ("…" if len(line) > last else "")
    return before, marked or " ", before + marked + after


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, then place, errors before warnings; the same mistake at the same place once."""
    unique = {(d.path, d.at, d.code, tuple(sorted(d.values.items()))): d for d in diagnostics}
    return sorted(unique.values(), key=lambda d: (d.path, d.at.start, d.code))
