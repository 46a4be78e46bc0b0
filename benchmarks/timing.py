"""Median times of contestants that take turns, so that a busy moment of the machine falls on all of them."""

import statistics
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

TURN_SECONDS = 0.25

Given = TypeVar("Given")


def medians(rounds: int, **runs: Callable[[], object]) -> dict[str, float]:
    """Median seconds of each run, in turns, after one warm-up of each.

    A turn repeats its run for a quarter of a second, so that a short run is timed as a service or a batch
    would run it, not with what the one before it left in the processor's caches.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            count = 0
            start = time.perf_counter()
            while (taken := time.perf_counter() - start) < TURN_SECONDS:
                run()
                count += 1
            if number:
                times[name].append(taken / count)
    return {name: statistics.median(values) for name, values in times.items()}


def fresh_medians(
    rounds: int,
    calls: int,
    fresh: Callable[[int], Given],
    runs: Mapping[str, Callable[[Given], object]],
    warm_up: int = 1,
) -> dict[str, float]:
    """Median seconds a call of each run, in turns of `calls` calls, after `warm_up` turns of each that do not count.

    Every call of a run gets an input that this run has not seen, so that nothing is answered from memory, and
    new objects, because a string keeps its hash and its UTF-8 form once some run has asked for them. All runs get
    the same inputs; who comes first changes from round to round.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    names = list(runs)
    for number in range(warm_up + rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            run = runs[name]
            inputs = [fresh(number * calls + call) for call in range(calls)]
            start = time.perf_counter()
            for given in inputs:
                run(given)
            taken = time.perf_counter() - start
            if number >= warm_up:
                times[name].append(taken / calls)
    return {name: statistics.median(values) for name, values in times.items()}
