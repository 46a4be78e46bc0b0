"""Level 5: what is posted about the goods and by whom."""

from compliance.levels.room import Room
from compliance.model.vocabulary import Source

ROOM = Room(level=5, title="舆情监测", sources=frozenset({Source.POST}))
