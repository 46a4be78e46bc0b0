"""Many small values in few large ones: they load as they are stored, and take no time of the garbage collector."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, Self, overload

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Chosen = npt.NDArray[np.bool_]


class Strings(Sequence[str]):
    """Strings by number."""

    def __init__(self, strings: Iterable[str] = ()) -> None:
        held = list(strings)
        self._joined = "".join(held)
        self._starts = _starts(map(len, held))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        begin, end = _bounds(self._starts, number)
        return self._joined[begin:end]

    def __iter__(self) -> Iterator[str]:
        return (self._joined[begin:end] for begin, end in pairwise(self._starts.tolist()))


class Lists(Sequence[list[int]]):
    """Lists of numbers by number. `flat` holds them one after another, `starts` where each begins, and the end."""

    def __init__(self, flat: npt.NDArray[Any], starts: Numbers) -> None:
        self.flat: Numbers = flat.astype(np.int32, copy=False)
        self.starts = starts

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Self:
        held = list(lists)
        return cls(np.fromiter(chain.from_iterable(held), dtype=np.int32), _starts(map(len, held)))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, number: int) -> list[int]: ...

    @overload
    def __getitem__(self, number: slice) -> list[list[int]]: ...

    def __getitem__(self, number: int | slice) -> list[int] | list[list[int]]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        begin, end = self.bounds(number)
        numbers: list[int] = self.flat[begin:end].tolist()
        return numbers

    def __iter__(self) -> Iterator[list[int]]:
        flat = self.flat.tolist()
        return (flat[begin:end] for begin, end in pairwise(self.starts.tolist()))

    def bounds(self, number: int) -> tuple[int, int]:
        """Where a list begins and ends in `flat`."""
        return _bounds(self.starts, number)

    @property
    def lengths(self) -> Numbers:
        return np.diff(self.starts)

    @property
    def owners(self) -> Numbers:
        """The list that each of the flat numbers is in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    def inverted(self, count: int) -> "Lists":
        """Of each number below `count`, the lists that hold it, in ascending order and once each."""
        pairs = np.unique(self.flat.astype(np.int64) * max(len(self), 1) + self.owners)
        numbers, owners = np.divmod(pairs, max(len(self), 1))
        return Lists(owners, _starts(np.bincount(numbers, minlength=count)))

    def only(self, chosen: Chosen) -> "Lists":
        """The same lists without numbers that are not chosen."""
        kept = chosen[self.flat]
        before = np.concatenate([[0], np.cumsum(kept)])
        return Lists(self.flat[kept], before[self.starts].astype(np.int32))

    def union(self, chosen: Chosen) -> Numbers:
        """The numbers in the chosen lists, ascending."""
        return np.unique(self.flat[np.repeat(chosen, self.lengths)])


def marked(count: int, numbers: Iterable[int]) -> Chosen:
    """Which of so many are among the numbers."""
    marks = np.zeros(count, dtype=bool)
    marks[np.fromiter(numbers, dtype=np.intp)] = True
    return marks


def _starts(lengths: Iterable[int]) -> Numbers:
    return np.fromiter(accumulate(lengths, initial=0), dtype=np.int32)


def _bounds(starts: Numbers, number: int) -> tuple[int, int]:
    """Where the string or list of this number begins and ends."""
    if not 0 <= number < len(starts) - 1:
        raise IndexError(number)
    begin, end = starts[number : number + 2].tolist()
    return begin, end
