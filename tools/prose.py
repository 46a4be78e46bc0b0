"""Ordinary prose, and which characters stand side by side in it; tools/tables.py makes the table `pairs` of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import orjson

from compliance.text.views import folded

TRAIN = Path(__file__).parents[1] / "corpus" / "train"

_RUN = re.compile("[\u4e00-\u9fff]{2,}")


def news(text: str) -> Iterator[str]:
    """Paragraphs of the People's Daily, which come as words with their parts of speech: 希望/n 的/u."""
    for line in text.splitlines():
        yield "".join(word.rpartition("/")[0] for word in line.split())


def comments(favourable: str, unfavourable: str) -> Iterator[str]:
    """Reviews by buyers and guests, each once. Speed and false hits are measured on the unfavourable ones: out."""
    yield from set(favourable.splitlines()) - set(unfavourable.splitlines())


def lawful_utterances() -> Iterator[str]:
    """What the training part of the corpus holds to be lawful."""
    for path in sorted(TRAIN.glob("*.jsonl")):
        for record in map(orjson.loads, path.read_bytes().splitlines()):
            if record["verdict"] == "pass":
                yield record["text"]


def pairs(texts: Iterable[str]) -> Counter[str]:
    """How often two Chinese characters follow one another; anything else between them parts them."""
    runs = _RUN.findall(folded("\n".join(texts)).text)
    return Counter(first + second for run in runs for first, second in pairwise(run))


def by_first(found: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each first character with all second ones, in code-point order."""
    seconds: dict[str, str] = {}
    for pair in sorted(found):
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    yield from seconds.items()
