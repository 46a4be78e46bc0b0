"""Numbers by which something is looked up, in arrays."""

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]


def distinct(keys: Keys) -> Keys:
    """Each once, ascending: by sorting them, which takes a third of the time of numpy's table of what it has seen."""
    keys.sort()
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return keys[new]


def among(keys: Keys, those: Keys) -> npt.NDArray[np.bool_]:
    """Which of the keys are among those, which ascend: by halving, for a few keys among many."""
    places = np.minimum(those.searchsorted(keys), max(len(those) - 1, 0))
    return those[places] == keys if len(those) else np.zeros(len(keys), dtype=bool)
