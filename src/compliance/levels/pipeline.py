"""The order of the rooms on one page: which level takes a document in."""

from compliance.levels import complaint_tracing, host_script, live_monitoring, product_information, public_opinion
from compliance.levels.room import Room
from compliance.model.vocabulary import Source

ROOMS: tuple[Room, ...] = (
    product_information.ROOM,
    host_script.ROOM,
    live_monitoring.ROOM,
    complaint_tracing.ROOM,
    public_opinion.ROOM,
)

_BY_SOURCE: dict[Source, Room] = {source: room for room in ROOMS for source in room.sources}


def room_for(source: Source) -> Room:
    """The level that reviews documents of this source."""
    return _BY_SOURCE[source]
