"""A release is named by what it says, takes in a team's folders, and is refused whole when anything is wrong."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import small_shipped
from compliance.engine import Engine
from compliance.model.document import Document
from compliance.model.errors import LawError
from compliance.release import shipped as shipped_module
from compliance.release.lexicons import load_lexicons
from compliance.release.release import load_release
from compliance.release.rules import read_rule_files
from compliance.release.shipped import shipped
from compliance.release.sources import PolicyError, read_sources

DAY = date(2026, 11, 1)
LEXICON = "group: 词\ntitle: 词\nsource: 测试\nterms:\n  - 好\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    built = small_shipped.build(tmp_path / "installed")
    install(built, monkeypatch)
    return built


def install(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.release.sources.shipped", lambda name: root / name)


def found(engine: Engine, text: str) -> list[str]:
    return [finding.rule for finding in engine.review(Document(id="d", text=text), DAY).findings]


# --- the digest


def test_the_digest_is_the_same_wherever_the_files_lie(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = load_release().digest
    assert len(here) == 64
    elsewhere = tmp_path / "another" / "place"
    shutil.copytree(root, elsewhere)
    install(elsewhere, monkeypatch)
    assert load_release().digest == here


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("lexicons/absolute.yaml", "- 顶级", "- 顶尖"),
        ("lexicons/absolute.yaml", "[最好的我们]", "[最好的你们]"),
        ("lexicons/cues/denied.yaml", "不能说", "不可说"),
        ("lexicons/covers/ordinary.yaml", "第一次", "第一回"),
        ("policies/absolute.rule", "处置 修改", "处置 提示"),
        ("policies/laws/ad-law.yaml", "max: 1000000", "max: 1000001"),
        ("policies/laws/ad-law.yaml", "2015-09-01", "2015-08-31"),
        ("policies/facts.yaml", "这件商品属于哪一类？", "这是哪一类商品？"),
    ],
)
def test_the_digest_changes_with_every_word_rule_law_and_fact(root: Path, name: str, before: str, after: str) -> None:
    digest = read_sources().digest()
    text = (root / name).read_text("utf-8")
    assert before in text
    small_shipped.write(root / name, text.replace(before, after, 1))
    assert read_sources().digest() != digest


def test_adding_or_removing_a_file_changes_the_digest(root: Path) -> None:
    digest = read_sources().digest()
    small_shipped.write(root / "policies" / "more.rule", small_shipped.rule("T-MOR-001", "绝对化用语", "最好"))
    more = read_sources().digest()
    (root / "policies" / "medical.rule").unlink()
    assert len({digest, more, read_sources().digest()}) == 3


def test_the_report_names_its_release(root: Path) -> None:
    engine = Engine.load()
    assert engine.review(Document(id="d", text="好"), DAY).release == engine.release.digest


# --- a team's folders


def test_a_team_s_folder_adds_and_replaces(root: Path, tmp_path: Path) -> None:
    team = tmp_path / "team"
    small_shipped.write(team / "absolute.rule", small_shipped.rule("T-ABS-009", "绝对化用语", "最好"))
    small_shipped.write(team / "more" / "new.rule", small_shipped.rule("T-NEW-001", '"抢疯了"', "抢疯了"))
    engine = Engine.load([team])
    assert found(engine, "最好，抢疯了，湿疹") == ["T-ABS-009", "T-NEW-001", "T-MED-001"]
    assert found(Engine.load(), "最好，抢疯了，湿疹") == ["T-ABS-001", "T-MED-001"]


def test_a_team_s_law_replaces_and_its_facts_replace(root: Path, tmp_path: Path) -> None:
    team = tmp_path / "team"
    small_shipped.write(team / "laws" / "ad-law.yaml", small_shipped.LAW.replace("max: 1000000", "max: 2000000"))
    release = load_release([team])
    assert release.rules[0].penalties[0].penalty.max == 2_000_000
    small_shipped.write(
        team / "facts.yaml",
        "facts:\n  - name: 商品.类目\n    english: product.category\n    type: enum\n    values: {food: 食品}\n"
        "    supplier: 运营\n    question: 哪一类？\nevidence: []\n",
    )
    assert len(load_release([team]).facts.facts) < len(load_release().facts.facts)


def test_a_team_s_group_replaces_and_the_later_folder_wins(root: Path, tmp_path: Path) -> None:
    words = "group: 绝对化用语\ntitle: 词\nsource: 团队\nterms: [{}]\n"
    for name, word in (("one", "最优"), ("two", "最强")):
        small_shipped.write(tmp_path / name / "a.yaml", words.format(word))
    one = Engine.load(lexicons=[tmp_path / "one"])
    assert (found(one, "最好"), found(one, "最优")) == ([], ["T-ABS-001"])
    both = Engine.load(lexicons=[tmp_path / "one", str(tmp_path / "two")])
    assert (found(both, "最优"), found(both, "最强")) == ([], ["T-ABS-001"])


def test_a_file_that_is_named_itself_is_read_once(root: Path, tmp_path: Path) -> None:
    path = small_shipped.write(tmp_path / "team" / "a.rule", small_shipped.DISEASES)
    assert len(read_rule_files([path, path.parent])) == len(read_rule_files([path.parent, path])) == 1
    assert read_rule_files([path]) == [(str(path), small_shipped.DISEASES)]


def test_windows_line_ends_and_byte_order_marks_change_nothing(root: Path) -> None:
    digest = read_sources().digest()
    path = root / "policies" / "absolute.rule"
    path.write_bytes(b"\xef\xbb\xbf" + small_shipped.SUPERLATIVES.replace("\n", "\r\n").encode())
    assert read_sources().digest() == digest


# --- refusals


def test_all_errors_of_all_rules_are_shown(root: Path) -> None:
    policies = root / "policies"
    small_shipped.write(policies / "a.rule", small_shipped.SUPERLATIVES.replace("T-ABS-001", "T-AAA-001") * 2)
    small_shipped.write(policies / "b.rule", small_shipped.rule("T-BBB-001", "没有的词", "最好"))
    small_shipped.write(policies / "c.rule", "规则")
    with pytest.raises(PolicyError) as caught:
        load_release()
    error = caught.value
    assert {Path(d.path).name for d in error.diagnostics} == {"a.rule", "b.rule", "c.rule"}
    for diagnostic in error.diagnostics:
        assert diagnostic.is_error
        assert f"[{diagnostic.code}]" in error.text
        assert f"{diagnostic.path}:{diagnostic.at.line}" in error.text
    assert str(error).startswith(f"{policies / 'a.rule'}:")
    assert f"规则文件有 {len(error.diagnostics)} 处错误" in str(error)


def test_warnings_do_not_stop_a_release(root: Path) -> None:
    unused = '词组 没用到 = "甲乙"\n'
    small_shipped.write(root / "policies" / "absolute.rule", unused + small_shipped.SUPERLATIVES)
    assert [warning.code for warning in load_release().warnings] == ["W101"]


Broken = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.yaml:1：文件是空的"),
        ("[]", "a.yaml:1：不是键值表"),
        ("group: [", "a.yaml:2：不是合格的 YAML"),
        (LEXICON.replace("title: 词\n", ""), "缺少“title”"),
        (LEXICON.replace("source: 测试\n", ""), "缺少“source”"),
        (LEXICON.replace("terms:\n  - 好\n", ""), "缺少“terms”"),
        (LEXICON.replace("  - 好\n", "  - 12\n"), "a.yaml:5："),
        (LEXICON.replace("group: 词", "group: 词 语"), "a.yaml:1：词库名「词 语」含有空格或符号"),
        (LEXICON + "  - 好\n", "a.yaml:6：词「好」与第 5 行重复；删去一个。"),
        (LEXICON + "  - text: 好好\n    boundry: none\n", "不认识的字段“boundry”"),
        (LEXICON + "  - ·\n", "a.yaml:6：词「·」去掉符号后什么也不剩"),
        (LEXICON + f"  - {'长' * 61}\n", "a.yaml:6：词「长长"),
        (LEXICON + "kind: word\n", "a.yaml:6：“kind”的值“word”不在可选值之内"),
        (LEXICON + "group: 词\n", "a.yaml:6：键“group”重复"),
        (LEXICON + "  - &x 坏\n", "a.yaml:6：不支持锚点与引用"),
    ],
)
def test_a_lexicon_s_mistake_is_named_by_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    small_shipped.write(tmp_path / "a.yaml", text)
    with pytest.raises(LawError) as caught:
        load_lexicons([tmp_path])
    assert expected in str(caught.value)
    assert str(tmp_path / "a.yaml") in str(caught.value)


def test_all_mistakes_of_all_lexicons_are_named(tmp_path: Path) -> None:
    small_shipped.write(tmp_path / "a.yaml", LEXICON + "  - 好\n")
    small_shipped.write(tmp_path / "b.yaml", "[]")
    small_shipped.write(tmp_path / "c.yaml", LEXICON)
    small_shipped.write(tmp_path / "d.yaml", LEXICON)
    (tmp_path / "e.yaml").write_bytes(b"group: \xff\n")
    with pytest.raises(LawError) as caught:
        load_lexicons([tmp_path])
    for expected in (
        "4 处错误",
        "a.yaml:6：",
        "b.yaml:1：",
        f"d.yaml:1：词库「词」在 {tmp_path / 'c.yaml'}",
        "UTF-8",
    ):
        assert expected in str(caught.value)


def test_folders_that_are_missing_or_hold_nothing(root: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for load, name, expected in (
        (lambda folder: load_release([folder]), "没有", "规则文件夹不存在"),
        (lambda folder: load_release([folder]), "空", "里面没有规则文件"),
        (lambda folder: load_lexicons([folder]), "没有", "词库文件夹不存在"),
        (lambda folder: load_lexicons([folder]), "空", "里面没有词库文件"),
    ):
        with pytest.raises(LawError, match=expected) as caught:
            load(tmp_path / name)
        assert caught.value.place == str(tmp_path / name)
        assert caught.value.remedy


# --- what is shipped


@pytest.mark.parametrize(
    ("name", "member"),
    [("lexicons", "cues/negated.yaml"), ("policies", "facts.yaml"), ("policies", "laws"), ("examples", "demo.yaml")],
)
def test_the_shipped_folders_are_found(name: str, member: str) -> None:
    assert (shipped(name) / member).exists()


def test_inside_a_wheel_the_folders_are_looked_for_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "compliance"
    for folder in (tmp_path / "lexicons", package / "shipped" / "lexicons", tmp_path / "policies"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(shipped_module, "files", lambda _: package)
    assert shipped("lexicons") == package / "shipped" / "lexicons"
    assert shipped("policies") == tmp_path / "policies"
    with pytest.raises(LawError, match="安装不完整，缺少随产品发布的 examples；重新安装 compliance。"):
        shipped("examples")
