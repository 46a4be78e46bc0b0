"""Why: which words, seen how, under which rule, and what did not excuse them. In Chinese, for a lawyer."""

from collections.abc import Sequence

from compliance.judge.answer import Match
from compliance.lang.rule import Rule
from compliance.model.labels import SEEN_AS_LABELS
from compliance.model.law import LawRef
from compliance.model.vocabulary import SeenAs, least_direct

_RESTORED = {
    SeenAs.FOLDED,
    SeenAs.NOISE,
    SeenAs.SHAPE,
    SeenAs.SPLIT,
    SeenAs.SIGN,
    SeenAs.SOUND,
    SeenAs.PINYIN,
}


def seen_as(match: Match) -> SeenAs:
    """The least direct way in which some part of the match was seen."""
    if match.absent or not match.hits:
        return SeenAs.ABSENCE
    return least_direct(hit.seen_as for hit in match.hits)


def confidence(match: Match) -> float:
    return min((hit.confidence for hit in match.hits), default=1.0)


def fill(template: str, text: str) -> str:
    """`{命中}` and `{hit}` become the words in question."""
    return template.replace("{命中}", text).replace("{hit}", text)


def explanation(match: Match, text: str, reasons: str) -> str:
    """One paragraph: evidence, and what `reasons` says of the rule."""
    return "；".join(part for part in (_evidence(match, text), *match.notes, reasons) if part) + "。"


def reasons(rule: Rule, law: Sequence[LawRef]) -> str:
    """Condition, exceptions that were looked at, law."""
    parts = [f"符合规则 {rule.id} 的条件「{rule.condition_text}」"]
    if rule.exceptions:
        parts.append("逐一核对例外均不成立：" + "、".join(f"「{e.text}」" for e in rule.exceptions))
    parts.append("依据" + "、".join(f"《{ref.name}》{ref.article}（{ref.summary}）" for ref in law))
    return "；".join(parts)


def question(rule: Rule, match: Match, text: str, questions: tuple[str, ...]) -> str:
    asked = "；".join(dict.fromkeys(questions))
    return f"{_evidence(match, text)}；能否适用规则 {rule.id}「{rule.condition_text}」还缺事实：{asked}。"


def excuse(clause: str) -> str:
    return f"例外成立：「{clause}」"


def covered(cover: str, term: str) -> str:
    return f"「{cover}」是通常用语，其中的「{term}」不算"


def _evidence(match: Match, text: str) -> str:
    words = []
    for hit in sorted(match.hits, key=lambda h: h.start):
        surface = text[hit.start : hit.end]
        if hit.seen_as in _RESTORED:
            words.append(f"由「{surface}」{SEEN_AS_LABELS[hit.seen_as]}得到「{hit.term}」")
        elif hit.seen_as is SeenAs.PATTERN:
            words.append(f"「{surface}」符合句式")
        elif hit.seen_as in {SeenAs.SEMANTIC, SeenAs.OPINION}:
            words.append(f"「{surface}」没有词库里的词")
        elif hit.seen_as is SeenAs.ENTITY:
            words.append(f"「{surface}」是个人信息")
        else:
            words.append(f"命中「{surface}」")
    return "、".join(dict.fromkeys(words))
