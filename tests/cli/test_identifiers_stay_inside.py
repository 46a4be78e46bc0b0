"""Nothing that the program puts out holds a raw identifier, wherever in the input it stood."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_calls import Compliance
from typer.main import get_command
from typer.testing import Result

import small_shipped
from compliance.cli.main import app
from compliance.words.entities import find_entities

RAW = (
    "13652178904",
    "幺三八零零幺二三四五六",
    "138 1234 5678",
    "１８６００１２３３４４",
    "010-62345678",
    "11010519491231002X",
    "6222020200112233446",
    "91110108MA01A2B3CF",
    "lihua1990@163.com",
    "laozhang_88",
    "80016234",
    "京N8K2P6",
    "E87654321",
    "杭州市余杭区文一西路969号",
    "王小明",
)
SAID = (
    "最好的湿疹膏，电话13652178904。\n"
    "最好，幺三八零零幺二三四五六，或者138 1234 5678、１８６００１２３３４４，座机010-62345678。\n"
    "第一名身份证11010519491231002X，卡号6222020200112233446，信用代码91110108MA01A2B3CF。\n"
    "顶级，邮箱lihua1990@163.com，微信laozhang_88，QQ80016234，车牌京N8K2P6，护照E87654321。\n"
    "最好寄到杭州市余杭区文一西路969号，收件人：王小明。"
)
COMMANDS = {
    "review", "batch", "evaluate", "live", "replay", "policy backtest", "policy profile", "cases similar",
    "cases export-feedback", "model train", "model evaluate",
}  # fmt: skip
"""Commands that are given what somebody said; each is run below."""
SILENT = {"demo", "policy", "lexicon", "db"}
"""Commands, and groups of them, that read rules, words or the shipped examples, and nothing that a customer said."""

Lines = Callable[..., Path]


def document(identifier: str) -> dict[str, object]:
    return {
        "id": identifier,
        "source": "transcript",
        "title": "张三 13652178904 的场次",
        "platform": "微信laozhang_88",
        "segments": [
            {"text": line, "t_start": number, "speaker": "主播 邮箱lihua1990@163.com"}
            for number, line in enumerate(SAID.splitlines())
        ],
    }


def texts_of(data: bytes) -> Iterator[str]:
    """All text of a file; of a workbook, that of each of its parts."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield package.read(name).decode("utf-8", "replace")
    else:
        yield data.decode("utf-8", "replace")
        yield data.decode("unicode_escape", "replace")  # JSON may write characters as \uXXXX


def assert_masked(data: bytes) -> None:
    for text in texts_of(data):
        for raw in RAW:
            assert raw not in text, raw


def outputs(result: Result) -> bytes:
    return result.stdout_bytes + result.stderr_bytes


def test_each_identifier_is_one() -> None:
    found = {hit.value for hit in find_entities(SAID)}
    assert found == set(RAW)


