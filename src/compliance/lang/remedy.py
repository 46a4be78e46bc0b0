"""改为, 换成 and 补上 of a rule → what a program does with the words of a hit."""

from collections.abc import Callable, Sequence
from typing import cast

from compliance.lang import tree
from compliance.lang.keywords import SPANS
from compliance.lang.position import Position
from compliance.lang.rule import Remedy
from compliance.model.vocabulary import Change

NO_LAWFUL_WORDING = "没有合法写法"
"""How a suggestion begins where nothing lawful can be said: one wording, so that people and programs know it."""

_BY_DEFAULT = Remedy(Change.DELETE, unit="sentence")
_TOO_MANY = ("「换成」与「补上」只能写一个", "give either `replace` or `add`, not both")
_NONE_BUT_ONE = (
    f"「改为」说{NO_LAWFUL_WORDING}，却又写了替换的文字",
    f"`suggest` begins with {NO_LAWFUL_WORDING} but a text is given",
)

Report = Callable[..., None]


def remedy(
    suggestion: str, substitutes: Sequence[tree.Clause], additions: Sequence[tree.Clause], report: Report
) -> Remedy:
    """What the clauses ask for; without any the sentence is deleted. Contradictions are reported as E031."""
    given = (*substitutes, *additions)
    hopeless = suggestion.startswith(NO_LAWFUL_WORDING)
    if (substitutes and additions) or (hopeless and given):
        zh, en = _NONE_BUT_ONE if hopeless else _TOO_MANY
        report("E031", given[-1].at, problem_zh=zh, problem_en=en)
    if hopeless:
        return Remedy(Change.NONE)
    if additions:
        return Remedy(Change.ADD, str(additions[0].value), "sentence")
    if not substitutes:
        return _BY_DEFAULT
    written = cast("tree.Substitute", substitutes[0].value)
    change = Change.REPLACE if written.text else Change.DELETE
    return Remedy(change, written.text, _unit(written.unit, substitutes[0].at, report))


def _unit(written: str | None, at: Position, report: Report) -> str:
    if written is None:
        return "hit"
    if written not in SPANS:
        report("E023", at, name=written, what_zh="单位", what_en="unit", choices="句、分句、段、发言")
    return SPANS.get(written, "hit")
