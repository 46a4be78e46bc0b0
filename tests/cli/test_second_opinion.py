"""`compliance review` and `batch` with a language model to ask, over a real connection."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_calls import Compliance

from chat_service import ChatService, Reply, chat_service, claim, saying

RULE = """\
规则 T-OPN-001 「读作绝对化的说法」
  类型 absolute-claim
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2015-09-01 起
  环节 script
  等级 high
  处置 拦截
  说明 「“{命中}”等于说第一」
  改为 「改为客观描述」
  当 语义(absolute-claim) >= 0.999
  例 「甲」 应报
  例 「乙」 不报
"""
DOUBTFUL = "全世界再也找不出第二家比我们好的"
KEY = "sk-cli-secret"

Write = Callable[..., Path]


@pytest.fixture
def service(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatService]:
    """A service that is configured, and a rule that the learned reader alone never breaks."""
    rules = here / "rules"
    rules.mkdir()
    (rules / "opinion.rule").write_text(RULE, "utf-8")
    monkeypatch.setenv("COMPLIANCE_POLICIES", json.dumps([str(rules)]))
    monkeypatch.setenv("COMPLIANCE_HOME", str(here / "home"))
    with chat_service() as service:
        service.answer = lambda _: saying(claim("再也找不出第二家"))
        for name, value in {"URL": service.url, "MODEL": "reader-1", "KEY": KEY}.items():
            monkeypatch.setenv(f"COMPLIANCE_OPINION_{name}", value)
        yield service


def test_a_review_has_the_opinion_in_it(compliance: Compliance, script: Write, service: ChatService) -> None:
    result = compliance("review", script(DOUBTFUL), "--format", "json", "--no-record")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [(f["text"], f["action"], f["seen_as"]) for f in report["findings"]] == [
        ("再也找不出第二家", "hint", "opinion")
    ]
    assert report["consulted"]["model"] == "reader-1"
    assert report["consulted"]["prompt"]
    assert report["degraded"] == []


@pytest.mark.parametrize("format_", ["text", "html"])
def test_people_read_who_was_asked(compliance: Compliance, script: Write, service: ChatService, format_: str) -> None:
    shown = compliance("review", script(DOUBTFUL), "--format", format_, "--no-record").stdout
    assert "reader-1（提示词 " in shown.replace("\n", "")
    assert "语言模型意见" in shown


def test_a_service_that_fails_is_told_and_the_review_goes_on(
    compliance: Compliance, script: Write, service: ChatService
) -> None:
    service.answer = lambda _: Reply(status=401)
    result = compliance("review", script(f"{DOUBTFUL}\n这是最好的"), "--format", "json", "--no-record")
    report = json.loads(result.stdout)
    assert [f["text"] for f in report["findings"]] == ["最好"]
    assert report["degraded"] == [{"rule": "语言模型意见", "reason": "1 处没有得到意见：密钥不被接受"}]
    assert KEY not in result.output


def test_the_second_review_asks_nothing(compliance: Compliance, script: Write, service: ChatService) -> None:
    file = script(DOUBTFUL)
    for _ in range(2):
        compliance("review", file, "--no-record")
    assert len(service.seen) == 1


def test_a_batch_asks_too(compliance: Compliance, lines: Write, service: ChatService, here: Path) -> None:
    documents = lines({"id": "a", "source": "script", "text": DOUBTFUL})
    assert compliance("batch", documents, "-o", here / "out.jsonl", "--workers", "1", "--no-record").exit_code == 0
    (report,) = map(json.loads, (here / "out.jsonl").read_text("utf-8").splitlines())
    assert report["consulted"]["requests"] == 1


def test_without_an_address_nothing_is_asked(
    compliance: Compliance, script: Write, service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPLIANCE_OPINION_URL")
    report = json.loads(compliance("review", script(DOUBTFUL), "--format", "json", "--no-record").stdout)
    assert (report["findings"], report["consulted"], service.seen) == ([], None, [])


def test_a_setting_that_is_wrong_stops_before_anything_is_sent(
    compliance: Compliance, script: Write, service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPLIANCE_OPINION_MODEL")
    result = compliance("review", script(DOUBTFUL), "--no-record")
    assert result.exit_code == 3
    assert "COMPLIANCE_OPINION_MODEL" in result.output
    assert service.seen == []
