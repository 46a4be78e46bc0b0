"""The measure: hand-counted cases."""

from compliance.meaning.evaluation import Found, Label, measure
from compliance.model.vocabulary import Kind

LAWFUL: list[list[Label]] = [[] for _ in range(50)]
CLAIM, MINORS = Kind.MEDICAL_CLAIM, Kind.MINORS


def test_kind_and_place_must_both_be_right() -> None:
    labels = [[Label(CLAIM, 0, 5)], [Label(CLAIM, 0, 5)], [Label(CLAIM, 0, 5)], *LAWFUL]
    hits = [[Found(CLAIM, 4, 9, 0.9)], [Found(MINORS, 0, 5, 0.8)], [Found(CLAIM, 5, 9, 0.7)], *([[]] * 50)]
    point = measure(hits, labels).points[0.04]
    assert (point.recall, point.precision, point.records, point.flagged) == (1 / 3, 1 / 3, 1.0, 0.0)


def test_the_threshold_lets_no_more_lawful_records_through_than_allowed() -> None:
    lawful_hits = [[Found(CLAIM, 0, 1, i / 50)] for i in range(50)]
    result = measure([[Found(CLAIM, 0, 5, 0.955)], *lawful_hits], [[Label(CLAIM, 0, 5)], *LAWFUL])
    assert [result.points[level].flagged for level in (0.02, 0.04, 0.08)] == [0.02, 0.04, 0.08]
    assert [result.points[level].recall for level in (0.02, 0.04, 0.08)] == [0.0, 1.0, 1.0]


def test_average_precision_counts_labels_never_reached() -> None:
    labels = [[Label(CLAIM, 0, 5)], [Label(MINORS, 0, 5)], *LAWFUL]
    hits = [[Found(CLAIM, 0, 5, 0.9)], [], [Found(CLAIM, 0, 5, 0.95)], *([[]] * 49)]
    assert measure(hits, labels).average_precision == 0.25


def test_kinds_are_counted_apart() -> None:
    labels = [[Label(CLAIM, 0, 5), Label(MINORS, 0, 5)], *LAWFUL]
    assert measure([[Found(CLAIM, 0, 5, 0.9)], *([[]] * 50)], labels).kinds == {CLAIM: (1, 1), MINORS: (0, 1)}
