"""Asking the service: what is tried again, what is not, and that no answer outlasts its time."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from pydantic import SecretStr

from chat_service import ChatService, Reply, completion
from compliance.opinion.endpoint import ATTEMPTS, LARGEST_ANSWER, Completion, Endpoint, EndpointError

LONG = 100.0
BUSY = Reply(status=503)


class Asking:
    """An endpoint whose waits are written down instead of waited."""

    def __init__(self, url: str, timeout: float = LONG, key: str | None = None) -> None:
        self.waits: list[float] = []
        self._endpoint = Endpoint(url, SecretStr(key) if key else None, timeout, sleep=self.waits.append)

    def ask(self, seconds: float = LONG, requests: int = 10) -> Completion:
        return self._endpoint.complete(b'{"model": "m"}', seconds, requests)

    def fail(self, seconds: float = LONG, requests: int = 10) -> EndpointError:
        with pytest.raises(EndpointError) as raised:
            self.ask(seconds, requests)
        return raised.value


def test_an_answer_comes_with_its_tokens(service: ChatService) -> None:
    service.answer = lambda _: completion("好", tokens=(7, 3))
    assert Asking(service.url, key="sk-secret").ask() == Completion("好", (7, 3), 1)
    (request,) = service.seen
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer sk-secret"
    assert request.body == b'{"model": "m"}'


def test_without_a_key_none_is_sent(service: ChatService) -> None:
    assert Asking(service.url).ask().requests == 1
    assert "authorization" not in service.seen[0].headers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_go_away_is_tried_again(service: ChatService, status: int) -> None:
    service.in_turn(Reply(status=status), Reply(status=status), completion("好"))
    asking = Asking(service.url)
    assert asking.ask() == Completion("好", (100, 20), 3)
    assert len(asking.waits) == 2


def test_it_gives_up_after_some_attempts(service: ChatService) -> None:
    service.answer = lambda _: BUSY
    asking = Asking(service.url)
    error = asking.fail()
    assert (str(error), error.requests) == ("服务出错（503）", ATTEMPTS)
    assert len(service.seen) == ATTEMPTS


def test_it_sends_no_more_than_is_allowed(service: ChatService) -> None:
    service.answer = lambda _: BUSY
    assert Asking(service.url).fail(requests=1).requests == 1
    assert len(service.seen) == 1


def test_it_waits_as_long_as_the_service_says(service: ChatService) -> None:
    service.in_turn(Reply(status=429, headers={"retry-after": "7"}), completion("好"))
    asking = Asking(service.url)
    asking.ask()
    assert asking.waits == [7.0]


def test_the_service_may_say_a_date(service: ChatService) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    service.in_turn(Reply(status=429, headers={"retry-after": when}), completion("好"))
    asking = Asking(service.url)
    asking.ask()
    assert asking.waits[0] == pytest.approx(50, abs=40)  # the machine may be busy, but a date is no number of seconds


@pytest.mark.parametrize("said", ["soon", "", "-5"])
def test_what_it_says_may_be_nonsense(service: ChatService, said: str) -> None:
    service.in_turn(Reply(status=429, headers={"retry-after": said}), completion("好"))
    asking = Asking(service.url)
    asking.ask()
    assert 0 <= asking.waits[0] <= 8


def test_no_longer_than_there_is_time(service: ChatService) -> None:
    service.answer = lambda _: Reply(status=429, headers={"retry-after": "3600"})
    asking = Asking(service.url)
    error = asking.fail()
    assert (str(error), error.requests, asking.waits) == ("服务限流", 1, [])


@pytest.mark.parametrize(
    ("status", "problem"),
    [(401, "密钥不被接受"), (403, "密钥不被接受"), (400, "服务拒绝了请求（400）"), (302, "服务拒绝了请求（302）")],
)
def test_what_will_not_go_away_is_not(service: ChatService, status: int, problem: str) -> None:
    service.answer = lambda _: Reply(status=status, headers={"location": "http://127.0.0.1:1/"})
    error = Asking(service.url).fail()
    assert (str(error), error.requests, len(service.seen)) == (problem, 1, 1)


def test_a_slow_answer_is_given_up_and_not_asked_for_again(service: ChatService) -> None:
    service.answer = lambda _: Reply(never=True)
    error = Asking(service.url, timeout=0.05).fail()
    assert (str(error), error.requests) == ("答复超时", 1)


def test_the_documents_time_cuts_the_requests(service: ChatService) -> None:
    service.answer = lambda _: Reply(never=True)
    assert str(Asking(service.url).fail(seconds=0.05)) == "答复超时"


def test_no_time_is_no_request(service: ChatService) -> None:
    assert str(Asking(service.url).fail(seconds=0)) == "超过了时间上限"
    assert service.seen == []


def test_an_endless_answer_is_cut(service: ChatService) -> None:
    service.answer = lambda _: Reply(body=b" " * (LARGEST_ANSWER + 1))
    assert str(Asking(service.url).fail()) == "答复太长"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"text": "x"}]}',
        json.dumps({"choices": 1}).encode(),
    ],
    ids=["empty", "html", "list", "object", "no-choice", "old-protocol", "number"],
)
def test_another_protocol_is_no_answer(service: ChatService, body: bytes) -> None:
    service.answer = lambda _: Reply(body=body)
    assert str(Asking(service.url).fail()) == "答复不是 chat completions 的格式"


def test_usage_may_be_missing(service: ChatService) -> None:
    service.answer = lambda _: completion("好", tokens=None)
    assert Asking(service.url).ask().tokens is None


def test_nobody_listens(service: ChatService) -> None:
    error = Asking("http://127.0.0.1:1/v1").fail()
    assert (str(error), error.requests) == ("连接不上", ATTEMPTS)
