"""Level 4: complaints, traced to what was said."""

from compliance.levels.room import Room
from compliance.model.vocabulary import Source

ROOM = Room(level=4, title="投诉溯源", sources=frozenset({Source.COMPLAINT}))
