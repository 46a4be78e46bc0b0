"""A rule that needs the whole broadcast: its leaves, and what it found by the last time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compliance.judge.answer import Answer, Match
from compliance.judge.merge import Judged
from compliance.lang import tree
from compliance.live.forget import Duty, Tally
from compliance.live.leaf import Leaf, Signature
from compliance.live.overview import Overview
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
        self.steady = roles.steady
        self.duties: list[Duty] = []
        self.tallies: list[Tally] = []
        if roles.steady:
            for node in roles.counted:
                self._keep_book(node)
        self.hit_leaves = {id(node): node for node in roles.hit_leaves}
        self.clear()

    def clear(self) -> None:
        self.seen: tuple[Signature, ...] | None = None
        self.judged: dict[Key, Judged] = {}
        self.near: dict[tuple[int, int], dict[int, Answer]] = {}
        self.weighed: set[Match] = set()  # past matches of counted conditions whose exceptions were looked at
        self.asked: tuple[str, ...] = ()
        for duty in self.duties:
            duty.clear()
        for tally in self.tallies:
            tally.clear()

    def _keep_book(self, node: tree.Expr) -> None:
        """Where parts of a count or duty are leaves of their own, what is over need not be remembered."""
        own = {
            number: leaf for number, leaf in zip(self._ids, self.leaves, strict=True) if self._ids.count(number) == 1
        }
        if isinstance(node, tree.Count):
            if node.unit is None and id(node.inner) in own:
                self.tallies.append(Tally(node, own[id(node.inner)]))
        elif (
            isinstance(node, tree.Missing)
            and node.after is not None
            and node.window is not None
            and {id(node.after), id(node.words)} <= own.keys()
        ):
            self.duties.append(Duty(node, node.window, own[id(node.after)], own[id(node.words)]))

    def forget(self, overview: Overview, until: int) -> None:
        """Let go of what is over before an offset."""
        overview.known = self.known(whole=True)
        for duty in self.duties:
            duty.forget(overview, until)
        for tally in self.tallies:
            tally.forget(overview, until)

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
        self.weighed = {match for match in self.weighed if match.end <= since}
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
