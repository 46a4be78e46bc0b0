"""What people say of findings: a rejection repeated makes its sentence likelier lawful, a confirmation unlawful."""

import json
from pathlib import Path

import pytest

from compliance.meaning.model import Model
from compliance.meaning.scoring import scored
from compliance.meaning.train import Example, _joined, stretch
from compliance.model.vocabulary import Category, Kind, Source
from compliance.release.feedback import MOST_TIMES, NOTHING, WEIGHT, Feedback, read_feedback
from compliance.release.training import Corpus, read_corpus, trained

CORPUS = Path(__file__).parents[2] / "corpus"
REJECTED = "这个护腰是我自己闪了腰之后天天用的，用完觉得腰轻松多了"
CONFIRMED = "姐妹们这个杯子喝出来的水就是养人，喝惯了你们都懂的"


def written(path: Path, text: str, kind: Kind, answer: str, times: int = 1) -> Feedback:
    row = {
        "source": "transcript",
        "category": "general",
        "text": text,
        "labels": [{"kind": kind, "span": text[:8]}],
        "feedback": answer,
    }
    lines = (json.dumps({"id": f"f-{number}", **row}, ensure_ascii=False) for number in range(times))
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_feedback([path])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Every third record of the real one: enough to be hurt, quick enough to be trained thrice."""
    folder = tmp_path_factory.mktemp("corpus")
    for part, name in (("train", "a.jsonl"), ("tune", "d.jsonl")):
        lines = (CORPUS / part / name).read_text("utf-8").splitlines()[::3]
        (folder / part).mkdir()
        (folder / part / name).write_text("\n".join(lines), "utf-8")
    return read_corpus(folder)


@pytest.fixture(scope="module")
def before(corpus: Corpus) -> Model:
    return trained(corpus, NOTHING)


def read_as(model: Model, text: str, kind: Kind) -> tuple[float, float]:
    """The probability of any breach, and of the kind."""
    reading = model.read([stretch(Example(text, Source.TRANSCRIPT, Category.GENERAL, frozenset()))])
    return float(reading.breach[0]), float(reading.kinds[0, model.kinds.index(kind)])


@pytest.mark.parametrize(
    ("text", "kind", "answer", "rises"),
    [(REJECTED, Kind.MEDICAL_CLAIM, "rejected", False), (CONFIRMED, Kind.MEDICAL_CLAIM, "confirmed", True)],
    ids=["rejected", "confirmed"],
)
def test_what_was_said_of_a_sentence_is_learned_and_nothing_else_is_lost(
    corpus: Corpus, before: Model, tmp_path: Path, text: str, kind: Kind, answer: str, rises: bool
) -> None:
    after = trained(corpus, written(tmp_path / "f.jsonl", text, kind, answer, times=3))
    for old, new in zip(read_as(before, text, kind), read_as(after, text, kind), strict=True):
        assert (new > old) is rises
        assert new != old
    first, second = (scored(model, corpus.held_out) for model in (before, after))
    assert second.average_precision > first.average_precision - 0.02
    for level, point in second.points.items():
        assert point.recall > first.points[level].recall - 0.05


def test_the_more_often_it_is_said_the_more_it_counts_up_to_a_bound(tmp_path: Path) -> None:
    weights = [
        written(tmp_path / f"{times}.jsonl", REJECTED, Kind.MINORS, "rejected", times).examples[0].weight
        for times in (1, 2, MOST_TIMES, 10 * MOST_TIMES)
    ]
    assert weights == [WEIGHT, 2 * WEIGHT, MOST_TIMES * WEIGHT, MOST_TIMES * WEIGHT]


def test_answers_about_one_text_come_together(tmp_path: Path) -> None:
    said = ((Kind.MINORS, "confirmed"), (Kind.VULGARITY, "rejected"), (Kind.INDUCEMENT, "confirmed"))
    for number, (kind, answer) in enumerate(said):
        written(tmp_path / f"{number}.jsonl", CONFIRMED, kind, answer)
    (example,) = read_feedback([tmp_path / f"{number}.jsonl" for number in range(3)]).examples
    assert example.kinds == {Kind.MINORS, Kind.INDUCEMENT}


def test_of_a_long_text_only_what_stands_around_the_words_is_learned(tmp_path: Path) -> None:
    dull = "今天发的是四川的柑橘，一箱九斤，皮薄汁多。" * 9
    row = {
        "id": "a",
        "source": "transcript",
        "text": dull + REJECTED + dull,
        "labels": [{"kind": "medical-claim", "span": "觉得腰轻松多了"}],
        "feedback": "rejected",
    }
    (tmp_path / "f.jsonl").write_text(json.dumps(row), "utf-8")
    (example,) = read_feedback([tmp_path / "f.jsonl"]).examples
    assert "觉得腰轻松多了" in example.text
    assert len(example.text) < 100


def test_feedback_changes_nothing_about_how_the_corpus_is_joined(corpus: Corpus) -> None:
    examples = [record.example for record in corpus.learned]
    more = [*examples, examples[0]._replace(text=REJECTED, weight=WEIGHT)]
    assert _joined(more, examples)[: len(_joined(examples, examples))] == _joined(examples, examples)
