"""Labelled records from JSONL: one record a line, every mistake named by file and line."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from compliance.meaning.evaluation import Label as Place
from compliance.meaning.scoring import Record
from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.release.evaluation import GoldRecord, Label

_LIKE = "按 compliance evaluate --help 所列的字段改正"

Row = TypeVar("Row", bound=BaseModel)


def gold_records(path: Path) -> list[GoldRecord]:
    """The labelled records of a file, at least one, every id once. Raises ReadError."""
    return gold_records_in(contents(path), str(path))


def gold_records_in(raw: bytes, name: str) -> list[GoldRecord]:
    """The same from a file's bytes; `name` is how the file is called in errors."""
    records, seen = [], dict[str, int]()
    for number, record in rows(raw, name, GoldRecord, _LIKE):
        place = f"{name} 第{number}行"
        check_spans(record.text, record.labels, place)
        if record.id in seen:
            raise ReadError(f"编号「{record.id}」与第{seen[record.id]}行重复", place=place, remedy="换一个编号")
        seen[record.id] = number
        records.append(record)
    if not records:
        raise ReadError("文件里没有标注记录", place=name, remedy="每行放一条记录")
    return records


def contents(path: Path) -> bytes:
    """Raises ReadError."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"文件打不开（{reason}）", place=str(path), remedy="检查路径与权限") from error


def rows(raw: bytes, name: str, form: type[Row], remedy: str) -> Iterator[tuple[int, Row]]:
    """The lines that are not blank, by their number from 1. Raises ReadError."""
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.strip():
            yield number, _row(line, f"{name} 第{number}行", form, remedy)


def _row(line: bytes, place: str, form: type[Row], remedy: str) -> Row:
    try:
        return form.model_validate(orjson.loads(line))
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"]))
        problem = f"字段 {field} 缺失或不合要求" if field else "不是标注记录"
        raise ReadError(problem, place=place, remedy=remedy) from error
    except ValueError as error:
        raise ReadError("不是合法的 JSON", place=place, remedy=remedy) from error


def check_spans(text: str, labels: list[Label], place: str) -> None:
    """Raises ReadError for a label that is not in the text."""
    for label in labels:
        if not label.span or label.span not in text:
            raise ReadError(f"标注的「{label.span}」不在文本里", place=place, remedy="改成文本的原样片段")


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def located(record: GoldRecord) -> Record:
    """The record with its labels as places; a span stands where it first occurs."""
    document = Document(id=record.id, source=record.source, category=record.category, text=record.text)
    starts = [record.text.index(label.span) for label in record.labels]
    return Record(
        document,
        tuple(
            Place(label.kind, start, start + len(label.span))
            for label, start in zip(record.labels, starts, strict=True)
        ),
    )
