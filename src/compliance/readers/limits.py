"""How much a document may cost to read; the defaults are far above any real script."""

from pydantic import Field

from compliance.model.value import Value

MEBIBYTE = 2**20


class Limits(Value):
    """Bounds that every reader keeps. A file beyond one is refused with a `ReadError` that names the bound."""

    max_file_bytes: int = Field(default=50 * MEBIBYTE, gt=0)  # of the file itself; of one line of a JSONL file
    max_characters: int = Field(default=5_000_000, gt=0)  # code points of the document's text
    max_segments: int = Field(default=300_000, gt=0)  # each takes about 1.3 KB of memory
    max_cells: int = Field(default=1_000_000, gt=0)  # a workbook with this many cells or more is refused
    max_unpacked_bytes: int = Field(default=200 * MEBIBYTE, gt=0)  # of all members of a docx or xlsx together
    max_xml_tags: int = Field(default=5_000_000, gt=0)  # of parts that are parsed whole; about 200 bytes each
    max_zip_ratio: int = Field(default=200, gt=0)  # unpacked : packed, looked at beyond 1 MB unpacked
    max_members: int = Field(default=10_000, gt=0)  # files inside a docx or xlsx
    max_pages: int = Field(default=2_000, gt=0)  # of a PDF


DEFAULT_LIMITS = Limits()
