"""Units that may be read alike in every way: one class stands for all of them."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.text.readings import UNITS, readings

Units = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.int32]

FIRST_CLASS, _LAST_CLASS = 0xE000, 0xF8FF
"""Numbers of classes: units of private use, which no form has."""


class Classes(NamedTuple):
    """`of[unit]` is its class, that of one without a reading itself; `number`: how many classes there are.

    `spans[key]`, `spans[key + 1]` are offsets into `having`: the classes whose units have the key.
    """

    of: Units
    number: int
    spans: Numbers
    having: Units

    def like(self, units: Units) -> tuple[npt.NDArray[np.intp], Units]:
        """(index, class) of all classes that share a key with each of the units."""
        index, keys = readings().keys_of(units)
        counts = self.spans[keys + 1] - self.spans[keys]
        firsts = np.repeat(self.spans[keys] - (counts.cumsum() - counts), counts)
        return np.repeat(index, counts), self.having[firsts + np.arange(len(firsts))]

    def marked(self, marks: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of each class, the marks of all its keys together; `marks` are those of each key."""
        held = np.zeros(self.number, dtype=marks.dtype)
        counts = np.diff(self.spans)[: len(marks)]
        having = self.having[: counts.sum()].astype(np.intp) - FIRST_CLASS
        np.bitwise_or.at(held, having, np.repeat(marks, counts))
        return held


@cache
def classes() -> Classes:
    of = np.arange(UNITS, dtype=np.uint16)
    spans, values = readings().spans, readings().values
    numbers: dict[bytes, int] = {}
    for unit in np.flatnonzero(spans[:, 1] > spans[:, 0]).tolist():
        held = values[spans[unit, 0] : spans[unit, 1]].tobytes()
        of[unit] = numbers.setdefault(held, FIRST_CLASS + len(numbers))
    if FIRST_CLASS + len(numbers) > _LAST_CLASS:
        raise OverflowError("more classes of readings than there are numbers for them")
    members = [np.frombuffer(held, dtype=np.uint16) for held in numbers]
    keys = np.concatenate(members)
    in_class = np.repeat(np.fromiter(numbers.values(), dtype=np.uint16), [len(each) for each in members])
    order = keys.argsort(kind="stable")
    ends = np.zeros(int(keys.max()) + 2, dtype=np.int32)
    np.cumsum(np.bincount(keys), out=ends[1:])
    return Classes(of, len(numbers), ends, in_class[order])
