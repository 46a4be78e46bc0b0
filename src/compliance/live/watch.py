"""A rule that needs the whole broadcast: its leaves, and what it found by the last time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compliance.judge.answer import Answer
from compliance.judge.merge import Judged
from compliance.lang import tree
from compliance.live.leaf import Leaf, Signature
from compliance.live.roles import Roles
from compliance.live.standing import Key


class Watch:
    """`judged` are its findings, `near` what its exceptions saw around past hits."""

    def __init__(self, roles: Roles, leaves: Sequence[Leaf]) -> None:
        """`leaves` are those of the roles, in the same order."""
        self.rule = roles.rule
        self.counted = roles.counted
        self.close = roles.close
        self.leaves = leaves
        self.carrying = frozenset(id(leaf) for leaf in self.leaves[: roles.carrying])
        self._ids = [id(node) for node in roles.leaves]
        self.hit_leaves = {id(node): node for node in roles.hit_leaves}
        self.clear()

    def clear(self) -> None:
        self.seen: tuple[Signature, ...] | None = None
        self.judged: dict[Key, Judged] = {}
        self.near: dict[tuple[int, int], dict[int, Answer]] = {}

    def minds(self, leaf: Leaf, *, news: bool) -> bool:
        """Whether open matches of a leaf may alter what is found, though it says yes or no as before.

        Exceptions only ask whether something was said; of what carries the rule, what stands around it may be new.
        """
        return id(leaf) in self.carrying and (news or bool(self.hit_leaves))

    def reopen(self, since: int) -> list[Key]:
        """Forget what was found behind an offset; those findings."""
        removed = [key for key in self.judged if key.end > since]
        for key in removed:
            del self.judged[key]
        self.near = {span: found for span, found in self.near.items() if span[1] <= since}
        return removed

    @property
    def signature(self) -> tuple[Signature, ...]:
        return tuple(leaf.signature for leaf in self.leaves)

    def known(self, *, whole: bool) -> dict[int, Answer]:
        """The answer of each leaf."""
        return {number: leaf.answer(whole=whole) for number, leaf in zip(self._ids, self.leaves, strict=True)}


class Near(dict[int, Answer]):
    """The answers that a rule knows, and those about one hit, found when they are asked for."""

    def __init__(
        self, known: Mapping[int, Answer], asked: Mapping[int, tree.Expr], find: Callable[[tree.Expr], Answer]
    ) -> None:
        super().__init__(known)
        self._asked = asked
        self._find = find
        self.found: dict[int, Answer] = {}

    def get(self, number: int, default: Any = None) -> Any:
        if number in self._asked and number not in self:
            self[number] = self.found[number] = self._find(self._asked[number])
        return super().get(number, default)