def test_every_command_is_looked_at() -> None:
    """A new command has to be listed: run below, or known to be silent. Of a group, what reads documents is run."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert set(commands) == {name.partition(" ")[0] for name in COMMANDS} | SILENT
    for group, command in (name.split(" ") for name in COMMANDS if " " in name):
        assert command in commands[group].commands


@pytest.mark.parametrize("form", ["text", "json", "html", "sarif", "xlsx"])
def test_reports_in_every_form(compliance: Compliance, lines: Lines, here: Path, form: str) -> None:
    source = lines(document("场次 13652178904"), name="场次.json")
    shown = compliance("review", source, "--format", form, "-o", f"out.{form}")
    assert shown.exit_code == 2, shown.stderr
    data = (here / f"out.{form}").read_bytes()
    assert data
    assert_masked(data)
    assert_masked(outputs(shown))


@pytest.mark.parametrize("options", [(), ("--verbose",), ("--format", "json"), ("--format", "sarif")])
def test_standard_output(compliance: Compliance, options: tuple[str, ...]) -> None:
    result = compliance("review", "-", *options, stdin=SAID)
    assert result.exit_code == 2, result.stderr
    assert_masked(outputs(result))


def test_a_batch_and_its_complaints(compliance: Compliance, lines: Lines, here: Path) -> None:
    source = lines(document("a"), {"id": "b", "text": SAID, "facts": {"商品.类目": "电话13652178904"}}, "13652178904 {")
    result = compliance("batch", source, "-o", "out.jsonl")
    assert result.exit_code == 3
    data = (here / "out.jsonl").read_bytes()
    assert len(data.splitlines()) == 1
    assert_masked(data)
    assert_masked(outputs(result))


def test_an_evaluation_and_its_complaints(compliance: Compliance, lines: Lines) -> None:
    labels = [{"kind": "counterfeit", "span": "电话13652178904"}]
    gold = {"id": "g", "source": "script", "text": SAID, "labels": labels, "verdict": "pass"}
    shown = compliance("evaluate", lines(gold), "--show", "99")
    assert shown.exit_code == 0
    assert "136****8904" in shown.stdout
    assert_masked(outputs(shown))
    wrong = {**gold, "labels": [{"kind": "counterfeit", "span": "电话13652178904，不在里面"}]}
    refused = compliance("evaluate", lines(wrong))
    assert refused.exit_code == 3
    assert "136****8904" in refused.stderr
    assert_masked(outputs(refused))


def test_a_broadcast(compliance: Compliance, here: Path) -> None:
    """Alerts as they are raised and withdrawn, the report at the end, and lines that are no segments."""
    segments = [{"text": line, "t_start": n, "speaker": "主播 13652178904"} for n, line in enumerate(SAID.splitlines())]
    said = [*segments, {"text": "电话13652178904，第一", "t_start": 9}, {"text": "次来", "t_start": 10}]
    spoken = "".join(f"{json.dumps(segment, ensure_ascii=False)}\n" for segment in said) + "13652178904 {\n"
    options = ("--id", "场次 13652178904", "--platform", "微信laozhang_88", "--report", "out.json")
    result = compliance("live", *options, stdin=spoken)
    assert result.exit_code == 3  # the last line
    states = [json.loads(line)["state"] for line in result.stdout.splitlines()]
    assert {"raised", "withdrawn"} <= set(states)
    assert_masked(outputs(result))
    assert_masked((here / "out.json").read_bytes())


def test_a_replay(compliance: Compliance, lines: Lines) -> None:
    assert compliance("review", lines(document("场次"), name="场次.json")).exit_code == 2
    shown = compliance("replay", "场次")
    assert shown.exit_code == 0, shown.stderr
    assert_masked(outputs(shown))
    assert_masked(outputs(compliance("replay", "场次 13652178904")))


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_backtest(compliance: Compliance, lines: Lines, here: Path, options: tuple[str, ...]) -> None:
    draft = small_shipped.write(here / "draft" / "a.rule", small_shipped.rule("T-NEW-001", "电话词", "电话"))
    words = "词组 电话词 = /(电话|卡号|微信|收件人)[^。]{4,20}/\n"
    draft.write_text(words + draft.read_text("utf-8"), "utf-8")
    shown = compliance("policy", "backtest", "draft", "--on", lines(document("13652178904 场次")), *options)
    assert shown.exit_code == 0, shown.stderr
    assert "T-NEW-001" in shown.stdout
    assert_masked(outputs(shown))


def test_similar_cases(compliance: Compliance, lines: Lines) -> None:
    told = SAID.replace("\n", "")
    cases = lines({"id": "场次 13652178904", "text": told}, name="案例.jsonl")
    shown = compliance("cases", "similar", told, "--cases", cases)
    assert shown.exit_code == 0, shown.stderr
    assert_masked(outputs(shown))


def test_feedback(compliance: Compliance, lines: Lines, here: Path) -> None:
    """What people are asked about, and what is said of answers that cannot be learned from."""
    assert compliance("review", lines(document("场次 13652178904"), name="场次.json")).exit_code == 2
    shown = compliance("cases", "export-feedback", "-o", "反馈.jsonl")
    assert shown.exit_code == 0, shown.stderr
    data = (here / "反馈.jsonl").read_bytes()
    assert len(data.splitlines()) >= 4
    assert_masked(data)
    assert_masked(outputs(shown))
    labels = [{"kind": "minors", "span": "电话13652178904，不在里面"}]
    wrong = lines(
        {"id": "a", "source": "post", "text": SAID, "labels": labels, "feedback": "rejected"}, name="错.jsonl"
    )
    refused = compliance("model", "train", "--feedback", wrong, "-o", "m.npz")
    assert refused.exit_code == 3
    assert "136****8904" in refused.stderr
    assert_masked(outputs(refused))


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_measured_model(compliance: Compliance, lines: Lines, options: tuple[str, ...]) -> None:
    gold = {"id": "场次 13652178904", "source": "script", "text": SAID, "labels": [], "verdict": "pass"}
    shown = compliance("model", "evaluate", "--part", lines({**gold, "tags": ["电话13652178904"]}), *options)
    assert shown.exit_code == 0, shown.stderr
    assert_masked(outputs(shown))


def test_a_profile(compliance: Compliance, lines: Lines) -> None:
    shown = compliance("policy", "profile", lines(document("场次 13652178904"), name="场次.json"))
    assert shown.exit_code == 0, shown.stderr
    assert_masked(outputs(shown))


def test_what_is_kept_at_rest(
    compliance: Compliance, lines: Lines, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLIANCE_HOME", str(here / "home"))
    source = {"id": "a", "title": "第三场", "text": SAID}  # ids and titles are searchable, hence in clear
    shown = compliance("review", lines(source, name="场次.json"))
    assert shown.exit_code == 2
    kept = [file for file in (here / "home").rglob("*") if file.is_file()]
    assert any(file.suffix == ".db" for file in kept)
    for file in kept:
        data = file.read_bytes()
        for raw in RAW:
            assert raw.encode() not in data, (file, raw)


def test_the_raw_words_are_in_the_input(lines: Lines) -> None:
    said = json.dumps(document("a"), ensure_ascii=False)
    assert all(raw in said for raw in RAW)
