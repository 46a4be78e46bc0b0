"""Every diagnostic code has a rule file that draws it and the exact text that people read, in both languages.

To rewrite the texts after an intended change run REWRITE_GOLDEN=1 pytest tests/lang/test_diagnostics.py
and read the diff.
"""

import os
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.examples import ExampleRunner
from compliance.judge.stance import Stances
from compliance.lang.catalogue import CATALOGUE
from compliance.lang.compile import Compiled
from compliance.lang.diagnostics import Diagnostic, Language, ordered, render, width
from compliance.lang.position import Position
from compliance.words.scanner import Scanner
from small_release import COVERS, LEXICONS, compiled, registries

GOLDEN = Path(__file__).parent / "golden"
NOT_TEXT = "E038"  # the bytes of a file, before there is a text
DOUBTS = {code for code in CATALOGUE if code.startswith("W")}


def examples_failed(made: Compiled) -> list[Diagnostic]:
    runner = ExampleRunner(Scanner(made.groups, COVERS), registries()[1], Stances(LEXICONS))
    return [
        Diagnostic(
            "E030",
            result.rule.path,
            result.example.at,
            {"wanted": result.wanted, "got": result.actual, "actual": result.actual},
        )
        for result in runner.run_all(made.rules)
        if not result.passed
    ]


def diagnosed(source: str) -> list[Diagnostic]:
    made = compiled(source)
    return [*made.diagnostics, *examples_failed(made)]


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - {NOT_TEXT}))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_people_read(code: str, language: Language) -> None:
    source = (GOLDEN / f"{code}.rule").read_text("utf-8")
    diagnostics = diagnosed(source)
    assert code in {d.code for d in diagnostics}
    told = "\n\n".join(render(d, source, language) for d in diagnostics) + "\n"
    golden = GOLDEN / f"{code}.{language}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(told, "utf-8")
    assert told == golden.read_text("utf-8")


def test_there_is_no_golden_file_without_a_code() -> None:
    assert {file.name.split(".")[0] for file in GOLDEN.iterdir()} == set(CATALOGUE) - {NOT_TEXT}


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - DOUBTS - {NOT_TEXT, "E007", "E026", "E028", "E030"}))
def test_one_slip_gives_one_message(code: str) -> None:
    """A mistake is told once, and does not draw others after it."""
    source = (GOLDEN / f"{code}.rule").read_text("utf-8")
    codes = [d.code for d in compiled(source).diagnostics]
    assert codes == [code]


def test_both_languages_use_the_same_values() -> None:
    for entry in CATALOGUE.values():
        for zh, en in ((entry.zh, entry.en), (entry.fix_zh, entry.fix_en)):
            fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
            stems = [{name.removesuffix("_zh").removesuffix("_en") for name in each} for each in fields]
            assert not any(name.endswith("_en") for name in fields[0])
            assert not any(name.endswith("_zh") for name in fields[1])
            assert stems[1] <= stems[0] | {"got", "choices"}
        assert entry.why.endswith("。")
        assert entry.why_en.endswith((".", ".”"))


@pytest.mark.parametrize(("text", "columns"), [("ab", 2), ("最好", 4), ("ＡＢ", 4), ("e\u0301", 1), ("「", 2), ("", 0)])
def test_width_counts_terminal_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_the_caret_stands_under_the_place() -> None:
    source = "规则 甲"
    line, caret = render(Diagnostic("E003", "a.rule", Position(1, 4, 3, 4), {"found": "甲"}), source).split("\n")[3:]
    assert line == "1 | 规则 甲"
    assert caret == "  |      ^^ 删去它，或把文字放进「」里"


def test_long_lines_are_cut_to_what_is_near() -> None:
    source = "长" * 500 + "错" + "长" * 500
    line = render(Diagnostic("E003", "a.rule", Position(1, 501, 500, 501), {"found": "错"}), source).split("\n")[3]
    assert "错" in line
    assert line.startswith("1 | …")
    assert line.endswith("…")
    assert len(line) < 100


@given(st.text(max_size=30), st.integers(1, 5), st.integers(1, 40), st.integers(0, 50), st.integers(0, 50))
def test_any_place_can_be_shown(source: str, line: int, column: int, start: int, length: int) -> None:
    diagnostic = Diagnostic("E003", "a.rule", Position(line, column, start, start + length), {"found": "甲"})
    assert len(render(diagnostic, source).replace("\r", "").split("\n")) >= 5


def test_order_is_by_file_and_place_and_repeats_are_told_once() -> None:
    late, early = (Diagnostic("E003", "a.rule", Position(1, at, at, at + 1), {"found": "甲"}) for at in (9, 2))
    other = Diagnostic("E003", "b.rule", Position(1, 1, 0, 1), {"found": "甲"})
    assert ordered([other, late, early, late]) == [early, late, other]
