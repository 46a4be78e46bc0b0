"""`compliance lexicon`: check, take to Excel, bring back; nothing is written before it is asked for."""

from pathlib import Path

import openpyxl
import pytest
from cli_calls import Compliance, sentences

import small_shipped


@pytest.fixture
def team(here: Path) -> Path:
    """A team's folder with one lexicon of its own."""
    text = "# 团队的\ngroup: 口头禅\ntitle: 口头禅\nsource: 团队\nterms:\n  - 绝了  # 常说\n  - 炸了\n"
    small_shipped.write(here / "team" / "口头禅.yaml", text)
    return here / "team"


def edit(workbook: Path, cell: str, value: object, sheet: str = "词") -> None:
    book = openpyxl.load_workbook(workbook)
    book[sheet][cell] = value  # type: ignore[assignment]
    book.save(workbook)


def row_of(workbook: Path, word: str) -> int:
    sheet = openpyxl.load_workbook(workbook)["词"]
    return next(cell.row for cell in sheet["B"] if cell.value == word)


def test_lint_tells_and_counts(compliance: Compliance, team: Path) -> None:
    result = compliance("lexicon", "lint", "--lexicons", team)
    assert result.exit_code == 0
    assert "没有一条规则用到词库「口头禅」；在规则里使用，或删去这个文件。" in result.stderr
    assert "0 处错误" in result.stdout
    assert compliance("lexicon", "lint", "--lexicons", team, "--strict").exit_code == 3


def test_lint_fails_on_errors(compliance: Compliance, team: Path) -> None:
    small_shipped.write(
        team / "盖.yaml", "group: 盖\ntitle: 盖\nsource: 团队\nterms:\n  - {text: 绝了, covers: [没有]}\n"
    )
    result = compliance("lexicon", "lint", "--lexicons", team)
    assert result.exit_code == 3
    assert "错误 " in result.stderr
    assert "盖.yaml:5：盖词「没有」" in result.stderr


def test_statistics(compliance: Compliance, team: Path) -> None:
    result = compliance("lexicon", "lint", "--stats", "--lexicons", team)
    assert result.exit_code == 0
    assert "team：1 个词库，2 个词" in result.stdout


def test_out_and_back_without_an_edit_changes_nothing(compliance: Compliance, team: Path) -> None:
    before = (team / "口头禅.yaml").read_bytes()
    assert compliance("lexicon", "export", "-o", "词库.xlsx", "--lexicons", team).exit_code == 0
    result = compliance("lexicon", "import", "词库.xlsx", "--lexicons", team, "--apply")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 个词库有改动" in result.stdout
    assert (team / "口头禅.yaml").read_bytes() == before
    assert [file.name for file in team.iterdir()] == ["口头禅.yaml"]


def test_an_edit_is_shown_first_and_written_when_asked(compliance: Compliance, team: Path, here: Path) -> None:
    compliance("lexicon", "export", "-o", "词库.xlsx", "--lexicons", team)
    edit(here / "词库.xlsx", f"B{row_of(here / '词库.xlsx', '炸了')}", "炸裂")
    before = (team / "口头禅.yaml").read_text("utf-8")
    shown = compliance("lexicon", "import", "词库.xlsx", "--lexicons", team)
    assert shown.exit_code == 0
    assert "口头禅（口头禅.yaml）\n  - 炸了\n  + 炸裂\n" in shown.stdout
    assert "没有写入" in shown.stdout
    assert (team / "口头禅.yaml").read_text("utf-8") == before
    assert compliance("lexicon", "import", "词库.xlsx", "--lexicons", team, "--apply").exit_code == 0
    assert (team / "口头禅.yaml").read_text("utf-8") == before.replace("炸了", "炸裂")


def test_a_shipped_lexicon_is_changed_in_the_team_s_folder(
    compliance: Compliance, team: Path, here: Path, small_root: Path
) -> None:
    compliance("lexicon", "export", "-o", "词库.xlsx")
    sheet = openpyxl.load_workbook(here / "词库.xlsx")["词"]
    group, word = sheet["A2"].value, sheet["B2"].value
    edit(here / "词库.xlsx", "G2", "法务看过")
    original = {file: file.read_bytes() for file in (small_root / "lexicons").rglob("*.yaml")}
    result = compliance("lexicon", "import", "词库.xlsx", "--into", team, "--apply")
    assert result.exit_code == 0, result.stderr
    assert f"~ {word}：说明 「」→「法务看过」" in result.stdout
    assert {file: file.read_bytes() for file in (small_root / "lexicons").rglob("*.yaml")} == original
    (made,) = [file for file in team.rglob("*.yaml") if file.name != "口头禅.yaml"]
    assert f"group: {group}" in made.read_text("utf-8")
    assert compliance("lexicon", "import", "词库.xlsx", "--lexicons", team).stdout.startswith("0 个词库有改动")


def test_a_wrong_workbook_is_refused_whole(compliance: Compliance, team: Path, here: Path) -> None:
    compliance("lexicon", "export", "-o", "词库.xlsx", "--lexicons", team)
    edit(here / "词库.xlsx", f"B{row_of(here / '词库.xlsx', '炸了')}", "=1+1")
    before = (team / "口头禅.yaml").read_bytes()
    result = compliance("lexicon", "import", "词库.xlsx", "--lexicons", team, "--apply")
    assert result.exit_code == 3
    assert "是公式；改成文字" in result.stderr
    assert (team / "口头禅.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("B", "别处.yaml", "词库「口头禅」的文件是 口头禅.yaml"),
        ("A", "新名字", "文件 口头禅.yaml 已经是词库「口头禅」的"),
    ],
)
def test_a_lexicon_and_its_file_stay_together(
    compliance: Compliance, team: Path, here: Path, cell: str, value: str, told: str
) -> None:
    book = here / "词库.xlsx"
    compliance("lexicon", "export", "-o", book, "--lexicons", team)
    sheet = openpyxl.load_workbook(book)["词库"]
    row = next(each.row for each in sheet["A"] if each.value == "口头禅")
    edit(book, f"{cell}{row}", value, "词库")
    if cell == "A":
        for word in ("绝了", "炸了"):
            edit(book, f"A{row_of(book, word)}", value)
    before = {file: file.read_bytes() for file in team.rglob("*")}
    result = compliance("lexicon", "import", book, "--lexicons", team, "--apply")
    assert result.exit_code == 3
    assert told in result.stderr
    assert {file: file.read_bytes() for file in team.rglob("*")} == before


def test_what_cannot_be_read_or_written(compliance: Compliance, here: Path) -> None:
    for arguments in (
        ("lexicon", "import", "没有.xlsx"),
        ("lexicon", "export", "-o", "词库.csv"),
        ("lexicon", "lint", "--as-of", "昨天"),
        ("lexicon", "lint", "--lexicons", "没有"),
    ):
        result = compliance(*arguments)
        assert result.exit_code == 3
        assert len(sentences(result.stderr)) == 1, result.stderr
