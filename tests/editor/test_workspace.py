"""What is on disk and what is being edited: which files belong together, and what has changed."""

from pathlib import Path

import pytest

from compliance.editor.load import Folders, home_of
from compliance.editor.overlaps import Overlap
from compliance.editor.workspace import Workspace
from small_shipped import LAW, SUPERLATIVES, rule, write


def codes(workspace: Workspace, path: Path) -> dict[str, list[str]]:
    return {
        Path(each).name: [d.code for d in made.diagnostics] for each, (_, made) in workspace.check(str(path)).items()
    }


def opened(
    path: Path, text: str | None = None, roots: tuple[Path, ...] = (), folders: Folders | None = None
) -> Workspace:
    workspace = Workspace(folders or Folders())
    workspace.edit(str(path), path.read_text("utf-8") if text is None else text)
    workspace.refresh(roots)
    return workspace


def test_a_file_of_a_team_is_checked_with_those_that_are_shipped(small: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "team" / "a.rule", SUPERLATIVES)
    workspace = opened(file)
    assert codes(workspace, file) == {"a.rule": ["E007"]}
    ((_, made),) = workspace.check(str(file)).values()
    assert made.diagnostics[0].values["where"] == f"{(small / 'policies' / 'absolute.rule').resolve()}:1"


def test_an_open_text_stands_in_for_its_file(small: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "team" / "a.rule", SUPERLATIVES)
    workspace = opened(file, rule("T-OWN-001", "绝对化用语", "最好"))
    assert codes(workspace, file) == {"a.rule": []}


