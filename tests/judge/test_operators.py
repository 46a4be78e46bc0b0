"""Relations between hits: near, before, same unit, inside, counted; in writing and in cut transcripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_release import found, judge, review, rule, transcript

NEAR = judge(rule("绝对化用语 与 疾病 相距 4字 内"))
NEAR_SENTENCES = judge(rule("绝对化用语 与 疾病 相距 1句 内"))
BEFORE = judge(rule("绝对化用语 先于 疾病"))
BEFORE_CLOSE = judge(rule("绝对化用语 先于 疾病 相距 4字 内"))
SAME_SENTENCE = judge(rule("绝对化用语 与 疾病 同 句"))
SAME_CLAUSE = judge(rule("绝对化用语 与 疾病 同 分句"))
SAME_SEGMENT = judge(rule("绝对化用语 与 疾病 同 段"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最好甲乙丙丁湿疹", ["最好甲乙丙丁湿疹"]),
        ("最好甲乙丙丁戊湿疹", []),
        ("湿疹甲乙丙丁最好", ["湿疹甲乙丙丁最好"]),
        ("最好湿疹", ["最好湿疹"]),
        ("最好，湿疹", ["最好，湿疹"]),
        ("最好。湿疹", []),
        ("最好\n湿疹", []),
        ("最好甲湿疹乙失眠", ["最好甲湿疹"]),
        ("湿疹甲最好乙丙失眠", ["湿疹甲最好"]),
        ("最好湿疹第一", ["最好湿疹第一"]),  # two pairs over the same words are one finding
    ],
)
def test_near(text: str, expected: list[str]) -> None:
    assert found(review(NEAR, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最好。湿疹", ["最好。湿疹"]),
        ("最好。甲。湿疹", []),
        ("湿疹。最好", ["湿疹。最好"]),
        ("最好" + "甲" * 50 + "。湿疹", ["最好" + "甲" * 50 + "。湿疹"]),
    ],
)
def test_near_in_sentences(text: str, expected: list[str]) -> None:
    assert found(review(NEAR_SENTENCES, text)) == expected


@pytest.mark.parametrize(
    ("text", "far", "close"),
    [
        ("最好湿疹", ["最好湿疹"], ["最好湿疹"]),
        ("湿疹最好", [], []),
        ("最好甲乙丙丁戊湿疹", ["最好甲乙丙丁戊湿疹"], []),
        ("最好。湿疹", [], []),
        ("湿疹最好失眠", ["最好失眠"], ["最好失眠"]),
    ],
)
def test_before(text: str, far: list[str], close: list[str]) -> None:
    assert found(review(BEFORE, text)) == far
    assert found(review(BEFORE_CLOSE, text)) == close


@pytest.mark.parametrize(
    ("text", "sentence", "clause"),
    [
        ("最好，湿疹", ["最好，湿疹"], []),
        ("最好、湿疹", ["最好、湿疹"], ["最好、湿疹"]),
        ("最好。湿疹", [], []),
        ("甲。最好乙湿疹。丙", ["最好乙湿疹"], ["最好乙湿疹"]),
    ],
)
def test_same_unit(text: str, sentence: list[str], clause: list[str]) -> None:
    assert found(review(SAME_SENTENCE, text)) == sentence
    assert found(review(SAME_CLAUSE, text)) == clause


def test_cut_segments_are_one_sentence_of_speech() -> None:
    cut = transcript((0, "这是最"), (1, "好的用了"), (2, "湿疹就好"))
    assert found(review(SAME_SENTENCE, cut)) == ["最\n好的用了\n湿疹"]
    assert found(review(NEAR, cut)) == ["最\n好的用了\n湿疹"]
    assert found(review(SAME_SEGMENT, cut)) == []


def test_a_written_line_end_is_not_read_across() -> None:
    assert found(review(judge(rule("出现 绝对化用语")), "这是最\n好的")) == []


def test_speaker_and_pause_end_a_sentence_of_speech() -> None:
    made = judge(
        rule("绝对化用语 与 疾病 同 句"), rule("绝对化用语 与 疾病 同 发言", name="T-TWO-002", 类型="vulgarity")
    )
    assert found(review(made, transcript((0, "最好"), (1, "湿疹", "助播")))) == []
    assert [f.rule for f in review(made, transcript((0, "最好。"), (1, "湿疹"))).findings] == ["T-TWO-002"]
    assert found(review(judge(rule("出现 绝对化用语")), transcript((0, "最"), (1, "好", "助播")))) == []


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        ("引号", "“最好”的最好", [1]),
        ("引号", "《最好》", []),
        ("书名", "《最好》与“第一”", [1]),
        ("疾病", "最好", []),
        ("长词", "全网最好的和最好", [2]),
    ],
)
def test_inside(where: str, text: str, expected: list[int]) -> None:
    made = rule(f"绝对化用语 位于 {where} 内", words='词组 长词 = "全网最好的"')
    assert [f.start for f in review(made, text).findings] == expected


@pytest.mark.parametrize(
    ("when", "text", "expected"),
    [
        ("绝对化用语 次数 >= 3", "最好最好", []),
        ("绝对化用语 次数 >= 3", "甲最好最好最好最好", ["最好"]),
        ("绝对化用语 次数 == 2", "最好最好", ["最好"]),
        ("绝对化用语 次数 == 2", "最好最好最好", []),
        ("疾病 且 绝对化用语 次数 < 2", "湿疹最好", ["湿疹"]),
        ("疾病 且 绝对化用语 次数 < 2", "湿疹最好第一", []),
        ("疾病 且 绝对化用语 次数 < 2", "湿疹", ["湿疹"]),
    ],
)
def test_counts(when: str, text: str, expected: list[str]) -> None:
    assert found(review(rule(when), text)) == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([0, 20, 59], [0]),
        ([0, 20, 60], []),  # the window is half-open
        ([0, 100, 120, 150], [100]),
        ([0, 100, 200, 300], []),
    ],
)
def test_counts_in_a_window_of_time(times: list[int], expected: list[int]) -> None:
    made = judge(rule("绝对化用语 次数 >= 3 每 1分钟"))
    report = review(made, transcript(*((float(t), "最好。") for t in times)))
    assert [f.t_start for f in report.findings] == expected
    assert all("共出现 3 次" in f.explanation for f in report.findings)
    assert found(review(made, "最好最好最好")) == []  # without times there is no window


@given(st.lists(st.integers(0, 200), max_size=12).map(sorted), st.integers(1, 4))
def test_windows_agree_with_looking_at_every_one(times: list[int], number: int) -> None:
    expected = any(sum(t <= other < t + 60 for other in times) >= number for t in times)
    made = judge(rule(f"绝对化用语 次数 >= {number} 每 1分钟"))
    report = review(made, transcript(*((float(t), "最好。") for t in [*times, 500]), facts={}))
    assert bool([f for f in report.findings if f.t_start != 500]) is expected


@pytest.mark.parametrize(
    ("when", "said", "expected"),
    [
        ("绝对化用语 与 疾病 相距 30秒 内", [(0, "最好"), (30, "湿疹")], [(0, 2)]),
        ("绝对化用语 与 疾病 相距 30秒 内", [(0, "湿疹"), (30, "最好。")], [(3, 5)]),
        ("绝对化用语 与 疾病 相距 30秒 内", [(0, "最好"), (31, "湿疹")], []),
        ("绝对化用语 与 疾病 相距 30秒 内", [(0, "最好。湿疹")], [(0, 2)]),
        ("绝对化用语 与 绝对化用语 相距 5秒 内", [(0, "最好"), (9, "第一")], []),
        ("绝对化用语 先于 疾病 相距 0.5分钟 内", [(0, "最好"), (30, "湿疹")], [(0, 2)]),
        ("绝对化用语 先于 疾病 相距 30秒 内", [(0, "湿疹"), (30, "最好")], []),
        ("绝对化用语 ..30秒 疾病 ..30秒 「甲」", [(0, "最好"), (30, "湿疹"), (60, "甲")], [(0, 2)]),
        ("绝对化用语 ..30秒 疾病 ..30秒 「甲」", [(0, "最好"), (30, "湿疹"), (61, "甲")], []),
    ],
)
def test_words_within_seconds(when: str, said: list[tuple[int, str]], expected: list[tuple[int, int]]) -> None:
    made = judge(rule(when))
    report = review(made, transcript(*((float(t), text) for t, text in said)))
    assert [(f.start, f.end) for f in report.findings] == expected
    assert all("前后相隔" in f.explanation for f in report.findings)
    assert found(review(made, "\n".join(text for _, text in said))) == []  # without times nothing is near in time


def test_words_within_seconds_excuse() -> None:
    made = judge(rule("出现 绝对化用语", unless="命中 与 疾病 相距 10秒 内"))
    report = review(made, transcript((0.0, "最好"), (10.0, "湿疹"), (60.0, "第一")))
    assert [f.text for f in report.findings] == ["第一"]


@pytest.mark.parametrize(
    ("when", "segments", "expected"),
    [
        ("绝对化用语 次数 >= 2 每段", ["最好", "最好"], []),
        ("绝对化用语 次数 >= 2 每段", ["最好，最好", "甲", "第一。最好，顶级"], [0, 8]),
        ("绝对化用语 次数 < 2 每段", ["最好，最好", "甲", "第一"], [8]),  # said there, but not twice
        ("绝对化用语 次数 == 0 每段", ["最好", "甲"], []),
        ("疾病 且 绝对化用语 次数 >= 2 每段", ["湿疹最好", "最好"], []),
    ],
)
def test_counts_in_each_segment(when: str, segments: list[str], expected: list[int]) -> None:
    made = judge(rule(when))
    report = review(made, transcript(*((float(t), text) for t, text in enumerate(segments))))
    assert [f.start for f in report.findings] == expected
    assert all("这一段里共出现" in f.explanation for f in report.findings)


@given(
    st.lists(st.lists(st.sampled_from(["最好，", "甲，", "第一。"]), max_size=5).map("".join), min_size=1, max_size=5)
)
def test_segments_count_as_they_do_by_themselves(segments: list[str]) -> None:
    expected = sum(text.count("最好") + text.count("第一") >= 3 for text in segments)
    report = review(
        judge(rule("绝对化用语 次数 >= 3 每段")), transcript(*((float(t), s) for t, s in enumerate(segments)))
    )
    assert len(report.findings) == expected


@given(st.lists(st.sampled_from(["最好", "湿疹", "甲", "，", "。", "甲乙丙"]), max_size=12).map("".join))
def test_near_agrees_with_looking_at_every_pair(text: str) -> None:
    def places(word: str) -> list[int]:
        return [i for i in range(len(text)) if text.startswith(word, i)]

    def close(a: int, b: int) -> bool:
        first, last = min(a, b), max(a, b)
        return last - first - 2 <= 4 and "。" not in text[first:last]

    paired = {a for a in places("最好") if any(close(a, b) for b in places("湿疹"))}
    report = review(NEAR, text)
    assert {a for a in places("最好") for f in report.findings if f.start <= a < f.end} >= paired
    assert bool(report.findings) is bool(paired)


def test_many_hits_stay_quick_to_relate() -> None:
    text = "最好湿疹，" * 5_000
    for when in (
        "绝对化用语 与 疾病 相距 4字 内",
        "绝对化用语 与 疾病 同 句",
        "绝对化用语 位于 疾病 内",
        "绝对化用语 次数 >= 9999",
    ):
        review(rule(when), text)
