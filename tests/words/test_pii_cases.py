"""How much personal information is found, over cases written by hand."""

from collections import Counter

from pii_cases import read_cases, score

from compliance.words.entities import ENTITY_NAMES
from compliance.words.masking import mask


def test_there_are_many_cases_of_every_kind_and_as_many_traps() -> None:
    cases = read_cases()
    kinds = Counter(span.kind for case in cases for span in case.spans)
    assert len({case.text for case in cases}) == len(cases) >= 400
    assert kinds.keys() == ENTITY_NAMES.keys()
    assert min(kinds.values()) >= 9
    assert sum(not case.spans for case in cases) >= 200


def test_recall_and_precision() -> None:
    scored = score(read_cases())
    assert scored.recall >= 0.98, scored.missed
    assert scored.precision >= 0.98, scored.amiss


def test_no_value_of_the_cases_survives_masking() -> None:
    """Masking is as good as finding: whatever is found is starred out, and the rest of the text is left."""
    for case in read_cases():
        masked = mask(case.text)
        if not case.spans:
            assert masked == case.text, case
            continue
        missed = {span for bad, span in score([case]).missed if bad == case}
        for span in case.spans - missed:
            assert case.text[span.start : span.end] not in masked, case
