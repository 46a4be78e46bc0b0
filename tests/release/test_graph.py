"""Values as bytes and back: equal, shared where they were shared, and nothing of other packages among them."""

from collections import defaultdict
from datetime import date
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.stance import Stances
from compliance.lang.position import Position
from compliance.model.law import Penalty
from compliance.model.vocabulary import Severity
from compliance.release.graph.names import NotStorableError, UnreadableError
from compliance.release.graph.reading import loads
from compliance.release.graph.writing import dumps
from compliance.words.scanner import Scanner
from small_release import COVERS, LEXICONS, compiled, rule

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters()),
    st.binary(),
    st.dates(),
)
HASHABLE = st.one_of(st.text(), st.integers(), st.tuples(st.text(), st.booleans()), st.frozensets(st.integers()))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(HASHABLE, inner), st.sets(HASHABLE)
    ),
    max_leaves=30,
)


@given(VALUES)
def test_values_come_back_equal_and_of_the_same_types(value: object) -> None:
    back = loads(dumps(value))
    assert back == value
    assert repr(back) == repr(value) or "{" in repr(value)  # a set may be in another order


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        loads(data)


@given(st.data())
def test_spoiled_bytes_are_refused_or_read_as_something(data: st.DataObject) -> None:
    whole = bytearray(dumps({"甲": [1, 2.5, (None, "乙")], "b": Severity.HIGH}))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    try:
        loads(bytes(whole))
    except UnreadableError:
        return


def test_what_is_shared_stays_shared() -> None:
    shared = ["甲"]
    first, second = loads(dumps((shared, shared)))
    assert first is second


@pytest.mark.parametrize(
    "value",
    [
        Severity.HIGH,
        Position(1, 2, 3, 4),
        Penalty(min=1, basis="甲"),
        date(2026, 11, 30),
        float("inf"),
        1 << 70,
        defaultdict(int, {"a": 1}),
    ],
)
def test_kinds_of_values(value: object) -> None:
    back = loads(dumps([value]))[0]
    assert back == value
    assert type(back) is type(value)


def test_arrays_keep_type_and_shape() -> None:
    array = np.arange(6, dtype=np.uint16).reshape(2, 3)
    back = loads(dumps([array, array[1, 2]]))
    assert back[0].dtype == array.dtype
    assert (back[0] == array).all()
    assert back[1] == array[1, 2]
    assert back[0].flags.writeable


@pytest.mark.parametrize(
    "value",
    [print, partial(print), object(), lambda: 0, np.array([object()])],
    ids=["built-in", "partial", "object", "lambda", "array of objects"],
)
def test_what_is_not_data_is_refused(value: object) -> None:
    with pytest.raises(NotStorableError):
        dumps([value])


def test_classes_of_other_packages_are_not_made() -> None:
    spoiled = dumps([Severity.HIGH]).replace(
        b"compliance.model.vocabulary:Severity", b"subprocess:Popen.compliance.model.vo"
    )
    with pytest.raises(UnreadableError):
        loads(spoiled)


def test_rules_and_their_scanner_come_back() -> None:
    made = compiled(rule("绝对化用语 与 疾病 相距 3字 内", unless="命中 被否定 或 /{数}折/ 先于 命中"))
    scanner = Scanner(made.groups, COVERS)
    rules, again, stances = loads(dumps((made.rules, scanner, Stances(LEXICONS))))
    assert rules == made.rules
    for text in ("全网最 好的面霜，治湿疹", "五折的最好的我们", "第一次，国家标准第一"):
        assert dict(again.scan(text)) == dict(scanner.scan(text))
    assert vars(stances) == vars(Stances(LEXICONS))
