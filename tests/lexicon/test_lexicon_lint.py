"""What is doubtful in words: each kind of doubt, where it is, and that what is sound is left alone."""

from collections.abc import Iterable
from datetime import date

import pytest
from lexicon_samples import DAY, REGISTRY

from compliance.lang.parse import parse
from compliance.lang.registry import LawRegistry
from compliance.lang.uses import uses
from compliance.lexicon.lint import Doubt, lint, statistics
from compliance.model.lexicon import Lexicon, Term
from compliance.release.laws import load_laws
from compliance.release.shipped import shipped
from compliance.release.sources import Sources, read_sources
from small_release import OLD_RULES, lexicon, rule


def doubts(rules: str, *lexicons: Lexicon, laws: LawRegistry = REGISTRY) -> list[tuple[str, int, str]]:
    files = [parse(rules, "1.rule")[0]]
    found = lint(lexicons, uses(files, [each.group for each in lexicons]), laws, DAY)
    return [(each.kind, each.line, each.problem) for each in found]


def words(group: str, *terms: str, **fields: object) -> Lexicon:
    placed = (Term(text=text, line=line) for line, text in enumerate(terms, start=5))
    return lexicon(group, *placed, **fields)


GOOD = words("夸张", "顶呱呱", "第一流")


def test_what_is_sound_is_left_alone() -> None:
    assert doubts(rule("夸张"), GOOD, words("通用", "好东西", kind="covers")) == []


def test_a_lexicon_that_no_rule_uses() -> None:
    (told,) = doubts(rule("夸张"), GOOD, words("多余", "没人用"))
    assert told == ("dead", 1, "没有一条规则用到词库「多余」")


@pytest.mark.parametrize(
    "used",
    [
        rule("夸张"),
        rule('"甲" 与 夸张 同 句'),
        rule('"甲"', unless="命中 与 夸张 同 句"),
        rule('"甲" 位于 夸张 内'),
        rule("全文 未出现 夸张"),
        rule("大话", 设='大话 = 夸张 与 "甲" 同 句'),
        rule("说法", words='词组 说法 = "甲" 、 别名\n词组 别名 = 夸张'),
        rule("说法", words='词组 说法 = "甲" 除去 夸张'),
    ],
)
def test_every_way_of_using_a_lexicon_counts(used: str) -> None:
    assert doubts(used, GOOD) == []


def test_words_said_twice_where_the_use_is_the_same() -> None:
    either = rule("(夸张 或 再夸张)")
    (told,) = doubts(either, GOOD, words("再夸张", "第 一流"))
    assert told == ("repeated", 5, "词「第 一流」与用法相同的词库「夸张」（:6）重复")
    apart = rule("夸张") + rule("再夸张", name="T-TWO-002")
    assert doubts(apart, GOOD, words("再夸张", "第一流")) == []


def test_words_left_out_of_every_use() -> None:
    out = '词组 说法 = 夸张 除去 "第一流"'
    (told,) = doubts(rule("说法", words=out), GOOD)
    assert told[:2] == ("shadowed", 6)
    assert "1 个词在每一处使用里都被“除去”（T-ONE-001）：「第一流」" in told[2]
    assert doubts(rule("说法", words=out) + rule("夸张", name="T-TWO-002"), GOOD) == []


def test_a_cue_that_is_its_own_exception() -> None:
    (told,) = doubts(rule("夸张"), GOOD, words("否定用语", "不", "不得不", kind="cues", pseudo=("不得不",)))
    assert told == ("shadowed", 6, "提示词「不得不」同时列在 pseudo 里，永远不算数")


def test_words_that_are_too_broad() -> None:
    assert doubts(rule("单字"), words("单字", "最")) == [("broad", 5, "词「最」只有一个字，规则 T-ONE-001 见到它就报")]
    (told,) = doubts(rule("单字 与 夸张 同 句"), words("单字", "最"), GOOD)
    assert told == ("broad", 5, "词「最」只有一个字")
    common = words("常用", "时间")
    (told,) = doubts(rule("常用 且 商品.有批号 为 否"), common)
    assert told == ("broad", 5, "「时间」是常用词，规则 T-ONE-001 见到它就报")
    assert doubts(rule("常用 与 夸张 同 句"), common, GOOD) == []
    assert doubts(rule("常用"), words("常用", "时间", covers=("时间到",))) == []


def test_covers_that_cover_nothing() -> None:
    term = Term(text="最好", covers=("最好的我们", "第一", "最 好"), line=9)
    told = doubts(rule("夸张"), lexicon("夸张", term))
    assert [(kind, line) for kind, line, _ in told] == [("idle", 9), ("idle", 9)]


def test_sources_that_are_no_longer_law() -> None:
    over = LawRegistry([OLD_RULES.model_copy(update={"articles": OLD_RULES.articles[:1]})])
    old = words("夸张", "顶呱呱", source="旧办法 第三条；通用")
    (told,) = doubts(rule("夸张"), old, laws=over)
    assert told == ("repealed", 1, "来源“旧办法 第三条”自 2020-01-01 起失效")
    assert doubts(rule("夸张"), old) == []  # renewed since
    by_term = lexicon("夸张", Term(text="顶呱呱", source="《旧办法》 第三条", line=8))
    assert doubts(rule("夸张"), by_term, laws=over)[0][:2] == ("repealed", 8)
    unknown = words("夸张", "顶呱呱", source="广告法 第九百条；无此法 第一条；通用")
    assert doubts(rule("夸张"), unknown) == []


def test_a_doubt_says_where_and_what_to_do() -> None:
    assert str(Doubt("dead", "a.yaml", 3, "没人用", "删去")) == "警告 a.yaml:3：没人用；删去。"
    assert str(Doubt("repeated", "a.yaml", 3, "重复", "删去")).startswith("错误 ")


def shipped_sources() -> Sources:
    return read_sources()


def shipped_doubts(kinds: Iterable[str]) -> list[str]:
    sources = shipped_sources()
    files = [parse(text, path)[0] for path, text in sources.rules]
    used = uses(files, [each.group for each in sources.lexicons])
    laws = LawRegistry(load_laws(shipped("policies") / "laws"))
    return [str(each) for each in lint(sources.lexicons, used, laws, date(2026, 11, 30)) if each.kind in kinds]


def test_the_shipped_lexicons_have_no_errors_and_each_is_used() -> None:
    assert shipped_doubts({"repealed", "repeated", "idle", "dead"}) == []


def test_there_are_as_many_terms_as_the_counts_say() -> None:
    figures = statistics(shipped_sources().lexicons)
    assert figures.distinct >= 4_000
    assert figures.terms == sum(terms for _, terms in figures.by_folder.values()) - sum(
        len(each.terms) for each in shipped_sources().lexicons if each.kind != "terms"
    )
    small = statistics([words("甲", "最好", "最好的", "VIP", "ｖｉｐ会员", disguise=True)])
    assert (small.terms, small.distinct, small.redundant) == (4, 4, 2)
