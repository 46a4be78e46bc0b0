"""Slips that people make: each is told once, with a code, its place and what was probably meant."""

from pathlib import Path

import pytest

from compliance.lang.diagnostics import render
from compliance.model.errors import LawError
from compliance.release.rules import read_rule_files
from small_release import compiled, rule


def told(*sources: str) -> list[str]:
    return [d.code for d in compiled(*sources).diagnostics]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (rule("出现 「最好"), ["E002"]),
        (rule('出现 “最好"'), ["E002"]),
        (rule("疾病 次数 ＞= 3"), ["E034"]),
        (rule("疾病 次数 ！＝ 3 且 疾病"), ["E034"]),
        ('词组 当 = "最好"', ["E037"]),
        ('词组 词组 = "最好"', ["E037"]),
        ('词组 命中 = "最好"', ["E037"]),
        (rule("出现 甲", words="词组 甲 = 乙\n词组 乙 = 甲"), ["E025"]),
        (rule("疾病 与 绝对化用语 相距 99999999999999999999字 内"), ["E033"]),
        (rule("疾病", 依据="旧办法 第三条"), ["E010"]),  # in force with a gap
        (rule("疾病", 罚则="旧办法 第三条", 生效="2019-01-01 起"), ["E010"]),  # repealed on the way
        (rule("疾病", 生效="2014-01-01 起"), ["E010", "E010"]),  # before the law and its penalty
        (rule("疾病 且 商品.重量 > 3"), ["E014"]),
    ],
)
def test_each_slip_is_coded(source: str, codes: list[str]) -> None:
    assert [code for code in told(source) if code != "E006"] == codes


def test_one_id_in_two_files() -> None:
    made = compiled(rule("疾病"), rule("绝对化用语"))
    (only,) = made.errors
    assert (only.code, only.path) == ("E007", "2.rule")
    assert "1.rule:" in only.remedy()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("疾病\n  除飞 命中 被否定", "除非"),
        ("疾病 被否认", "被否定"),
        ("疾病 切 绝对化用语", ""),
        ("疾病 位与 引号", "位于"),
        ("疾病 negatd", "negated"),
    ],
)
def test_near_keywords_are_suggested(written: str, meant: str) -> None:
    made = compiled(rule(written))
    messages = [d.remedy(language) for d in made.errors for language in ("zh", "en")]
    assert any(f"是否想写「{meant}」？" in message for message in messages) is bool(meant)
    assert any(f"did you mean `{meant}`?" in message for message in messages) is bool(meant)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.rule").write_bytes("# 注释\n规则 甲".encode("gb18030"))
    with pytest.raises(LawError, match=r"E038.*GB18030") as error:
        read_rule_files([tmp_path])
    assert "UTF-8" in str(error.value)


def test_a_huge_number_is_shown_short() -> None:
    source = rule("疾病 次数 >= " + "9" * 5_000)
    (only,) = compiled(source).errors
    assert len(render(only, source).split("\n")[0]) < 80


EXCEPTION = "疾病 且 商品.类目 为 食品"


@pytest.mark.parametrize(
    ("when", "unless", "never"),
    [
        (EXCEPTION, "商品.类目 为 药品", True),
        (EXCEPTION, "非 商品.类目 为 食品", True),
        (EXCEPTION, "非 商品.类目 属于 (食品、药品)", True),
        (EXCEPTION, "商品.类目 属于 (食品、药品) 且 命中 被否定", False),
        (EXCEPTION, "商品.有批号 为 是", False),
        ("疾病 且 缺少 证据(比价)", "非 缺少 证据(比价)", True),
        ("疾病 且 非 缺少 证据(比价)", "缺少 证据(比价)", True),
        ("疾病 且 (商品.类目 为 食品 或 商品.有批号 为 否)", "商品.类目 为 药品", False),
    ],
)
def test_exceptions_that_contradict_the_condition(when: str, unless: str, never: bool) -> None:
    assert ("W104" in told(rule(when, unless=unless))) is never


@pytest.mark.parametrize(
    ("narrow", "wide", "adds_nothing"),
    [
        (rule("疾病 且 商品.类目 为 食品"), rule("疾病", name="T-TWO-002"), True),
        (rule("疾病"), rule("疾病 或 绝对化用语", name="T-TWO-002"), True),
        (rule("疾病", name="T-ZWEI-009"), rule("疾病", name="T-TWO-002"), True),
        (rule("疾病"), rule("疾病", name="T-TWO-002", 环节="script"), False),
        (rule("疾病"), rule("疾病", name="T-TWO-002", unless="命中 被否定"), False),
        (rule("疾病"), rule("疾病 被否定", name="T-TWO-002"), False),
        (rule("疾病"), rule("疾病", name="T-TWO-002", 类型="medical-claim"), False),
        (rule("疾病"), rule("疾病 且 绝对化用语", name="T-TWO-002"), False),
    ],
)
def test_rules_that_add_nothing(narrow: str, wide: str, adds_nothing: bool) -> None:
    found = [d for d in compiled(narrow, wide).diagnostics if d.code == "W105" and d.path == "1.rule"]
    found += [d for d in compiled(wide, narrow).diagnostics if d.code == "W105" and d.path == "2.rule"]
    assert bool(found) is adds_nothing
