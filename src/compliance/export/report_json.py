"""The Report contract as JSON: one object for one document, an array for several."""

from collections.abc import Sequence

import orjson

from compliance.export.redaction import Reviewed, redact
from compliance.model.document import Document
from compliance.model.report import Report


def render(document: Document, report: Report, *, indent: bool = True) -> bytes:
    """One report as a UTF-8 JSON object and a line feed; without `indent` it is one line, as JSONL wants."""
    return orjson.dumps(_contract(document, report), option=_options(indent=indent))


def render_many(reviewed: Sequence[Reviewed], *, indent: bool = True) -> bytes:
    """Several reports as a UTF-8 JSON array and a line feed."""
    return orjson.dumps([_contract(*pair) for pair in reviewed], option=_options(indent=indent))


def _contract(document: Document, report: Report) -> dict[str, object]:
    return redact(document, report)[1].model_dump(mode="json")


def _options(*, indent: bool) -> int:
    return orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if indent else 0)
