"""A chat-completions service on this machine that answers as a test says, and remembers what it was sent."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def question(self) -> dict[str, Any]:
        """What the user message asks."""
        asked: dict[str, Any] = json.loads(json.loads(self.body)["messages"][1]["content"])
        return asked


@dataclass(frozen=True)
class Reply:
    """`never`: it does not come before the service closes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    never: bool = False


Answering = Callable[[Request], Reply]


def completion(content: str, *, tokens: tuple[int, int] | None = (100, 20)) -> Reply:
    """A reply of the protocol whose message says `content`."""
    usage = {"usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}} if tokens else {}
    message = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return Reply(body=json.dumps({"id": "c-1", "object": "chat.completion", "choices": [message], **usage}).encode())


def saying(*findings: Mapping[str, object], comments: tuple[Mapping[str, object], ...] = ()) -> Reply:
    return completion(json.dumps({"findings": findings, "comments": comments}, ensure_ascii=False))


def claim(
    quote: str, kind: str = "absolute-claim", reason: str = "等于说没有对手", confidence: float = 0.8
) -> dict[str, object]:
    return {"kind": kind, "quote": quote, "reason": reason, "confidence": confidence}


class ChatService:
    """`url` is its base address; `answer` may be set anew at any time; `seen` are the requests in order."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        self.seen: list[Request] = []
        self.answer: Answering = lambda _: saying()
        self.closing = threading.Event()

    def in_turn(self, *replies: Reply) -> None:
        """One reply after another, the last again and again."""
        left = list(replies)
        self.answer = lambda _: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def chat_service() -> Iterator[ChatService]:
    """A service that runs while the context is open, and is reached without a proxy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("no_proxy", "127.0.0.1")
        with _running() as service:
            yield service


@contextmanager
def _running() -> Iterator[ChatService]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    service = server.service = ChatService(server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # the name that http.server calls
        service: ChatService = self.server.service  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["content-length"]))
        request = Request(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        service.seen.append(request)
        reply = service.answer(request)
        if reply.never:
            service.closing.wait()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Not into the output of the tests."""
