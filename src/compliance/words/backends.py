"""What may stand behind a scanner: anything that finds all occurrences of many words in a coded text.

`Trie` (compiled) is the default. `Automaton` (pyahocorasick) and `DoubleArray` (daachorse, the extra `large`) take
longer and find the same.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple, Protocol

import numpy as np

from compliance.model.errors import ComplianceError
from compliance.text.alphabet import Codes
from compliance.text.views import Index, decode


class Matches(NamedTuple):
    """Arrays of equal length: index of the last character, and index of the word, of each occurrence."""

    lasts: Index
    words: Index


NO_MATCHES = Matches(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))


class Backend(Protocol):
    """Immutable after construction; the value of a word is its index in the words it was made of."""

    def matches(self, codes: Codes) -> Matches:
        """Every occurrence, overlapping ones included, in the order of their last characters."""


class MissingBackendError(ComplianceError):
    """The package that a backend stands on is not installed."""


class DoubleArray:
    """daachorse's double array over characters."""

    def __init__(self, words: Collection[str]) -> None:
        try:
            import daachorse  # noqa: PLC0415  # an optional extra
        except ImportError as error:
            raise MissingBackendError(
                "没有安装 daachorse", remedy="安装 compliance[large]，或用默认的自动机"
            ) from error
        made = daachorse.CharwiseDoubleArrayAhoCorasick
        self._automaton = made(list(words)) if words else None

    def matches(self, codes: Codes) -> Matches:
        if self._automaton is None:
            return NO_MATCHES
        # Offsets count characters; lone surrogates are folded away before texts come here.
        found = self._automaton.find_overlapping(decode(codes))
        flat = np.array(found, dtype=np.intp).reshape(-1, 3)
        # Of those that end together the automaton gives the longest first.
        order = np.lexsort((flat[:, 0], flat[:, 1]))
        return Matches(flat[order, 1] - 1, flat[order, 2])


MakeBackend = Callable[[Collection[str]], Backend]
