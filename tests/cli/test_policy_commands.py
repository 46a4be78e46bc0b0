"""`compliance policy`: rules checked, their examples run, rules and diagnostic codes explained."""

import json
from pathlib import Path

import pytest
from cli_calls import Compliance, process, sentences

import small_shipped
from compliance.lang.catalogue import CATALOGUE

SYNTAX_ERROR = "规则 甲\n  类型 absolute-claim\n"
FALSE_EXAMPLE = small_shipped.rule("T-FAL-001", "绝对化用语", "最好") + "  例 「很好」 应报\n"


def test_sound_rules(compliance: Compliance) -> None:
    result = compliance("policy", "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "2 条规则可用，0 处错误，0 处警告\n", "")
    result = compliance("policy", "test")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "4 个例子，0 个不通过\n", "")


def test_a_syntax_error_is_shown_in_its_line(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "坏.rule", SYNTAX_ERROR)
    for command in ("check", "test"):
        result = compliance("policy", command, "坏.rule")
        assert result.exit_code == 3
        assert "--> 坏.rule:" in result.stderr
        assert "^" in result.stderr
        assert "Traceback" not in result.stderr
    assert "0 条规则可用，" in compliance("policy", "check", "坏.rule").stdout
    assert "error[E" in compliance("policy", "check", "坏.rule", "--lang", "en").stderr


def test_an_unknown_word_group_is_named(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "团队" / "a.rule", small_shipped.rule("T-TEA-001", "绝对化用于", "最好"))
    result = compliance("policy", "check", "团队")
    assert result.exit_code == 3
    assert "绝对化用于" in result.stderr
    assert "团队/a.rule:" in result.stderr


def test_an_example_that_fails_is_shown(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "a.rule", FALSE_EXAMPLE)
    assert compliance("policy", "check", "a.rule").exit_code == 0
    result = compliance("policy", "test", "a.rule")
    assert (result.exit_code, result.stdout) == (1, "3 个例子，1 个不通过\n")
    assert "T-FAL-001" in result.stderr
    assert "E030" in result.stderr
    assert "很好" in result.stderr


