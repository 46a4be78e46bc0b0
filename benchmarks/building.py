"""Time to build, dump and load a matcher of 10,000 terms, and the memory that one of 100,000 takes."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from memory import peak_megabytes
from metrics import Measured, Metric, at_most
from prose import group_of

from compliance.words.matcher import Matcher

TERMS, MOST_TERMS = 10_000, 100_000
_MOST_ROUNDS = 6

Built = TypeVar("Built")


def building(rare: Sequence[str], rounds: int) -> Measured:
    """Other words in every round: what folding a word gives is remembered."""
    times: dict[str, list[float]] = {"build": [], "exact": [], "dumps": [], "loads": []}
    size = 0
    for number in range(min(rounds, _MOST_ROUNDS) + 1):
        words = rare[number * TERMS : (number + 1) * TERMS]
        disguised, exact = [group_of(words, disguise=True)], [group_of(words)]
        taken = {}
        matcher, taken["build"] = _timed(Matcher, disguised)
        data, taken["dumps"] = _timed(matcher.dumps)
        _, taken["loads"] = _timed(Matcher.loads, data)
        _, taken["exact"] = _timed(Matcher, exact)
        size = len(data)
        if number:
            for name, milliseconds in taken.items():
                times[name].append(milliseconds)
    took = {name: statistics.median(values) for name, values in times.items()}
    return Measured(
        [
            at_most("build_10k_terms_ms", took["build"], 100),
            Metric("build_10k_terms_exact_only_ms", took["exact"]),
            Metric("dumps_10k_terms_ms", took["dumps"]),
            at_most("loads_10k_terms_ms", took["loads"], 100),
        ],
        [f"A dump of {TERMS:,} terms has {size / 1e6:.1f} MB."],
    )


def _timed(run: Callable[..., Built], *given: object) -> tuple[Built, float]:
    """What it gives, and the milliseconds it takes."""
    start = time.perf_counter()
    built = run(*given)
    return built, (time.perf_counter() - start) * 1e3


def memory(rare: Sequence[str]) -> Measured:
    """Peaks of whole processes, less that of a process which only imports; the list of terms is included."""
    words = rare[:MOST_TERMS]
    imports = peak_megabytes("imports")
    terms, exact = (peak_megabytes(stage, words) for stage in ("terms", "matcher"))
    whole = peak_megabytes("matcher", words, disguise=True)
    return Measured(
        [
            at_most("memory_100k_terms_MB", whole - imports, 150),
            Metric("memory_100k_terms_exact_only_MB", exact - imports),
        ],
        [
            f"Memory: {imports:.0f} MB after the imports, {terms - imports:.0f} more for {MOST_TERMS:,} terms as "
            f"objects, {whole - terms:.0f} more for the tables and the matcher ({exact - terms:.0f} exact only)."
        ],
    )
