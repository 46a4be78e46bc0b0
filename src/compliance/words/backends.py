"""What may stand behind a scanner: anything that finds all occurrences of many words in a coded text.

`Automaton` (pyahocorasick) is the default and carries every guarantee. `DoubleArray` (daachorse, the extra `large`)
takes less time and memory for hundreds of thousands of words, and finds the same.
"""

from collections.abc import Callable, Collection
from typing import Protocol

import numpy as np

from compliance.model.errors import ComplianceError
from compliance.text.alphabet import Codes
from compliance.text.views import decode
from compliance.words.automaton import NO_MATCHES, Matches


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
