"""Progress for people: on standard error, and only where a person looks at it."""

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

_errors = Console(stderr=True)

T = TypeVar("T")


def watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def tracked(items: Sequence[T], description: str) -> Iterable[T]:
    """The items, with a bar while they are worked on."""
    return track(items, description=description, console=_errors, transient=True, disable=not watched())


def bar() -> Progress:
    """A bar that is advanced by hand."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=_errors, transient=True, disable=not watched(),
    )  # fmt: skip
