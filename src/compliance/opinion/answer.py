"""What an answer must look like, and reading one."""

import re

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from compliance.model.opinion import Claim, Doubt, Inquiry, Remark
from compliance.model.vocabulary import Kind

LEAST_CONFIDENCE = 0.5
"""A claim of which the model itself is less sure is none."""
_LONGEST_REASON = 300
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


class AnswerError(Exception):
    """The answer is not one; the message says why, in Chinese, and quotes nothing of it."""


class _Finding(BaseModel):
    kind: str
    quote: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    confidence: float = Field(ge=0, le=1)


class _Comment(BaseModel):
    concern: int = Field(ge=1)
    agrees: bool | None
    reason: str = Field(min_length=1)


class Answer(BaseModel):
    """The object that the model is asked for; what it adds is ignored."""

    model_config = ConfigDict(title="opinion")

    findings: list[_Finding] = Field(max_length=10)
    comments: list[_Comment] = Field(max_length=50)


Opinion = tuple[tuple[Claim, ...], dict[int, Remark]]


def read_answer(content: str, inquiry: Inquiry, masked: str, doubt: Doubt) -> Opinion:
    """Claims, and remarks by number of concern. Raises AnswerError for anything that was not agreed on."""
    fenced = _FENCED.fullmatch(content)
    try:
        answer = Answer.model_validate_json(fenced[1] if fenced else content)
    except ValidationError as error:
        malformed = any(e["type"] == "json_invalid" for e in error.errors(include_input=False))
        raise AnswerError("答复不是 JSON" if malformed else "答复不合约定的格式") from None
    claims = [_claim(each, inquiry, masked, doubt) for each in answer.findings]
    remarks: dict[int, Remark] = {}
    for comment in answer.comments:
        if comment.concern > len(doubt.concerns):
            raise AnswerError("答复评论了没有问它的问题")
        remarks[comment.concern - 1] = Remark(agrees=comment.agrees, reason=_reason(comment.reason))
    if len(remarks) < len(doubt.concerns):
        raise AnswerError("答复没有评论问它的问题")
    return tuple(claim for claim in claims if claim.confidence >= LEAST_CONFIDENCE), remarks


def _claim(each: _Finding, inquiry: Inquiry, masked: str, doubt: Doubt) -> Claim:
    if each.kind not in inquiry.kinds:
        raise AnswerError("答复用了约定之外的类型")
    start = masked.find(each.quote, doubt.start, doubt.end)
    if start < 0:
        raise AnswerError("答复引用了句子里没有的话")
    return Claim(
        kind=Kind(each.kind),
        start=start,
        end=start + len(each.quote),
        reason=_reason(each.reason),
        confidence=each.confidence,
    )


def _reason(text: str) -> str:
    """One line of at most so many characters, without what steers a terminal; never empty."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split()).rstrip("。；; ") or "没有说明理由"
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON] + "…"
