"""What is kept of a text is a string of its units, whatever they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.kept import of_arrays


@given(st.lists(st.integers(0, 0xFFFF)), st.integers(0, 3))
def test_kept_text_has_a_character_a_unit(units: list[int], behind: int) -> None:
    arrays = np.array(units + behind * [0], dtype=np.uint16), np.arange(len(units) + behind, dtype=np.int32)
    kept = of_arrays(arrays, len(units))
    assert kept.text == "".join(map(chr, units))
    assert list(kept.raw) == list(range(len(units)))
