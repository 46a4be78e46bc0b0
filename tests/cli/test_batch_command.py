"""`compliance batch`: one report a line, in order, whole or not at all."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_calls import Compliance, process, sentences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from compliance.cli import batch_worker
from compliance.cli import lines as lines_of_input
from compliance.cli.main import app
from compliance.model.report import Report
from compliance.readers import Limits

Lines = Callable[..., Path]

TEXTS = ("这是最好的面霜", "很滋润", "能治湿疹", "第一次来", "不是最好", "顶级享受 😀")


def documents(count: int) -> list[dict[str, object]]:
    return [{"id": f"d{n}", "source": "danmaku", "text": TEXTS[n % len(TEXTS)]} for n in range(count)]


def reports(path: Path) -> list[Report]:
    return [Report.model_validate_json(line) for line in path.read_bytes().splitlines()]


def test_a_report_a_line_in_order(compliance: Compliance, lines: Lines, here: Path) -> None:
    result = compliance("batch", lines(*documents(100)), "-o", "out/r.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "100 篇已审查，写入 out/r.jsonl\n"
    found = reports(here / "out" / "r.jsonl")
    assert [report.id for report in found] == [f"d{n}" for n in range(100)]
    assert [report.verdict for report in found[:6]] == ["revise", "pass", "block", "pass", "pass", "revise"]


def test_each_line_is_the_report_that_review_gives(compliance: Compliance, lines: Lines, here: Path) -> None:
    document = documents(1)[0]
    compliance("batch", lines(document), "-o", "r.jsonl")
    alone = compliance("review", lines(document, name="d0.json"), "-f", "json").stdout
    assert json.loads((here / "r.jsonl").read_bytes()) == json.loads(alone)


def test_bad_lines_are_named_and_the_others_reviewed(compliance: Compliance, lines: Lines, here: Path) -> None:
    good = documents(2)
    path = lines(
        good[0],
        "{坏",
        "",
        {"id": "空", "text": "  "},
        {"id": "事实", "text": "好", "facts": {"商品.颜色": "红"}},
        {"id": "错字", "text": "好", "sourc": "script"},
        {"id": "注", "text": "好", "labels": [], "note": "人工标注"},
        "[]",
        good[1],
    )
    with path.open("ab") as stream:
        stream.write(b"\xff\xfe\n")
    result = compliance("batch", path, "-o", "r.jsonl")
    assert result.exit_code == 3
    assert [report.id for report in reports(here / "r.jsonl")] == ["d0", "注", "d1"]
    told = sentences(result.stderr)
    starts = ("第2行 第2列：", "第4行：", "第5行 文档 事实：", "第6行 字段 sourc：", "第8行：", "第10行：")
    assert len(told) == len(starts)
    for line, start in zip(told, starts, strict=True):
        assert line.startswith(f"错误：{path} {start}"), line
    assert "忽略了 Document 之外的字段：labels、note" in result.stderr
    assert "3 篇已审查，6 行有错未审，写入 r.jsonl" in result.stderr


def test_workers_change_nothing(small: Path, here: Path, lines: Lines) -> None:
    path = lines(*documents(150), "{坏", *documents(7))
    for workers in (1, 2):
        ran = process("batch", path.name, "-o", f"{workers}.jsonl", "-w", workers, small=small, cwd=here)
        assert ran.returncode == 3
        assert sentences(ran.stderr.decode())[0].startswith("错误：in.jsonl 第151行")
    assert (here / "1.jsonl").read_bytes() == (here / "2.jsonl").read_bytes()
    assert len(reports(here / "1.jsonl")) == 157


def test_rules_that_do_not_load_are_told_once_whatever_the_workers(small: Path, here: Path, lines: Lines) -> None:
    lines(*documents(3))
    (here / "规则").mkdir()
    (here / "规则" / "坏.rule").write_text("规则 甲", encoding="utf-8")
    ran = process("batch", "in.jsonl", "-o", "r.jsonl", "-w", 2, "--policies", "规则", small=small, cwd=here)
    assert ran.returncode == 3
    assert len(sentences(ran.stderr.decode())) == 1
    assert "坏.rule:1" in ran.stderr.decode()
    assert not (here / "r.jsonl").exists()


def test_standard_input_and_pipes(compliance: Compliance, lines: Lines, here: Path) -> None:
    data = lines(*documents(3)).read_bytes()
    assert compliance("batch", "-", "-o", "r.jsonl", stdin=data).exit_code == 0
    assert len(reports(here / "r.jsonl")) == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("空.jsonl", "-o", "r.jsonl"), "空.jsonl：文件里没有文档"),
        (("没有.jsonl", "-o", "r.jsonl"), "没有.jsonl：文件打不开"),
        ((".", "-o", "r.jsonl"), ".：文件打不开"),
        (("in.jsonl", "-o", "."), "--output .：这是文件夹"),
        (("in.jsonl", "-o", "in.jsonl"), "输出会覆盖要审查的文件"),
        (("in.jsonl", "-o", "/dev/null/r.jsonl"), "/dev/null/r.jsonl：写不进去"),
        (("in.jsonl", "-o", "r.jsonl", "--policies", "没有"), "没有：规则文件夹不存在"),
    ],
)
def test_what_cannot_be_done_leaves_nothing_behind(
    compliance: Compliance, lines: Lines, here: Path, arguments: tuple[str, ...], expected: str
) -> None:
    lines(*documents(2))
    lines("", "  ", name="空.jsonl")
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    result = compliance("batch", *arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert expected in sentences(result.stderr)[0]
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_an_interruption_leaves_the_old_output(
    compliance: Compliance, lines: Lines, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "r.jsonl").write_text("旧", encoding="utf-8")

    def interrupted(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch_worker, "render", interrupted)
    result = compliance("batch", lines(*documents(2)), "-o", "r.jsonl")
    assert result.exit_code == 3
    assert sentences(result.stderr) == ["错误：已中断，没有写完的文件已经清除；需要时重新运行。"]
    assert (here / "r.jsonl").read_text("utf-8") == "旧"
    assert sorted(path.name for path in here.iterdir()) == ["in.jsonl", "r.jsonl"]


def test_a_line_beyond_the_bound_is_passed_over(
    compliance: Compliance, lines: Lines, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_of_input, "Limits", lambda: Limits(max_file_bytes=100))
    result = compliance("batch", lines(*documents(1), {"id": "长", "text": "长" * 500}, *documents(2)), "-o", "r.jsonl")
    assert result.exit_code == 3
    assert sentences(result.stderr)[0].startswith(f"错误：{here / 'in.jsonl'} 第2行：这一行超过单个文档的大小上限")
    assert [report.id for report in reports(here / "r.jsonl")] == ["d0", "d0", "d1"]


def test_recording_is_asked_for_and_its_failure_loses_no_report(
    compliance: Compliance, lines: Lines, here: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(*documents(40))
    assert compliance("batch", path, "-o", "r.jsonl").exit_code == 0
    assert not (own_home / "compliance.db").exists()
    assert compliance("batch", path, "-o", "r.jsonl", "--record").exit_code == 0
    with sqlite3.connect(own_home / "compliance.db") as database:
        assert database.execute("select count(*) from review").fetchone() == (40,)
    database.close()
    monkeypatch.setenv("COMPLIANCE_HOME", "/dev/null/x")
    result = compliance("batch", path, "-o", "r2.jsonl", "--record")
    assert result.exit_code == 3
    assert len(sentences(result.stderr)) == 1
    assert (here / "r.jsonl").read_bytes() == (here / "r2.jsonl").read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(st.binary(max_size=40) | st.just(b'{"id": "a", "text": "\xe6\x9c\x80\xe5\xa5\xbd"}'), max_size=6))
def test_any_bytes_are_reviewed_or_refused_by_line(
    small: Path, here: Path, monkeypatch: pytest.MonkeyPatch, data: list[bytes]
) -> None:
    (here / "any.jsonl").write_bytes(b"\n".join(data))
    (here / "any.out").unlink(missing_ok=True)
    result = CliRunner().invoke(app, ["batch", "any.jsonl", "-o", "any.out"])
    told = sentences(result.stderr)
    given = [line for line in b"\n".join(data).split(b"\n") if line.strip()]
    if not given:
        assert result.exit_code == 3
        return
    assert result.exit_code == (3 if told else 0)
    assert len(reports(here / "any.out")) + len(told) == len(given)
