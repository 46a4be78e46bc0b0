"""Level 1: product information, before a listing goes up."""

from compliance.levels.room import Room
from compliance.model.vocabulary import Source

ROOM = Room(level=1, title="商品信息初审", sources=frozenset({Source.LISTING}))
