"""The text of an inline example → a Document."""

import re
from dataclasses import dataclass

from compliance.lang import tree
from compliance.lang.factvalue import normalize
from compliance.lang.registry import CATEGORY_FACT, FactRegistry
from compliance.model.document import Document, Evidence, Segment
from compliance.model.vocabulary import Category, Source

_MARK = re.compile(r"\[(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\s+([^\]\s]+))?\]\s?")
EVIDENCE_PREFIXES = ("证据.", "evidence.")


class BadExampleError(ValueError):
    """The example cannot be read; the message is Chinese, `english` the same in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.english = english


@dataclass(frozen=True)
class Given:
    """What 已知 says, normalised."""

    facts: dict[str, str]
    evidence: tuple[str, ...]


def given(example: tree.Example, registry: FactRegistry) -> Given:
    """Facts and evidence of an example. Raises KeyError(path) or BadFactValueError."""
    facts: dict[str, str] = {}
    evidence: list[str] = []
    for setting in example.settings:
        prefix = next((p for p in EVIDENCE_PREFIXES if setting.path.startswith(p)), None)
        if prefix:
            kind = registry.evidence.get(setting.path.removeprefix(prefix))
            if kind is None:
                raise KeyError(setting.path)
            if setting.value in {"有", "yes", "是"}:
                evidence.append(kind.english)
            continue
        fact = registry.facts.get(setting.path)
        if fact is None:
            raise KeyError(setting.path)
        facts[fact.name] = normalize(fact, setting.value)
    return Given(facts, tuple(evidence))


def segments(text: str) -> tuple[Segment, ...]:
    """`[00:10 主播] …` marks make timed segments; text without marks is one segment. Raises BadExampleError."""
    marks = list(_MARK.finditer(text))
    if not marks:
        return (Segment(text=text),)
    if text[: marks[0].start()].strip():
        raise BadExampleError("第一个时间之前还有文字", "text before the first time mark")
    found = []
    last = -1.0
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        start = int(mark[1] or 0) * 3600 + int(mark[2]) * 60 + int(mark[3])
        if start < last:
            raise BadExampleError("时间没有按先后排列", "times are not ascending")
        last = start
        said = text[mark.end() : following.start() if following else len(text)].strip()
        channel = "danmaku" if mark[4] in {"弹幕", "danmaku"} else None
        found.append(Segment(text=said, t_start=start, speaker=mark[4], channel=channel))
    return tuple(found)


def document(example: tree.Example, source: Source, registry: FactRegistry) -> Document:
    """The example as a document. Raises BadExampleError, BadFactValueError or KeyError for an unknown name."""
    known = given(example, registry)
    parts = segments(example.text)
    timed = any(part.t_start is not None for part in parts)
    facts = dict(known.facts)
    told = facts.pop("文档.来源", None)
    category = facts.pop(CATEGORY_FACT, None)
    platform = facts.pop("文档.平台", None)
    return Document(
        id="example",
        source=Source(told) if told else Source.TRANSCRIPT if timed else source,
        category=Category(category) if category else None,
        platform=platform,
        segments=parts,
        facts=dict(facts),
        evidence=tuple(Evidence(kind=kind) for kind in known.evidence),
    )
