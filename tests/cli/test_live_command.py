"""`compliance live`: alerts as segments come, bad lines told of, and a report whatever ends the input."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cli_calls import Compliance, command, process, sentences

from compliance.cli import lines as lines_of_input
from compliance.cli import run_live
from compliance.readers import Limits

DAY = ("--as-of", "2026-11-22", "--no-record")
PHONE = "13812345678"


def stream(*segments: dict[str, object] | str) -> str:
    return "".join(f"{s if isinstance(s, str) else json.dumps(s, ensure_ascii=False)}\n" for s in segments)


def alerts(output: str) -> list[tuple[str, str]]:
    return [(alert["state"], alert["finding"]["text"]) for alert in map(json.loads, output.splitlines())]


def test_segments_in_alerts_out_and_a_report_at_the_end(compliance: Compliance, here: Path) -> None:
    said = stream(
        {"text": "这是最"}, {"text": "好的面霜"}, "", {"text": "能治湿疹"}, {"text": "第一"}, {"text": "次来"}
    )
    result = compliance("live", "-c", "cosmetics", *DAY, "--report", "out/收尾.json", stdin=said)
    assert result.exit_code == 2
    assert alerts(result.stdout) == [
        ("raised", "最\n好"),
        ("raised", "湿疹"),
        ("raised", "第一"),
        ("withdrawn", "第一"),
    ]
    assert "共 5 段；提醒 3 处，撤回 1 处；结论：禁止播出" in result.stderr
    report = json.loads((here / "out" / "收尾.json").read_bytes())
    assert [f["text"] for f in report["findings"]] == ["最\n好", "湿疹"]
    assert (report["id"], report["source"], report["category"]) == ("live", "transcript", "cosmetics")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [("很滋润", (), 0), ("最好", (), 1), ("湿疹", (), 2), ("最好", ("--fail-on", "block"), 0)],
)
def test_exit_codes_are_those_of_a_review(
    compliance: Compliance, text: str, options: tuple[str, ...], code: int
) -> None:
    assert compliance("live", *DAY, *options, stdin=stream({"text": text})).exit_code == code


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "第2行 第1列：不是合法的 JSON"),
        ("[]", "第2行：应当是对象"),
        ('{"txt": "最好"}', "第2行 字段"),
        ('{"text": "最好", "t_start": -1}', "第2行 字段 t_start：不能小于 0"),
        ('{"text": "最\\u0000好"}', "含有空字符"),
        ('{"text": "最好", "sequence": "x"}', "第2行 字段 sequence：应当是整数"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_judged(compliance: Compliance, line: str, told: str) -> None:
    result = compliance("live", *DAY, "-o", "r.json", stdin=stream({"text": "第一"}, line, {"text": "顶级"}))
    assert result.exit_code == 3
    assert alerts(result.stdout) == [("raised", "第一"), ("raised", "顶级")]
    (sentence,) = sentences(result.stderr)
    assert told in sentence
    assert "1 行有错未审" in result.stderr


def test_a_segment_sent_again_and_fields_of_others(compliance: Compliance) -> None:
    said = stream({"id": "a", "text": "最好"}, {"id": "a", "text": "很好", "confidence": 0.9})
    result = compliance("live", *DAY, stdin=said)
    assert result.exit_code == 0
    assert alerts(result.stdout) == [("raised", "最好"), ("withdrawn", "最好")]
    assert "忽略了分段之外的字段：confidence" in result.stderr


def test_personal_information_is_masked_unless_asked_otherwise(compliance: Compliance) -> None:
    personal = (
        {"id": "a", "text": f"打电话{PHONE}，湿疹"},
        {"id": PHONE, "text": f"最{PHONE}好"},
        {"id": "a", "text": ""},
    )
    result = compliance("live", *DAY, stdin=stream(*personal))
    assert PHONE not in result.output
    assert PHONE in compliance("live", *DAY, "--unmasked", stdin=stream({"id": PHONE, "text": "最好"})).stdout


def test_facts_come_from_a_file(compliance: Compliance, script: Callable[..., Path]) -> None:
    script('{"facts": {"没有这个": 1}}', "错.json")
    script('{"facts": {"主播.身份": "staff"}, "evidence": []}', "对.json")
    script("[]", "不是对象.json")
    assert compliance("live", *DAY, "--facts", "对.json", stdin=stream({"text": "好"})).exit_code == 0
    for name, told in (
        ("错.json", "没有名为「没有这个」的事实"),
        ("不是对象.json", "JSON 对象"),
        ("没有.json", "打不开"),
    ):
        result = compliance("live", *DAY, "--facts", name, stdin=stream({"text": "好"}))
        assert result.exit_code == 3
        assert told in sentences(result.stderr)[0]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--source", "script"), "不是边播边审的"),
        (("--fail-on", "x"), "--fail-on"),
        (("--as-of", "x"), "不是日期"),
        (("-c", "x"), "没有品类"),
    ],
)
def test_wrong_options(compliance: Compliance, options: tuple[str, ...], told: str) -> None:
    result = compliance("live", *options, stdin="")
    assert result.exit_code == 3
    assert told in sentences(result.stderr)[0]


def test_nothing_heard_is_nothing_reviewed(compliance: Compliance, here: Path) -> None:
    result = compliance("live", *DAY, "-o", "r.json", stdin="")
    assert result.exit_code == 3
    assert "没有可以审查的文字" in sentences(result.stderr)[0]
    assert not (here / "r.json").exists()


def test_the_report_is_recorded(compliance: Compliance, own_home: Path) -> None:
    assert compliance("live", stdin=stream({"text": "最好"})).exit_code == 1
    assert (own_home / "compliance.db").exists()


@contextmanager
def running(*arguments: str, small: Path, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    started = subprocess.Popen(
        command("live", *DAY, *arguments, small=small),
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def say(to: "subprocess.Popen[bytes]", text: str) -> Any:
    """Send a segment that breaks a rule; the alert that comes before anything else is sent."""
    assert to.stdin is not None
    assert to.stdout is not None
    to.stdin.write(stream({"text": text}).encode())
    to.stdin.flush()
    return json.loads(to.stdout.readline())


def test_an_alert_comes_out_before_the_next_segment_goes_in(small_root: Path, here: Path) -> None:
    with running(small=small_root, cwd=here) as live:
        assert say(live, "最好")["heard"] == 1
        assert say(live, "第一")["heard"] == 2
        live.communicate(timeout=60)
        assert live.returncode == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_it_gets_the_report_of_what_was_heard(number: int, small_root: Path, here: Path) -> None:
    with running("-o", "r.json", small=small_root, cwd=here) as live:
        say(live, "最好")
        live.send_signal(number)
        _, told = live.communicate(timeout=60)
        assert live.returncode == 3
    assert "已中断，按收到的分段收尾" in told.decode()
    assert [f["text"] for f in json.loads((here / "r.json").read_bytes())["findings"]] == ["最好"]


def test_who_stops_reading_alerts_does_not_lose_the_report(small_root: Path, here: Path) -> None:
    with running("-o", "r.json", small=small_root, cwd=here) as live:
        say(live, "最好")
        assert live.stdout is not None
        live.stdout.close()
        live.stdout = None
        _, told = live.communicate(stream({"text": "第一"}, {"text": "顶级"}).encode(), timeout=60)
        assert live.returncode == 3
    assert "读提醒的一方已经退出" in told.decode()
    assert [f["text"] for f in json.loads((here / "r.json").read_bytes())["findings"]] == ["最好", "第一"]


def test_a_stream_that_is_no_text_at_all(small_root: Path, here: Path) -> None:
    result = process("live", *DAY, small=small_root, cwd=here, stdin=b"\xff\xfe\x00\n" * 3)
    assert result.returncode == 3
    assert len(sentences(result.stderr.decode())) == 4


def test_a_line_beyond_the_bound_is_passed_over(compliance: Compliance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_of_input, "Limits", lambda: Limits(max_file_bytes=100))
    result = compliance("live", *DAY, stdin=stream({"text": "最好"}, {"text": "长" * 500}, {"text": "第一"}))
    assert alerts(result.stdout) == [("raised", "最好"), ("raised", "第一")]
    assert "第2行：这一行超过大小上限" in sentences(result.stderr)[0]


def test_a_broadcast_beyond_the_bound_goes_no_further(compliance: Compliance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_live, "Limits", lambda: Limits(max_segments=1))
    result = compliance("live", *DAY, stdin=stream({"text": "最好"}, {"text": "第一"}))
    assert result.exit_code == 3
    assert alerts(result.stdout) == [("raised", "最好")]
    assert "第2行：这场直播超过单个文档的上限" in sentences(result.stderr)[0]
