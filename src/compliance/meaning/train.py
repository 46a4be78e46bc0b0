"""Makes the model from labelled examples: the same examples always give the same bytes.

Weights are fitted on one set of examples and calibrated on another, by authors whom the first does not hold.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from compliance.meaning import features
from compliance.meaning.features import Floats, Rows, Stretch
from compliance.meaning.fit import Problem, fit
from compliance.meaning.model import Calibration, Model, joined
from compliance.meaning.store import rounded
from compliance.model.document import Document
from compliance.model.vocabulary import Category, Kind, Source
from compliance.text.views import folded

BREACH_PENALTY = 0.1
KIND_PENALTY = 0.03
"""Of the squared weights: kinds have few examples but clear words."""
LEAST_STRETCHES = 2
"""A character group seen in fewer stretches says more about one example than about the law."""
LEAST_EXAMPLES = 10
"""Kinds with fewer examples are not learned."""
JOINED_SHARE = 0.5
"""Weight of an example made by joining two utterances, as speech recognition does."""
UNPUNCTUATED_SHARE = 0.3
"""Weight of an example of speech without its punctuation, as speech recognition writes it."""
THINNED, THINNED_SHARE = 3, 0.35
"""How many copies of each example have half of their character groups taken away, and the weight of each.

A word that alone tells a breach in one author's sentences is missing in another's: the copies make the weights rest on
several words. On an author left out of the training this is worth more than anything else that was tried.
"""
CUT = 25
"""Characters of a lawful utterance that are joined to another one."""

Progress = Callable[[str, int, int], None]


class Example(NamedTuple):
    """A stretch with the kinds that it breaches; `weight` says how many ordinary examples it counts for."""

    text: str
    source: Source
    category: Category | None
    kinds: frozenset[Kind]
    weight: float = 1.0


def example(document: Document, kinds: Iterable[Kind]) -> Example:
    return Example(document.text, document.source, document.category, frozenset(kinds))


def train(
    examples: Sequence[Example],
    held_out: Sequence[Example],
    progress: Progress = lambda *_: None,
    *,
    feedback: Sequence[Example] = (),
) -> Model:
    """The model fitted on `examples` and calibrated on `held_out`. Minutes at most, on one core.

    `feedback` is what people said of single findings; it comes last, so that the rest is joined as without it.
    """
    single = [*examples, *feedback]
    made = [*single, *_joined(single, examples), *_unpunctuated(single)]
    stretches = [stretch(one) for one in made]
    rarity = rarity_of(stretches[: len(single)])
    encoded = features.rows(stretches, rarity)
    columns = np.unique(encoded.columns)
    problem = Problem(_narrowed(_with_thinned(encoded, len(single)), columns), len(columns), BREACH_PENALTY)
    taught = made + THINNED * [one._replace(weight=THINNED_SHARE * one.weight) for one in single]
    share = np.array([one.weight for one in taught])
    kinds = learned_kinds(single)
    targets = [np.array([bool(one.kinds) for one in taught], dtype=np.float64)]
    targets += [np.array([kind in one.kinds for one in taught], dtype=np.float64) for kind in kinds]
    fitted = []
    for number, target in enumerate(targets):
        progress("拟合", number, len(targets))
        problem.penalty = KIND_PENALTY if number else BREACH_PENALTY
        fitted.append(fit(problem, target, share))
    table = np.stack(fitted, axis=1)
    steps, scale = rounded(table[:-1].astype(np.float32))
    model = Model(
        kinds=kinds,
        columns=columns.astype(np.int32),
        rarity=rarity,
        weights=steps.astype(np.float32) * scale,
        bias=table[-1].astype(np.float32),
        breach=Calibration(1.0, 0.0),
        kind=Calibration(1.0, 0.0),
    )
    progress("校准", len(targets), len(targets))
    return calibrated(model, held_out)


def stretch(one: Example) -> Stretch:
    return Stretch(folded(one.text).codes, features.marks(one.source, one.category))


def learned_kinds(examples: Sequence[Example]) -> tuple[Kind, ...]:
    return tuple(kind for kind in Kind if sum(kind in one.kinds for one in examples) >= LEAST_EXAMPLES)


def truth(examples: Sequence[Example], kinds: Sequence[Kind]) -> npt.NDArray[np.bool_]:
    """Shape (examples, kinds)."""
    return np.array([[kind in one.kinds for kind in kinds] for one in examples], dtype=bool)


def calibrated(model: Model, held_out: Sequence[Example]) -> Model:
    """The model with scores turned to the probabilities that the held-out examples show."""
    breach, kinds = joined(model.scores([stretch(one) for one in held_out]))
    any_kind = np.array([bool(one.kinds) for one in held_out])
    return replace(
        model,
        breach=calibration(breach, any_kind),
        kind=calibration(kinds.ravel(), truth(held_out, model.kinds).ravel()),
    )


def calibration(scores: Floats, right: npt.NDArray[np.bool_]) -> Calibration:
    """Platt scaling by Newton's method; its targets are drawn in a little, so that nothing becomes certain."""
    x, count, hits = scores.astype(np.float64), len(right), int(right.sum())
    target = np.where(right, (hits + 1) / (hits + 2), 1 / (count - hits + 2))
    slope, offset = 1.0, 0.0
    for _ in range(60):
        odds = np.clip(slope * x + offset, -60, 60)
        p = 1 / (1 + np.exp(-odds))
        gap, bend = p - target, p * (1 - p) + 1e-12
        gradient = np.array([(gap * x).sum(), gap.sum()])
        mixed = (bend * x).sum()
        hessian = np.array([[(bend * x * x).sum(), mixed], [mixed, bend.sum()]]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        step /= max(1.0, float(np.abs(step).max()))
        slope, offset = max(slope - float(step[0]), 0.05), offset - float(step[1])
        if float(np.abs(step).max()) < 1e-9:
            break
    return Calibration(slope, offset)


def rarity_of(stretches: Sequence[Stretch]) -> Floats:
    """The smoothed inverse document frequency of each column; 0 for those too rare to learn from."""
    found = features.occurrences(stretches)
    each = np.unique(found.stretch * (2 * features.SLOTS) + found.column) % (2 * features.SLOTS)
    held = np.bincount(each, minlength=2 * features.SLOTS)
    rarity = np.log((1 + len(stretches)) / (1 + held)) + 1
    return np.where(held >= LEAST_STRETCHES, rarity, 0).astype(np.float32)


def _narrowed(encoded: Rows, columns: npt.NDArray[np.int64]) -> Rows:
    return encoded._replace(columns=np.searchsorted(columns, encoded.columns))


def _with_thinned(encoded: Rows, count: int) -> Rows:
    """The rows, and after them the first `count` of them THINNED times over, each time without another half."""
    last = encoded.starts[count]
    owners, columns = encoded.owners[:last], encoded.columns[:last]
    parts = [encoded]
    for copy in range(THINNED):
        kept = np.flatnonzero(_coin(owners, columns, copy))
        values = encoded.values[:last][kept].astype(np.float64)
        whole = np.bincount(owners, encoded.values[:last].astype(np.float64) ** 2, count)
        left = np.bincount(owners[kept], values**2, count)
        longer = np.sqrt(whole / np.maximum(left, 1e-12))
        starts = np.concatenate([[0], np.cumsum(np.bincount(owners[kept], minlength=count))])
        parts.append(Rows(starts, columns[kept], (values * longer[owners[kept]]).astype(np.float32)))
    ends = np.cumsum([0, *(part.starts[-1] for part in parts)])
    starts = np.concatenate([[0], *(part.starts[1:] + end for part, end in zip(parts, ends, strict=False))])
    return Rows(
        starts, np.concatenate([part.columns for part in parts]), np.concatenate([part.values for part in parts])
    )


def _coin(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], copy: int) -> npt.NDArray[np.bool_]:
    """True for half of the entries; the same ones in every run and with every version of numpy."""
    mixed = (rows.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ columns.astype(np.uint64) ^ np.uint64(copy << 40)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed >> np.uint64(63) == 1)


