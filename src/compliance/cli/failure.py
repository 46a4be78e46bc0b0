"""What a person sees when something goes wrong: one sentence and exit code 3, never a traceback."""

import os
import re
import sys
import traceback
from contextlib import suppress
from typing import Literal

from compliance.model.errors import ComplianceError

COULD_NOT_REVIEW = 3

_COLOURS = {"red": "\x1b[31m", "yellow": "\x1b[33m"}
_PLAIN = "\x1b[0m"
# A file may be called anything; what a terminal would obey instead of print is made visible.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class OptionError(ComplianceError):
    """The command line itself is wrong; the remedy lists what there is."""


class InterruptedRunError(ComplianceError):
    """The user stopped the run."""

    def __init__(self) -> None:
        super().__init__("已中断，没有写完的文件已经清除", remedy="需要时重新运行")


def show(text: str, *, colour: Literal["red", "yellow"] | None = None) -> None:
    """A line on standard error, safe to print, personal information masked, in colour only on a terminal."""
    if sys.stderr is None:
        return
    from compliance.words.masking import mask  # noqa: PLC0415  # most runs have nothing to say here

    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", mask(text))
    if colour is not None and sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        text = f"{_COLOURS[colour]}{text}{_PLAIN}"
    with suppress(OSError):  # nobody reads it
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def tell(error: ComplianceError) -> None:
    """The sentence, after the source lines that it is about where the error carries them (PolicyError)."""
    details = getattr(error, "text", "")
    if details:
        show(f"{details}\n")
    show(f"错误：{error}", colour="red")


def tell_bug(error: Exception) -> None:
    """Our own mistake: the traceback is what mends it, and the exit code must not look like a verdict."""
    show("".join(traceback.format_exception(error)).rstrip())
    show(f"程序出错（{type(error).__name__}），没有得出结论；请把以上内容连同命令一起报告给维护者。", colour="red")
