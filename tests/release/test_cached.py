"""Compiled releases are kept and read again: the same release, made anew when anything differs or is damaged."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import small_shipped
from compliance.engine import Engine
from compliance.lang import compile as compile_module
from compliance.lang.rule import Rule
from compliance.model.document import Document
from compliance.model.errors import LawError
from compliance.release import cached as cached_module
from compliance.release import known_files, stored
from compliance.release import release as release_module
from compliance.release.cached import KEPT, cached
from compliance.release.checked import check_folders
from compliance.release.graph.reading import Apart
from compliance.release.release import Release, load_release
from compliance.release.sources import Sources
from small_release import DAY


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small installation."""
    built = small_shipped.build(tmp_path / "small")
    monkeypatch.setattr("compliance.release.sources.shipped", lambda name: built / name)
    return built


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name for each release that is made and not read."""
    names: list[str] = []
    parts = release_module.parts

    def counted(sources: Sources) -> release_module.Parts:
        result = parts(sources)
        names.append(result[0])
        return result

    monkeypatch.setattr(release_module, "parts", counted)
    return names


def said(release: Release) -> str:
    document = Document(id="d", text="这是最好的，治湿疹；这不是最好。")
    return Engine(release).review(document, DAY).model_dump_json()


def test_a_release_is_read_as_it_was_made(root: Path, tmp_path: Path, made: list[str]) -> None:
    fresh = load_release(cache=tmp_path / "cache")
    again = load_release(cache=tmp_path / "cache")
    assert made == [fresh.digest]
    assert again == load_release() or again.rules == fresh.rules
    assert (again.digest, again.warnings, said(again)) == (fresh.digest, fresh.warnings, said(fresh))
    assert again.sources == fresh.sources


def test_a_review_reads_only_rules_whose_words_occur(root: Path, tmp_path: Path) -> None:
    load_release(cache=tmp_path / "cache")
    release = load_release(cache=tmp_path / "cache")
    read = []
    some = Apart.some

    def watched(self: Apart, numbers: Iterable[int]) -> list[Rule]:
        rules = some(self, numbers)
        read.extend(rule.id for rule in rules)
        return rules

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Apart, "some", watched)
        Engine(release).review(Document(id="d", text="这是最好的。"), DAY)
    assert set(read) == {"T-ABS-001"} < {rule.id for rule in release.rules}


def test_any_change_makes_another(root: Path, tmp_path: Path, made: list[str]) -> None:
    cache = tmp_path / "cache"
    load_release(cache=cache)
    for name in (
        "policies/absolute.rule",
        "lexicons/absolute.yaml",
        "policies/laws/ad-law.yaml",
        "policies/facts.yaml",
    ):
        with (root / name).open("a", encoding="utf-8") as file:
            file.write("# 一行注释\n")
        load_release(cache=cache)
    assert len(made) == 5
    team = tmp_path / "team"
    small_shipped.write(team / "a.rule", small_shipped.rule("T-TEA-001", "绝对化用语", "最好"))
    assert {rule.id for rule in load_release([team], cache=cache).rules} >= {"T-TEA-001", "T-ABS-001"}
    assert len(made) == 6
    (team / "a.rule").rename(team / "b.rule")
    assert {Path(rule.path).name for rule in load_release([team], cache=cache).rules} >= {"b.rule"}


@pytest.mark.parametrize("spoil", ["cut", "flipped", "other", "empty"])
def test_a_damaged_release_is_made_again(
    root: Path, tmp_path: Path, made: list[str], spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    fresh = load_release(cache=cache)
    (file,) = cache.glob("*.release")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes({"cut": data[:-9], "flipped": data, "other": b"x" * 99, "empty": b""}[spoil])
    with caplog.at_level(logging.INFO, logger="compliance"):
        again = load_release(cache=cache)
    assert (len(made), said(again)) == (2, said(fresh))
    assert "made again" in caplog.text
    load_release(cache=cache)
    assert len(made) == 2


def test_another_program_makes_its_own(
    root: Path, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_release(cache=tmp_path / "cache")
    monkeypatch.setattr(stored, "program", lambda: b"another")
    load_release(cache=tmp_path / "cache")
    assert len(made) == 2


def test_a_file_under_the_name_of_another_program_s_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored.save(tmp_path / "a.kind", ("甲", 1))
    assert stored.load(tmp_path / "a.kind") == ("甲", 1)
    monkeypatch.setattr(stored, "program", lambda: b"another")
    with pytest.raises(stored.DamagedError):
        stored.load(tmp_path / "a.kind")


def test_what_cannot_be_kept_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert cached(tmp_path / "file", "kind", lambda: "key", lambda: "甲") == "甲"
    assert cached(tmp_path, "kind", lambda: "key", lambda: print) is print
    assert not list(tmp_path.glob("*.kind"))
    assert not list(tmp_path.glob(".*"))


def test_only_the_last_entries_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        assert cached(tmp_path, "kind", lambda number=number: str(number), lambda number=number: number) == number
    assert len(list(tmp_path.glob("*.kind"))) == KEPT
    assert cached_module.KEPT == KEPT


def test_a_check_is_known_the_second_time(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shipped.write(root / "policies" / "坏.rule", "规则 甲\n  类型 absolute-claim\n")
    first = check_folders([], [], cache=tmp_path / "cache")
    assert any(diagnostic.is_error for diagnostic in first.diagnostics)
    monkeypatch.setattr("compliance.release.checked.read_sources", lambda *_: pytest.fail("read again"))
    assert check_folders([], [], cache=tmp_path / "cache") == first


@pytest.fixture
def compiled_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each rule file that is compiled and not known."""
    names: list[str] = []
    compile_one = compile_module._file

    def counted(path: str, *rest: Any) -> Any:
        names.append(Path(path).name)
        return compile_one(path, *rest)

    monkeypatch.setattr(compile_module, "_file", counted)
    return names


