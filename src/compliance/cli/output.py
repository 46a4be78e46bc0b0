"""Writing results: files whole or not at all, bytes on standard output."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from compliance.cli.failure import OptionError
from compliance.model.errors import ComplianceError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes its name only when the block ends well; folders on the way are made.

    A link is followed, so that it goes on pointing; a device or pipe is written to as it is. An OSError of the
    block is taken for one of writing. Raises ComplianceError.
    """
    target = _target(path)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if _is_special(target):
            with target.open("wb") as stream:
                yield stream
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            yield stream
        part.replace(target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(path, error.strerror) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _target(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links; a NUL in the name
        raise _unwritable(path, getattr(error, "strerror", None)) from error


def _unwritable(path: Path, reason: str | None) -> ComplianceError:
    return ComplianceError(f"写不进去（{reason or '路径不合法'}）", place=str(path), remedy="换一个可写的位置")


def write_file(path: Path, data: bytes) -> None:
    """All or nothing. Raises ComplianceError."""
    with replacing(path) as stream:
        stream.write(data)


def write_stdout(data: bytes) -> None:
    """Bytes as they are: no line ends are translated. Raises OSError."""
    if sys.stdout is None:
        raise ComplianceError("标准输出是关闭的", remedy="用 -o 写到文件")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def check_output(output: Path, inputs: Iterable[str | Path]) -> None:
    """Refuse, before any work is done, an output that cannot be or would destroy an input. Raises OptionError."""
    if output.is_dir():
        raise OptionError("这是文件夹，不是文件", place=f"--output {output}", remedy="写上文件名")
    for name in inputs:
        with suppress(OSError, ValueError):
            if output.samefile(name) and not _is_special(output):
                raise OptionError("输出会覆盖要审查的文件", place=f"--output {output}", remedy="换一个文件名")


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
