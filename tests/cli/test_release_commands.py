"""Releases on the command line: published, compared, replayed, drafts tried on a corpus, time by rule."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli_calls import Compliance

import small_shipped
from compliance.engine import Engine
from compliance.lang.rule import Rule
from compliance.model.document import Document
from compliance.model.errors import LawError
from compliance.store.encryption import load_key
from compliance.store.engine import open_database
from compliance.store.reviews import ReviewStore
from small_release import DAY


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small installation of the test's own, to be changed."""
    root = small_shipped.build(tmp_path / "installed")
    for module in ("compliance.release.sources", "compliance.cli.run_demo"):
        monkeypatch.setattr(f"{module}.shipped", lambda name: root / name)
    return root


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def published(compliance: Compliance) -> str:
    result = compliance("policy", "publish")
    assert result.exit_code == 0, result.stderr
    found = re.search("[0-9a-f]{64}", result.stdout)
    assert found
    return found[0]


def test_a_release_is_published_whole(compliance: Compliance, own_home: Path) -> None:
    result = compliance("policy", "publish")
    assert "2 条规则（生效 2），4 个例子" in result.stdout
    digest = (own_home / "releases" / "live").read_text().strip()
    assert {path.name for path in (own_home / "releases" / digest).iterdir()} == {
        "manifest.json",
        "model.npz",
        "sources.json",
    }
    assert not list((own_home / "releases").glob(".*"))
    assert published(compliance) == digest
    assert Engine.published().release.digest == digest
    assert placeless(Engine.published(digest[:8])) == placeless(Engine.load())


def placeless(engine: Engine) -> list[Rule]:
    """The rules, wherever their files lie: the same release may have been compiled from another folder."""
    return [replace(rule, path="") for rule in engine.release.rules]


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("「这不是最好」", "「这正是最好」", 1, "没有发布：1 个例子不通过，正在使用的版本不变"),
        ("出现 绝对化用语", "出现 绝对化用于", 3, "E006"),
    ],
)
def test_what_is_wrong_is_not_published(
    compliance: Compliance, small: Path, own_home: Path, old: str, new: str, code: int, told: str
) -> None:
    digest = published(compliance)
    change(small / "policies" / "absolute.rule", old, new)
    result = compliance("policy", "publish")
    assert result.exit_code == code
    assert told in result.stderr
    assert (own_home / "releases" / "live").read_text().strip() == digest
    assert len([path for path in (own_home / "releases").iterdir() if path.is_dir()]) == 1


def test_a_published_release_stays_as_it_was(
    compliance: Compliance, small: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = published(compliance)
    change(small / "policies" / "absolute.rule", "等级 high", "等级 low")
    document = Document(id="d", text="这是最好的")
    (finding,) = Engine.published().review(document, DAY).findings
    assert finding.severity == "high"
    assert Engine.load().review(document, DAY).findings[0].severity == "low"
    monkeypatch.setenv("COMPLIANCE_RELEASE", "live")
    told = compliance("review", "-", "--format", "json", "--no-record", stdin="这是最好的")
    assert json.loads(told.stdout)["release"] == digest
    monkeypatch.setenv("COMPLIANCE_RELEASE", digest[:10])
    assert json.loads(compliance("review", "-", "--format", "json", stdin="这是最好的").stdout)["release"] == digest


@pytest.mark.parametrize("name", ["sources.json", "manifest.json"])
def test_a_release_that_was_changed_is_refused(compliance: Compliance, own_home: Path, name: str) -> None:
    digest = published(compliance)
    file = own_home / "releases" / digest / name
    file.write_bytes(
        file.read_bytes().replace(digest[:8].encode(), b"00000000").replace("最好".encode(), "最坏".encode())
    )
    with pytest.raises(LawError, match="与发布时不同"):
        Engine.published()


@pytest.mark.parametrize(
    ("name", "told"), [("live", "还没有发布过版本"), ("abcdef", "没有版本 abcdef"), ("a", "没有版本 a")]
)
def test_releases_that_are_not_there(compliance: Compliance, name: str, told: str) -> None:
    result = compliance("policy", "diff", name)
    assert (result.exit_code, result.stdout) == (3, "")
    assert told in result.stderr


def test_releases_are_compared(compliance: Compliance, small: Path) -> None:
    published(compliance)
    assert compliance("policy", "diff", "live").stdout == "没有差别\n"
    rules = small / "policies"
    change(rules / "absolute.rule", "  改为", "  # 只是注释\n\n  改为")
    assert compliance("policy", "diff", "live").stdout == "没有差别\n"
    change(rules / "absolute.rule", "「删去“{命中}”」", "「换个说法」")
    change(rules / "medical.rule", '"湿疹" 、 "失眠"', '"湿疹" 、 "失眠" 、 "痤疮"')
    small_shipped.write(rules / "new.rule", small_shipped.rule("T-NEW-001", "绝对化用语", "最好"))
    result = compliance("policy", "diff", "live", "current")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "新增 T-NEW-001 测试规则T-NEW-001（生效）",
        "含义变了 T-MED-001 测试规则T-MED-001：条件",
        "只改了措辞 T-ABS-001 测试规则T-ABS-001：改法",
    ]
    assert "删除 T-NEW-001" in compliance("policy", "diff", "current", "live").stdout
    change(small / "lexicons" / "cues" / "denied.yaml", "不能说", "不许说")
    assert "规则之外：提示词（可能影响所有规则）" in compliance("policy", "diff", "live").stdout
    assert "含义变了 T-MED-001" in compliance("policy", "publish").stdout