def test_only_the_file_that_changed_is_compiled_again(root: Path, tmp_path: Path, compiled_files: list[str]) -> None:
    cache, folder = tmp_path / "cache", root / "policies"
    names = sorted(path.name for path in folder.rglob("*.rule"))
    check_folders([], [], cache=cache)
    assert sorted(compiled_files) == names
    small_shipped.write(folder / "absolute.rule", small_shipped.rule("T-ABS-009", "没有这个词组", "最好"))
    compiled_files.clear()
    changed = check_folders([], [], cache=cache)
    assert compiled_files == ["absolute.rule"]
    assert changed == check_folders([], [])
    assert any(diagnostic.code == "E006" for diagnostic in changed.diagnostics)


def test_other_words_compile_every_file_again(root: Path, tmp_path: Path, compiled_files: list[str]) -> None:
    check_folders([], [], cache=tmp_path / "cache")
    with (root / "lexicons/absolute.yaml").open("a", encoding="utf-8") as file:
        file.write("  - 最最好\n")
    compiled_files.clear()
    check_folders([], [], cache=tmp_path / "cache")
    assert len(compiled_files) == len(list((root / "policies").rglob("*.rule")))


def test_a_damaged_file_is_compiled_again(root: Path, tmp_path: Path, compiled_files: list[str]) -> None:
    cache = tmp_path / "cache"
    first = check_folders([], [], cache=cache)
    for file in cache.rglob("*.*"):
        file.write_bytes(file.read_bytes()[:-1])
    compiled_files.clear()
    assert check_folders([], [], cache=cache) == first
    assert compiled_files


def test_files_that_nobody_asks_for_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_files, "_SPARE", 2)
    nothing = compile_module.CompiledFile((), (), (), ())
    old = known_files.StoredFiles(tmp_path, "around")
    for number in range(5):
        old.put(f"{number}.rule", "", nothing)
    new = known_files.StoredFiles(tmp_path, "around")
    assert new.get("0.rule", "") == nothing
    new.drop_unused()
    assert new.get("0.rule", "") == nothing
    assert len(list(tmp_path.iterdir())) == 3


def test_sources_that_changed_after_loading_are_not_passed_off(root: Path, tmp_path: Path) -> None:
    release = load_release(cache=tmp_path / "cache")
    with (root / "policies/absolute.rule").open("a", encoding="utf-8") as file:
        file.write("# 一行\n")
    with pytest.raises(LawError, match="装载之后改过"):
        release.sources  # noqa: B018  # reading is what fails
