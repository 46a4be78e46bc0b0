"""Duties to speak: in the whole text, in the opening, after a mention."""

import pytest

from compliance.judge.duties import clock
from compliance.judge.judge import Judge
from compliance.model.document import Document, Segment
from compliance.model.vocabulary import SeenAs, Source
from small_release import DAY, found, judge, review, rule, transcript

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


LOST = [(0.0, 5.0, "湿疹。"), (36.0, 40.0, "甲。"), (90.0, 95.0, "乙。")]


@pytest.mark.parametrize("rules", [AFTER, OPENING])
def test_a_duty_is_waived_where_words_may_be_lost(rules: Judge) -> None:
    report = review(rules, spoken(*LOST))
    assert found(report) == []
    assert [d.rule for d in report.degraded] == ["T-ONE-001"]
    assert "其间 00:05–00:36、00:40–01:30 没有转写" in report.degraded[0].reason
    assert review(rules, spoken(*LOST, (59.0, 60.0, "最好。"))).degraded == ()  # kept all the same


def test_a_pause_of_half_a_minute_is_a_pause() -> None:
    report = review(AFTER, spoken((0, 5, "湿疹。"), (35, 40, "甲。"), (70, 75, "乙。")))
    assert (found(report), report.degraded) == (["湿疹"], ())


def test_words_lost_outside_the_window_waive_nothing() -> None:
    report = review(AFTER, spoken((0, 5, "甲。"), (40, 42, "湿疹。"), (70, 102, "乙。"), (200, 201, "丙。")))
    assert (found(report), report.degraded) == (["湿疹"], ())


def test_only_the_duty_over_the_lost_words_is_waived() -> None:
    report = review(AFTER, spoken(*LOST, (100, 120, "湿疹。"), (130, 165, "丙。")))
    assert [f.t_start for f in report.findings] == [100]
    assert len(report.degraded) == 1


def test_a_waived_duty_that_is_excused_anyway_is_not_told() -> None:
    rules = judge(rule("在 疾病 之后 60秒 内 未出现 绝对化用语", unless="命中 被否定"))
    assert review(rules, spoken((0, 5, "不是湿疹。"), (50, 55, "甲。"), (90, 95, "乙。"))).degraded == ()


def test_a_duty_over_the_whole_text_tells_what_was_lost() -> None:
    (told,) = review(WHOLE, spoken(*LOST)).findings
    assert "其间 00:05–00:36、00:40–01:30 没有转写" in told.explanation


def test_a_segment_without_an_end_lasts_until_the_next() -> None:
    lines = [Segment(text="湿疹。", t_start=0), Segment(text="甲。", t_start=50), Segment(text="乙。", t_start=90)]
    report = review(AFTER, Document(id="d", source=Source.TRANSCRIPT, segments=tuple(lines)))
    assert (found(report), report.degraded) == (["湿疹"], ())


def spoken(*lines: tuple[float, float, str]) -> Document:
    """A transcript with the end of each segment: (start, end, text)."""
    segments = tuple(Segment(text=text, t_start=start, t_end=end) for start, end, text in lines)
    return Document(id="d", source=Source.TRANSCRIPT, segments=segments)


def test_a_duty_that_may_still_be_kept_is_not_broken_while_more_may_be_said() -> None:
    def so_far(rules: Judge, *lines: tuple[float, str]) -> list[str]:
        return found(rules.review(transcript(*lines), DAY, ongoing=True))

    assert so_far(AFTER, (0, "湿疹。"), (60, "甲。")) == []
    assert so_far(AFTER, (0, "湿疹。"), (60, "甲。"), (60.5, "乙。")) == ["湿疹"]
    assert so_far(OPENING, (0, "湿疹。"), (59, "甲。")) == []
    assert so_far(OPENING, (0, "湿疹。"), (60, "甲。")) == ["湿疹。"]
    assert so_far(WHOLE, (0, "湿疹。"), (6000, "甲。")) == []
    assert so_far(AFTER_CHARS, (0, "湿疹。"), (1, "甲乙丙丁")) == []
    assert so_far(AFTER_CHARS, (0, "湿疹。"), (1, "甲乙丙丁戊")) == ["湿疹"]
    assert so_far(AFTER_SENTENCES, (0, "湿疹。"), (1, "甲")) == []
    assert so_far(AFTER_SENTENCES, (0, "湿疹。"), (1, "甲。")) == ["湿疹"]
    few = judge(rule("出现 疾病 且 疾病 次数 < 2"))
    assert so_far(few, (0, "湿疹。")) == []


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3599, "59:59"), (3600, "1:00:00"), (36061, "10:01:01")],
)
def test_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
