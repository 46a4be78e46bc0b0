"""The adviser over a real connection: what leaves, what comes back, what it may take, and honesty about the rest."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_service import ChatService, Reply, Request, claim, completion, saying
from compliance.model.document import Document
from compliance.model.opinion import Advice, Claim, Concern, Doubt, Inquiry, Remark
from compliance.model.vocabulary import Category, Kind
from compliance.opinion.answer import AnswerError, read_answer
from compliance.opinion.language_model import LanguageModel
from compliance.opinion.prompt import version
from compliance.opinion.settings import OpinionSettings

PHONE = "13812345678"
KEY = "sk-0123456789abcdef"
TEXT = f"我们家的别家没法比\n别家都比不了\n有事打{PHONE}"
FIRST, SECOND, LAST = Doubt(start=0, end=9), Doubt(start=10, end=16), Doubt(start=17, end=len(TEXT))
KINDS = (Kind.ABSOLUTE_CLAIM, Kind.DISPARAGEMENT)
CONCERN = Concern(start=0, end=3, kind=Kind.PRICE_FRAUD, title="价格说不清")

Ask = Callable[..., Advice]


@pytest.fixture
def ask(service: ChatService, tmp_path: Path) -> Ask:
    """An opinion on some doubts, under some settings; each call is a new adviser with the same cache."""

    def advise(*doubts: Doubt, facts: dict[str, str] | None = None, **settings: object) -> Advice:
        chosen = {"url": service.url, "model": "reader-1", "key": KEY, "cache": tmp_path / "cache", **settings}
        adviser = LanguageModel(OpinionSettings.model_validate(chosen), sleep=lambda _: None)
        document = Document(id="d", text=TEXT, category=Category.FOOD)
        return adviser.advise(Inquiry(document=document, facts=facts or {}, kinds=KINDS, doubts=doubts))

    return advise


def test_a_good_answer_is_an_opinion_with_its_place(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: saying(claim("别家没法比"))
    advice = ask(FIRST)
    (found,) = advice.claims
    assert (found.kind, TEXT[found.start : found.end], found.confidence) == (Kind.ABSOLUTE_CLAIM, "别家没法比", 0.8)
    assert advice.problems == ()
    assert advice.consulted.model_dump() == {
        "model": "reader-1",
        "prompt": version(),
        "doubts": 1,
        "answered": 1,
        "cached": 0,
        "requests": 1,
        "tokens_in": 100,
        "tokens_out": 20,
        "cost": 0.0,
    }


def test_the_request_is_of_the_protocol(service: ChatService, ask: Ask) -> None:
    ask(SECOND, facts={"直播.自营": "true"})
    body = json.loads(service.seen[0].body)
    assert (body["model"], body["temperature"], body["response_format"]) == ("reader-1", 0, {"type": "json_object"})
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    question = service.seen[0].question
    assert question["句子"] == "别家都比不了"
    assert question["前文"] == "我们家的别家没法比\n"
    assert question["品类"] == "食品"
    assert question["已知事实"] == {"直播.自营": "true"}
    assert question["可报类型"] == {"absolute-claim": "绝对化用语", "disparagement": "贬低同行"}


def test_a_schema_can_be_asked_for(service: ChatService, ask: Ask) -> None:
    ask(FIRST, format="json_schema")
    wanted = json.loads(service.seen[0].body)["response_format"]
    assert wanted["type"] == "json_schema"
    assert set(wanted["json_schema"]["schema"]["required"]) == {"findings", "comments"}


def test_personal_information_stays_here(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: saying(claim("有事打138****5678"))
    advice = ask(LAST, facts={"直播.口号": f"加我电话{PHONE}"})
    sent = b"".join(request.body for request in service.seen).decode()
    assert PHONE not in sent
    assert PHONE not in json.dumps(json.loads(sent), ensure_ascii=False)
    assert service.seen[0].question["句子"] == "有事打138****5678"
    assert TEXT[advice.claims[0].start : advice.claims[0].end] == f"有事打{PHONE}"


def test_nor_is_it_kept(service: ChatService, ask: Ask, tmp_path: Path) -> None:
    service.answer = lambda _: saying(claim("有事打138****5678"))
    ask(LAST)
    kept = [file.read_text() for file in (tmp_path / "cache").rglob("*.json")]
    assert len(kept) == 1
    assert PHONE not in kept[0]


def test_a_remark_on_a_finding(service: ChatService, ask: Ask) -> None:
    comment = {"concern": 1, "agrees": False, "reason": "说的是\x1b[31m包装。"}
    service.answer = lambda _: saying(comments=(comment,))
    advice = ask(FIRST.model_copy(update={"concerns": (CONCERN,)}))
    assert advice.remarks == {(0, 0): Remark(agrees=False, reason="说的是 [31m包装")}
    assert service.seen[0].question["已报问题"] == [
        {"编号": 1, "类型": "价格欺诈", "名称": "价格说不清", "词语": "我们家"}
    ]


def test_what_the_model_itself_doubts_is_no_claim(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: saying(claim("别家没法比", confidence=0.49))
    advice = ask(FIRST)
    assert (advice.claims, advice.problems, advice.consulted.answered) == ((), (), 1)


def _said(*findings: dict[str, object], comments: tuple[dict[str, object], ...] = ()) -> str:
    return json.dumps({"findings": findings, "comments": comments}, ensure_ascii=False)


BAD = {
    "not-json": ("我觉得没问题", "答复不是 JSON"),
    "cut-off": ('{"findings": [{"kind"', "答复不是 JSON"),
    "empty": ("", "答复不是 JSON"),
    "no-comments": ('{"findings": []}', "答复不合约定的格式"),
    "a-list": ("[]", "答复不合约定的格式"),
    "too-sure": (_said(claim("别家没法比", confidence=2)), "答复不合约定的格式"),
    "other-kind": (_said(claim("别家没法比", kind="minors")), "答复用了约定之外的类型"),
    "other-words": (_said(claim("天下第一")), "答复引用了句子里没有的话"),
    "words-outside": (_said(claim("别家都比不了")), "答复引用了句子里没有的话"),
    "other-concern": (_said(comments=({"concern": 1, "agrees": True, "reason": "对"},)), "答复评论了没有问它的问题"),
}


@pytest.mark.parametrize(("content", "problem"), BAD.values(), ids=BAD)
def test_an_answer_that_was_not_agreed_on_is_told(service: ChatService, ask: Ask, content: str, problem: str) -> None:
    service.answer = lambda _: completion(content)
    advice = ask(FIRST)
    assert advice.claims == ()
    assert advice.problems == (f"1 处没有得到意见：{problem}",)
    assert (advice.consulted.answered, advice.consulted.requests) == (0, 1)


def test_a_finding_that_was_asked_about_wants_a_remark(service: ChatService, ask: Ask) -> None:
    advice = ask(FIRST.model_copy(update={"concerns": (CONCERN,)}))
    assert advice.problems == ("1 处没有得到意见：答复没有评论问它的问题",)


def test_a_bad_answer_does_not_stop_the_others(service: ChatService, ask: Ask) -> None:
    service.in_turn(completion("嗯"), saying(claim("别家都比不了", kind="disparagement")))
    advice = ask(FIRST, SECOND)
    assert [found.kind for found in advice.claims] == [Kind.DISPARAGEMENT]
    assert advice.problems == ("1 处没有得到意见：答复不是 JSON",)


def test_an_answer_in_a_fence_is_one(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: completion('```json\n{"findings": [], "comments": []}\n```')
    assert ask(FIRST).problems == ()


def test_a_slow_service_is_asked_once(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: Reply(never=True)
    advice = ask(FIRST, SECOND, LAST, timeout=0.05)
    assert advice.problems == ("3 处没有得到意见：答复超时",)
    assert advice.consulted.requests == 1


def test_what_was_answered_before_the_service_failed_stays(service: ChatService, ask: Ask) -> None:
    service.in_turn(saying(claim("别家没法比")), Reply(status=500))
    advice = ask(FIRST, SECOND, LAST)
    assert len(advice.claims) == 1
    assert advice.problems == ("2 处没有得到意见：服务出错（500）",)
    assert advice.consulted.requests == 4


def test_the_same_question_is_asked_once(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: saying(claim("别家没法比"))
    first, again = ask(FIRST), ask(FIRST)
    assert len(service.seen) == 1
    assert again.claims == first.claims
    assert (again.consulted.requests, again.consulted.cached, again.consulted.tokens_in) == (0, 1, 0)


OTHERWISE: dict[str, dict[str, object]] = {
    "facts": {"facts": {"直播.自营": "true"}},
    "model": {"model": "reader-2"},
    "format": {"format": "json_schema"},
}


@pytest.mark.parametrize("other", OTHERWISE.values(), ids=OTHERWISE)
def test_another_question_is_asked_anew(service: ChatService, ask: Ask, other: dict[str, object]) -> None:
    ask(FIRST)
    ask(FIRST, **other)
    assert len(service.seen) == 2


def test_another_prompt_is_another_question(service: ChatService, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(FIRST)
    monkeypatch.setattr("compliance.opinion.language_model.version", lambda: "another")
    ask(FIRST)
    assert len(service.seen) == 2


def test_a_bad_answer_is_not_kept(service: ChatService, ask: Ask) -> None:
    service.in_turn(completion("嗯"), saying())
    assert ask(FIRST).problems != ()
    assert ask(FIRST).problems == ()


def test_a_damaged_file_is_no_answer(service: ChatService, ask: Ask, tmp_path: Path) -> None:
    ask(FIRST)
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_bytes(b"\xff{")
    assert ask(FIRST).problems == ()
    assert len(service.seen) == 2


def test_a_cache_that_cannot_be_written_is_told(service: ChatService, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    advice = ask(FIRST, SECOND, cache=tmp_path / "file")
    assert advice.consulted.answered == 2
    assert advice.problems == ("答复存不进缓存，下次会重新询问",)


def test_no_more_requests_than_allowed(service: ChatService, ask: Ask) -> None:
    advice = ask(FIRST, SECOND, LAST, requests=2)
    assert len(service.seen) == 2
    assert advice.problems == ("1 处没有得到意见：到了每篇 2 次请求的上限",)


def test_tried_again_counts(service: ChatService, ask: Ask) -> None:
    service.in_turn(Reply(status=503), saying())
    assert ask(FIRST, SECOND, requests=2).problems == ("1 处没有得到意见：到了每篇 2 次请求的上限",)


def test_costs_are_those_of_the_tokens_that_were_counted(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: completion('{"findings": [], "comments": []}', tokens=(1500, 200))
    advice = ask(FIRST, SECOND, price_in=0.01, price_out=0.1)
    assert advice.consulted.cost == pytest.approx(2 * (0.015 + 0.02))


def test_no_more_is_spent_than_allowed(service: ChatService, ask: Ask) -> None:
    """The second question could cost more than what the first one left."""
    service.answer = lambda _: completion('{"findings": [], "comments": []}', tokens=(9000, 500))
    advice = ask(FIRST, SECOND, LAST, price_in=1, price_out=1, cost=10)
    assert len(service.seen) == 1
    assert advice.problems == ("2 处没有得到意见：再问可能超出每篇 10 元的上限",)
    assert advice.consulted.cost == 9.5


def test_too_little_money_asks_nothing(service: ChatService, ask: Ask) -> None:
    assert ask(FIRST, price_in=1, cost=0.001).problems == ("1 处没有得到意见：再问可能超出每篇 0.001 元的上限",)
    assert service.seen == []


def test_what_is_remembered_costs_nothing(service: ChatService, ask: Ask) -> None:
    ask(FIRST)
    assert ask(FIRST, price_in=1, cost=0).problems == ()


def test_a_service_that_does_not_count_is_not_trusted_with_a_cap(service: ChatService, ask: Ask) -> None:
    service.answer = lambda _: completion('{"findings": [], "comments": []}', tokens=None)
    advice = ask(FIRST, SECOND, price_in=1, cost=100)
    assert (advice.consulted.answered, len(service.seen)) == (1, 1)
    assert advice.problems == ("1 处没有得到意见：服务没有计数用量，无法核对费用上限",)


def test_the_key_is_in_no_log_and_no_message(
    service: ChatService, ask: Ask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def answer(request: Request) -> Reply:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        return Reply(status=401, body=f"bad key {KEY}".encode())

    service.answer = answer
    with caplog.at_level(logging.DEBUG):
        advice = ask(FIRST)
    assert advice.problems == ("1 处没有得到意见：密钥不被接受",)
    assert any(record.name.startswith("httpcore") for record in caplog.records)
    out, err = capfd.readouterr()
    shown = [caplog.text, out, err, repr(OpinionSettings.model_validate({"key": KEY})), str(advice)]
    assert not any(KEY in text for text in shown)


@given(st.text() | st.recursive(st.none() | st.booleans() | st.text(), st.lists).map(json.dumps))
def test_whatever_is_answered_is_an_opinion_or_an_error(content: str) -> None:
    inquiry = Inquiry(document=Document(id="d", text=TEXT), facts={}, kinds=KINDS, doubts=(FIRST,))
    try:
        claims, remarks = read_answer(content, inquiry, TEXT, FIRST)
    except AnswerError:
        return
    assert (claims, remarks) == ((), {})


_FINDINGS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*Kind, "else"]),
        "quote": st.text("别家没法比都", max_size=4),
        "reason": st.text(max_size=5),
        "confidence": st.floats(0, 1),
    }
)


@given(st.lists(_FINDINGS, max_size=3))
def test_claims_are_words_of_the_sentence_of_a_kind_that_was_offered(findings: list[dict[str, object]]) -> None:
    inquiry = Inquiry(document=Document(id="d", text=TEXT), facts={}, kinds=KINDS, doubts=(FIRST,))
    claims: tuple[Claim, ...] = ()
    try:
        claims, _ = read_answer(json.dumps({"findings": findings, "comments": []}), inquiry, TEXT, FIRST)
    except AnswerError:
        assert not all(_agreed(finding) for finding in findings)
    for each in claims:
        assert FIRST.start <= each.start < each.end <= FIRST.end
        assert each.kind in KINDS
        assert each.confidence >= 0.5


def _agreed(finding: dict[str, object]) -> bool:
    quote = str(finding["quote"])
    return finding["kind"] in KINDS and quote != "" and quote in TEXT[: FIRST.end] and finding["reason"] != ""
