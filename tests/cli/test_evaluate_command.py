"""`compliance evaluate`: the figures, reckoned by hand, and labels that cannot be measured."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_calls import Compliance, sentences

Lines = Callable[..., Path]


def record(identifier: str, text: str, verdict: str, *labels: tuple[str, str]) -> dict[str, object]:
    listed = [{"kind": kind, "span": span} for kind, span in labels]
    return {"id": identifier, "source": "script", "text": text, "labels": listed, "verdict": verdict, "note": "不看"}


# The small installation finds 绝对化用语 (absolute-claim, revise) and 病名 (medical-claim, block).
GOLD = (
    record("对", "这是最好的面霜", "revise", ("absolute-claim", "最好的面霜")),  # found, right kind
    record("错种", "能治湿疹", "block", ("efficacy-guarantee", "治湿疹")),  # found, another kind
    record("漏", "国家级新品，顶级", "revise", ("absolute-claim", "国家级"), ("absolute-claim", "顶级")),  # one missed
    record("误", "第一名请到前台", "pass"),  # a false alarm in a compliant text
    record("净", "很滋润", "pass"),
)


def row(**figures: float) -> dict[str, float]:
    return figures


def test_the_figures_are_those_reckoned_by_hand(compliance: Compliance, lines: Lines) -> None:
    result = compliance("evaluate", lines(*GOLD), "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "records": 5,
        "labels": 4,
        "findings": 4,
        "recall": 0.75,  # 最好的面霜, 治湿疹, 顶级 of four
        "precision": 0.75,  # 第一 is wrong
        "f1": 0.75,
        "recall_kind": 0.5,  # without 治湿疹
        "precision_kind": 0.5,
        "f1_kind": 0.5,
        "compliant": 2,
        "compliant_flagged": 0.5,
        "verdict_accuracy": 0.8,  # all but 误
        "by_kind": {
            "absolute-claim": {
                "labels": 3,
                "recall": 0.6667,
                "recall_kind": 0.6667,
                "findings": 3,
                "precision": 0.6667,
            },
            "efficacy-guarantee": {"labels": 1, "recall": 1.0, "recall_kind": 0.0, "findings": 0, "precision": 0.0},
            "medical-claim": {"labels": 0, "recall": 0.0, "recall_kind": 0.0, "findings": 1, "precision": 1.0},
        },
    }


def test_misses_and_alarms_are_listed(compliance: Compliance, lines: Lines) -> None:
    text = compliance("evaluate", lines(*GOLD), "--show", "5").stdout
    assert "漏报：漏 | absolute-claim | 国家级 | 国家级新品，顶级" in text
    assert "误报：误 | absolute-claim T-ABS-001 | 第一 | 第一名请到前台" in text
    assert "recall             0.75" in text
    assert "efficacy-guarantee" in text


def test_a_span_counts_wherever_it_occurs(compliance: Compliance, lines: Lines) -> None:
    gold = lines(record("再", "不是最好，而是最好的", "revise", ("absolute-claim", "最好")))
    figures = json.loads(compliance("evaluate", gold, "--json").stdout)
    assert (figures["recall"], figures["precision"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        (("",), "in.jsonl：文件里没有标注记录"),
        (("{",), "第1行：不是合法的 JSON"),
        (("", "[]"), "第2行：不是标注记录"),
        (({"id": "a", "source": "script", "text": "好", "labels": []},), "第1行：字段 verdict 缺失或不合要求"),
        ((record("a", "好", "maybe"),), "第1行：字段 verdict"),
        ((record("a", "好", "pass", ("no-such-kind", "好")),), "第1行：字段 labels.0.kind"),
        ((record("a", "好", "revise", ("absolute-claim", "坏")),), "第1行：标注的「坏」不在文本里"),
        ((record("a", "好", "revise", ("absolute-claim", "")),), "第1行：标注的「」不在文本里"),
        ((record("a", "好", "pass"), record("a", "坏", "pass")), "第2行：编号「a」与第1行重复"),
    ],
)
def test_labels_that_cannot_be_measured_are_refused(
    compliance: Compliance, lines: Lines, gold: tuple[dict[str, object] | str, ...], expected: str
) -> None:
    result = compliance("evaluate", lines(*gold))
    assert (result.exit_code, result.stdout) == (3, "")
    assert expected in sentences(result.stderr)[0]


def test_a_missing_file(compliance: Compliance) -> None:
    result = compliance("evaluate", "没有.jsonl")
    assert result.exit_code == 3
    assert sentences(result.stderr)[0].startswith("错误：没有.jsonl：文件打不开")
