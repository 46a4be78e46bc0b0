"""What was answered lately: the answers to the last so many questions."""

from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Recent(Generic[Answer]):
    """Answers by text; when there are too many, the one that was asked for longest ago goes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: dict[str, Answer] = {}

    def get(self, text: str) -> Answer | None:
        answer = self._answers.pop(text, None)
        if answer is not None:
            self._answers[text] = answer  # the last in a dict is the latest
        return answer

    def put(self, text: str, answer: Answer) -> None:
        if not self._size:
            return
        self._answers.pop(text, None)
        while len(self._answers) >= self._size:
            # Another thread may have taken it out meanwhile.
            self._answers.pop(next(iter(self._answers), ""), None)
        self._answers[text] = answer
