"""What `compliance batch` does."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, nullcontext
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from compliance.cli.batch_worker import Result, Setup, loaded, results
from compliance.cli.configuration import folders, settings
from compliance.cli.failure import COULD_NOT_REVIEW, show, tell
from compliance.cli.lines import Line, numbered_lines
from compliance.cli.output import check_output, replacing
from compliance.cli.progress import bar
from compliance.cli.recording import keep_release, open_store, record_reviews
from compliance.model.errors import ComplianceError, ReadError

if TYPE_CHECKING:
    from compliance.store.reviews import ReviewStore

__all__ = ["Setup", "folders", "run"]

_CHUNK = 32  # lines that go to a worker together


def run(documents: Path, output: Path, setup: Setup, workers: int) -> int:
    """Review every line; the exit code. The output appears whole, with a line for each line that could be reviewed."""
    name = "标准输入" if str(documents) == "-" else str(documents)
    check_output(output, [documents])
    total = _count(documents, name)
    if total == 0:
        raise ReadError("文件里没有文档", place=name, remedy="每行放一个 Document，格式见 compliance batch --help")
    with ExitStack() as opened, closing(results(_chunks(documents, name), name, workers, setup)) as reviewed:
        writer = _Writer(_Recorder(opened) if setup.record else None)
        first = next(reviewed, [])  # nothing is written before the rules are known to load
        with replacing(output) as out, bar() as progress:
            task = progress.add_task("审查", total=total)
            for chunk in ([first], reviewed):
                for each in chunk:
                    writer.write(out, each)
                    progress.advance(task, len(each))
    return writer.finish(output)


class _Recorder:
    """The audit database, until it fails: that is told once, and the reviews go on."""

    def __init__(self, opened: ExitStack) -> None:
        self.failed = False
        self._opened = opened  # closes the database at the end of the run
        self._store: ReviewStore | None = None

    def record(self, chunk: list[Result]) -> None:
        pairs = [result.reviewed for result in chunk if result.reviewed is not None]
        if self.failed or not pairs:
            return
        try:
            if self._store is None:
                self._store = self._opened.enter_context(open_store(settings()))
                keep_release(loaded())
            record_reviews(self._store, pairs)
        except ComplianceError as error:
            tell(error)
            self.failed = True


class _Writer:
    """Puts results into the output and counts them."""

    def __init__(self, recorder: _Recorder | None) -> None:
        self._recorder = recorder
        self._written = self._failed = 0
        self._ignored: set[str] = set()

    def write(self, out: IO[bytes], chunk: list[Result]) -> None:
        for result in chunk:
            self._ignored |= result.ignored
            if result.error is not None:
                tell(result.error)
                self._failed += 1
                continue
            out.write(result.line)
            self._written += 1
        if self._recorder is not None:
            self._recorder.record(chunk)

    def finish(self, output: Path) -> int:
        if self._ignored:
            show(f"忽略了 Document 之外的字段：{'、'.join(sorted(self._ignored))}")
        skipped = f"，{self._failed} 行有错未审" if self._failed else ""
        show(f"{self._written} 篇已审查{skipped}，写入 {output}")
        unrecorded = self._recorder is not None and self._recorder.failed
        return COULD_NOT_REVIEW if self._failed or unrecorded else 0


class _Opened(NamedTuple):
    stream: IO[bytes]
    is_file: bool


def _open(path: Path, name: str) -> _Opened:
    if str(path) == "-" and sys.stdin is not None:
        return _Opened(sys.stdin.buffer, is_file=False)
    try:
        stream = path.open("rb")
        return _Opened(stream, stat.S_ISREG(os.fstat(stream.fileno()).st_mode))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"文件打不开（{reason}）", place=name, remedy="检查路径与权限") from error


def _count(path: Path, name: str) -> int | None:
    """Lines that are not blank; None for a pipe, which can be read only once."""
    if str(path) == "-" or (path.exists() and not path.is_file() and not path.is_dir()):
        return None
    return sum(len(chunk) for chunk in _chunks(path, name))


def _chunks(path: Path, name: str) -> Iterator[list[Line]]:
    opened = _open(path, name)
    with opened.stream if opened.is_file else nullcontext(opened.stream):
        lines = numbered_lines(opened.stream, name)
        while chunk := list(islice(lines, _CHUNK)):
            yield chunk
