"""What a condition demands of the category outright, whatever else it says."""

from collections.abc import Iterator
from typing import NamedTuple

from compliance.lang import tree
from compliance.lang.registry import CATEGORY_FACT


class Limit(NamedTuple):
    """The category is one of `values` or, where they are not `wanted`, none of them."""

    values: tuple[str, ...]
    wanted: bool

    def denies(self, category: str) -> bool:
        return (category in self.values) is not self.wanted


def limits(condition: tree.Expr) -> Iterator[Limit]:
    for part in condition.parts if isinstance(condition, tree.And) else (condition,):
        match part:
            case tree.FactIs(path=path, values=values) if path == CATEGORY_FACT:
                yield Limit(values, wanted=True)
            case tree.Not(inner=tree.FactIs(path=path, values=values)) if path == CATEGORY_FACT:
                yield Limit(values, wanted=False)
            case _:
                pass


def denied(condition: tree.Expr, category: str) -> bool:
    """Whether the category alone keeps the condition from holding."""
    return any(limit.denies(category) for limit in limits(condition))
