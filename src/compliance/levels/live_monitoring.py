"""Level 3: live transcript and danmaku; here as a whole, after the broadcast or a part of it."""

from compliance.levels.room import Room
from compliance.model.vocabulary import Source

ROOM = Room(level=3, title="实时监控", sources=frozenset({Source.TRANSCRIPT, Source.DANMAKU}))
