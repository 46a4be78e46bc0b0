"""What the READMEs promise: every command runs, every sample is what comes out, both languages say the same."""

import contextlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from readme_blocks import ROOT, Block, Command, Page, commands, read_page
from typer.testing import CliRunner

from compliance.cli.main import app
from compliance.engine import Engine
from compliance.release import sources
from compliance.settings import Settings

Folders = Sequence[Path | str]
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
PAGE = read_page(ENGLISH)
SAVED_AS = {"rule": "house-rules/price.rule", "json": "document.json", "jsonl": "gold.jsonl"}
"""Where the README tells the reader to save the only block of a language."""

_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_BOX = " │"


@dataclass(frozen=True)
class Ran:
    command: Command
    exit_code: int
    output: str
    stderr: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Path]:
    """A folder as the reader has it: the examples, and the blocks saved where the README says."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "examples").symlink_to(ROOT / "examples")
    for language, name in SAVED_AS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(PAGE.first(language).text + "\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COMPLIANCE_HOME", str(folder / "home"))
        patch.setenv("COLUMNS", "90")
        share_loading(patch, engine)
        yield folder


def share_loading(patch: pytest.MonkeyPatch, engine: Engine) -> None:
    """The shipped files are read and each set of rules compiled once for all commands, not once a command."""
    load = Engine.load

    def load_once(policies: Folders = (), lexicons: Folders = (), model: Path | str | None = None) -> Engine:
        return load(policies, lexicons, model) if policies or lexicons or model else engine

    patch.setattr(Engine, "load", load_once)
    for name in ("load_lexicons", "load_laws", "compile_rules"):
        patch.setattr(sources, name, once(getattr(sources, name)))


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, its results kept by the first argument: folders, or the rule files with their text.

    What was compiled with known files is something else: it is without words.
    """
    results: dict[str, Any] = {}

    def kept(first: object, *rest: object, known: object = None) -> Any:
        key = repr((first, known is None))
        if key not in results:
            results[key] = function(first, *rest) if known is None else function(first, *rest, known=known)
        return results[key]

    return kept


@pytest.fixture(scope="module")
def ran(desk: Path) -> list[Ran]:
    """Every `compliance` command of the README, run in order on the reader's desk."""
    runner = CliRunner()
    done = []
    for command in shell_commands(PAGE):
        if command.words[0] == "compliance":
            env = {"COMPLIANCE_HOME": str(desk / "home")}
            result = runner.invoke(app, command.words[1:], input=command.stdin, env=env)
            done.append(Ran(command, result.exit_code, result.stdout, result.stderr))
    return done


def shell_commands(page: Page) -> list[Command]:
    return [command for block in page.blocks if block.language == "sh" for command in commands(block)]


def sample_after(language: str) -> Block:
    """The first text block in the section of the first block of a language."""
    section = PAGE.first(language).section if language != "sh" else PAGE.first("text").section
    return next(block for block in PAGE.blocks if block.language == "text" and block.section == section)


def assert_occur(sample: Block, output: str) -> None:
    """The sample's lines stand in the output in this order; `…` stands for lines left out."""
    printed = iter([line.strip(_BOX) for line in output.splitlines()])
    for line in (line.strip(_BOX) for line in sample.text.splitlines()):
        assert not line or line == "…" or line in printed, f"not in the output from here on: {line}\n{output}"


def test_both_languages_have_the_same_blocks_and_headings() -> None:
    other = read_page(CHINESE)
    assert other.levels == PAGE.levels
    assert other.blocks == PAGE.blocks


def test_both_languages_have_the_same_tables_and_links() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in (ENGLISH, CHINESE))
    rows = [
        [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| `")]
        for text in (english, chinese)
    ]
    assert rows[0] == rows[1]
    links = [sorted(set(_LINK.findall(text)) - {ENGLISH, CHINESE}) for text in (english, chinese)]
    assert links[0] == links[1]


def test_it_opens_with_two_sentences_and_two_commands() -> None:
    assert [command.words for command in shell_commands(PAGE)[:2]] == [("make", "demo"), ("make", "test")]


def test_every_command_is_ours_or_a_make_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for command in shell_commands(PAGE):
        program, *rest = command.words
        assert program == "compliance" or (program == "make" and set(rest) <= targets), command.words


def test_every_command_exits_as_promised(ran: list[Ran]) -> None:
    assert len(ran) >= 12
    wrong = [
        (r.command.words, r.command.exit_code, r.exit_code, r.stderr) for r in ran if r.exit_code != r.command.exit_code
    ]
    assert not wrong


def test_the_sample_is_what_comes_out(ran: list[Ran]) -> None:
    sample = sample_after("sh")
    output = next(r.output for r in ran if r.command.section == sample.section)
    assert len(sample.text.splitlines()) > 10
    assert_occur(sample, output)


def test_the_files_that_commands_write_are_there(ran: list[Ran], desk: Path) -> None:
    words = [r.command.words for r in ran if "-o" in r.command.words]
    written = [desk / each[each.index("-o") + 1] for each in words]
    assert len(written) >= 4
    assert all(path.stat().st_size > 100 for path in written)


def test_the_python_example_prints_its_sample(desk: Path) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(PAGE.first("python").text, "README.md", "exec"), {})  # noqa: S102  # our own page
    assert printed.getvalue().strip() == sample_after("python").text


def test_the_ten_line_rule_loads_fires_and_explains_itself(ran: list[Ran]) -> None:
    rule = PAGE.first("rule")
    name = rule.text.split()[1]
    assert len(rule.text.splitlines()) == 10
    mine = {r.command.words[1:3]: r.output for r in ran if r.command.section == rule.section}
    assert "1 条规则可用，0 处错误，0 处警告" in mine["policy", "check"]
    assert "2 个例子，0 个不通过" in mine["policy", "test"]
    assert name in mine["review", "-"]
    told = next(r.output for r in ran if r.command.words[:4] == ("compliance", "policy", "explain", name))
    for part in ("依据：明码标价和禁止价格欺诈规定", "罚则：价格违法行为行政处罚规定", "除非：命中 被否定"):
        assert part in told


def test_the_price_evidence_excuses_the_price_finding(ran: list[Ran]) -> None:
    output = next(r.output for r in ran if "document.json" in r.command.words)
    assert "非 缺少 证据(比价)" in output
    assert "价格欺诈" not in output


@pytest.mark.parametrize("name", [ENGLISH, CHINESE])
def test_every_setting_is_documented(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    documented = set(re.findall(r"^\| `COMPLIANCE_(\w+)`", text, re.MULTILINE))
    assert documented == {field.upper() for field in Settings.model_fields}


@pytest.mark.parametrize(
    "page",
    [
        ENGLISH,
        CHINESE,
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md"))),
    ],
)
def test_links_to_files_lead_somewhere(page: str) -> None:
    for target in _LINK.findall((ROOT / page).read_text("utf-8")):
        if not target.startswith("https://"):
            assert (ROOT / page).parent.joinpath(target).exists(), target
