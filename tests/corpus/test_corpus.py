"""The labelled corpus keeps its form, its labelling standard and the distance between its parts."""

import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import ric

from compliance.model.vocabulary import Category, Kind, Source, Verdict

Record = dict[str, Any]

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILES = ("train/a.jsonl", "train/b.jsonl", "train/c.jsonl", "train/f.jsonl", "tune/d.jsonl", "final/e.jsonl")
KEYS = ("id", "source", "category", "text", "labels", "verdict", "tags")
TAGS = frozenset(
    [
        "hard-negative",
        "adversarial",
        "paraphrase",
        "asr",
        "dialect",
        "quote",
        "negation",
        "question",
        "supposition",
        "self-comparison",
        "national-grade",
        "usage-tip",
        "trade-name",
        "factual-limit",
        "banned-list",
        "sincere-data",
        "licensed",
        "other-category",
    ]
)
# The labelling standard's own table; the engine may be stricter or milder without moving the corpus.
BLOCKING = frozenset(
    [
        "authority-endorsement",
        "counterfeit",
        "discrimination",
        "disease-prevention",
        "education-promise",
        "gambling-tobacco",
        "investment-promise",
        "medical-claim",
        "minors",
        "off-platform-diversion",
        "privacy-leak",
        "privacy-solicitation",
        "prize-excess",
        "safety-guarantee",
        "superstition",
        "vulgarity",
    ]
)
EFFICACY_BLOCKS_IN = frozenset({"drug", "medical-aesthetics"})
# Kinds that would say the same thing of one span; the narrower one alone is kept.
SAME_THING = ({"inducement", "minors"}, {"inducement", "prize-excess"}, {"inducement", "gambling-tobacco"})
NEAR_DUPLICATE = 0.45  # Jaccard of character trigrams
FEWEST_PAIRS = 1500
# Prefixes that no operator has been given, so that no number here can ring.
UNALLOCATED = frozenset({"154", "160", "161", "163", "164", "168", "169", "194"})
SPOKEN_DIGITS = str.maketrans("零〇一幺二三四五六七八九", "001123456789")


def load(name: str) -> list[Record]:
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def parts() -> dict[str, list[Record]]:
    return {name: load(name) for name in FILES}


@pytest.fixture(scope="module")
def records(parts: dict[str, list[Record]]) -> list[Record]:
    return [record for part in parts.values() for record in part]


def kinds_of(record: Record) -> set[str]:
    return {label["kind"] for label in record["labels"]}


def verdict_of(record: Record) -> Verdict:
    kinds = kinds_of(record)
    if not kinds:
        return Verdict.PASS
    grave = kinds & BLOCKING or ("efficacy-guarantee" in kinds and record["category"] in EFFICACY_BLOCKS_IN)
    return Verdict.BLOCK if grave else Verdict.REVISE


def test_no_other_data_file_stands_beside_these() -> None:
    assert sorted(str(path.relative_to(CORPUS).as_posix()) for path in CORPUS.rglob("*.jsonl")) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_files_are_utf8_with_line_feeds_only(name: str) -> None:
    raw = (CORPUS / name).read_bytes()
    assert raw.decode("utf-8").endswith("\n")
    assert b"\r" not in raw
    assert b"\n\n" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")


def test_records_have_the_form_the_readme_gives(records: list[Record]) -> None:
    for record in records:
        keys = (*KEYS, "pair") if "pair" in record else KEYS
        assert tuple(record) == keys, record["id"]
        assert isinstance(record["text"], str), record["id"]
        assert record["text"].strip(), record["id"]
        assert set(record["tags"]) <= TAGS, record["id"]
        assert all(tuple(label) == ("kind", "span") for label in record["labels"]), record["id"]


def test_ids_are_unique_and_named_after_their_file(parts: dict[str, list[Record]]) -> None:
    for name, part in parts.items():
        batch = Path(name).stem
        assert [record["id"] for record in part] == [f"{batch}-{n:04d}" for n in range(1, len(part) + 1)]


def test_sources_categories_and_kinds_are_known(records: list[Record]) -> None:
    assert {record["source"] for record in records} == set(Source)
    assert {record["category"] for record in records} == set(Category)
    assert {kind for record in records for kind in kinds_of(record)} <= set(Kind)


def test_spans_lie_in_their_text_once(records: list[Record]) -> None:
    for record in records:
        for label in record["labels"]:
            assert label["span"].strip(), record["id"]
            assert record["text"].count(label["span"]) == 1, record["id"]


def test_no_span_carries_two_labels_that_say_the_same(records: list[Record]) -> None:
    for record in records:
        by_span = defaultdict(list)
        for label in record["labels"]:
            by_span[label["span"]].append(label["kind"])
        for kinds in by_span.values():
            assert len(kinds) == len(set(kinds)), record["id"]
            assert not any(same <= set(kinds) for same in SAME_THING), record["id"]


