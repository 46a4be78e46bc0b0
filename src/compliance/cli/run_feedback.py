"""What `compliance cases export-feedback` does."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import typer

from compliance.cli.configuration import settings
from compliance.cli.output import check_output, write_file
from compliance.cli.recording import open_store
from compliance.engine import CHINA
from compliance.export.feedback import feedback_lines
from compliance.model.vocabulary import Kind
from compliance.release.feedback import FeedbackRecord, feedback_rows
from compliance.release.labelled import contents

if TYPE_CHECKING:
    from compliance.store.records import StoredFinding
    from compliance.store.reviews import ReviewStore

_PAGE = 500

_Same = tuple[str, str | None, str, str]


def export(output: Path, since: date | None, until: date | None, kind: Kind | None) -> None:
    """Adds the findings that the file does not hold yet. Raises ReadError when it holds something else, StoreError."""
    check_output(output, [])
    before = contents(output) if output.exists() else b""
    records = [record for _, record in feedback_rows(before, str(output))] if before.strip() else []
    known = {same for record in records for same in _written(record)}
    added = []
    with open_store(settings()) as store:
        for line in _lines(store, _start(since), _start(until + timedelta(days=1)) if until else None, kind):
            same = (line["source"], line["category"], line["text"], line["labels"][0]["kind"])
            if same not in known:
                known.add(same)
                added.append(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    kept = before if not before or before.endswith(b"\n") else before + b"\n"
    write_file(output, b"".join([kept, *added]))
    unanswered = len(added) + sum(record.feedback is None for record in records)
    typer.echo(f"{output}：新添 {len(added)} 行，原有 {len(records)} 行；还有 {unanswered} 行没有填 feedback")


def _written(record: FeedbackRecord) -> Iterator[_Same]:
    category = record.category.value if record.category else None
    for label in record.labels:
        yield record.source.value, category, record.text, label.kind.value


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), CHINA) if day else None


def _lines(
    store: "ReviewStore", since: datetime | None, until: datetime | None, kind: Kind | None
) -> Iterator[dict[str, Any]]:
    """Of every finding of the kind in that time; a review is opened once."""
    wanted: dict[str, set[int]] = {}
    last: StoredFinding | None = None
    while page := store.findings(_PAGE, after=last, kind=kind, since=since, until=until):
        for found in page:
            wanted.setdefault(found.review_id, set()).add(found.position)
        last = page[-1]
    for identifier, positions in wanted.items():
        review = store.get(identifier)
        for line in feedback_lines(identifier, review.document, review.report):
            if int(line["id"].rpartition("#")[2]) in positions:
                yield line
