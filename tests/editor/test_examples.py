"""Examples that do not hold are told where they stand, also while the text around them changes."""

from editor_samples import KNOWLEDGE, RULE

from compliance.editor.check import Checked, check
from compliance.editor.examples import Failure, failures, placed
from compliance.editor.knowledge import Knowledge
from compliance.lang.diagnostics import render
from compliance.meaning.reader import Reader
from small_release import FACTS, LAWS, LEXICONS, lexicon, rule

READER = Reader()
HOLDS = RULE.replace("「甲」 应报", "「这是最好的」 应报 于 「最好」").replace("「乙」 不报", "「第一次用」 不报")


def ran(text: str) -> tuple[Checked, tuple[Failure, ...]]:
    checked = check("a.rule", text, KNOWLEDGE)
    return checked, failures(checked, KNOWLEDGE, READER)


def test_examples_that_hold_say_nothing() -> None:
    assert ran(HOLDS)[1] == ()


def test_an_example_that_does_not_hold_is_told_at_its_place() -> None:
    text = HOLDS.replace("「第一次用」 不报", "「我是第一」 不报")
    checked, failed = ran(text)
    (told,) = placed(failed, "a.rule", checked)
    assert (told.code, text[told.at.start : told.at.end]) == ("E030", "例 「我是第一」 不报")
    assert "期望不报，实际应报 于 「第一」" in render(told, text)


def test_it_goes_with_its_example() -> None:
    text = HOLDS.replace("「第一次用」 不报", "「我是第一」 不报")
    _, failed = ran(text)
    moved = f"# 说明\n\n{text}"
    (told,) = placed(failed, "a.rule", check("a.rule", moved, KNOWLEDGE))
    assert moved[told.at.start : told.at.end] == "例 「我是第一」 不报"
    assert placed(failed, "a.rule", check("a.rule", HOLDS, KNOWLEDGE)) == []


def test_a_known_gap_is_none() -> None:
    assert ran(HOLDS + "  待改 例 「很好」 应报\n")[1] == ()


def test_rules_with_mistakes_are_not_run() -> None:
    checked, failed = ran(RULE.replace("绝对化用语", "没有的词"))
    assert [each.code for each in checked.diagnostics] == ["E006"]
    assert failed == ()


def test_ordinary_words_of_the_release_excuse_here_too() -> None:
    text = rule("出现 疾病", name="T-TWO-002").replace("  例 「丙」 待补\n", "")
    text = text.replace("「甲」 应报", "「治湿疹」 应报").replace("「乙」 不报", "「治湿疹膏药」 不报")
    assert len(ran(text)[1]) == 1
    known = Knowledge((*LEXICONS, lexicon("平常词", "湿疹膏药", kind="covers")), LAWS, FACTS)
    assert failures(check("a.rule", text, known), known, READER) == ()
