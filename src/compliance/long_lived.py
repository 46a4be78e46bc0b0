"""Values that live as long as the process, made by the million."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def long_lived() -> Iterator[None]:
    """The garbage collector keeps away while they are made, and takes them for old at once.

    None of them is garbage, and it would look at all of them again and again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()  # among those it never looks at, and from there among the old ones: neither takes time
            gc.unfreeze()
        if enabled:
            gc.enable()
