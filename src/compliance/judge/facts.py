"""What a document answers to the facts that rules read."""

from compliance.lang.factvalue import BadFactValueError, normalize
from compliance.lang.registry import CATEGORY_FACT, FactRegistry
from compliance.model.document import Document
from compliance.model.errors import ComplianceError

_PLATFORM, _NO_PLATFORM = "文档.平台", "未说明"


class FactError(ComplianceError):
    """A document states a fact or evidence that the schema does not know, or a value that does not fit."""


def facts_of(document: Document, registry: FactRegistry) -> dict[str, str]:
    """Normalised facts by Chinese name. Raises FactError naming the document and the fact.

    A document that names no platform is on none in particular: what holds on one platform alone does not excuse it.
    """
    facts = {"文档.来源": document.source.value}
    if document.platform is not None:
        facts[_PLATFORM] = document.platform
    if document.category is not None:
        facts[CATEGORY_FACT] = document.category.value
    for name, value in document.facts.items():
        spec = registry.facts.get(name)
        if spec is None:
            known = "、".join(registry.fact_names)
            raise FactError(f"没有名为「{name}」的事实", place=f"文档 {document.id}", remedy=f"可用的事实：{known}")
        try:
            stated = normalize(spec, value)
        except BadFactValueError as error:
            problem = f"事实「{name}」不能取 {value!r}"
            raise FactError(problem, place=f"文档 {document.id}", remedy=f"可用：{error.choices}") from None
        if facts.setdefault(spec.name, stated) != stated:
            problem = f"事实「{name}」是 {stated}，与文档自身的 {facts[spec.name]} 矛盾"
            raise FactError(problem, place=f"文档 {document.id}", remedy="只保留一个")
    for item in document.evidence:
        if item.kind not in registry.evidence:
            known = "、".join(registry.evidence_names)
            raise FactError(f"没有名为「{item.kind}」的证据", place=f"文档 {document.id}", remedy=f"可用：{known}")
    facts.setdefault(_PLATFORM, _NO_PLATFORM)
    return facts
