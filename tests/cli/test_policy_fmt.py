"""`compliance policy fmt`: files laid out in place, checked, translated, or refused."""

import shutil
from pathlib import Path

from cli_calls import Compliance

import small_shipped
from compliance.lang.parse import parse
from compliance.release.shipped import shipped

UNTIDY = "# 注\n词组 甲=“最好”\n规则 T-A-1 「t」 当 甲 # 为什么\n"
TIDY = '# 注\n词组 甲 = "最好"\n\n规则 T-A-1 「t」\n  当   出现 甲  # 为什么\n'
ENGLISH = '# 注\nwords 甲 = "最好"\n\nrule T-A-1 "t"\n  when any 甲  # 为什么\n'


def test_a_file_is_laid_out_in_place(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "甲.rule", UNTIDY)
    result = compliance("policy", "fmt", "甲.rule")
    assert (result.exit_code, result.stdout) == (0, "甲.rule\n1 个文件，1 个已改，0 个读不懂\n")
    assert (here / "甲.rule").read_text("utf-8") == TIDY
    assert [file.name for file in here.iterdir() if "甲" in file.name] == ["甲.rule"]
    assert compliance("policy", "fmt", "甲.rule").stdout == "1 个文件，0 个已改，0 个读不懂\n"


def test_check_changes_nothing(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "甲.rule", UNTIDY)
    result = compliance("policy", "fmt", "--check", ".")
    assert (result.exit_code, result.stdout) == (1, "甲.rule\n1 个文件，1 个要改，0 个读不懂\n")
    assert (here / "甲.rule").read_text("utf-8") == UNTIDY
    small_shipped.write(here / "甲.rule", TIDY)
    assert compliance("policy", "fmt", "--check", ".").exit_code == 0


def test_a_file_is_translated_and_back(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "甲.rule", UNTIDY)
    assert compliance("policy", "fmt", "甲.rule", "--to", "en").exit_code == 0
    assert (here / "甲.rule").read_text("utf-8") == ENGLISH
    assert compliance("policy", "fmt", "甲.rule", "--to", "zh").exit_code == 0
    assert (here / "甲.rule").read_text("utf-8") == TIDY
    assert "zh、en" in compliance("policy", "fmt", "甲.rule", "--to", "fr").stderr


def test_a_file_with_errors_stays_as_it_is(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "甲.rule", "规则 T-A-1 「t」 当 且\n")
    small_shipped.write(here / "乙.rule", UNTIDY)
    result = compliance("policy", "fmt", ".")
    assert result.exit_code == 3
    assert "E001" in result.stderr
    assert (here / "甲.rule").read_text("utf-8") == "规则 T-A-1 「t」 当 且\n"
    assert (here / "乙.rule").read_text("utf-8") == TIDY


def test_what_is_not_there_is_named(compliance: Compliance, here: Path) -> None:
    (here / "empty").mkdir()
    for name, problem in (("nothing.rule", "不存在"), ("empty", "没有规则文件")):
        result = compliance("policy", "fmt", name)
        assert result.exit_code == 3
        assert problem in result.stderr


def test_shipped_rules_are_laid_out_in_a_copy(compliance: Compliance, here: Path) -> None:
    original = shipped("policies") / "society"
    shutil.copytree(original, here / "society")
    assert compliance("policy", "fmt", "society").exit_code == 0
    assert compliance("policy", "fmt", "society", "--check").exit_code == 0
    for file in original.rglob("*.rule"):
        copied = here / "society" / file.relative_to(original)
        assert parse(copied.read_text("utf-8"), "a.rule") == parse(file.read_text("utf-8"), "a.rule")
