"""What asking about one document may still take, and what it took."""

import time
from dataclasses import dataclass, field

from compliance.opinion.prompt import LONGEST_ANSWER
from compliance.opinion.settings import OpinionSettings

_WRAPPING = 64
"""Tokens that a service puts around the messages, at most."""


@dataclass
class Budget:
    """One document's. Tokens are those that the service counted."""

    settings: OpinionSettings
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def cost(self) -> float:
        """CNY."""
        return self._cost(self.tokens_in, self.tokens_out)

    @property
    def seconds(self) -> float:
        """That are left."""
        return self.begun + self.settings.time - time.monotonic()

    @property
    def left(self) -> int:
        """Requests that are left."""
        return self.settings.requests - self.requests

    def refusal(self, body: bytes) -> str:
        """Why one more request is too much, or nothing. A token is at least one byte of what is sent."""
        if self.left <= 0:
            return f"到了每篇 {self.settings.requests} 次请求的上限"
        if self.seconds <= 0:
            return f"到了每篇 {self.settings.time:g} 秒的上限"
        cap = self.settings.cost
        if cap is not None and self.cost + self._cost(len(body) + _WRAPPING, LONGEST_ANSWER) > cap:
            return f"再问可能超出每篇 {cap:g} 元的上限"
        return ""

    def _cost(self, sent: int, answered: int) -> float:
        return (sent * self.settings.price_in + answered * self.settings.price_out) / 1000
