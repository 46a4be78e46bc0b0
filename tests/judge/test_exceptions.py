"""除非, hit by hit: denial, questions, reports, suppositions, quotes, ordinary words."""

import pytest

from compliance.judge.judge import Judge
from compliance.judge.stance import Stances
from compliance.words.scanner import Scanner
from small_release import COVERS, LEXICONS, compiled, found, judge, registries, review, rule, transcript

DENIED = judge(rule("出现 绝对化用语", unless="命中 被否定"))
STANCES = {stance: judge(rule("出现 绝对化用语", unless=f"命中 {stance}")) for stance in ("被疑问", "被转述", "被假设")}


def test_an_exception_is_asked_of_every_hit() -> None:
    report = review(DENIED, "不是最好，但是第一")
    assert found(report) == ["第一"]
    assert [(e.text, e.rule) for e in report.excused] == [("最好", "T-ONE-001")]
    assert report.excused[0].reason == "例外成立：「命中 被否定」"


def test_an_ordinary_word_excuses_what_stands_under_it() -> None:
    report = review(rule("出现 绝对化用语"), "第一次来，我们是第一")
    assert [(f.start, f.end) for f in report.findings] == [(8, 10)]
    assert [(e.start, e.end, e.rule) for e in report.excused] == [(0, 2, "")]
    assert "第一次" in report.excused[0].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不最好", []),  # a cue of one character must touch
        ("不甲最好", ["最好"]),
        ("不是最好", []),
        ("不是说甲乙丙最好", []),
        ("不是甲乙丙丁戊己庚辛壬最好", ["最好"]),  # too far away
        ("不是贵，是最好", ["最好"]),  # another clause
        ("不是贵。最好", ["最好"]),
        ("不得不说这是最好的", ["最好"]),  # a pseudo-cue
        ("不得不说不是最好", []),
        ("不仅最好", ["最好"]),
        ("不能说最好、第一、顶级", []),  # a list carries the denial on
        ("禁用词：“最好”“第一”“顶级”", []),
        ("最好这几个字不许讲", []),  # behind the hit
        ("最好不能用", []),
        ("最好。这几个字", ["最好"]),
        ("這個不會是最好", ["最好"]),  # 不会 is no cue of this lexicon; 不 does not touch
        ("並沒有最好", []),  # cues are looked up in the folded text
        ("５㎏裝沒有最好", []),  # whatever else stands in it
    ],
)
def test_denial(text: str, expected: list[str]) -> None:
    assert found(review(DENIED, text)) == expected


def test_denial_reaches_across_a_cut_but_not_across_a_speaker() -> None:
    assert found(review(DENIED, transcript((0, "我们不是"), (1, "最好的")))) == []
    assert found(review(DENIED, transcript((0, "我们不是"), (1, "最好的", "助播")))) == ["最好"]
    assert found(review(DENIED, "我们不是\n最好的")) == ["最好"]


@pytest.mark.parametrize(
    ("stance", "text", "expected"),
    [
        ("被疑问", "请问，这是最好的", []),
        ("被疑问", "这是最好的吗", []),
        ("被疑问", "这是最好的？", []),
        ("被疑问", "这是最好的!", ["最好"]),
        ("被疑问", "请问。这是最好的", ["最好"]),
        ("被转述", "有人说，这是最好的", []),
        ("被转述", "这是最好的", ["最好"]),
        ("被假设", "如果是最好", []),
        ("被假设", "如果你要，这是最好的", ["最好"]),
    ],
)
def test_other_stances(stance: str, text: str, expected: list[str]) -> None:
    assert found(review(STANCES[stance], text)) == expected


def test_a_stance_without_its_lexicon_never_holds() -> None:
    made = compiled(rule("出现 绝对化用语", unless="命中 被否定"))
    terms = [lexicon for lexicon in LEXICONS if lexicon.kind == "terms"]
    bare = Judge(made.rules, Scanner(made.groups, COVERS), registries()[1], Stances(terms), "bare")
    assert found(review(bare, "不是最好")) == ["最好"]


@pytest.mark.parametrize(
    ("unless", "text", "expected"),
    [
        ("命中 位于 引号 内", "“最好”和《最好》", [6]),
        ("命中 位于 书名 内", "“最好”和《最好》", [1]),
        ("命中 位于 引号 内 或 命中 位于 书名 内", "“最好”和《最好》", []),
        ("命中 与 疾病 同 句", "最好湿疹。最好", [5]),
        ("命中 与 疾病 相距 1字 内", "最好甲湿疹，甲乙最好甲乙失眠", [8]),
        ("非 出现 疾病", "最好", []),
        ("非 出现 疾病", "最好湿疹", [0]),
        ("命中 被否定 且 命中 位于 引号 内", "“不是最好”，不是最好", [9]),
    ],
)
def test_exceptions_of_every_form(unless: str, text: str, expected: list[int]) -> None:
    assert [f.start for f in review(rule("出现 绝对化用语", unless=unless), text).findings] == expected


def test_several_exception_lines_are_alternatives() -> None:
    made = rule("出现 绝对化用语", unless="命中 被否定\n  除非 命中 位于 引号 内")
    assert found(review(made, "不是最好，“第一”，顶级")) == ["顶级"]


def test_a_claim_denied_inside_a_relation_is_denied() -> None:
    """“专家不是推荐” names experts and a recommendation, and denies the recommendation."""
    words = '词组 专家语 = "专家"\n词组 推荐语 = "推荐"\n'
    rules = judge(rule("专家语 先于 推荐语 相距 8字", unless="命中 被否定", words=words))
    assert found(review(rules, "专家不是推荐这种吃法")) == []
    assert found(review(rules, "专家天天推荐这种吃法")) == ["专家天天推荐"]
