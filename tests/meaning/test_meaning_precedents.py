"""Breaches like a text: of its kind only, the likest first, none that hardly is; and the shipped file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.meaning import precedents
from compliance.meaning.precedents import LEAST_LIKENESS, MOST, SHIPPED, Breach, Precedents, packed, unpacked
from compliance.meaning.store import MeaningError
from compliance.model.vocabulary import Kind

TRAIN = Path(__file__).parents[2] / "corpus" / "train"
BREACHES = [
    Breach("x-1", Kind.ABSOLUTE_CLAIM, "整条街找不出第二家"),
    Breach("x-2", Kind.ABSOLUTE_CLAIM, "全城找不出第二家比我们好的"),
    Breach("x-3", Kind.ABSOLUTE_CLAIM, "顶级"),
    Breach("x-4", Kind.DISPARAGEMENT, "全世界再也找不出第二家比我们好的"),
]


def test_the_likest_of_the_kind_come_first() -> None:
    found = Precedents(BREACHES).like(Kind.ABSOLUTE_CLAIM, "全世界再也找不出第二家比我们好的")
    assert [each.id for each in found] == ["x-2", "x-1"]
    assert found[0].likeness > found[1].likeness
    assert {each.kind for each in found} == {Kind.ABSOLUTE_CLAIM}


def test_a_kind_without_breaches_has_none() -> None:
    assert Precedents(BREACHES).like(Kind.MINORS, "找不出第二家") == ()


@given(st.text("全世界再也找不出第二家比我们好的顶级整条街", max_size=20), st.sampled_from(Kind))
def test_few_and_like_enough(text: str, kind: Kind) -> None:
    found = Precedents(BREACHES * 3).like(kind, text)
    assert len(found) <= MOST
    assert all(each.likeness + 0.005 >= LEAST_LIKENESS for each in found)


def test_the_shipped_file_is_what_the_corpus_gives() -> None:
    lines = [line for file in sorted(TRAIN.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    assert unpacked(SHIPPED.read_bytes()) == unpacked(packed(map(json.loads, lines))), "run python tools/precedents.py"


def test_packing_does_not_depend_on_order() -> None:
    records = [{"id": b.id, "labels": [{"kind": b.kind.value, "span": b.text}]} for b in BREACHES]
    assert packed(records) == packed(reversed(records))
    assert sorted(unpacked(packed(records))) == sorted(BREACHES)


@pytest.mark.parametrize("raw", [b"", b"no gzip", packed([])[:-4]], ids=["empty", "other", "cut"])
def test_a_damaged_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    file = tmp_path / "precedents.jsonl.gz"
    file.write_bytes(raw)
    monkeypatch.setattr(precedents, "SHIPPED", file)
    with pytest.raises(MeaningError, match="相近语料的文件无法读取"):
        precedents.shipped.__wrapped__()
