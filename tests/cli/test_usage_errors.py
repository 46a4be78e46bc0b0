"""Mistakes on the command line: a sentence, and never an exit code that means a verdict."""

import sys

import pytest
from cli_calls import Compliance, sentences

import compliance as package
from compliance.cli import group
from compliance.cli.main import app

COMMANDS = ("review", "batch", "evaluate", "demo", "policy", "model", "cases", "db")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            "",
            "compliance：缺少命令；可用：review、batch、live、evaluate、replay、demo、policy、lexicon、model、cases、db",
        ),
        ("reviw", "没有命令「reviw」；是不是 compliance review。"),
        ("zzzzz", "没有命令「zzzzz」；可用：review、batch"),
        ("--verison", "没有选项「--verison」；是不是 --version"),
        ("policy", "compliance policy：缺少命令；可用：check、test、fmt、explain"),
        ("policy chekc", "没有命令「chekc」；是不是 compliance policy check。"),
        ("policy explain", "compliance policy explain：缺少 NAME"),
        ("policy check --lang fr", "--lang：没有语言「fr」；可用：zh、en。"),
        ("policy lsp now", "compliance policy lsp：多余的参数 now"),
        ("policy lsp --lang fr", "--lang：没有语言「fr」；可用：zh、en。"),
        ("db", "compliance db：缺少命令；可用：upgrade"),
        ("db upgrde", "是不是 compliance db upgrade。"),
        ("db upgrade now", "compliance db upgrade：多余的参数 now"),
        ("review", "compliance review：缺少 FILE"),
        ("review --categry food a.txt", "没有选项「--categry」；是不是 --category"),
        ("review a.txt --category", "缺少取值"),
        ("review a.txt --category 手机", "--category：没有品类「手机」；可用：cosmetics（化妆品）、food（食品）"),
        ("review a.txt --source 视频", "--source：没有来源「视频」；可用：script（话术脚本）"),
        ("review a.txt --format pdf", "--format：不支持的格式「pdf」；可用：text、json、html、sarif、xlsx。"),
        ("review a.txt --fail-on pass", "--fail-on：没有「pass」这一级；可用：revise、block、never。"),
        ("review a.txt --as-of 2026-13-01", "--as-of：「2026-13-01」不是日期；写成 2026-02-01 的样子。"),
        ("review a.txt --record=yes", "compliance"),
        ("batch", "compliance batch：缺少 IN.jsonl"),
        ("batch in.jsonl", "compliance batch：缺少 --output / -o"),
        ("batch in.jsonl -o o --workers 0", "--workers / -w 的取值不合要求；应是不小于 1 的整数"),
        ("batch in.jsonl -o o --workers many", "应是不小于 1 的整数"),
        ("evaluate", "compliance evaluate：缺少 GOLD.jsonl"),
        ("evaluate gold.jsonl --show some", "--show 的取值不合要求"),
        ("model", "compliance model：缺少命令；可用：train、evaluate、show"),
        ("model trian", "是不是 compliance model train。"),
        ("model evaluate --as-of today", "--as-of：「today」不是日期"),
        ("cases export-feedback", "缺少 --output / -o"),
        ("cases export-feedback -o f.jsonl --kind 好", "--kind：没有种类「好」；可用：absolute-claim（绝对化用语）"),
        ("cases export-feedback -o f.jsonl --since 1/2", "--since：「1/2」不是日期"),
        ("demo now", "compliance demo：多余的参数 now"),
        ("demo --ouput x", "没有选项「--ouput」；是不是 --output"),
    ],
)
def test_one_sentence_and_exit_code_3(compliance: Compliance, arguments: str, expected: str) -> None:
    result = compliance(*arguments.split())
    assert result.exit_code == 3
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert expected in sentences(result.stderr)[0]


def test_help_is_chinese_and_on_standard_output(compliance: Compliance) -> None:
    for arguments in ((), *((name,) for name in COMMANDS), ("policy", "check"), ("policy", "test"), ("db", "upgrade")):
        for flag in ("--help", "-h"):
            result = compliance(*arguments, flag)
            assert result.exit_code == 0, arguments
            assert result.stderr == ""
            assert "用法：" in result.stdout
            for english in ("Usage", "Options", "Arguments", "Commands", "Show this", "required", "default"):
                assert english not in result.stdout, (arguments, english)


def test_the_root_help_names_every_command_and_the_exit_codes(compliance: Compliance) -> None:
    text = compliance("--help").stdout
    for name in COMMANDS:
        assert f" {name} " in text
    assert "0 通过，1 修改，2 禁止，3 无法审查" in text


def test_version(compliance: Compliance) -> None:
    result = compliance("--version")
    assert (result.exit_code, result.stdout) == (0, f"compliance {package.__version__}\n")


def test_a_bug_is_no_verdict(compliance: Compliance, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("BUG")

    monkeypatch.setattr("compliance.cli.explain_code.explanation", broken)
    result = compliance("policy", "explain", "E001")
    assert result.exit_code == 3
    assert "程序出错（RuntimeError）" in result.stderr


def test_an_interruption_is_no_verdict(compliance: Compliance, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("compliance.cli.explain_code.explanation", interrupted)
    result = compliance("policy", "explain", "E001")
    assert result.exit_code == 3
    assert sentences(result.stderr) == ["错误：已中断，没有写完的文件已经清除；需要时重新运行。"]


def test_an_interruption_before_the_command_starts_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(group.TyperGroup, "main", interrupted)
    monkeypatch.setattr(sys, "argv", ["compliance", "--version"])
    with pytest.raises(SystemExit) as caught:
        app()
    assert caught.value.code == 3
