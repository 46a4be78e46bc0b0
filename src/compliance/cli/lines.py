"""Standard input or a file, line by line, however long the lines are."""

from collections.abc import Iterator
from typing import IO, NamedTuple

from compliance.model.errors import ComplianceError
from compliance.readers import Limits


class Line(NamedTuple):
    """A line by its number from 1; `data` is None when it is longer than a document may be."""

    number: int
    data: bytes | None


def numbered_lines(stream: IO[bytes], name: str) -> Iterator[Line]:
    """Numbered lines that are not blank; one beyond the bound comes without its content."""
    bound = Limits().max_file_bytes
    number = 0
    try:
        while data := stream.readline(bound + 1):
            number += 1
            too_long = len(data) > bound
            while too_long and data and not data.endswith(b"\n"):
                data = stream.readline(bound)
            if too_long or data.strip():
                yield Line(number, None if too_long else data)
    except OSError as error:
        raise ComplianceError(f"读不出来（{error.strerror}）", place=name, remedy="检查磁盘与文件") from error
