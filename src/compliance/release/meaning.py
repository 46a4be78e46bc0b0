"""What a rule means, as digests: equal where two rules find the same and say the same about it, however written."""

import hashlib
from collections.abc import Sequence
from typing import Any

from compliance.lang import tree
from compliance.lang.rule import Rule
from compliance.lang.walk import rewrite
from compliance.words.group import WordGroup

MEANING = ("条件", "例外", "类型", "等级", "处置", "环节", "生效", "状态", "依据", "罚则")
"""Aspects that change what is found, or what it costs."""
WORDING = ("名称", "说明", "改法", "例", "参见")


def aspects(rule: Rule, groups: Sequence[WordGroup]) -> dict[str, str]:
    """Aspect → digest of it. Layout, comments and the names of word groups are no aspects; their words are."""

    def named(node: Any) -> Any:
        if isinstance(node, tree.Occurs) and node.group >= 0:
            return tree.Occurs(tree.GroupName(_words(groups[node.group])))
        return node

    values: dict[str, object] = {
        "条件": rewrite(rule.condition, named),
        "例外": sorted(repr(rewrite(exception.condition, named)) for exception in rule.exceptions),
        "类型": rule.kind,
        "等级": rule.severity,
        "处置": rule.action,
        "环节": (sorted(rule.sources), rule.first_source),
        "生效": (rule.effective_from, rule.effective_to),
        "状态": rule.stage,
        "依据": [(law.name, law.article) for law in rule.law],
        "罚则": rule.penalties,
        "名称": rule.title,
        "说明": rule.message,
        "改法": (rule.suggestion, rule.remedy),
        "例": rule.examples,
        "参见": rule.see,
    }
    return {name: _digest(repr(value)) for name, value in values.items()}


def _words(group: WordGroup) -> str:
    """The words of a group, in whatever order they are written."""
    terms = sorted(repr((t.text, sorted(t.covers), t.boundary, t.disguise)) for t in group.terms)
    patterns = sorted(repr(pattern.source) for pattern in group.patterns)
    return _digest(repr((terms, sorted(group.covers), patterns, sorted(group.entities), group.overlap)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
