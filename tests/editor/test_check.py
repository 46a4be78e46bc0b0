"""Diagnostics are those of `policy check`, with the files around; corrections mend what they say they mend."""

from pathlib import Path

import pytest
from editor_samples import HEAD, KNOWLEDGE, RULE

from compliance.editor.actions import correction
from compliance.editor.check import LARGEST, check
from compliance.editor.load import Folders, load, rule_files
from compliance.editor.symbols import symbols
from compliance.lang.catalogue import CATALOGUE
from compliance.release.shipped import shipped
from small_release import compiled, rule

GOLDEN = Path(__file__).parents[1] / "lang" / "golden"


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - {"E030", "E038"}))
def test_the_same_as_the_command(code: str) -> None:
    source = (GOLDEN / f"{code}.rule").read_text("utf-8")
    found = check("1.rule", source, KNOWLEDGE).diagnostics
    assert found == compiled(source).diagnostics
    assert code in {each.code for each in found}


def test_shipped_files_are_as_clean_as_the_command_finds_them() -> None:
    files, problems = rule_files([shipped("policies")], {})
    knowledge = load(Folders()).with_files(files)
    assert problems == []
    assert knowledge.problems == ()
    told = {path: [each.code for each in check(path, text, knowledge).diagnostics] for path, text in files.items()}
    assert {path: codes for path, codes in told.items() if codes} == {}


def test_an_id_that_an_earlier_file_has_is_told_in_the_later_one() -> None:
    files = {"a.rule": RULE, "b.rule": "\n" + RULE}
    known = KNOWLEDGE.with_files(files)
    assert [d.code for d in check("a.rule", files["a.rule"], known).diagnostics] == []
    (found,) = check("b.rule", files["b.rule"], known).diagnostics
    assert (found.code, found.values["where"]) == ("E007", "a.rule:2")
    assert known.sharing("a.rule", ["T-ONE-001"]) == ["b.rule"]
    assert known.sharing("b.rule", ["T-ONE-001"]) == []


def test_a_mention_is_no_definition() -> None:
    files = {"a.rule": f"# 规则 T-ONE-001\n{rule('出现 疾病', name='T-TWO-002', 参见='T-ONE-001')}", "b.rule": RULE}
    assert check("b.rule", RULE, KNOWLEDGE.with_files(files)).diagnostics == ()


def test_a_file_that_is_too_large_is_left_to_the_command() -> None:
    made = check("a.rule", "规" * (LARGEST + 1), KNOWLEDGE)
    assert (made.too_large, made.diagnostics) == (True, ())


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (HEAD + "  依据 广告发 第九条第三项", HEAD + "  依据 广告法 第九条第三项"),
        (HEAD + "  依据 广告法 第九条第二项", HEAD + "  依据 广告法 第九条第三项"),
        (HEAD + "  依据 广告法 §9(2)", HEAD + "  依据 广告法 第九条第三项"),
        (HEAD + "  当 出现 绝对化词语", HEAD + "  当 出现 绝对化用语"),
        (HEAD + "  当 出现绝对化用语", HEAD + "  当 绝对化用语"),
        (HEAD + "  当 商品.类别 为 食品", HEAD + "  当 商品.类目 为 食品"),
        (HEAD + "  当 商品.类目 为 保健食品", HEAD + "  当 商品.类目 为 食品"),
        (HEAD + "  等级 hihg", HEAD + "  等级 high"),
        (HEAD + "  处置 修该", HEAD + "  处置 修改"),
        (HEAD + "  当 疾病 与 绝对化用语 同 分居", HEAD + "  当 疾病 与 绝对化用语 同 分句"),
        (HEAD + "  当 疾病 次数 ＞ 3", HEAD + "  当 疾病 次数 > 3"),
        (HEAD + "  改为 「删去", HEAD + "  改为 「删去」"),
        (HEAD + "  改为 「删去 \n  等级 high", HEAD + "  改为 「删去」 \n  等级 high"),
    ],
)
def test_a_correction_mends(wrong: str, right: str) -> None:
    found = [each for d in check("a.rule", wrong, KNOWLEDGE).diagnostics if (each := correction(d, wrong))]
    (cure,) = found
    assert wrong[: cure.start] + cure.text + wrong[cure.end :] == right
    assert cure.text in cure.title


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - {"E030", "E038"}))
def test_corrections_leave_fewer_mistakes(code: str) -> None:
    source = (GOLDEN / f"{code}.rule").read_text("utf-8")
    before = check("a.rule", source, KNOWLEDGE).diagnostics
    for diagnostic in before:
        cure = correction(diagnostic, source)
        if cure is not None:
            mended = source[: cure.start] + cure.text + source[cure.end :]
            after = [(d.code, d.values) for d in check("a.rule", mended, KNOWLEDGE).diagnostics]
            assert (diagnostic.code, diagnostic.values) not in after


def test_the_outline_has_rules_and_word_groups() -> None:
    source = f'# 说明\n规章 a 「t」 版本 1.0.0\n词组 甲 = "甲乙"\n{RULE}\n规则\n'
    found = symbols(source)
    assert [(each.kind, each.name, each.detail) for each in found] == [
        ("words", "甲", ""), ("rule", "T-ONE-001", "测试规则"),
    ]  # fmt: skip
    for each in found:
        assert source[each.name_start : each.name_end] == each.name
        assert each.start < each.name_start < each.name_end <= each.end
