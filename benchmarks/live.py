"""What a live session costs, as ratios measured in one run.

    python benchmarks/live.py [--quick] [--json]

A broadcast of segments of 60 characters cut from the example scripts, a third of them lawful and said again and
again, under all shipped rules:

1. `late_vs_early`: the time of a segment when many have been fed, next to that of the same segment near the
   beginning. Two sessions take turns with the same words, so that a busy moment of the machine falls on both.
2. `session_vs_review`: a whole session, closing report included, next to one review of the same document. A session
   reads the end of the text again with every segment, so that it costs some ten or twenty times what a review does.
"""

import argparse
import gc
import statistics
import time
from datetime import date

from metrics import Metric, as_json, at_most, print_table
from review import script

from compliance.engine import Engine
from compliance.live.session import Session
from compliance.model.broadcast import Broadcast
from compliance.model.document import Segment
from compliance.model.vocabulary import Category

DAY = date(2026, 11, 22)
LENGTH = 60
SECONDS = 12.0
"""How long a segment lasts; every tenth is followed by a pause, and every fourth is said by somebody else."""
PERIOD = 80
"""After so many segments, words, speakers and pauses come again."""
EARLY = 100


def segments() -> list[Segment]:
    """The words of the scripts, once; a broadcast says them again and again."""
    text = script().text.replace("\n", "")
    return [Segment(text=text[at : at + LENGTH]) for at in range(0, PERIOD * LENGTH, LENGTH)]


def spoken(number: int, words: list[Segment]) -> Segment:
    """Segment `number` of the broadcast."""
    start = number * (SECONDS + 0.5) + number // 10 * 3.0
    speaker = "助播" if number % 4 == 3 else "主播"
    return words[number % len(words)].model_copy(
        update={"t_start": start, "t_end": start + SECONDS, "speaker": speaker}
    )


def fed(engine: Engine, words: list[Segment], many: int) -> tuple[Session, float]:
    """A session after so many segments, and how many seconds that took."""
    session = engine.session(Broadcast(id="benchmark", category=Category.COSMETICS), DAY)
    start = time.perf_counter()
    for number in range(many):
        session.feed(spoken(number, words))
    return session, time.perf_counter() - start


def measure(late: int, rounds: int) -> tuple[list[Metric], list[str]]:
    engine = Engine.load()
    words = segments()
    late -= (late - EARLY) % PERIOD  # the same words for both
    gc.collect()
    gc.freeze()  # as the command line does: a loaded release lives as long as the process
    fed(engine, words, EARLY)  # patterns are compiled when they are first tried
    early_session, _ = fed(engine, words, EARLY)
    late_session, feeding = fed(engine, words, late)
    times: dict[str, list[float]] = {"early": [], "late": []}
    for step in range(rounds):
        pair = [("early", early_session, EARLY + step), ("late", late_session, late + step)]
        for name, session, number in pair if step % 2 else reversed(pair):
            segment = spoken(number, words)
            start = time.perf_counter()
            session.feed(segment)
            times[name].append(time.perf_counter() - start)
    median = {name: statistics.median(each) for name, each in times.items()}
    start = time.perf_counter()
    report = late_session.close()
    closing = time.perf_counter() - start
    start = time.perf_counter()
    engine.review(late_session.document, DAY)
    review = time.perf_counter() - start
    metrics = [
        at_most("late_vs_early", median["late"] / median["early"], 1.2),
        Metric("session_vs_review", (feeding * (late + rounds) / late + closing) / review),
    ]
    facts = [
        f"Segments of {LENGTH} characters: {median['early'] * 1e3:.1f} ms after {EARLY}, "
        f"{median['late'] * 1e3:.1f} ms after {late:,}; {feeding / late * 1e3:.1f} ms on average.",
        f"Review of all {len(late_session.document.text):,} characters: {review * 1e3:.0f} ms, "
        f"{len(report.findings)} findings.",
    ]
    return metrics, facts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a shorter broadcast and fewer rounds")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    metrics, facts = measure(700, 40) if args.quick else measure(2_100, 100)
    if args.json:
        print(as_json(metrics))
        return 0
    print_table(metrics, facts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
