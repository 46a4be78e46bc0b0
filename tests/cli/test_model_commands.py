"""`compliance model`: training to the same bytes, refusing what is worse, measuring, showing, and being used."""

import json
from pathlib import Path

import pytest
from cli_calls import Compliance, sentences

import small_shipped
from compliance.meaning.store import SHIPPED, load

MUDDLED = (
    ("吃了这个{}什么病都治好了", "", ""),
    ("要买{}的加我微信私下转账", "", ""),
    ("这个{}今天下单明天发货", "medical-claim", "今天下单明天发货"),
    ("有人问{}能不能治病，治不了", "off-platform-diversion", "治不了"),
)


def feedback(text: str, kind: str, span: str, answer: str | None, identifier: str = "f-1") -> dict[str, object]:
    labels = [{"kind": kind, "span": span}]
    return {"id": identifier, "source": "transcript", "text": text, "labels": labels, "feedback": answer}


def corpus(folder: Path, *, train: str, tune: str) -> Path:
    small_shipped.write(folder / "train" / "a.jsonl", train)
    small_shipped.write(folder / "tune" / "b.jsonl", tune)
    return folder


@pytest.fixture
def muddled(here: Path) -> Path:
    """A corpus whose training part teaches the opposite of what its tuning part holds."""
    train = small_shipped.labelled(small_shipped.GOODS, "a", MUDDLED)
    return corpus(here / "muddled", train=train, tune=small_shipped.labelled(small_shipped.OTHER_GOODS, "b"))


def test_the_same_files_give_the_same_bytes_and_say_where_they_come_from(compliance: Compliance, here: Path) -> None:
    first = compliance("model", "train", "-o", "first.npz")
    assert (first.exit_code, first.stderr) == (0, "")
    assert "已写入 first.npz" in first.stdout
    assert "COMPLIANCE_MODEL=first.npz" in first.stdout
    assert compliance("model", "train", "-o", "second.npz").exit_code == 0
    assert (here / "first.npz").read_bytes() == (here / "second.npz").read_bytes()
    about = load(here / "first.npz").about
    assert [(part.name, part.records) for part in about.learned] == [("a.jsonl", 48)]
    assert [(part.name, part.records) for part in about.held_out] == [("b.jsonl", 24)]
    assert (about.examples, about.lawful) == (48, 24)
    assert about.average_precision > 0.9


def test_nothing_can_be_checked_where_no_file_is(compliance: Compliance, here: Path) -> None:
    refused = compliance("model", "train", "-o", "none.npz", "--check")
    assert refused.exit_code == 3
    assert "没有这个模型文件" in refused.stderr


def test_check_tells_whether_a_file_is_what_would_be_written(compliance: Compliance, here: Path) -> None:
    assert compliance("model", "train", "-o", "m.npz").exit_code == 0
    assert compliance("model", "train", "-o", "m.npz", "--check").exit_code == 0
    (here / "m.npz").write_bytes(SHIPPED.read_bytes())
    refused = compliance("model", "train", "-o", "m.npz", "--check")
    assert (refused.exit_code, "不是这些语料训练出来的" in refused.stdout) == (1, True)
    assert (here / "m.npz").read_bytes() == SHIPPED.read_bytes()


def test_a_worse_model_is_refused_and_the_old_one_kept(compliance: Compliance, here: Path, muddled: Path) -> None:
    assert compliance("model", "train", "-o", "m.npz").exit_code == 0
    before = (here / "m.npz").read_bytes()
    refused = compliance("model", "train", "--corpus", muddled, "-o", "m.npz")
    assert refused.exit_code == 1
    assert "没有写入：新模型在调参集上更差" in refused.stderr
    assert (here / "m.npz").read_bytes() == before


def test_a_worse_model_is_accepted_with_a_reason_that_stays_in_it(
    compliance: Compliance, here: Path, muddled: Path
) -> None:
    done = compliance("model", "train", "--corpus", muddled, "-o", "m.npz", "--accept-worse", "调参集要换了")
    assert done.exit_code == 0, done.stderr
    assert load(here / "m.npz").about.accepted == "调参集要换了"
    shown = compliance("model", "show", "--model", "m.npz")
    assert "得分变差仍换上：调参集要换了" in shown.stdout


def test_without_an_output_it_goes_where_the_setting_says(
    compliance: Compliance, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLIANCE_MODEL", str(here / "ours.npz"))
    done = compliance("model", "train")
    assert done.exit_code == 0, done.stderr
    assert (here / "ours.npz").is_file()
    assert "COMPLIANCE_MODEL=" not in done.stdout


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("{", "第1行：不是合法的 JSON"),
        ("[]", "第1行：不是标注记录"),
        (feedback("要买伞的加微信", "off-platform-diversion", "加微信", "maybe"), "第1行：字段 feedback"),
        (feedback("要买伞的加微信", "no-such-kind", "加微信", "confirmed"), "第1行：字段 labels.0.kind"),
        (feedback("要买伞的加微信", "minors", "没有的话", "rejected"), "第1行：标注的「没有的话」不在文本里"),
        ({"id": "a", "source": "transcript", "text": "好", "labels": [], "feedback": "confirmed"}, "字段 labels"),
        ("", "文件里没有反馈"),
    ],
    ids=["no-json", "list", "answer", "kind", "span", "no-labels", "empty"],
)
def test_feedback_that_cannot_be_learned_from_is_told_with_its_line(
    compliance: Compliance, here: Path, row: dict[str, object] | str, expected: str
) -> None:
    text = row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)
    small_shipped.write(here / "反馈.jsonl", f"{text}\n")
    refused = compliance("model", "train", "--feedback", "反馈.jsonl", "-o", "m.npz")
    assert (refused.exit_code, (here / "m.npz").exists()) == (3, False)
    (told,) = sentences(refused.stderr)
    assert "反馈.jsonl" in told
    assert expected in told


