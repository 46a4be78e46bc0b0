"""`compliance cases export-feedback`: what people are asked, once each, and answers that are never lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_calls import Compliance, sentences

Review = Callable[..., None]


@pytest.fixture
def review(compliance: Compliance, script: Callable[..., Path]) -> Review:
    def run(text: str, *options: str) -> None:
        assert compliance("review", script(text), "--category", "food", *options).exit_code in {1, 2}

    return run


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_finding_comes_with_its_words_and_an_open_answer(
    compliance: Compliance, here: Path, review: Review
) -> None:
    review("今天的苹果很甜。\n这是最好的苹果。\n能治湿疹。")
    done = compliance("cases", "export-feedback", "-o", "反馈.jsonl")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "新添 2 行，原有 0 行；还有 2 行没有填 feedback" in done.stdout
    first, second = read(here / "反馈.jsonl")
    assert {key: first[key] for key in ("source", "category", "text", "labels", "rule", "feedback")} == {
        "source": "script",
        "category": "food",
        "text": "这是最好的苹果。",
        "labels": [{"kind": "absolute-claim", "span": "最好"}],
        "rule": "T-ABS-001",
        "feedback": None,
    }
    assert second["labels"][0]["kind"] == "medical-claim"
    assert first["id"].rpartition("#")[0] == second["id"].rpartition("#")[0]


def test_the_same_words_are_asked_about_once(compliance: Compliance, here: Path, review: Review) -> None:
    review("这是最好的苹果。")
    review("这是最好的苹果。")
    assert compliance("cases", "export-feedback", "-o", "f.jsonl").exit_code == 0
    assert len(read(here / "f.jsonl")) == 1


def test_answers_stay_and_new_findings_are_added(compliance: Compliance, here: Path, review: Review) -> None:
    review("这是最好的苹果。")
    assert compliance("cases", "export-feedback", "-o", "f.jsonl").exit_code == 0
    answered = (here / "f.jsonl").read_text("utf-8").replace('"feedback":null', '"feedback":"rejected"').rstrip()
    (here / "f.jsonl").write_text(answered, "utf-8")
    review("这是顶级的梨。")
    done = compliance("cases", "export-feedback", "-o", "f.jsonl")
    assert "新添 1 行，原有 1 行；还有 1 行没有填 feedback" in done.stdout
    assert [row["feedback"] for row in read(here / "f.jsonl")] == ["rejected", None]
    assert (here / "f.jsonl").read_text("utf-8").startswith(answered)
    assert "新添 0 行" in compliance("cases", "export-feedback", "-o", "f.jsonl").stdout


def test_what_was_exported_and_answered_can_be_learned_from(compliance: Compliance, here: Path, review: Review) -> None:
    review("这是最好的苹果。")
    assert compliance("cases", "export-feedback", "-o", "f.jsonl").exit_code == 0
    unanswered = compliance("model", "train", "--feedback", "f.jsonl", "-o", "m.npz")
    assert unanswered.exit_code == 3
    assert "没有一行填了 confirmed 或 rejected" in sentences(unanswered.stderr)[0]
    text = (here / "f.jsonl").read_text("utf-8")
    (here / "f.jsonl").write_text(text.replace('"feedback":null', '"feedback":"confirmed"'), "utf-8")
    done = compliance("model", "train", "--feedback", "f.jsonl", "-o", "m.npz")
    assert done.exit_code == 0, done.stderr
    assert "确认 1 行，驳回 0 行" in done.stdout


def test_kind_and_days_choose(compliance: Compliance, here: Path, review: Review) -> None:
    review("这是最好的苹果。\n能治湿疹。")
    for number, (options, expected) in enumerate(
        [
            (("--kind", "medical-claim"), 1),
            (("--kind", "医疗宣称"), 1),
            (("--kind", "minors"), 0),
            (("--until", "2020-01-01"), 0),
            (("--since", "2020-01-01"), 2),
        ]
    ):
        assert compliance("cases", "export-feedback", "-o", f"{number}.jsonl", *options).exit_code == 0
        assert len(read(here / f"{number}.jsonl")) == expected, options


def test_a_file_that_holds_something_else_is_left_alone(compliance: Compliance, here: Path, review: Review) -> None:
    review("这是最好的苹果。")
    (here / "f.jsonl").write_text("别的东西\n", "utf-8")
    refused = compliance("cases", "export-feedback", "-o", "f.jsonl")
    assert refused.exit_code == 3
    assert "f.jsonl 第1行：不是合法的 JSON" in sentences(refused.stderr)[0]
    assert (here / "f.jsonl").read_text("utf-8") == "别的东西\n"


def test_a_folder_is_no_output(compliance: Compliance, here: Path) -> None:
    refused = compliance("cases", "export-feedback", "-o", here)
    assert refused.exit_code == 3
    assert "这是文件夹" in refused.stderr