def test_only_the_chosen_files_are_reported(compliance: Compliance, here: Path) -> None:
    small_shipped.write(here / "好.rule", small_shipped.rule("T-GOO-001", "绝对化用语", "最好"))
    small_shipped.write(here / "别处" / "坏.rule", SYNTAX_ERROR)
    result = compliance("policy", "check", "好.rule", "--policies", "别处")
    assert (result.exit_code, result.stdout) == (0, "1 条规则可用，0 处错误，1 处警告\n")
    assert compliance("policy", "check", "--policies", "别处").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("check", "没有.rule"), "没有.rule：规则文件不存在"),
        (("test", "空"), "空：里面没有规则文件"),
        (("check", "--policies", "没有"), "没有：规则文件夹不存在"),
        (("check", "--lexicons", "没有"), "没有：词库文件夹不存在"),
        (("check", "--lexicons", "空"), "空：里面没有词库文件"),
        (("check", "拉丁.rule"), "拉丁.rule:2：[E038] 不是 UTF-8 编码；另存为 UTF-8。"),
        (("explain", "T-ABS-002"), "没有编号为 T-ABS-002 的规则或诊断代码；是不是 T-ABS-001"),
        (("explain", "zzz"), "没有编号为 zzz 的规则或诊断代码；用 compliance policy check 查看规则文件。"),
    ],
)
def test_what_is_not_there_is_named(
    compliance: Compliance, here: Path, arguments: tuple[str, ...], expected: str
) -> None:
    (here / "空").mkdir()
    (here / "拉丁.rule").write_bytes(b"# ok\n\xff\n")
    result = compliance("policy", *arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert expected in sentences(result.stderr)[0]


def test_a_rule_is_explained(compliance: Compliance) -> None:
    result = compliance("policy", "explain", "T-MED-001")
    assert result.exit_code == 0
    for shown in (
        "T-MED-001 测试规则T-MED-001（medical-claim，high，block）",
        "生效：2015-09-01 起；环节：",
        "依据：广告法 第九条第三项 不得使用绝对化用语",
        "罚则：广告法 第五十七条 违禁用语",
        "当：出现 病名",
        "除非：命中 被否定",
        "触发词：文中至少要有其中一个：病名",
        "出现「病名」的，按 T-MED-001 报告；但这一处被否定的，不报。",
        "T-MED-001 reports where a word of 「病名」 is said, unless the hit is denied.",
        "例：「这是湿疹」 应报 于 「湿疹」",
    ):
        assert shown in result.stdout
    assert compliance("policy", "explain", "t-med-001").stdout == result.stdout


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_diagnostic_code_is_explained(compliance: Compliance, code: str) -> None:
    result = compliance("policy", "explain", code.lower())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{code}\n")
    told, _, examples = result.stdout.partition("错 / wrong:\n")
    for reason in (CATALOGUE[code].why, CATALOGUE[code].why_en):
        assert reason in told
        told = told.replace(reason, "")
    assert "{" not in told
    assert "\n对 / right:\n" in examples or code == "E038"  # which is about the bytes of a file


def test_a_code_is_explained_even_when_no_rule_loads(small: Path, here: Path) -> None:
    ran = process("policy", "explain", "E012", small=here, cwd=here)
    assert ran.returncode == 0
    assert ran.stdout.decode().startswith("E012\n")


def test_changes_that_no_example_notices_are_told(compliance: Compliance, here: Path) -> None:
    sound = compliance("policy", "test", "--mutate")
    assert (sound.exit_code, sound.stderr) == (0, "")
    assert sound.stdout.endswith("2 个变异，0 个没有被例子发现，涉及 0 条规则\n")
    weak = small_shipped.rule("T-WEA-001", "绝对化用语", "最好").replace("不是最好", "很好")
    small_shipped.write(here / "a.rule", weak)
    told = compliance("policy", "test", "a.rule", "--mutate")
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (1, "1 个变异，1 个没有被例子发现，涉及 1 条规则")
    assert "T-WEA-001 测试规则T-WEA-001（a.rule）" in told.stderr
    assert "11:6 去掉例外「命中 被否定」，例子照样全部通过：缺一个不报的例子，只因这个例外而不报" in told.stderr
    english = compliance("policy", "test", "a.rule", "--mutate", "--lang", "en")
    assert "one silent example is missing, excused by this exception alone" in english.stderr


def test_rules_are_chosen_by_id(compliance: Compliance, here: Path) -> None:
    assert compliance("policy", "test", "T-MED-001").stdout == "2 个例子，0 个不通过\n"
    unknown = compliance("policy", "test", "T-MED-009")
    assert unknown.exit_code == 3
    assert "没有编号为 T-MED-009 的规则；是不是 T-MED-001" in unknown.stderr


def test_a_known_gap_is_told_and_does_not_fail(compliance: Compliance, here: Path) -> None:
    text = small_shipped.rule("T-GAP-001", "绝对化用语", "最好")
    small_shipped.write(here / "a.rule", text + "  待改 例 「很好」 应报\n  todo test 「顶级」 应报\n")
    told = compliance("policy", "test", "a.rule")
    assert (told.exit_code, told.stdout) == (0, "2 个例子，0 个不通过，2 个待改（其中 1 个现在通过）\n")
    assert "待改：T-GAP-001 a.rule:14「很好」 期望应报，实际不报" in told.stderr
    assert "待改的例子现在通过了：T-GAP-001 a.rule:15「顶级」；去掉「待改」" in told.stderr


def test_coverage_counts_articles_and_kinds(compliance: Compliance) -> None:
    result = compliance("policy", "coverage")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 部法律，2 条中 2 条有规则援引" in result.stdout
    assert "没有规则援引的法律：无" in result.stdout
    shown = json.loads(compliance("policy", "coverage", "--json").stdout)
    assert shown["instruments"]["广告法"]["第九条第三项"]["bases"] == shown["rules"]


def test_coverage_of_one_law(compliance: Compliance) -> None:
    result = compliance("policy", "coverage", "--law", "《广告法》")
    assert result.exit_code == 0
    assert "第五十七条" in result.stdout
    wrong = compliance("policy", "coverage", "--law", "广告")
    assert wrong.exit_code == 3
    assert "没有登记法律「广告」；是不是 广告法" in wrong.stderr


def test_rewrites_are_put_in_place_and_reviewed_again(compliance: Compliance, here: Path) -> None:
    sound = compliance("policy", "test", "--rewrites")
    assert sound.exit_code == 0
    assert sound.stdout.endswith("2 条规则的改写，0 处改完还报\n")
    text = small_shipped.rule("T-TEA-001", "绝对化用语", "最好").replace("  当 ", "  换成 「顶级」\n  当 ")
    small_shipped.write(here / "团队" / "a.rule", text)
    wrong = compliance("policy", "test", "团队", "--rewrites")
    assert wrong.exit_code == 1
    assert "「这是最好」改成「这是顶级」之后还报 T-TEA-001；改 换成 或 补上 的文字" in wrong.stderr
