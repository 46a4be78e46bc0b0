"""Duties to speak: in the whole text, in the opening, after a mention."""

import pytest

from compliance.judge.duties import clock
from compliance.model.document import Document
from compliance.model.vocabulary import SeenAs
from small_release import found, judge, review, rule, transcript

WHOLE = judge(rule("出现 疾病 且 全文 未出现 绝对化用语"))
ALWAYS = judge(rule("文档.来源 属于 (script、transcript) 且 全文 未出现 绝对化用语"))
OPENING = judge(rule("文档.来源 属于 (script、transcript) 且 在 开场 60秒 内 未出现 绝对化用语"))
AFTER = judge(rule("在 疾病 之后 60秒 内 未出现 绝对化用语"))
AFTER_CHARS = judge(rule("在 疾病 之后 5字 内 未出现 绝对化用语"))
AFTER_SENTENCES = judge(rule("在 疾病 之后 1句 内 未出现 绝对化用语"))


def test_not_said_in_the_whole_text() -> None:
    report = review(WHOLE, "甲湿疹乙失眠")
    assert [(f.text, f.seen_as) for f in report.findings] == [("湿疹", SeenAs.ABSENCE)]  # one duty, however often
    assert "全文 6 字中没有出现" in report.findings[0].explanation
    assert found(review(WHOLE, "湿疹，最好")) == []
    assert found(review(WHOLE, "甲")) == []


def test_without_a_trigger_the_first_words_are_shown() -> None:
    assert found(review(ALWAYS, "  \n 大家好。欢迎")) == ["大家好。"]
    assert found(review(ALWAYS, "大家好，最好")) == []
    assert found(review(ALWAYS, Document(id="d", text=""))) == [""]


def test_the_opening() -> None:
    assert found(review(OPENING, transcript((0, "大家好。"), (59, "最好。"), (90, "湿疹。")))) == []
    late = review(OPENING, transcript((0, "大家好。"), (60, "最好。"), (90, "湿疹。"))).findings
    assert [f.text for f in late] == ["大家好。"]
    assert "00:00–01:00" in late[0].explanation
    assert "最近一次在 01:00" in late[0].explanation


def test_the_opening_begins_with_the_first_words() -> None:
    assert found(review(OPENING, transcript((600, "大家好。"), (659, "最好。")))) == []
    assert found(review(OPENING, transcript((600, "大家好。"), (660, "最好。")))) == ["大家好。"]


def test_a_text_without_times_has_no_opening() -> None:
    assert found(review(OPENING, "大家好")) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(0, "湿疹。"), (60, "最好。")], []),
        ([(0, "湿疹。"), (61, "最好。")], [0]),
        ([(0, "最好。"), (1, "湿疹。"), (99, "甲。")], [1]),  # said before does not count
        ([(0, "最好"), (1, "湿疹。"), (99, "甲。")], []),  # unless in the same sentence
        ([(0, "湿疹。"), (30, "湿疹。"), (99, "甲。")], [0]),  # one episode
        ([(0, "湿疹。"), (30, "湿疹。"), (60, "湿疹。"), (200, "甲。")], [0, 60]),
        ([(0, "湿疹。"), (30, "最好。"), (100, "湿疹。"), (200, "甲。")], [100]),
        ([(0, "湿疹。")], [0]),
    ],
)
def test_after_a_mention(lines: list[tuple[float, str]], expected: list[float]) -> None:
    assert [f.t_start for f in review(AFTER, transcript(*lines)).findings] == expected


def test_the_evidence_of_absence() -> None:
    (told,) = review(AFTER, transcript((10, "湿疹用它。"), (20, "买它。"), (100, "最好。"))).findings
    assert told.seen_as is SeenAs.ABSENCE
    assert "00:10–01:10 共 8 字中没有出现，最近一次在 01:40" in told.explanation


def test_without_times_there_is_no_duty_in_seconds() -> None:
    assert found(review(AFTER, "湿疹")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湿疹。甲乙丙丁最好", []),
        ("湿疹。甲乙丙丁戊最好", [0]),
        ("湿疹。最好", []),
        ("最好，湿疹", []),
        ("最好。湿疹", [3]),
        ("湿疹。湿疹。甲乙丙丁戊", [0]),
    ],
)
def test_after_a_mention_in_characters(text: str, expected: list[int]) -> None:
    assert [f.start for f in review(AFTER_CHARS, text).findings] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湿疹。最好", []),
        ("湿疹。甲。最好", [0]),
        ("湿疹。最好。", []),
        ("湿疹，最好", []),
        ("湿疹。甲。湿疹。最好", [0]),
    ],
)
def test_after_a_mention_in_sentences(text: str, expected: list[int]) -> None:
    assert [f.start for f in review(AFTER_SENTENCES, text).findings] == expected


def test_a_cut_in_speech_does_not_end_the_sentence_that_keeps_the_duty() -> None:
    assert found(review(AFTER_CHARS, transcript((0, "最好的用"), (1, "在湿疹上")))) == []


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3599, "59:59"), (3600, "1:00:00"), (36061, "10:01:01")],
)
def test_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