def test_a_file_that_is_not_saved_yet_is_checked_too(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    assert codes(opened(folder / "new.rule", SUPERLATIVES), folder / "new.rule") == {"new.rule": ["E007"]}
    nowhere = Workspace(Folders())
    nowhere.edit("untitled:Untitled-1", SUPERLATIVES)
    nowhere.refresh(())
    (checked,) = nowhere.check("untitled:Untitled-1").values()
    assert [d.code for d in checked[1].diagnostics] == ["E007"]


def test_giving_an_id_that_a_later_file_has_is_told_there(small: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "team" / "a.rule", rule("T-AAA-001", "绝对化用语", "最好"))
    write(tmp_path / "team" / "b.rule", rule("T-BBB-001", "绝对化用语", "第一"))
    workspace = opened(first)
    assert codes(workspace, first) == {"a.rule": []}
    workspace.edit(str(first), rule("T-BBB-001", "绝对化用语", "最好"))
    assert codes(workspace, first) == {"a.rule": [], "b.rule": ["E007"]}
    workspace.edit(str(first), rule("T-CCC-001", "绝对化用语", "最好"))
    assert codes(workspace, first) == {"a.rule": [], "b.rule": []}
    assert codes(workspace, first) == {"a.rule": []}


def test_laws_of_the_folder_that_a_file_belongs_to(small: Path, tmp_path: Path) -> None:
    law = LAW.replace("ad-law", "house-law").replace("name: 广告法", "name: 内部规范")
    team = tmp_path / "team"
    write(team / "laws" / "house-law.yaml", law)
    text = rule("T-OWN-001", "绝对化用语", "最好").replace("依据 广告法", "依据 内部规范")
    file = write(team / "ads" / "a.rule", text)
    assert codes(opened(file, roots=(tmp_path,)), file) == {"a.rule": []}
    assert codes(opened(file), file) == {"a.rule": ["E008"]}


def test_what_changes_on_disk_is_read_again(small: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    lexicon = write(words / "new.yaml", "group: 新词\ntitle: 新词\nsource: 测试\nterms: [新奇]\n")
    file = write(tmp_path / "team" / "a.rule", rule("T-OWN-001", "新词", "新奇"))
    workspace = opened(file, folders=Folders((), (words,)))
    assert codes(workspace, file) == {"a.rule": []}
    lexicon.write_text("group: 别的词\ntitle: 新词\nsource: 测试\nterms: [新奇]\n", "utf-8")
    workspace.refresh(())
    assert codes(workspace, file) == {"a.rule": ["E006"]}


def test_malformed_registry_files_are_problems_with_places(small: Path, tmp_path: Path) -> None:
    team = tmp_path / "team"
    law = write(team / "laws" / "house-law.yaml", LAW)  # id and file name differ
    facts = write(team / "facts.yaml", "facts: 3\nevidence: []\n")
    words = write(tmp_path / "words" / "bad.yaml", "group: [\n")
    file = write(team / "a.rule", rule("T-OWN-001", "绝对化用语", "最好"))
    workspace = opened(file, folders=Folders((), (words.parent,)))
    found = {(Path(each.path), each.line) for each in workspace.knowledge().problems}
    assert {(law, 1), (facts, 1)} <= found
    assert words in {path for path, _ in found}
    assert codes(workspace, file) == {"a.rule": []}


def test_a_missing_folder_is_a_problem(small: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "team" / "a.rule", rule("T-OWN-001", "绝对化用语", "最好"))
    workspace = opened(file, folders=Folders((), (tmp_path / "missing",)))
    (problem,) = workspace.knowledge().problems
    assert "词库文件夹不存在" in problem.text
    assert codes(workspace, file) == {"a.rule": []}


def test_a_rule_file_in_another_encoding(small: Path, tmp_path: Path) -> None:
    bad = tmp_path / "team" / "bad.rule"
    bad.parent.mkdir()
    bad.write_bytes(("# 说明\n" + SUPERLATIVES).encode("gb18030"))
    file = write(tmp_path / "team" / "a.rule", rule("T-OWN-001", "绝对化用语", "最好"))
    workspace = opened(file)
    (problem,) = workspace.knowledge().problems
    assert (Path(problem.path), problem.line, problem.code) == (bad, 1, "E038")
    assert "像是 GB18030" in problem.text
    workspace = opened(bad, bad.read_bytes().decode("utf-8", "replace"))
    told = workspace.encoding_problem(str(bad))
    assert told is not None
    assert told.code == "E038"
    assert workspace.knowledge().problems == ()


def test_rules_are_compared_with_those_of_all_files(small: Path, tmp_path: Path) -> None:
    """Files are compiled for it once; a change of words compiles them again."""
    file = write(tmp_path / "team" / "a.rule", rule("T-OWN-001", "绝对化用语", "最好"))
    workspace = opened(file)
    ((_, checked),) = workspace.check(str(file)).values()
    assert len(workspace.uncompared()) == 3
    for path in workspace.uncompared():
        workspace.compare(path)
    assert workspace.uncompared() == []
    assert workspace.overlaps(str(file), checked) == (Overlap("T-OWN-001", "T-ABS-001"),)
    lexicon = small / "lexicons" / "absolute.yaml"
    lexicon.write_text(lexicon.read_text("utf-8") + "  - 最佳\n", "utf-8")
    workspace.refresh(())
    assert len(workspace.uncompared()) == 3


def test_closing_gives_the_file_back(small: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "team" / "a.rule", rule("T-OWN-001", "绝对化用语", "最好"))
    workspace = opened(file, "规则")
    workspace.close(str(file))
    assert workspace.text(str(file)) is None
    workspace.refresh(())
    assert str(file) not in workspace.knowledge().files


@pytest.mark.parametrize(
    ("roots", "expected"), [((".",), "team"), (("team",), "team"), (("team/ads",), None), ((), None)]
)
def test_no_folder_is_looked_at_above_those_that_are_open(
    tmp_path: Path, roots: tuple[str, ...], expected: str | None
) -> None:
    write(tmp_path / "team" / "facts.yaml", "")
    file = write(tmp_path / "team" / "ads" / "a.rule", "")
    found = home_of(file, [tmp_path / root for root in roots])
    assert found == (tmp_path / expected if expected else None)
