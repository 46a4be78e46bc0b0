"""Progress for people: on standard error, and only where a person looks at it."""

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

from compliance.words.kernel import is_stored

_errors = Console(stderr=True)

T = TypeVar("T")


def watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def tell_of_compiling() -> None:
    """Where the loop of the matcher has yet to be compiled, why the first run takes longer."""
    if watched() and not is_stored():
        _errors.print("安装或升级后第一次使用，先编译匹配器，约半分钟……")


def tracked(items: Sequence[T], description: str) -> Iterable[T]:
    """The items, with a bar while they are worked on."""
    return track(items, description=description, console=_errors, transient=True, disable=not watched())


def bar() -> Progress:
    """A bar that is advanced by hand."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=_errors, transient=True, disable=not watched(),
    )  # fmt: skip
