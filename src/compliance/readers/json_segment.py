"""The lines of a live stream: segments as speech recognition sends them, and what is known of the broadcast."""

from pydantic import ValidationError

from compliance.model.broadcast import Broadcast, HeardSegment
from compliance.model.errors import ReadError
from compliance.readers.json_document import check_values, explained, load_json, without_foreign
from compliance.readers.limits import DEFAULT_LIMITS, Limits

_FIELDS = tuple(HeardSegment.model_fields)
_REMEDY = "请按分段的格式改正：text，可以有 t_start、t_end、speaker、channel、product、id、sequence"


def parse_segment(data: bytes, line: int, ignored: set[str], limits: Limits = DEFAULT_LIMITS) -> HeardSegment:
    """One segment. Fields that it does not have go to `ignored`, unless one looks like a mistyped field of ours.

    Raises:
        ReadError: naming line and field.
    """
    value, text = load_json(data, line)
    if isinstance(value, dict):
        value = without_foreign(value, _FIELDS, ignored)
    check_values(value, text, line, limits)
    try:
        return HeardSegment.model_validate(value)
    except ValidationError as error:
        raise explained(error, text, line, _REMEDY) from error


def parse_broadcast(data: bytes, known: dict[str, object], limits: Limits = DEFAULT_LIMITS) -> Broadcast:
    """What a JSON object says of a broadcast (facts, evidence and the like); what is `known` goes before it.

    Raises:
        ReadError: naming line and field.
    """
    value, text = load_json(data, None)
    check_values(value, text, None, limits)
    if not isinstance(value, dict):
        raise ReadError("应当是一个 JSON 对象", remedy='写成 {"facts": {…}, "evidence": […]} 的样子')
    try:
        return Broadcast.model_validate({**value, **known})
    except ValidationError as error:
        raise explained(error, text, None, "请按 Document 的 facts 与 evidence 的格式改正") from error
