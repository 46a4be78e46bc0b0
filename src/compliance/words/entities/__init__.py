"""Personal information in a text: what kinds there are and where they stand."""

from compliance.words.entities.find import find_entities
from compliance.words.entities.hit import ENTITY_NAMES, EntityHit

__all__ = ["ENTITY_NAMES", "EntityHit", "find_entities"]
