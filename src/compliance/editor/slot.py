"""What a name, path, article or quoted text means where it stands: the grammar has one token for many things."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from compliance.lang.example import EVIDENCE_PREFIXES
from compliance.lang.lexer import Lexeme

Meaning = Literal[
    "action", "article", "channel", "entity", "evidence", "fact", "group", "kind", "law", "new", "rule", "severity",
    "source", "speaker", "status", "text", "unit", "value",
]  # fmt: skip


class Slot(NamedTuple):
    """`of`: the law of an article, the fact of a value, the clause of a text."""

    meaning: Meaning
    of: str = ""


_BY_CLAUSE: dict[str, Meaning] = {
    "KIND": "kind", "SEVERITY": "severity", "ACTION": "action", "STATUS": "status", "STAGE": "source", "SEE": "rule",
}  # fmt: skip
_AFTER: dict[str, Meaning] = {
    "RULE": "new", "WORDS": "new", "POLICY": "new", "LET": "new", "SAME": "unit", "SPEAKER": "speaker",
    "CHANNEL": "channel",
}  # fmt: skip
_CALLS: dict[str, Meaning] = {"ENTITY": "entity", "EVIDENCE": "evidence", "SEMANTIC": "kind", "LEXICON": "group"}
_IS = frozenset({"IS", "ONEOF", "IN", "EQ"})


def slot(before: Sequence[Lexeme]) -> Slot:  # noqa: PLR0911  # one a clause
    """What comes behind the tokens of a clause (its keyword the first of them), if it is no keyword."""
    if not before:
        return Slot("new")
    kinds = [lexeme.kind for lexeme in before]
    opening = kinds[0]
    if opening in _BY_CLAUSE:
        return Slot(_BY_CLAUSE[opening])
    if opening in {"LAW", "PENALTY"}:
        return Slot("law") if len(before) == 1 else Slot("article", before[1].value)
    if kinds[-1] in _AFTER:
        return Slot(_AFTER[kinds[-1]])
    if opening == "SUBSTITUTE" and kinds[-1] == "ON":
        return Slot("unit")
    if opening in {"TEST", "TODO"}:
        return _in_example(before, kinds)
    if opening in {"SUGGEST", "MESSAGE", "ADD", "SUBSTITUTE", "RULE", "POLICY"}:
        return Slot("text", opening)
    return _in_condition(before, kinds)


def _in_example(before: Sequence[Lexeme], kinds: list[str]) -> Slot:
    if kinds[-1] == "EQ":
        return Slot("value", before[-2].value) if len(before) > 1 else Slot("text")
    if kinds[-1] in {"GIVEN", "SEP"}:
        return Slot("fact")
    return Slot("text", "TEST")


def _in_condition(before: Sequence[Lexeme], kinds: list[str]) -> Slot:
    opened = _open_bracket(kinds)
    if opened is not None and opened > 0 and kinds[opened - 1] in _CALLS:
        return Slot(_CALLS[kinds[opened - 1]])
    at = len(kinds) - 1 if kinds[-1] in _IS else opened - 1 if opened and kinds[opened - 1] in _IS else None
    if at:
        if kinds[at - 1] == "PATH":
            return Slot("value", before[at - 1].value)
        if kinds[at - 1] in {"SPEAKER", "CHANNEL"}:
            return Slot(_AFTER[kinds[at - 1]])
    return Slot("group")


def _open_bracket(kinds: list[str]) -> int | None:
    """The last bracket that is still open."""
    closed = 0
    for place in range(len(kinds) - 1, -1, -1):
        if kinds[place] == "RPAR":
            closed += 1
        elif kinds[place] == "LPAR":
            if not closed:
                return place
            closed -= 1
    return None


def evidence_of(path: str) -> str | None:
    """The kind of evidence that a setting of an example names (证据.比价)."""
    prefix = next((each for each in EVIDENCE_PREFIXES if path.startswith(each)), None)
    return path.removeprefix(prefix) if prefix else None
