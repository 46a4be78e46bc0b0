"""Asking an OpenAI-compatible chat-completions service: within its time, again where that may help."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from pydantic import BaseModel, Field, SecretStr, ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_random_exponential

ATTEMPTS = 3
LARGEST_ANSWER = 1 << 20
"""Bytes of a response; more is no answer."""
_AGAIN = frozenset({429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_backing_off = wait_random_exponential(multiplier=0.5, max=8)


class EndpointError(Exception):
    """No answer; the message says why, in Chinese, and holds neither address nor key. `requests` were sent."""

    def __init__(self, problem: str) -> None:
        self.requests = 0
        super().__init__(problem)


class _AgainError(EndpointError):
    """May go away by itself; `after` seconds if the service said so."""

    def __init__(self, problem: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer as the service gave it; `tokens` sent and answered, None when it did not count them."""

    content: str
    tokens: tuple[int, int] | None
    requests: int


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Usage(BaseModel):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class _Response(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


class Endpoint:
    """One service. May be shared between threads. `sleep` waits between attempts."""

    def __init__(
        self, url: str, key: SecretStr | None, timeout: float, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        headers = {"content-type": "application/json", "accept": "application/json"}
        if key is not None:
            headers["authorization"] = f"Bearer {key.get_secret_value()}"
        self._url = f"{url}/chat/completions"
        self._timeout = timeout
        self._sleep = sleep
        self._client = httpx.Client(headers=headers, follow_redirects=False)

    def complete(self, body: bytes, seconds: float, requests: int) -> Completion:
        """The answer, within so many seconds and requests. Raises EndpointError."""
        until = time.monotonic() + seconds
        sent = 0

        def attempt() -> bytes:
            nonlocal sent
            sent += 1
            return self._send(body, until)

        retrying = Retrying(
            retry=retry_if_exception_type(_AgainError),
            stop=stop_after_attempt(min(ATTEMPTS, requests)) | stop_before_delay(seconds),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return _completion(retrying(attempt), sent)
        except EndpointError as error:
            error.requests = sent
            raise

    def _send(self, body: bytes, until: float) -> bytes:
        """One request. No part of the time that is left is outlasted by more than one read."""
        left = min(self._timeout, until - time.monotonic())
        if left <= 0:
            raise EndpointError("超过了时间上限")
        end = time.monotonic() + left
        received = bytearray()
        try:
            with self._client.stream("POST", self._url, content=body, timeout=left) as response:
                if response.status_code != httpx.codes.OK:
                    raise _failure(response)
                for chunk in response.iter_bytes():
                    received += chunk
                    if len(received) > LARGEST_ANSWER:
                        raise EndpointError("答复太长")
                    if time.monotonic() > end:
                        raise EndpointError("答复超时")
        except httpx.TimeoutException:
            raise EndpointError("答复超时") from None  # not again: it may have been charged for
        except httpx.TransportError:
            raise _AgainError("连接不上") from None
        except httpx.HTTPError:
            raise EndpointError("答复无法读取") from None
        return bytes(received)


def _failure(response: httpx.Response) -> EndpointError:
    code = response.status_code
    if code in _AGAIN:
        problem = "服务限流" if code == httpx.codes.TOO_MANY_REQUESTS else f"服务出错（{code}）"
        return _AgainError(problem, _retry_after(response.headers.get("retry-after", "")))
    return EndpointError("密钥不被接受" if code in _REFUSED else f"服务拒绝了请求（{code}）")


def _retry_after(value: str) -> float | None:
    """Seconds from a number of them or a date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _AgainError) and error.after is not None:
        return error.after
    return _backing_off(state)


def _completion(received: bytes, requests: int) -> Completion:
    try:
        response = _Response.model_validate_json(received)
    except ValidationError:
        raise EndpointError("答复不是 chat completions 的格式") from None
    usage = response.usage
    tokens = (usage.prompt_tokens, usage.completion_tokens) if usage else None
    return Completion(response.choices[0].message.content or "", tokens, requests)
