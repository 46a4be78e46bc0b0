from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from export_samples import hostile, make_finding, make_report, sample
from jsonschema import Draft4Validator

from compliance.export import Reviewed, render_many
from compliance.model.document import Document

SCHEMA = orjson.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_bytes())
VALIDATOR = Draft4Validator(SCHEMA)


def log(*reviewed: Reviewed) -> dict[str, Any]:
    parsed: dict[str, Any] = orjson.loads(render_many(reviewed, "sarif"))
    assert [error.message for error in VALIDATOR.iter_errors(parsed)] == []
    return parsed


def test_the_validator_sees_mistakes() -> None:
    parsed = log(sample())
    parsed["runs"][0]["results"][0]["level"] = "fatal"
    assert not VALIDATOR.is_valid(parsed)


@pytest.mark.parametrize("payload", ["<script>", "a\\b/../c:d", "//host/x", "[x](y) {0}", "\x00\u202e"])
def test_any_text_makes_a_valid_log_with_relative_locations(payload: str) -> None:
    for run in log(hostile(payload), sample())["runs"]:
        for artifact in run["artifacts"]:
            parts = urlsplit(artifact["location"]["uri"])
            assert not parts.scheme
            assert not parts.netloc
            assert artifact["location"]["uri"].isascii()


def test_regions_point_at_the_words() -> None:
    document, _ = sample()
    run = log(sample())["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    contents = run["artifacts"][0]["contents"]["text"]
    lines = contents.split("\n")
    assert len(contents) == len(document.text)
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        assert contents[start:end] == region["snippet"]["text"]
        first = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
        last = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
        assert (first, last) == (start, end)


def test_levels_kinds_and_rules() -> None:
    run = log(sample())["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    levels = {result["ruleId"]: (result["kind"], result["level"]) for result in run["results"]}
    assert levels["COS-MED-003"] == ("fail", "error")
    assert levels["AD-UNV-002"] == ("fail", "warning")
    assert levels["PIP-LEAK-001"] == ("fail", "note")
    assert levels["PRC-CMP-001"] == ("open", "none")
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    absolute = next(rule for rule in rules if rule["id"] == "AD-ABS-001")
    assert absolute["helpUri"].startswith("https://flk.npc.gov.cn/")
    assert "广告法 第九条第三项" in absolute["help"]["text"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["properties"]["rule"] == "LIC-DOC-002"


def test_messages_are_chinese_sentences_without_live_links() -> None:
    document = Document(id="d", text="最好")
    finding = make_finding(document.text, "最好", message="见 [这里](http://a.cn) {0} {命中} [注]", suggestion="")
    (result,) = log((document, make_report(document, finding)))["runs"][0]["results"]
    assert result["message"]["text"] == "见 \\[这里](http://a.cn) {{0}} {命中} [注]"


def fingerprints(document: Document, *hits: str) -> list[str]:
    findings = [make_finding(document.text, hit) for hit in hits]
    results = log((document, make_report(document, *findings)))["runs"][0]["results"]
    return [result["fingerprints"]["finding/v1"] for result in results]


def test_fingerprints_survive_edits_elsewhere_and_tell_repeats_apart() -> None:
    before = Document(id="d", title="脚本", text="最好的面霜")
    after = Document(id="d", title="脚本", text="新开场白\n最好的面霜\n结尾")
    assert fingerprints(before, "最好") == fingerprints(after, "最好")
    assert len(set(fingerprints(before, "最好", "最好", "面霜"))) == 3


def test_one_run_for_each_release() -> None:
    document, report = sample()
    other = report.model_copy(update={"release": "sha256:ff"})
    runs = log((document, report), (document, other), (document, report))["runs"]
    assert sorted(len(run["artifacts"]) for run in runs) == [1, 2]
    uris = [artifact["location"]["uri"] for run in runs for artifact in run["artifacts"]]
    assert len(set(uris)) == 3
