"""How long the matcher takes, as ratios to the time of other matchers that do exact matching only."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from metrics import Measured, Metric, at_least, at_most
from peers import Find, Peer, peers, raw_iter
from prose import Prose, exact_groups, group_of
from timing import fresh_medians

from compliance.words.group import WordGroup
from compliance.words.matcher import Found, Matcher

SEGMENT, DANMAKU = 60, 15
BATCH, SEGMENTS_A_CALL = 2_000, 200
STREAMED = 100_000
CALLS = 3
WARM_UP = 300_000
"""Characters of short texts that a matcher has read before it is timed: a service has been running for a while."""
_GOALS = {"flashtext": 10.0, "yara_x": 2.5}
"""How many times faster the whole pipeline should be than these are at exact matching."""


@dataclass(frozen=True)
class Setting:
    """`characters` of the prose are searched at once; `rare` are the words of the long lists."""

    prose: Prose
    characters: int
    rounds: int
    groups: Sequence[WordGroup]
    covers: Sequence[str]
    rare: Sequence[str]

    @property
    def terms(self) -> list[str]:
        return [term.text for group in self.groups for term in group.terms]

    def matcher(self, remembers: int = 0) -> Matcher:
        """The whole pipeline, new: it has seen no text."""
        return Matcher(self.groups, self.covers, remembers=remembers)

    def window(self, number: int) -> str:
        return self.prose.window(self.characters, number)


def long_text(setting: Setting) -> Measured:
    """Exact matching and the whole pipeline on one long text, and the peers."""
    few, many, most = setting.terms, setting.rare[:10_000], setting.rare[:100_000]
    raw, raw_many, raw_most = raw_iter(few), raw_iter(many), raw_iter(most)
    exact, exact_many = Matcher(exact_groups(setting.groups)), Matcher([group_of(many)])
    others = peers(few)
    finders: dict[str, Find] = {
        "raw": raw,
        "exact": exact.find,
        "whole": setting.matcher().find,
        "raw_10k": raw_many,
        "exact_10k": exact_many.find,
        "raw_100k": raw_most,
        "exact_100k": Matcher([group_of(most)]).find,
        **{peer.name: peer.find for peer in others if peer.find is not None},
    }
    _freeze()
    seconds = fresh_medians(setting.rounds, 1, setting.window, finders)
    metrics = [
        at_least("exact_vs_raw_iter_3k_terms", seconds["raw"] / seconds["exact"], 5),
        at_least("exact_vs_raw_iter_10k_terms", seconds["raw_10k"] / seconds["exact_10k"], 10),
        Metric("exact_vs_raw_iter_100k_terms", seconds["raw_100k"] / seconds["exact_100k"]),
        at_least("whole_pipeline_vs_raw_iter_exact_only", seconds["raw"] / seconds["whole"], 9),
        *(_against(peer, seconds) for peer in others),
    ]
    text = setting.window(0)
    counts = ", ".join(f"{name} {len(find(text)):,}" for name, find in finders.items())
    speeds = ", ".join(f"{name} {setting.characters / 1e6 / taken:.1f}" for name, taken in seconds.items())
    facts = [
        f"Million characters a second: {speeds}.",
        f"Hits in one text: {counts} (flashtext: no overlapping and no adjacent ones).",
        f"3,000 terms, exact: {_kept(few, raw(text), exact.find(text), text)}",
        f"10,000 terms, exact: {_kept(many, raw_many(text), exact_many.find(text), text)}",
    ]
    return Measured(metrics, facts)


def _against(peer: Peer, seconds: Mapping[str, float]) -> Metric:
    """Peers with a goal are met by the whole pipeline; of the others it is shown how much faster they are at exact."""
    goal = _GOALS.get(peer.name)
    if goal is None:
        value = None if peer.find is None else seconds["exact"] / seconds[peer.name]
        return Metric(f"{peer.name}_vs_our_exact_matching", value, note=peer.note)
    name = f"whole_pipeline_vs_{peer.name}_exact_only"
    if peer.find is None:
        return Metric(name, None, f">= {goal:g}", note=peer.note)
    return at_least(name, seconds[peer.name] / seconds["whole"], goal)


def _kept(terms: Sequence[str], raw: Sequence[tuple[int, int]], ours: Sequence[Found], text: str) -> str:
    """Whether every raw hit is ours by its span, or lies under a longer or an earlier one that is."""
    spans = {(hit.start, hit.end) for hit in ours}
    held = bytearray(len(text))
    for start, end in spans:
        held[start:end] = b"\1" * (end - start)
    theirs = {(last + 1 - len(terms[number]), last + 1) for last, number in raw}
    under = {(start, end) for start, end in theirs - spans if any(held[start:end])}
    lost = sorted(theirs - spans - under)
    shown = f" ({', '.join(sorted({text[start:end] for start, end in lost})[:10])})" if lost else ""
    return (
        f"of {len(theirs):,} raw hits by span {len(theirs & spans):,} are ours, {len(under):,} lie under a longer or "
        f"earlier hit of ours, {len(lost):,} are lost{shown}."
    )


def short_texts(setting: Setting) -> Measured:
    """One segment after another, and danmaku in batches."""
    raw, single, batched = raw_iter(setting.terms), setting.matcher(), setting.matcher()
    remembering = setting.matcher(remembers=16 * BATCH)
    segments, danmaku = setting.prose.pieces(SEGMENT), setting.prose.pieces(DANMAKU)
    same = danmaku[-BATCH:]
    _freeze()
    segment = fresh_medians(
        setting.rounds,
        CALLS,
        lambda number: _share(segments, number, SEGMENTS_A_CALL),
        {"raw": _each(raw), "whole": _each(single.find)},
        WARM_UP // (CALLS * SEGMENTS_A_CALL * SEGMENT),
    )
    batch = fresh_medians(
        setting.rounds,
        CALLS,
        lambda number: _share(danmaku, number, BATCH),
        {"raw": _each(raw), "whole": batched.find_many, "remembered": lambda _: remembering.find_many(same)},
        WARM_UP // (CALLS * BATCH * DANMAKU),
    )
    metrics = [
        at_most("segment_vs_raw_iter_time", segment["whole"] / segment["raw"], 0.9),
        at_most("danmaku_in_batch_vs_raw_iter_time", batch["whole"] / batch["raw"], 0.15),
        Metric("danmaku_remembered_vs_raw_iter_time", batch["remembered"] / batch["raw"]),
    ]
    of_segment = ", ".join(f"{name} {taken / SEGMENTS_A_CALL * 1e6:.2f}" for name, taken in segment.items())
    of_danmaku = ", ".join(f"{name} {taken / BATCH * 1e6:.2f}" for name, taken in batch.items())
    return Measured(
        metrics,
        [
            f"Microseconds a segment of {SEGMENT} characters: {of_segment}; "
            f"a danmaku of {DANMAKU}, {BATCH:,} at a time: {of_danmaku}."
        ],
    )


def _each(find: Find) -> Callable[[Sequence[str]], None]:
    def run(texts: Sequence[str]) -> None:
        for text in texts:
            find(text)

    return run


def _share(pieces: Sequence[str], number: int, count: int) -> list[str]:
    """The number-th so many pieces, as new objects; no number shares a piece with another."""
    chosen = pieces[number * count : (number + 1) * count]
    if len(chosen) < count:
        raise SystemExit(f"the prose has only {len(pieces):,} different pieces: take fewer rounds")
    return [piece[:1] + piece[1:] for piece in chosen]


def streaming(setting: Setting) -> Measured:
    """A text in segments through a stream, the segments one by one, and the text at once."""
    fed, alone, at_once = setting.matcher(), setting.matcher(), setting.matcher()

    def cut(number: int) -> list[str]:
        text = setting.prose.window(STREAMED, number).replace("\n", "。")
        return [text[start : start + SEGMENT] for start in range(0, len(text), SEGMENT)]

    def feed(segments: Sequence[str]) -> list[Found]:
        stream = fed.stream()
        found = [hit for segment in segments for hit in stream.feed(segment)]
        return found + stream.close()

    runs: dict[str, Callable[[list[str]], list[Found]]] = {
        "stream": feed,
        "alone": lambda segments: [hit for segment in segments for hit in alone.find(segment)],
        "whole": lambda segments: at_once.find("".join(segments)),
    }
    _freeze()
    seconds = fresh_medians(setting.rounds, 1, cut, runs, WARM_UP // STREAMED)
    found = {name: run(cut(setting.rounds + WARM_UP // STREAMED)) for name, run in runs.items()}
    same = "the same" if sorted(found["stream"]) == sorted(found["whole"]) else "NOT the same"
    times = ", ".join(f"{name} {taken * 1e3:.1f}" for name, taken in seconds.items())
    metrics = [
        at_most("stream_vs_segments_alone_time", seconds["stream"] / seconds["alone"], 1.15),
        Metric("stream_vs_whole_text_time", seconds["stream"] / seconds["whole"]),
    ]
    facts = [
        f"Milliseconds for {STREAMED:,} characters in segments of {SEGMENT}: {times}. The stream has "
        f"{len(found['stream']):,} hits, {same} as the whole text ({len(found['whole']):,}); segments alone have "
        f"{len(found['alone']):,}."
    ]
    return Measured(metrics, facts)


def _freeze() -> None:
    """What is set up lives as long as the process; the collector need not look at it in anybody's turn."""
    gc.collect()
    gc.freeze()