def test_names_of_word_groups_mean_nothing(compliance: Compliance, small: Path) -> None:
    published(compliance)
    change(small / "policies" / "medical.rule", "病名", "疾病名")
    change(small / "policies" / "medical.rule", '"湿疹" 、 "失眠"', '"失眠" 、 "湿疹"')
    assert compliance("policy", "diff", "live").stdout == "没有差别\n"


def test_a_recorded_review_is_replayed(
    compliance: Compliance, small: Path, script: Callable[..., Path], own_home: Path
) -> None:
    compliance("review", script("这是最好的湿疹膏"), "--as-of", "2026-01-15")
    change(small / "policies" / "absolute.rule", "等级 high", "等级 low")
    store = ReviewStore(open_database(f"sqlite:///{own_home / 'compliance.db'}"), load_key(own_home / "encryption.key"))
    (summary,) = store.list()
    for name in (summary.id, summary.document_id):
        result = compliance("replay", name)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith(f"一致：审查 {summary.id}，版本 ")
        assert result.stdout.endswith("，2026-01-15\n")


def test_what_cannot_be_replayed_is_told(
    compliance: Compliance, small: Path, script: Callable[..., Path], own_home: Path
) -> None:
    assert "没有编号为 nobody 的审查记录" in compliance("replay", "nobody").stderr
    compliance("review", script("这是最好的湿疹膏"))
    (kept,) = (path for path in (own_home / "releases").iterdir() if path.is_dir())
    kept.rename(own_home / "elsewhere")
    store = ReviewStore(open_database(f"sqlite:///{own_home / 'compliance.db'}"), load_key(own_home / "encryption.key"))
    (summary,) = store.list()
    assert compliance("replay", summary.id).exit_code == 0  # the folders are still the same
    change(small / "policies" / "absolute.rule", "等级 high", "等级 low")
    result = compliance("replay", summary.id)
    assert result.exit_code == 3
    assert f"没有保存版本 {kept.name[:12]}" in result.stderr


def test_a_report_that_differs_is_told(compliance: Compliance, own_home: Path, here: Path) -> None:
    engine = Engine.load()
    document = Document(id="d-1", text="这是最好的湿疹膏")
    report = engine.review(document, DAY)
    compliance("db", "upgrade")
    load_key(own_home / "encryption.key")
    store = ReviewStore(open_database(f"sqlite:///{own_home / 'compliance.db'}"), load_key(own_home / "encryption.key"))
    store.record(document, report.model_copy(update={"score": 1.0}))
    result = compliance("replay", "d-1")
    assert result.exit_code == 1
    assert "不同的部分：score" in result.stdout


