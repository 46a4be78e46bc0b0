"""From what a reader yields to the segments of a document: blank ones dropped, limits kept, text made clean."""

from collections.abc import Iterable

from compliance.model.document import Segment
from compliance.model.errors import ReadError
from compliance.readers.limits import Limits

# Control characters cannot be shown, nor written to XML or a database; vertical tab and form feed are line breaks.
_CONTROLS: dict[int, str | None] = dict.fromkeys((*range(0x20), 0x7F, 0xFFFE, 0xFFFF))
_CONTROLS |= {ord("\t"): "\t", ord("\n"): "\n", ord("\v"): "\n", ord("\f"): "\n"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def collect(segments: Iterable[Segment], limits: Limits) -> tuple[Segment, ...]:
    """Take segments until a limit is passed.

    Control characters except tab and newline are removed, CRLF becomes newline, blank segments are dropped.

    Raises:
        ReadError: more than `max_characters` or `max_segments`, or nothing left to review.
    """
    kept: list[Segment] = []
    characters = 0
    for segment in segments:
        text = clean(segment.text)
        if is_blank(text):
            continue
        characters += len(text) + 1  # the newline that joins segments
        if characters - 1 > limits.max_characters:
            where = segment.place.label if segment.place else ""
            raise ReadError(f"文字超过 {limits.max_characters:,} 字的上限", place=where, remedy="请拆成几个较小的文件")
        if len(kept) >= limits.max_segments:
            where = segment.place.label if segment.place else ""
            raise ReadError(f"超过 {limits.max_segments:,} 段的上限", place=where, remedy="请拆成几个较小的文件")
        kept.append(segment if text == segment.text else segment.model_copy(update={"text": text}))
    if not kept:
        raise ReadError("文件里没有文字", remedy="请确认选对了文件")
    return tuple(kept)


def clean(text: str) -> str:
    """Text that can be stored, shown and written anywhere."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    # Halves of surrogate pairs are put together; a half alone becomes U+FFFD.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_blank(text: str) -> bool:
    return not text.strip() or not text.translate(dict.fromkeys(map(ord, _INVISIBLE))).strip()