def test_two_people_who_disagree_are_told_where(compliance: Compliance, here: Path) -> None:
    rows = [feedback("要买伞的加微信", "minors", "加微信", answer) for answer in ("confirmed", "rejected")]
    small_shipped.write(here / "f.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    refused = compliance("model", "train", "--feedback", "f.jsonl", "-o", "m.npz")
    assert refused.exit_code == 3
    assert "f.jsonl 第2行" in refused.stderr
    assert "f.jsonl 第1行 是 confirmed" in refused.stderr


def test_what_is_scored_on_is_not_learned_from(compliance: Compliance, here: Path) -> None:
    text = "这个雨伞今天下单明天发货"
    small_shipped.write(here / "f.jsonl", json.dumps(feedback(text, "minors", "下单", "rejected")))
    refused = compliance("model", "train", "--feedback", "f.jsonl", "-o", "m.npz")
    assert refused.exit_code == 3
    assert "反馈里有调参集的记录 b-2-雨伞" in refused.stderr


def test_open_lines_are_counted_and_answered_ones_learned(compliance: Compliance, here: Path) -> None:
    rows = [
        feedback("这个箱子今天下单就送小样", "inducement", "送小样", "rejected"),
        feedback("这个箱子今天下单就送赠品", "inducement", "送赠品", None, "f-2"),
    ]
    small_shipped.write(here / "f.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    done = compliance("model", "train", "--feedback", "f.jsonl", "-o", "m.npz")
    assert done.exit_code == 0, done.stderr
    assert "反馈：确认 0 行，驳回 1 行；1 行还没有填 feedback，略过" in done.stdout
    about = load(here / "m.npz").about
    assert (about.confirmed, about.rejected, about.examples) == (0, 1, 49)
    assert "驳回 1" in compliance("model", "show", "--model", "m.npz").stdout


@pytest.mark.parametrize(
    ("train", "tune", "expected"),
    [
        ("", small_shipped.labelled(["伞"], "b"), "文件里没有标注记录"),
        (small_shipped.labelled(["伞"]), small_shipped.labelled(["伞"], "b"), "也在训练集里"),
        (
            small_shipped.labelled(["伞"], "a", small_shipped.SAID[:1]),
            small_shipped.labelled(["锅"], "b"),
            "要有违规的",
        ),
        ("{\n", small_shipped.labelled(["锅"], "b"), "a.jsonl 第1行：不是合法的 JSON"),
    ],
    ids=["empty", "repeated", "all-unlawful", "damaged"],
)
def test_a_corpus_that_cannot_be_learned_from_is_told(
    compliance: Compliance, here: Path, train: str, tune: str, expected: str
) -> None:
    folder = corpus(here / "c", train=train, tune=tune)
    refused = compliance("model", "train", "--corpus", folder, "-o", "m.npz")
    assert refused.exit_code == 3
    assert expected in sentences(refused.stderr)[0]


def test_a_folder_without_corpus_is_told(compliance: Compliance, here: Path) -> None:
    refused = compliance("model", "train", "--corpus", here, "-o", "m.npz")
    assert refused.exit_code == 3
    assert "没有语料文件" in refused.stderr


def test_show_tells_version_sources_scores_and_thresholds(compliance: Compliance) -> None:
    told = json.loads(compliance("model", "show", "--json").stdout)
    assert told["in_use"] is True
    assert len(told["digest"]) == 64
    assert sum(part["records"] for part in told["learned"]) == told["examples"] > 4000
    assert told["held_out"]
    assert all(len(part["sha256"]) == 64 for part in told["learned"])
    assert 0.5 < told["average_precision"] < 1
    assert told["calibration"]["kind"]["slope"] > 0
    assert {each["kind"] for each in told["kinds"]} >= {"medical-claim", "minors"}
    assert told["digest"] in compliance("model", "show").stdout


def test_the_thresholds_shown_are_those_of_the_rules(compliance: Compliance, here: Path) -> None:
    rule = small_shipped.rule("T-SEM-001", "绝对化用语", "最好").replace("出现 绝对化用语", "语义(minors) >= 0.6")
    small_shipped.write(here / "rules" / "a.rule", rule)
    told = json.loads(compliance("model", "show", "--json", "--policies", "rules").stdout)
    assert told["thresholds"] == {"minors": [{"rule": "T-SEM-001", "comparison": ">=", "least": 0.6}]}


def test_evaluate_tells_rules_reader_and_both_apart(compliance: Compliance, here: Path) -> None:
    rule = small_shipped.rule("T-SEM-001", "绝对化用语", "最好", kind="off-platform-diversion")
    small_shipped.write(
        here / "rules" / "a.rule", rule.replace("出现 绝对化用语", "语义(off-platform-diversion) >= 0.5")
    )
    said = "想便宜的加我薇信，私下转账给你少收八百"
    gold = [
        {"text": said, "labels": [{"kind": "off-platform-diversion", "span": said}]},
        {"text": "这是最好的锅铲", "labels": [{"kind": "absolute-claim", "span": "最好"}]},
        {"text": "这个锅铲今天下单明天发货", "labels": []},
    ]
    rows = [
        {"id": str(n), "source": "transcript", "verdict": "revise" if r["labels"] else "pass", "tags": ["asr"], **r}
        for n, r in enumerate(gold)
    ]
    small_shipped.write(here / "gold.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    told = json.loads(compliance("model", "evaluate", "--part", "gold.jsonl", "--json", "--policies", "rules").stdout)
    assert {way: told["ways"][way]["recall"] for way in told["ways"]} == {"rules": 0.5, "reader": 0.5, "both": 1.0}
    assert told["slices"]["tag"]["asr"] == {
        "labels": 2,
        "lawful": 1,
        "found": {"rules": 1, "reader": 1, "both": 2},
        "flagged": {"rules": 0, "reader": 0, "both": 0},
    }
    shown = compliance("model", "evaluate", "--part", "gold.jsonl", "--policies", "rules").stdout
    assert "仅规则" in shown
    assert "off-platform-diversion" in shown


def test_evaluate_measures_the_shipped_part_by_default(compliance: Compliance) -> None:
    told = json.loads(compliance("model", "evaluate", "--json").stdout)
    assert (told["records"], told["compliant"]) == (24, 12)


@pytest.mark.parametrize("command", ["evaluate", "show"])
def test_a_model_that_cannot_be_read_is_told(compliance: Compliance, here: Path, command: str) -> None:
    (here / "broken.npz").write_bytes(SHIPPED.read_bytes()[:-9])
    for name, expected in (("broken.npz", "已损坏"), ("none.npz", "没有语义模型文件")):
        refused = compliance("model", command, "--model", name)
        assert (refused.exit_code, refused.stdout) == (3, "")
        assert expected in sentences(refused.stderr)[0]


def test_a_trained_model_reviews_and_names_the_release(
    compliance: Compliance, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = small_shipped.rule("T-SEM-001", "绝对化用语", "最好", kind="off-platform-diversion")
    small_shipped.write(
        here / "rules" / "a.rule", rule.replace("出现 绝对化用语", "语义(off-platform-diversion) >= 0.5")
    )
    assert compliance("model", "train", "-o", "m.npz").exit_code == 0

    def reviewed() -> dict[str, object]:
        text = "要买锅铲的加我微信私下转账"
        options = ("--format", "json", "--policies", "rules", "--source", "transcript")
        return json.loads(compliance("review", "-", *options, stdin=text).stdout)

    shipped = reviewed()
    monkeypatch.setenv("COMPLIANCE_MODEL", str(here / "m.npz"))
    ours = reviewed()
    assert [finding["rule"] for finding in ours["findings"]] == ["T-SEM-001"]
    assert ours["release"] != shipped["release"]
    assert ours["degraded"] == []
    (here / "m.npz").write_bytes(b"damaged")
    damaged = reviewed()
    assert damaged["findings"] == []
    assert "仅按规则审核" in damaged["degraded"][0]["reason"]
    (here / "m.npz").unlink()
    missing = reviewed()
    assert "没有语义模型文件" in missing["degraded"][0]["reason"]
    assert len({report["release"] for report in (shipped, ours, damaged, missing)}) == 4


def test_a_published_release_keeps_its_model(
    compliance: Compliance, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = small_shipped.rule("T-SEM-001", "绝对化用语", "最好", kind="off-platform-diversion")
    rule = rule.replace("出现 绝对化用语", "语义(off-platform-diversion) >= 0.5").split("  例")[0]
    examples = "  例 「要买锅铲的加我微信私下转账」 应报\n  例 「这个锅铲今天下单明天发货」 不报\n"
    small_shipped.write(here / "rules" / "a.rule", rule + examples)
    assert compliance("model", "train", "-o", "m.npz").exit_code == 0
    monkeypatch.setenv("COMPLIANCE_MODEL", str(here / "m.npz"))
    published = compliance("policy", "publish", "--policies", "rules")
    assert published.exit_code == 0, published.stderr
    (here / "m.npz").unlink()
    monkeypatch.setenv("COMPLIANCE_RELEASE", "live")
    text = "要买锅铲的加我微信私下转账"
    report = json.loads(compliance("review", "-", "--format", "json", "--source", "transcript", stdin=text).stdout)
    assert [finding["rule"] for finding in report["findings"]] == ["T-SEM-001"]
    assert report["degraded"] == []
