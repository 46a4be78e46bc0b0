"""Where the time of a review goes, rule by rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from compliance.judge.judge import Judge
from compliance.model.document import Document

Clock = Callable[[], float]


@dataclass(frozen=True)
class Profile:
    """Seconds: preparing and scanning the text once, and each candidate rule by itself; `findings` of each rule.

    Words and patterns that several rules need are looked for by the first that asks, so each rule has a scan of its
    own here, and the parts add up to more than a review takes.
    """

    scan: float
    review: float
    rules: dict[str, float]
    findings: dict[str, int]
    asked: int  # rules that may concern such a document


def profile(judge: Judge, document: Document, day: date, clock: Clock, rounds: int = 5) -> Profile:
    """The best of so many rounds of each. `clock` gives seconds. Raises FactError."""
    judge.review(document, day)  # plans and tables are made once
    facts = judge.facts(document)
    plan = judge.plan(document, facts)
    scan = _best(clock, rounds, lambda: judge.context(document, facts, day, plan))
    context = judge.context(document, facts, day, plan)
    seconds, found = {}, {}
    for rule in plan.candidates(context.scan.possible, day):
        best = float("inf")
        for _ in range(rounds):
            own = judge.context(document, facts, day, plan)
            start = clock()
            judged = judge.apply(rule, own, [])
            best = min(best, clock() - start)
        seconds[rule.id], found[rule.id] = best, len(judged)
    review = _best(clock, rounds, lambda: judge.review(document, day))
    return Profile(scan, review, seconds, found, len(plan.rules))


def _best(clock: Clock, rounds: int, run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = clock()
        run()
        best = min(best, clock() - start)
    return best
