"""`compliance review`: verdicts as exit codes, formats as bytes, and what cannot be reviewed."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import bad_files
import openpyxl
import pytest
from cli_calls import Compliance, sentences

from compliance.model.report import Report

Script = Callable[..., Path]

CLEAN, SUPERLATIVE, DISEASE = "这款面霜很滋润", "这是最好的面霜", "它能治湿疹"


@pytest.mark.parametrize(
    ("texts", "fail_on", "code"),
    [
        ((CLEAN,), "revise", 0),
        ((SUPERLATIVE,), "revise", 1),
        ((DISEASE,), "revise", 2),
        ((CLEAN, DISEASE, SUPERLATIVE), "revise", 2),
        ((SUPERLATIVE, CLEAN), "revise", 1),
        ((SUPERLATIVE,), "block", 0),
        ((DISEASE,), "block", 2),
        ((DISEASE,), "never", 0),
    ],
)
def test_the_worst_verdict_is_the_exit_code(
    compliance: Compliance, script: Script, texts: tuple[str, ...], fail_on: str, code: int
) -> None:
    files = [script(text, f"{number}.txt") for number, text in enumerate(texts)]
    assert compliance("review", *files, "--fail-on", fail_on).exit_code == code


def test_nothing_lets_an_unreadable_file_pass(compliance: Compliance, script: Script) -> None:
    assert compliance("review", script(CLEAN), "没有.txt", "--fail-on", "never").exit_code == 3


def test_text_shows_what_where_why(compliance: Compliance, script: Script) -> None:
    result = compliance("review", script(f"{CLEAN}\n{SUPERLATIVE}"))
    for shown in ("第2行", "【最好】", "T-ABS-001", "广告法 第九条第三项", "20万–100万元", "删去“最好”", "修改后再审"):
        assert shown in result.stdout
    assert result.stderr == ""
    assert "\x1b" not in result.stdout


def test_one_file_is_one_report_and_several_are_an_array(compliance: Compliance, script: Script) -> None:
    first, second = script(SUPERLATIVE, "1.txt"), script(CLEAN, "2.txt")
    one = json.loads(compliance("review", first, "-f", "json").stdout)
    assert Report.model_validate_json(json.dumps(one)).findings[0].text == "最好"
    assert set(one) == set(Report.model_fields)
    several = json.loads(compliance("review", first, second, "-f", "json").stdout)
    assert [report["id"] for report in several] == ["1", "2"]
    assert several[0] == one
    left = compliance("review", first, "没有.txt", "-f", "json")
    assert [report["id"] for report in json.loads(left.stdout)] == ["1"]
    assert left.exit_code == 3


def test_findings_point_into_the_text(compliance: Compliance, script: Script) -> None:
    text = f"😀{SUPERLATIVE}\n{DISEASE}"
    report = json.loads(compliance("review", script(text), "-f", "json").stdout)
    assert [text[f["start"] : f["end"]] for f in report["findings"]] == ["最好", "湿疹"]


@pytest.mark.parametrize("name", ["报告.json", "报告.html", "报告.sarif", "报告.xlsx", "报告.txt", "新/的/报告.HTM"])
def test_the_name_of_the_output_chooses_the_format(
    compliance: Compliance, script: Script, here: Path, name: str
) -> None:
    result = compliance("review", script(SUPERLATIVE), "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"已写入 {name}\n")
    data = (here / name).read_bytes()
    starts = {".json": b"{", ".sarif": b"{", ".xlsx": b"PK", ".html": b"<!", ".htm": b"<!", ".txt": "话术".encode()}
    assert data.lstrip().startswith(starts[Path(name).suffix.lower()])
    assert [path.name for path in (here / name).parent.iterdir() if path.name.startswith(".")] == []


def test_a_format_that_is_asked_for_wins_over_the_name(compliance: Compliance, script: Script, here: Path) -> None:
    compliance("review", script(SUPERLATIVE), "-f", "sarif", "-o", "报告.json")
    assert json.loads((here / "报告.json").read_bytes())["version"] == "2.1.0"


def test_a_workbook_of_several_files_opens(compliance: Compliance, script: Script, here: Path) -> None:
    compliance("review", script(SUPERLATIVE, "1.txt"), script(DISEASE, "2.txt"), "-o", "r.xlsx")
    workbook = openpyxl.load_workbook(here / "r.xlsx", read_only=True)
    try:
        cells = {cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}
    finally:
        workbook.close()
    assert {"T-ABS-001", "T-MED-001"} <= cells


def test_standard_input(compliance: Compliance) -> None:
    report = json.loads(compliance("review", "-", "-f", "json", stdin=SUPERLATIVE.encode()).stdout)
    assert report["findings"][0]["text"] == "最好"
    document = json.dumps({"id": "直播一", "text": DISEASE, "source": "transcript"}).encode()
    result = compliance("review", "-", "-f", "json", stdin=document)
    assert (json.loads(result.stdout)["id"], result.exit_code) == ("直播一", 2)


def test_an_empty_standard_input_and_a_second_one(compliance: Compliance) -> None:
    result = compliance("review", "-", stdin=b"")
    assert (result.exit_code, result.stdout) == (3, "")
    assert sentences(result.stderr) == ["错误：标准输入：文件是空的；请确认文件已保存并传输完整。"]
    result = compliance("review", "-", "-", stdin=CLEAN.encode())
    assert result.exit_code == 3
    assert sentences(result.stderr) == ["错误：标准输入：只能读一次；只留一个，它已经审查过了。"]


def test_the_same_file_twice_is_reviewed_once(compliance: Compliance, script: Script, here: Path) -> None:
    path = script(CLEAN)
    (here / "链接.txt").symlink_to(path)
    result = compliance("review", path, f"./{path.name}", "链接.txt", "-f", "json")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)) == 1
    assert [line.split("：")[2] for line in sentences(result.stderr)] == [
        "同一个文件给了两次；只留一个，它已经审查过了。"
    ] * 2


def test_every_bad_file_has_its_sentence_and_the_good_ones_are_reviewed(
    compliance: Compliance, script: Script, here: Path
) -> None:
    bad_files.make(here)
    good = script(SUPERLATIVE)
    result = compliance("review", *bad_files.EXPECTED, good, "-f", "json")
    assert result.exit_code == 3
    assert [report["title"] for report in json.loads(result.stdout)] == [good.name]
    told = sentences(result.stderr)
    assert len(told) == len(bad_files.EXPECTED)
    for line, (name, expected) in zip(told, bad_files.EXPECTED.items(), strict=True):
        assert line.startswith(f"错误：{name}"), line
        assert expected in line
        assert "；" in line.split("：", maxsplit=2)[2], f"no remedy: {line}"


def test_a_file_is_named_as_it_was_given(compliance: Compliance, here: Path) -> None:
    (here / "甲").mkdir()
    (here / "甲" / "a.txt").touch()
    assert sentences(compliance("review", "甲/a.txt").stderr)[0].startswith("错误：甲/a.txt：文件是空的")
    assert sentences(compliance("review", ".").stderr)[0].startswith("错误：.：这是文件夹")


def test_a_name_cannot_command_the_terminal(compliance: Compliance) -> None:
    result = compliance("review", "\x1b[31m没有\n.txt")
    assert result.exit_code == 3
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("name", ["话术.txt", "./话术.txt"])
def test_the_output_never_destroys_the_script(compliance: Compliance, script: Script, name: str) -> None:
    path = script(SUPERLATIVE)
    result = compliance("review", path, "-o", name)
    assert result.exit_code == 3
    assert "输出会覆盖要审查的文件" in sentences(result.stderr)[0]
    assert path.read_text("utf-8") == SUPERLATIVE


def test_an_output_that_cannot_be_written(compliance: Compliance, script: Script, here: Path) -> None:
    script("挡路", "挡路")
    (here / "圈").symlink_to(here / "圈")
    for output, expected in (("挡路/r.json", "写不进去"), (".", "这是文件夹"), ("圈", "写不进去"), ("a\0b", "")):
        result = compliance("review", script(SUPERLATIVE), "-o", output)
        assert result.exit_code == 3, output
        assert expected in sentences(result.stderr)[-1]
    assert sorted(path.name for path in here.iterdir()) == ["圈", "挡路", "话术.txt"]


def test_an_old_report_survives_a_failure(
    compliance: Compliance, script: Script, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("旧报告", "r.json")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = compliance("review", script(SUPERLATIVE), "-o", "r.json")
    assert result.exit_code == 3
    assert sentences(result.stderr) == ["错误：r.json：写不进去（No space left on device）；换一个可写的位置。"]
    assert (here / "r.json").read_text("utf-8") == "旧报告"
    assert sorted(path.name for path in here.iterdir()) == ["r.json", "话术.txt"]


def test_a_link_and_a_pipe_stay_what_they_are(compliance: Compliance, script: Script, here: Path) -> None:
    (here / "链接.json").symlink_to(here / "真.json")
    compliance("review", script(SUPERLATIVE), "-o", "链接.json")
    assert (here / "链接.json").is_symlink()
    assert json.loads((here / "真.json").read_bytes())["verdict"] == "revise"
    assert compliance("review", script(SUPERLATIVE), "-o", "/dev/null").exit_code == 1
    assert not Path("/dev/null").is_file()


def test_reviews_are_recorded_with_what_their_level_decided(
    compliance: Compliance, script: Script, own_home: Path
) -> None:
    compliance("review", script(SUPERLATIVE, "1.txt"), script(DISEASE, "2.txt"))
    compliance("review", script(CLEAN, "3.txt"), "--source", "listing")
    compliance("review", script(CLEAN, "4.txt"), "--no-record")
    with sqlite3.connect(own_home / "compliance.db") as database:
        rows = database.execute("select document_id, outcome from review order by id").fetchall()
    database.close()
    assert rows == [("1", "returned"), ("2", "stopped"), ("3", "cleared")]
    assert SUPERLATIVE.encode() not in (own_home / "compliance.db").read_bytes()


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("COMPLIANCE_HOME", "/dev/null/x", "/dev/null/x：状态文件夹建不了"),
        ("COMPLIANCE_DATABASE_URL", "sqlite:////dev/null/x.db", "数据库 /dev/null/x.db：数据库文件不能建立或写入"),
        ("COMPLIANCE_DATABASE_URL", "mysql://u:secret@h/d", "数据库地址：不支持的数据库类型 mysql"),
        ("COMPLIANCE_ENCRYPTION_KEY", "secret", "密钥设置：密钥格式不对"),
    ],
)
def test_a_database_that_cannot_be_written_does_not_hide_the_report(
    compliance: Compliance,
    script: Script,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    expected: str,
) -> None:
    monkeypatch.setenv(variable, value)
    result = compliance("review", script(SUPERLATIVE))
    assert result.exit_code == 3
    assert "【最好】" in result.stdout
    assert sentences(result.stderr)[0].startswith(f"错误：{expected}")
    assert "secret" not in result.stderr


def test_category_source_and_platform_are_heeded(compliance: Compliance, script: Script) -> None:
    for category in ("cosmetics", "化妆品"):
        result = compliance("review", script(CLEAN), "-c", category, "--source", "弹幕", "-f", "json")
        report = json.loads(result.stdout)
        assert (report["category"], report["source"]) == ("cosmetics", "danmaku")


def test_as_of_gives_the_law_of_that_day(compliance: Compliance, script: Script) -> None:
    before = compliance("review", script(SUPERLATIVE), "--as-of", "2015-08-31", "-f", "json")
    after = compliance("review", script(SUPERLATIVE), "--as-of", "2015-09-01", "-f", "json")
    assert (before.exit_code, after.exit_code) == (0, 1)
    assert json.loads(after.stdout)["as_of"] == "2015-09-01"


def test_verbose_shows_what_was_excused(compliance: Compliance, script: Script) -> None:
    texts = "\n".join(f"第{number}句不能说最好" for number in range(9))
    plain, verbose = (compliance("review", script(texts), *flags).stdout for flags in ((), ("-v",)))
    assert plain.count("被否定") < verbose.count("被否定")


def test_a_workbook_column_can_be_chosen(compliance: Compliance, here: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲", "乙"])
    workbook.active.append([SUPERLATIVE, CLEAN])
    workbook.save(here / "表.xlsx")
    codes = [compliance("review", "表.xlsx", "--column", name).exit_code for name in ("甲", "乙", "丙")]
    assert codes == [1, 0, 3]


def test_unreadable_settings_name_the_variable(
    compliance: Compliance, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COMPLIANCE_POLICIES", "COMPLIANCE_LEXICONS"):
        monkeypatch.setenv(name, "/srv/规则")
        result = compliance("review", script(CLEAN))
        assert result.exit_code == 3
        assert sentences(result.stderr) == [
            f"""错误：环境变量 {name}：看不懂这个设置；写成 JSON 列表，如 '["/srv/规则"]'。"""
        ]
        monkeypatch.setenv(name, "")
        assert compliance("review", script(CLEAN), "--no-record").exit_code == 0


def test_a_closed_pipe_is_no_verdict(compliance: Compliance, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise BrokenPipeError(32, os.strerror(32))

    monkeypatch.setattr("compliance.cli.run_review.write_stdout", gone)
    result = compliance("review", script(CLEAN), "-f", "json")
    assert (result.exit_code, result.stderr) == (3, "")
