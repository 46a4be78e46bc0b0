"""A team's own rules, words and laws: added to the shipped ones, or in their place."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_calls import Compliance, sentences

import small_shipped

Script = Callable[..., Path]

TEAM_RULE = """\
词组 内部黑话 = "骨折价" 、 "闭眼入"

规则 TEAM-001 「内部不许说的话」
  类型 inducement
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2026-01-01 起
  环节 script
  等级 critical
  处置 拦截
  改为 「删去“{命中}”」
  当 出现 内部黑话
  例 「这款闭眼入」 应报 于 「闭眼入」
  例 「这款慢慢看」 不报
"""
WORDS = "group: {group}\ntitle: 词\nsource: 团队\nterms: [{terms}]\n"


@pytest.fixture
def team(here: Path) -> Path:
    small_shipped.write(here / "规则" / "house.rule", TEAM_RULE)
    return here


def test_a_team_s_rule_fires_is_explained_and_runs_its_examples(
    compliance: Compliance, team: Path, script: Script
) -> None:
    path = script("这款闭眼入，最好")
    assert compliance("review", path).exit_code == 1
    result = compliance("review", path, "--policies", "规则", "-f", "json")
    assert result.exit_code == 2
    assert [finding["rule"] for finding in json.loads(result.stdout)["findings"]] == ["TEAM-001", "T-ABS-001"]
    assert "当：出现 内部黑话" in compliance("policy", "explain", "TEAM-001", "--policies", "规则").stdout
    assert compliance("policy", "test", "规则").stdout == "2 个例子，0 个不通过\n"
    assert compliance("policy", "check", "规则/house.rule").stdout == "1 条规则可用，0 处错误，0 处警告\n"


def test_the_environment_names_the_folders_as_well(
    compliance: Compliance, team: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_shipped.write(team / "词" / "a.yaml", WORDS.format(group="绝对化用语", terms="绝了"))
    monkeypatch.setenv("COMPLIANCE_POLICIES", json.dumps(["规则"]))
    monkeypatch.setenv("COMPLIANCE_LEXICONS", json.dumps(["词"]))
    path = script("最好的闭眼入，绝了")
    report = json.loads(compliance("review", path, "-f", "json").stdout)
    assert [finding["text"] for finding in report["findings"]] == ["闭眼入", "绝了"]


def test_both_spellings_of_the_folders_make_one_release(
    compliance: Compliance, team: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    def release(*options: str) -> str:
        report: dict[str, str] = json.loads(compliance("review", path, "-f", "json", *options).stdout)
        return report["release"]

    path = script("好")
    shipped, by_option = release(), release("--policies", "规则")
    monkeypatch.setenv("COMPLIANCE_POLICIES", json.dumps([str(team / "规则")]))
    assert release() == by_option != shipped


def test_a_file_of_the_same_path_and_a_group_of_the_same_name_replace(
    compliance: Compliance, team: Path, script: Script
) -> None:
    small_shipped.write(team / "替换" / "absolute.rule", small_shipped.rule("T-ABS-009", "绝对化用语", "最好"))
    report = json.loads(compliance("review", script("最好"), "--policies", "替换", "-f", "json").stdout)
    assert [finding["rule"] for finding in report["findings"]] == ["T-ABS-009"]
    small_shipped.write(team / "词" / "任意.yaml", WORDS.format(group="绝对化用语", terms="最优"))
    report = json.loads(compliance("review", script("最好，最优"), "--lexicons", "词", "-f", "json").stdout)
    assert [finding["text"] for finding in report["findings"]] == ["最优"]


@pytest.mark.parametrize(
    ("name", "content", "option", "expected"),
    [
        ("坏.rule", TEAM_RULE.replace("  当 出现 内部黑话\n", ""), "--policies", "坏.rule:3：规则文件有 1 处错误"),
        ("坏.rule", TEAM_RULE.replace("出现 内部黑话", "出现 内部行话"), "--policies", "坏.rule:12：规则文件有"),
        ("坏.rule", TEAM_RULE.replace("第九条", "第九百条"), "--policies", "坏.rule:5：规则文件有 1 处错误"),
        ("坏.rule", small_shipped.SUPERLATIVES, "--policies", "坏.rule:1：规则文件有 1 处错误"),
        ("laws/坏.yaml", "id: [\n", "--policies", "坏.yaml:2：不是合格的 YAML"),
        ("facts.yaml", "facts: []\n", "--policies", "facts.yaml:1：缺少“evidence”"),
        ("坏.yaml", "group: 词\nterms: [好\n", "--lexicons", "坏.yaml:3：不是合格的 YAML"),
        ("坏.yaml", "group: 词\ntitle: 词\nsource: 无\nterms:\n  - 好\n  - 好\n", "--lexicons", "坏.yaml:6：词「好」"),
        ("坏.yaml", "group: 词\ntitle: 词\nsource: 无\nterms: [好]\nkindd: terms\n", "--lexicons", "坏.yaml:5：不认识"),
        ("读我.md", "不是规则", "--policies", "团队：里面没有规则文件"),
        ("读我.md", "不是词库", "--lexicons", "团队：里面没有词库文件"),
    ],
)
def test_a_broken_folder_stops_the_review_and_is_shown_by_line(
    compliance: Compliance, here: Path, script: Script, name: str, content: str, option: str, expected: str
) -> None:
    small_shipped.write(here / "团队" / name, content)
    result = compliance("review", script("最好"), option, "团队", "-o", "r.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert expected in sentences(result.stderr)[0]
    if name.endswith(".rule"):
        assert f"--> 团队/{name}:" in result.stderr
        assert "^" in result.stderr
    assert not (here / "r.json").exists()


def test_a_folder_that_is_missing(compliance: Compliance, script: Script) -> None:
    for option, expected in (("--policies", "规则文件夹不存在"), ("--lexicons", "词库文件夹不存在")):
        result = compliance("review", script("最好"), option, "没有")
        assert result.exit_code == 3
        assert sentences(result.stderr)[0].startswith(f"错误：没有：{expected}；检查 {option}")