def test_verdicts_follow_from_the_labels(records: list[Record]) -> None:
    assert [r["id"] for r in records if r["verdict"] != verdict_of(r)] == []


def test_a_missing_disclaimer_is_never_a_second_label_nor_in_running_speech(records: list[Record]) -> None:
    marked = [record for record in records if "missing-disclaimer" in kinds_of(record)]
    assert marked
    assert [r["id"] for r in marked if len(kinds_of(r)) > 1 or r["source"] in {"transcript", "danmaku"}] == []


def test_at_least_half_is_lawful_in_every_file(parts: dict[str, list[Record]]) -> None:
    for name, part in parts.items():
        assert sum(not record["labels"] for record in part) >= len(part) / 2, name


def test_pairs_are_two_and_differ_in_lawfulness(parts: dict[str, list[Record]]) -> None:
    count = 0
    for part in parts.values():
        pairs = defaultdict(list)
        for record in part:
            if "pair" in record:
                pairs[record["pair"]].append(record)
        for pair, members in pairs.items():
            assert pair == members[0]["id"]
            assert sorted(bool(member["labels"]) for member in members) == [False, True], pair
        count += len(pairs)
    assert count >= FEWEST_PAIRS


def trigrams(text: str) -> frozenset[str]:
    bare = re.sub(r"\W", "", text)
    return frozenset(bare[i : i + 3] for i in range(len(bare) - 2)) or frozenset({bare})


def near_duplicates(records: list[Record]) -> list[tuple[str, str]]:
    """Exact: sets this alike must share one of their rarest grams, so only those are indexed."""
    grams = [trigrams(record["text"]) for record in records]
    frequency = Counter(gram for own in grams for gram in own)
    index: dict[str, list[int]] = defaultdict(list)
    found = []
    for i, own in enumerate(grams):
        rarest = sorted(own, key=lambda gram: (frequency[gram], gram))
        prefix = rarest[: len(own) - math.ceil(NEAR_DUPLICATE * len(own)) + 1]
        for j in {j for gram in prefix for j in index[gram]}:
            pair = records[i].get("pair")
            if pair is not None and pair == records[j].get("pair"):
                continue
            shared = len(own & grams[j])
            if shared > NEAR_DUPLICATE * (len(own) + len(grams[j]) - shared):
                found.append((records[j]["id"], records[i]["id"]))
        for gram in prefix:
            index[gram].append(i)
    return found


def test_nothing_is_written_twice_within_or_across_parts(records: list[Record]) -> None:
    assert near_duplicates(records) == []


def test_the_duplicate_check_sees_a_copy(records: list[Record]) -> None:
    longest = max(records, key=lambda record: len(record["text"]))
    copy = {"id": "copy", "text": longest["text"][:-3]}
    assert near_duplicates([*records[:50], longest, copy]) == [(longest["id"], "copy")]


def test_no_part_is_a_series_with_slots_filled_in(parts: dict[str, list[Record]]) -> None:
    for name, part in parts.items():
        opening, times = Counter(record["text"][:4] for record in part).most_common(1)[0]
        assert times <= len(part) / 100, (name, opening)


def test_mobile_numbers_cannot_belong_to_anyone(records: list[Record]) -> None:
    seen = 0
    for record in records:
        for number in re.findall(r"(?<!\d)1[3-9]\d{9}", record["text"].translate(SPOKEN_DIGITS)):
            if record["source"] == "listing":  # certificate and licence numbers
                continue
            seen += 1
            assert number[:3] in UNALLOCATED, record["id"]
    assert seen > 30


def test_no_valid_resident_identity_number_occurs(records: list[Record]) -> None:
    for record in records:
        digits = re.sub(r"[\s\-·.]", "", record["text"].translate(SPOKEN_DIGITS))
        for start in range(len(digits) - 17):
            candidate = digits[start : start + 18].upper()
            assert not (re.fullmatch(r"[0-9]{17}[0-9X]", candidate) and ric.is_valid(candidate)), record["id"]


def test_the_readme_gives_the_true_counts(parts: dict[str, list[Record]]) -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([\d |]+) \|$", readme, re.MULTILINE))
    true: dict[str, Counter[str]] = defaultdict(Counter)
    for name, part in parts.items():
        column = name.split("/", maxsplit=1)[0]
        for record in part:
            for key in {record["source"], record["category"], *kinds_of(record)}:
                true[key][column] += 1
    columns = ("train", "tune", "final")
    expected = {key: [*(counts[column] for column in columns), counts.total()] for key, counts in true.items()}
    assert {key: [int(cell) for cell in row.split("|")] for key, row in rows.items()} == expected
