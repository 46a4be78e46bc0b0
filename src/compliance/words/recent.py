"""What was answered lately: the answers to the last so many questions, more or less."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Recent(Generic[Answer]):
    """Answers by text, in two generations: when the young one is full, the old one goes and the young one is old.

    An answer that is asked for again stays, one that nobody asks for lasts two generations at most. Threads may
    share it: at worst one answer is forgotten too early.
    """

    def __init__(self, size: int) -> None:
        """`size`: how many, at least two."""
        self._size = max(size // 2, 1)
        self._young: dict[str, Answer] = {}
        self._old: dict[str, Answer] = {}

    def get_many(self, texts: Sequence[str]) -> list[Answer | None]:
        """The answer to each, None where there is none."""
        young, old = self._young, self._old
        answers: list[Answer | None] = list(map(young.get, texts))
        if old and None in answers and not old.keys().isdisjoint(texts):
            for place, text in enumerate(texts):
                if answers[place] is None and (answer := old.get(text)) is not None:
                    answers[place] = young[text] = answer
        return answers

    def put_many(self, answers: Iterable[tuple[str, Answer]]) -> None:
        self._young.update(answers)
        if len(self._young) > self._size:
            self._old, self._young = self._young, {}