def _unpunctuated(examples: Sequence[Example]) -> list[Example]:
    return [
        one._replace(text=one.text.translate(_UNPUNCTUATED), weight=UNPUNCTUATED_SHARE * one.weight)
        for one in examples
        if one.source in {Source.TRANSCRIPT, Source.SCRIPT}
    ]


def _joined(examples: Sequence[Example], neighbours: Sequence[Example]) -> list[Example]:
    """Each example once more, run together with the end or the beginning of a lawful neighbour from its source."""
    chance = random.Random(0)  # noqa: S311  # not a secret: the same examples give the same model
    lawful: dict[Source, list[str]] = {}
    for one in neighbours:
        if not one.kinds:
            lawful.setdefault(one.source, []).append(one.text)
    made = []
    for one in examples:
        others = lawful.get(one.source)
        if not others or one.source is Source.DANMAKU:
            continue
        other, before = chance.choice(others), chance.random() < 0.5
        text = other[-CUT:] + one.text if before else one.text + other[:CUT]
        if one.source is Source.TRANSCRIPT and chance.random() < 0.5:
            text = text.translate(_UNPUNCTUATED)
        made.append(one._replace(text=text, weight=JOINED_SHARE * one.weight))
    return made


_UNPUNCTUATED = dict.fromkeys(map(ord, "，。！？；：、,!?;: \n"))
