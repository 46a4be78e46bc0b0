"""An Excel workbook that legal can work in: 汇总, 问题明细, 法条依据, tied together by links and live formulas."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from itertools import accumulate

from openpyxl import Workbook

from compliance.export.annotate import annotate
from compliance.export.naming import document_names
from compliance.export.redaction import Reviewed, redact
from compliance.export.sheet_findings import FIRST_ROW as FINDINGS_FIRST_ROW
from compliance.export.sheet_findings import letter, write_findings
from compliance.export.sheet_laws import law_rows, write_laws
from compliance.export.sheet_summary import FIRST_ROW as SUMMARY_FIRST_ROW
from compliance.export.sheet_summary import write_summary
from compliance.export.sheets import FINDINGS, LAWS, SUMMARY, Sheaf, safe_criterion

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def render(reviewed: Sequence[Reviewed]) -> bytes:
    """All documents in one workbook; the same input gives the same bytes."""
    sheaves = _sheaves(reviewed)
    counts = [len(sheaf.notes) for sheaf in sheaves]
    starts = [FINDINGS_FIRST_ROW + before for before in accumulate(counts, initial=0)]
    book = Workbook()
    book.remove(book.worksheets[0])
    summary, findings, laws = (book.create_sheet(name) for name in (SUMMARY, FINDINGS, LAWS))
    write_summary(summary, sheaves, finding_rows=starts[:-1])
    summary_rows = range(SUMMARY_FIRST_ROW, SUMMARY_FIRST_ROW + len(sheaves))
    write_findings(findings, sheaves, law_rows=law_rows(sheaves), summary_rows=summary_rows)
    write_laws(laws, sheaves, cited_in=letter("法条"), first_row=starts[0], last_row=starts[-1] - 1)
    made = max((datetime.combine(sheaf.report.as_of, time()) for sheaf in sheaves), default=datetime(1980, 1, 1))  # noqa: DTZ001
    book.properties.title, book.properties.creator, book.properties.created = "合规审查报告", "compliance", made
    # The counts are formulas without stored results: ask the spreadsheet to work them out on opening.
    book.calculation.fullCalcOnLoad = True
    file = io.BytesIO()
    book.save(file)
    return _timeless(file.getvalue(), made)


def _sheaves(reviewed: Sequence[Reviewed]) -> list[Sheaf]:
    pairs = [redact(document, report) for document, report in reviewed]
    names = document_names((document for document, _ in pairs), spell=safe_criterion)
    return [Sheaf(name, *pair, annotate(*pair)) for name, pair in zip(names, pairs, strict=True)]


def _timeless(book: bytes, made: datetime) -> bytes:
    """The same archive without the time of its making, which openpyxl and zip both write."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + made.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            new.writestr(zipfile.ZipInfo(entry.filename, _ZIP_EPOCH), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
