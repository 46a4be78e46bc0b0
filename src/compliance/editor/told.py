"""One entry of the registry, the facts or the lexicons in a few words, as Markdown or as plain text."""

import re

from compliance.export.money import money_range
from compliance.model.facts import EvidenceSpec, FactSpec
from compliance.model.law import Article, Instrument, Penalty
from compliance.model.lexicon import Lexicon
from compliance.words.entities import ENTITY_NAMES
from compliance.words.group import WordGroup

SAMPLES = 12
"""How many words of a group are shown."""

_MARKUP = re.compile(r"([\\`*_<>\[\]|#])")
_TYPES = {"bool": "是或否", "enum": "几个值之一", "number": "数字", "text": "文字"}


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)


def law_told(law: Instrument) -> str:
    number = f"，{plain(law.number)}" if law.number else ""
    return f"**{plain(law.full_name)}**\n\n{plain(law.issuer)}{number}；登记了 {len(law.articles)} 个条文版本"


def article_told(law: Instrument, article: Article) -> str:
    """Summary, the days on which it is in force, and what a breach costs."""
    until = f" 至 {article.effective_to}（不含）" if article.effective_to else " 起"
    lines = [f"**{plain(law.name)} {article.article}**", plain(article.summary)]
    lines.append(f"生效：{article.effective_from}{until}")
    if article.penalty is not None:
        lines += [f"- {line}" for line in _costs(article.penalty)]
    return "\n\n".join(lines[:3]) + ("\n\n" + "\n".join(lines[3:]) if lines[3:] else "")


def _costs(penalty: Penalty) -> list[str]:
    lines = [f"罚款：{money_range(penalty.min, penalty.max)}（{plain(penalty.basis)}）"]
    if penalty.serious_max is not None:
        lines.append(f"情节严重：{money_range(penalty.serious_min, penalty.serious_max)}")
    named = (("倍数", penalty.multiple), ("民事", penalty.civil), ("刑事", penalty.criminal))
    return lines + [f"{name}：{plain(text)}" for name, text in named if text]


def fact_told(fact: FactSpec) -> str:
    lines = [f"**{plain(fact.name)}** `{fact.english}`（{_TYPES[fact.type]}）", f"问：{plain(fact.question)}"]
    lines.append(f"由{plain(fact.supplier)}提供；不知道就是「待补」")
    if fact.type == "bool":
        lines.append("取值：是、否")
    elif fact.values:
        lines.append("取值：" + "、".join(f"{plain(label)}（`{name}`）" for name, label in fact.values.items()))
    return "\n\n".join(lines)


def evidence_told(evidence: EvidenceSpec) -> str:
    question = f"问：{plain(evidence.question)}"
    return f"证据 **{plain(evidence.name)}** `{evidence.english}`\n\n{question}\n\n没有附上的就是没有。"


def lexicon_told(lexicon: Lexicon) -> str:
    head = f"词库 **{plain(lexicon.group)}**：{plain(lexicon.title)}"
    covers = len(lexicon.covers) + sum(len(term.covers) for term in lexicon.terms)
    size = f"{len(lexicon.terms)} 个词" + (f"，{covers} 个盖住它们的平常词" if covers else "")
    return "\n\n".join(
        [head, size, _sampled([plain(term.text) for term in lexicon.terms]), f"来源：{plain(lexicon.source)}"]
    )


def group_told(name: str, group: WordGroup | None, written: str) -> str:
    """A 词组 of the file: what is behind it, or, where something in it is wrong, what is written."""
    head = f"词组 **{plain(name)}**"
    if group is None:
        return f"{head}\n\n{plain(_short(written))}"
    counted = (
        (len(group.terms), "个词"), (len(group.patterns), "条正则"), (len(group.entities), "种个人信息"),
        (len(group.covers), "个盖住它们的平常词"),
    )  # fmt: skip
    size = "，".join(f"{number} {noun}" for number, noun in counted if number) or "没有词"
    words = [plain(_short(term.text, 40)) for term in group.terms]
    words += [_code(f"/{_short(pattern.source, 40)}/") for pattern in group.patterns]
    words += [ENTITY_NAMES.get(entity, entity) for entity in group.entities]
    return "\n\n".join([head, size, _sampled(words)]).rstrip()


def let_told(name: str, written: str) -> str:
    return f"设 **{plain(name)}** = {plain(_short(written))}"


def _sampled(words: list[str]) -> str:
    more = " 等" if len(words) > SAMPLES else ""
    return "、".join(words[:SAMPLES]) + more


def _code(text: str) -> str:
    return plain(text) if "`" in text else f"`{text}`"


def _short(text: str, longest: int = 400) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
