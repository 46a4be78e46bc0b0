"""Level 2: the host's script, before the broadcast."""

from compliance.levels.room import Room
from compliance.model.vocabulary import Source

ROOM = Room(level=2, title="主播话术复核", sources=frozenset({Source.SCRIPT}))
