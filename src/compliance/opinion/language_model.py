"""The adviser: asks about each doubt by itself, from the cache where it can, within what a document may take."""

import time
from collections import Counter
from collections.abc import Callable

from compliance.model.opinion import Advice, Claim, Consulted, Inquiry, Remark
from compliance.opinion.answer import AnswerError, Opinion, read_answer
from compliance.opinion.budget import Budget
from compliance.opinion.cache import Cache
from compliance.opinion.endpoint import Endpoint, EndpointError
from compliance.opinion.prompt import body, question, version
from compliance.opinion.settings import OpinionSettings
from compliance.words.masking import mask

_NOT_KEPT = "答复存不进缓存，下次会重新询问"
_NOT_COUNTED = "服务没有计数用量，无法核对费用上限"


class LanguageModel:
    """May be shared between threads. `sleep` waits between attempts."""

    def __init__(self, settings: OpinionSettings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        if settings.url is None or settings.model is None:
            raise ValueError("BUG: no address or no model")
        self._settings = settings
        self._model = settings.model
        self._endpoint = Endpoint(settings.url, settings.key, settings.timeout, sleep=sleep)
        self._cache = Cache(settings.cache)

    @property
    def refers(self) -> bool:
        return self._settings.action == "refer"

    def advise(self, inquiry: Inquiry) -> Advice:
        """Never raises for what the service does. Nothing unmasked leaves."""
        asking = _Asking(inquiry, self._settings, self._model, self._endpoint, self._cache)
        asking.run()
        return asking.advice()


class _Asking:
    """The questions about one document."""

    def __init__(
        self, inquiry: Inquiry, settings: OpinionSettings, model: str, endpoint: Endpoint, cache: Cache
    ) -> None:
        self._inquiry = inquiry
        self._settings = settings
        self._model = model
        self._endpoint = endpoint
        self._cache = cache
        self._masked = mask(inquiry.document.text)
        facts = {name: mask(value) for name, value in inquiry.facts.items()}
        asked = [question(inquiry, self._masked, facts, doubt) for doubt in inquiry.doubts]
        self._bodies = [body(model, settings.format, each) for each in asked]
        self._budget = Budget(settings)
        self._opinions: dict[int, Opinion] = {}
        self._unanswered: Counter[str] = Counter()
        self._notes: list[str] = []
        self._cached = 0
        self._halt = ""  # why nothing more is asked

    def run(self) -> None:
        """What is remembered costs nothing, so it comes first and is had whatever the caps are."""
        for number, sent in enumerate(self._bodies):
            known = self._cache.get(self._cache.key(sent, version()))
            if known is not None and not self._take(number, known):
                self._cached += 1
        for number, sent in enumerate(self._bodies):
            if number in self._opinions:
                continue
            problem = self._halt or self._budget.refusal(sent) or self._ask(number, sent)
            if problem:
                self._unanswered[problem] += 1

    def _ask(self, number: int, sent: bytes) -> str:
        """Why there is no opinion on this doubt, or nothing."""
        try:
            completion = self._endpoint.complete(sent, self._budget.seconds, self._budget.left)
        except EndpointError as error:
            self._budget.requests += error.requests
            self._halt = str(error)  # the next question would fare no better, and each failure takes time
            return self._halt
        self._budget.requests += completion.requests
        if completion.tokens is not None:
            self._budget.tokens_in += completion.tokens[0]
            self._budget.tokens_out += completion.tokens[1]
        elif self._settings.cost is not None:
            self._halt = _NOT_COUNTED
        problem = self._take(number, completion.content)
        if not problem and not self._cache.put(self._cache.key(sent, version()), completion.content):
            self._notes.append(_NOT_KEPT)
        return problem

    def _take(self, number: int, content: str) -> str:
        """Why the answer is none, or nothing."""
        try:
            self._opinions[number] = read_answer(content, self._inquiry, self._masked, self._inquiry.doubts[number])
        except AnswerError as error:
            return str(error)
        return ""

    def advice(self) -> Advice:
        claims: list[Claim] = []
        remarks: dict[tuple[int, int], Remark] = {}
        for number, (found, said) in sorted(self._opinions.items()):
            claims += found
            remarks.update({(number, concern): remark for concern, remark in said.items()})
        budget = self._budget
        return Advice(
            claims=tuple(claims),
            remarks=remarks,
            problems=(
                *(f"{count} 处没有得到意见：{why}" for why, count in self._unanswered.items()),
                *dict.fromkeys(self._notes),
            ),
            consulted=Consulted(
                model=self._model,
                prompt=version(),
                doubts=len(self._bodies),
                answered=len(self._opinions),
                cached=self._cached,
                requests=budget.requests,
                tokens_in=budget.tokens_in,
                tokens_out=budget.tokens_out,
                cost=round(budget.cost, 6),
            ),
        )
