"""Numbers by key, for hundreds of thousands of them: two sorted arrays, where a dict of lists would take twenty times
the room."""

from array import array
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

_REMEMBERED = 1 << 14


class Index:
    """Immutable after construction."""

    def __init__(self, entries: Iterable[tuple[int, int]]) -> None:
        """`entries` are keys and numbers; of one key the numbers keep their order."""
        flat = array("q")
        for entry in entries:
            flat.extend(entry)
        pairs = np.frombuffer(flat, dtype=np.int64).reshape(-1, 2)
        order = pairs[:, 0].argsort(kind="stable")
        self._keys = pairs[order, 0]
        self._numbers = pairs[order, 1].astype(np.int32)
        self.get = lru_cache(maxsize=_REMEMBERED)(self._looked_up)

    def _looked_up(self, key: int) -> tuple[int, ...]:
        """The numbers of a key, none for a key that is not there."""
        begin, end = self._keys.searchsorted((key, key + 1)).tolist()
        return tuple(self._numbers[begin:end].tolist())


class Keys:
    """Keys alone. Immutable after construction."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._keys = np.unique(np.frombuffer(array("q", keys), dtype=np.int64))

    def holds_any(self, keys: Iterable[int]) -> bool:
        wanted = np.fromiter(keys, dtype=np.int64)
        if not len(self._keys) or not len(wanted):
            return False
        return bool((self._keys.take(self._keys.searchsorted(wanted), mode="clip") == wanted).any())
