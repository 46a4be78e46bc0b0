"""The breaches marked in the corpus, to name those that are most like what the reader found."""

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import orjson

from compliance.meaning.nearest import Nearest
from compliance.meaning.store import MeaningError
from compliance.model.report import Precedent
from compliance.model.vocabulary import Kind

SHIPPED = Path(__file__).parent / "data" / "precedents.jsonl.gz"
LEAST_LIKENESS = 0.05
"""Below this two texts share little more than their commonest characters."""
MOST = 3


class Breach(NamedTuple):
    """The words of one breach, and the record that it stands in."""

    id: str
    kind: Kind
    text: str


class Precedents:
    """Breaches by kind. Those of a kind are made ready when one of it is asked about for the first time."""

    def __init__(self, breaches: Iterable[Breach]) -> None:
        self._of_kind: dict[Kind, list[Breach]] = {}
        for breach in breaches:
            self._of_kind.setdefault(breach.kind, []).append(breach)
        self._ready: dict[Kind, Nearest] = {}

    def like(self, kind: Kind, text: str) -> tuple[Precedent, ...]:
        """Those of the kind most like the text, the likest first; none where nothing is like it."""
        breaches = self._of_kind.get(kind, [])
        nearest = self._ready.get(kind)
        if nearest is None:
            nearest = self._ready[kind] = Nearest([breach.text for breach in breaches])
        return tuple(
            Precedent(
                id=breaches[each.number].id,
                kind=kind,
                text=breaches[each.number].text,
                likeness=round(each.likeness, 2),
            )
            for each in nearest.like(text, MOST)
            if each.likeness >= LEAST_LIKENESS
        )


@cache
def shipped() -> Precedents:
    """Those of the package, read once, on first need. Raises MeaningError."""
    try:
        return Precedents(unpacked(SHIPPED.read_bytes()))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise MeaningError(
            "相近语料的文件无法读取", place=str(SHIPPED), remedy="请重新安装，或运行 python tools/precedents.py"
        ) from None


def packed(records: Iterable[Mapping[str, object]]) -> bytes:
    """The file made of a corpus' records: the same records always give the same bytes."""
    rows = sorted(
        (str(label["kind"]), str(record["id"]), str(label["span"])) for record in records for label in _labels(record)
    )
    lines = b"".join(orjson.dumps({"id": i, "kind": kind, "text": text}) + b"\n" for kind, i, text in rows)
    return gzip.compress(lines, mtime=0)


def unpacked(raw: bytes) -> list[Breach]:
    """Raises OSError, EOFError, ValueError, KeyError or TypeError for what is no such file."""
    rows = [orjson.loads(line) for line in gzip.decompress(raw).splitlines()]
    if not rows:
        raise ValueError("no breaches")
    return [Breach(str(row["id"]), Kind(row["kind"]), str(row["text"])) for row in rows]


def _labels(record: Mapping[str, object]) -> list[Mapping[str, object]]:
    labels = record["labels"]
    if not isinstance(labels, list):
        raise TypeError(f"{record['id']}: labels are no list")
    return labels
