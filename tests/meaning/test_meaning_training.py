"""Training: the same examples give the same bytes, and what is learned is what was taught."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.meaning.features import Rows
from compliance.meaning.fit import Problem, fit
from compliance.meaning.reader import Reader
from compliance.meaning.store import dump, load
from compliance.meaning.train import THINNED, Example, _unpunctuated, _with_thinned, calibration, train
from compliance.model.document import Document
from compliance.model.vocabulary import Category, Kind, Source

GOODS = ["苹果", "木耳", "面霜", "鱼油", "手镯", "耳机", "奶粉", "大米", "跑鞋", "台灯", "茶叶", "挂面"]


def taught(kind: Kind | None, wording: str) -> list[Example]:
    kinds = frozenset([kind] if kind else [])
    return [Example(wording.format(good), Source.TRANSCRIPT, Category.GENERAL, kinds) for good in GOODS]


EXAMPLES = [
    *taught(Kind.MEDICAL_CLAIM, "吃了这个{}什么病都治好了"),
    *taught(Kind.OFF_PLATFORM_DIVERSION, "要买{}的加我微信私下转账"),
    *taught(None, "这个{}今天下单明天发货"),
    *taught(None, "有人问{}能不能治病，治不了"),
]


@pytest.fixture(scope="module")
def raw() -> bytes:
    return dump(train(EXAMPLES, EXAMPLES))


def test_training_twice_gives_the_same_bytes(raw: bytes) -> None:
    assert dump(train(EXAMPLES, EXAMPLES)) == raw


def test_other_examples_give_other_bytes(raw: bytes) -> None:
    assert dump(train(EXAMPLES[:-1], EXAMPLES)) != raw


def test_what_was_taught_is_found_in_goods_it_never_saw(raw: bytes) -> None:
    reader = Reader(load(raw))
    guilty = Document(id="t", source=Source.TRANSCRIPT, text="要买雨伞的加我微信私下转账")
    lawful = Document(id="t", source=Source.TRANSCRIPT, text="这个雨伞今天下单明天发货")
    assert [hit.kind for hit in reader.read(guilty)] == [Kind.OFF_PLATFORM_DIVERSION]
    assert reader.read(lawful) == []


def test_progress_is_told_to_the_end() -> None:
    steps: list[tuple[int, int]] = []
    train(EXAMPLES, EXAMPLES, lambda _, done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_the_fit_is_where_the_gradient_vanishes() -> None:
    chance = np.random.default_rng(1)
    values = chance.normal(size=(40, 3))
    rows = Rows(np.arange(0, 121, 3), np.tile(np.arange(3), 40), values.ravel().astype(np.float32))
    target = (values @ [1.0, -2.0, 0.5] > 0.2).astype(float)
    problem = Problem(rows, 3, 0.1)
    share = np.ones(40)
    first = problem.loss(np.zeros(4), target, share)[1]
    last = problem.loss(fit(problem, target, share), target, share)[1]
    assert np.abs(last).max() <= 1e-3 * np.abs(first).max()


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(-8, 8), st.booleans()), min_size=1, max_size=40))
def test_calibration_never_turns_the_order_round(pairs: list[tuple[float, bool]]) -> None:
    scores, right = np.array([score for score, _ in pairs]), np.array([good for _, good in pairs])
    found = calibration(scores, right)
    assert found.slope > 0
    assert np.isfinite(found.offset)


def test_calibration_recovers_the_rates_it_was_shown() -> None:
    chance = np.random.default_rng(2)
    scores = chance.normal(size=20_000) * 3
    right = chance.random(20_000) < 1 / (1 + np.exp(-(0.5 * scores - 1)))
    found = calibration(scores, right)
    assert abs(found.slope - 0.5) < 0.05
    assert abs(found.offset + 1) < 0.1


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 400), min_size=12, max_size=30, unique=True), min_size=1, max_size=6))
def test_thinned_copies_keep_columns_of_their_row_and_its_length(columns: list[list[int]]) -> None:
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in sorted(row)])
    rows = Rows(starts, flat, np.linspace(0.1, 1.0, len(flat)).astype(np.float32))
    made = _with_thinned(rows, len(columns))
    assert made.height == (1 + THINNED) * len(columns)
    assert (made.columns[: len(flat)] == flat).all()
    assert (made.values[: len(flat)] == rows.values).all()
    for copy in range(1, made.height):
        here = slice(made.starts[copy], made.starts[copy + 1])
        whole = slice(starts[copy % len(columns)], starts[copy % len(columns) + 1])
        assert set(made.columns[here]) <= set(flat[whole])
        if made.starts[copy + 1] > made.starts[copy]:
            assert np.isclose(np.linalg.norm(made.values[here]), np.linalg.norm(rows.values[whole]), rtol=1e-4)


def test_about_half_of_the_columns_is_taken_away_and_not_the_same_half_each_time() -> None:
    rows = Rows(np.array([0, 4000]), np.arange(4000), np.ones(4000, dtype=np.float32))
    made = _with_thinned(rows, 1)
    kept = [set(made.columns[made.starts[i] : made.starts[i + 1]]) for i in range(1, made.height)]
    assert all(1800 < len(one) < 2200 for one in kept)
    assert all(800 < len(one & other) < 1200 for i, one in enumerate(kept) for other in kept[:i])


def test_speech_is_learned_without_its_punctuation_too_and_danmaku_is_not() -> None:
    said = Example("来，三二一！上链接", Source.TRANSCRIPT, None, frozenset(), 2.0)
    (bare,) = _unpunctuated([said, said._replace(source=Source.DANMAKU)])
    assert bare.text == "来三二一上链接"
    assert 0 < bare.weight < said.weight
