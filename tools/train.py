"""Makes the model of the second reader from the corpus.

    python tools/train.py             # trains, calibrates, and writes it unless it scores worse than the present one
    python tools/train.py --force     # writes it in any case
    python tools/train.py --check     # writes nothing; exit 1 when the present one is not what would be written

Weights come from corpus/train, calibration and the score from corpus/tune; corpus/final is never opened here.
"""

# ruff: noqa: E402  # the number of threads is set before numpy is loaded

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # one thread adds in one order

import argparse
import json
import sys
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from compliance.meaning.evaluation import LEVELS, Found, Label, Measure, measure
from compliance.meaning.model import Model
from compliance.meaning.reader import Reader
from compliance.meaning.store import SHIPPED, MeaningError, dump, load
from compliance.meaning.train import Example, train
from compliance.model.document import Document
from compliance.model.vocabulary import Category, Kind, Source

CORPUS = Path(__file__).parents[1] / "corpus"
TRAIN = tuple(CORPUS / "train" / f"{author}.jsonl" for author in "abcf")
TUNE = CORPUS / "tune" / "d.jsonl"
LEAST = 0.01
"""Hits below this probability are left out of the score."""


class Record(NamedTuple):
    document: Document
    labels: tuple[Label, ...]

    @property
    def example(self) -> Example:
        document = self.document
        kinds = frozenset(label.kind for label in self.labels)
        return Example(document.text, document.source, document.category, kinds)


def records(*paths: Path) -> list[Record]:
    return [_record(json.loads(line)) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def _record(row: dict) -> Record:
    text = row["text"]
    document = Document(id=row["id"], source=Source(row["source"]), category=Category(row["category"]), text=text)
    spans = [(Kind(label["kind"]), text.index(label["span"]), len(label["span"])) for label in row["labels"]]
    return Record(document, tuple(Label(kind, start, start + length) for kind, start, length in spans))


def scored(model: Model, held_out: list[Record]) -> Measure:
    reader = Reader(model, least=LEAST)
    hits = [[Found(*hit[:4]) for hit in reader.read(record.document)] for record in held_out]
    return measure(hits, [record.labels for record in held_out])


def show(console: Console, title: str, result: Measure) -> None:
    table = Table("合规被报", "阈值", "标注找到", "命中正确", "违规记录被报", title=title)
    for level in LEVELS:
        point = result.points[level]
        cells = (point.recall, point.precision, point.records)
        table.add_row(f"≤ {level:.0%}", f"{point.threshold:.3f}", *(f"{cell:.1%}" for cell in cells))
    console.print(table, f"平均精度 {result.average_precision:.4f}")


def _trained(console: Console) -> Model:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("读取", total=None)
        examples = [record.example for record in records(*TRAIN)]
        held_out = [record.example for record in records(TUNE)]
        return train(
            examples,
            held_out,
            lambda step, done, total: bar.update(task, description=step, completed=done, total=total),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="write the model even if it scores worse")
    parser.add_argument("--check", action="store_true", help="only say whether the present model is up to date")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    console = Console()
    raw = dump(_trained(console))
    if options.check:
        same = options.out.is_file() and options.out.read_bytes() == raw
        console.print("模型与语料一致。" if same else "模型与语料不一致：请运行 python tools/train.py。")
        return 0 if same else 1
    held_out = records(TUNE)
    result = scored(load(raw), held_out)
    show(console, "调参集", result)
    try:
        present = scored(load(options.out), held_out).average_precision
    except MeaningError:
        present = 0.0
    if result.average_precision < present - 1e-9 and not options.force:
        console.print(f"未写入：现有模型的平均精度 {present:.4f} 更高；确要替换请加 --force。")
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(raw)
    console.print(f"已写入 {options.out.name}，{len(raw) / 1e6:.1f} MB。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