def test_rules_on_trial_are_recorded_and_decide_nothing(small: Path) -> None:
    before = Engine.load().review(Document(id="d", text="这是顶级的，治湿疹"), DAY)
    change(small / "policies" / "medical.rule", "  等级", "  状态 shadow\n  等级")
    report = Engine.load().review(Document(id="d", text="这是顶级的，治湿疹"), DAY)
    assert [finding.rule for finding in report.shadow] == ["T-MED-001"]
    assert [finding.rule for finding in report.findings] == ["T-ABS-001"]
    assert [finding.rule for finding in before.findings] == ["T-ABS-001", "T-MED-001"]
    assert (before.verdict, report.verdict) == ("block", "revise")
    assert report.score < before.score
    change(small / "policies" / "medical.rule", "状态 shadow", "状态 draft")
    assert Engine.load().review(Document(id="d", text="治湿疹"), DAY).shadow == ()


def test_a_draft_is_tried_on_a_corpus(
    compliance: Compliance, small: Path, here: Path, lines: Callable[..., Path]
) -> None:
    text = small_shipped.rule("T-DRA-001", '"出厂价"', "出厂价", kind="price-fraud").replace(
        "  等级", "  状态 draft\n  等级"
    )
    small_shipped.write(here / "draft" / "price.rule", text)
    weaker = small_shipped.SUPERLATIVES.replace("出现 绝对化用语", '出现 "最好"')
    small_shipped.write(here / "draft" / "absolute.rule", weaker)
    label = {"kind": "price-fraud", "span": "出厂价"}
    corpus = lines(
        {"id": "a", "text": "出厂价给到大家", "labels": [label]},
        {"id": "b", "text": "出厂价是商业秘密", "labels": []},
        {"id": "c", "text": "这是顶级的", "labels": [{"kind": "absolute-claim", "span": "顶级"}]},
        {"id": "d", "text": "出厂价，最好"},
        {"id": "e", "text": "大家好"},
    )
    result = compliance("policy", "backtest", "draft", "--on", corpus)
    assert result.exit_code == 0, result.stderr
    assert "5 份文档：新报 3 处，不再报 1 处" in result.stdout
    assert "结论 pass → revise：2 份" in result.stdout
    assert "结论 revise → pass：1 份" in result.stdout
    assert re.search(r"T-DRA-001\s+3\s+0.50（1/2）\s+0\s+0", result.stdout)
    assert re.search(r"T-ABS-001\s+0\s+–\s+1\s+1", result.stdout)
    assert "新报 T-DRA-001 a「出厂价」20万–100万元，有标注" in result.stdout
    summary = json.loads(compliance("policy", "backtest", "draft", "--on", corpus, "--json").stdout)
    assert [rule["rule"] for rule in summary["rules"]] == ["T-DRA-001", "T-ABS-001"]
    assert [(change["document"], change["fires"]) for change in summary["changes"]].count(("c", False)) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nothing", "in.jsonl 第1行"),
        ({"id": "a", "text": "甲", "labels": [{"kind": "vulgarity", "span": "乙"}]}, "第1行：标注的「乙」不在文本里"),
        ({"id": "a", "text": "甲", "labels": 5}, "第1行：labels 不合要求"),
        ("", "文件里没有文档"),
    ],
)
def test_a_corpus_that_cannot_be_read(
    compliance: Compliance, here: Path, lines: Callable[..., Path], line: object, told: str
) -> None:
    small_shipped.write(here / "a.rule", small_shipped.rule("T-DRA-001", "绝对化用语", "最好"))
    result = compliance("policy", "backtest", "a.rule", "--on", lines(line))
    assert (result.exit_code, result.stdout) == (3, "")
    assert told in result.stderr


def test_where_the_time_goes(compliance: Compliance, script: Callable[..., Path]) -> None:
    result = compliance("policy", "profile", script("这是最好的湿疹膏。"))
    assert result.exit_code == 0, result.stderr
    assert "可能相关的规则 2 条，词语出现而求值的 2 条" in result.stdout
    assert {"T-ABS-001", "T-MED-001"} <= set(result.stdout.split())
