"""The facts schema: what a rule may ask about product, broadcast and host, and who must supply it."""

from typing import Literal

from pydantic import Field

from compliance.model.value import Value

FactType = Literal["bool", "enum", "number", "text"]


class FactSpec(Value):
    """One typed fact. `values` maps an enum's identifier to its Chinese name."""

    name: str  # “商品.类目”
    english: str  # “product.category”
    type: FactType
    values: dict[str, str] = Field(default_factory=dict)
    supplier: str
    question: str  # asked when the fact is missing (待补)


class EvidenceSpec(Value):
    """One kind of evidence that a claim may need."""

    name: str  # “比价”
    english: str  # “price-comparison”
    question: str


class FactSchema(Value):
    facts: tuple[FactSpec, ...]
    evidence: tuple[EvidenceSpec, ...]
