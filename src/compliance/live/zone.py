"""A part of the rules, and how far back the end of the text may still change what they find.

What is said in one sentence is settled at the next breath, so that rules that look no further read only what came
after the last one (the close zone). The others look across sentences, and read several of them again (the far zone).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from compliance.judge.answer import NO
from compliance.judge.context import Context
from compliance.judge.evaluate import evaluate
from compliance.judge.judge import Judge
from compliance.judge.merge import Judged
from compliance.judge.reach import reach
from compliance.lang.rule import Rule
from compliance.live.leaf import Leaf
from compliance.live.standing import Key
from compliance.model.report import Excused


class Window(NamedTuple):
    """Some segments of a broadcast by themselves, scanned, and the offset at which they begin."""

    context: Context
    base: int


class Zone:
    """`open` is the offset behind which findings are open: each is judged anew with every segment."""

    def __init__(self, judge: Judge, rules: Iterable[Rule], local: frozenset[str], leaves: Iterable[Leaf]) -> None:
        """All rules of the zone; those that are local are judged here, of the others the leaves are read."""
        self._judge = judge
        self.plan = judge.plan_of(rules)
        self._local = local
        self._leaves = tuple(leaves)
        self._of_group: defaultdict[int, list[Leaf]] = defaultdict(list)
        for leaf in self._leaves:
            for group in leaf.groups or ():
                self._of_group[group].append(leaf)
        self._reading = [leaf for leaf in self._leaves if leaf.groups is None]
        self.reset()

    def reset(self) -> None:
        """As before the first segment."""
        self.open = 0
        self._tail: dict[Key, Judged] = {}  # findings of local rules that are open
        self._recent: list[Key] = []  # those that are not any more, but may be again if words are replaced
        self._told: list[Leaf] = []  # leaves that have something open
        for leaf in self._leaves:
            leaf.clear()

    def judge_local(self, window: Window, day: date, added: dict[Key, Judged], excused: dict[Key, str]) -> list[Key]:
        """Judge the local rules in a window that begins in the zone or before it; the findings that are gone."""
        context, base = window
        told: list[Excused] = []
        tail: dict[Key, Judged] = {}
        for rule in self.plan.candidates(context.scan.possible, day):
            if rule.id not in self._local:
                continue
            for judged in self._judge.apply(rule, context, told, after=self.open - base):
                finding = judged.finding
                key = Key(finding.start + base, finding.end + base, rule.id)
                same = self._tail.get(key)
                if same is None or same.finding.outcome is not finding.outcome:
                    same = added[key] = moved(judged, base)
                tail[key] = same
        gone = [key for key in self._tail if key not in tail]
        self._tail = tail
        excused.update((Key(each.start + base, each.end + base, each.rule), each.reason) for each in told)
        return gone

    def read_leaves(self, window: Window) -> Iterator[tuple[Leaf, bool, bool]]:
        """Leaves that have or had something open: whether that is news, and whether their signature has changed."""
        context, base = window
        context.hit = None
        told = dict.fromkeys(leaf for group in context.scan.possible for leaf in self._of_group.get(group, ()))
        told.update(dict.fromkeys(self._reading))
        for leaf in dict.fromkeys([*self._told, *told]):
            before = leaf.signature
            answer = evaluate(context, leaf.node) if leaf in told and reach(context, leaf.node) else NO
            news = leaf.read(answer, base, self.open)
            if news or leaf.tail:
                yield leaf, news, leaf.signature != before
        self._told = [leaf for leaf in told if leaf.tail]

    def settle(self, until: int, keep: int) -> None:
        """Nothing that ends before `until` will change, unless words behind `keep` are replaced."""
        self.open = until
        recent = [*self._recent, *(key for key in self._tail if key.end <= until)]
        self._recent = [key for key in recent if key.end > keep]
        self._tail = {key: judged for key, judged in self._tail.items() if key.end > until}
        for leaf in self._told:
            leaf.settle(until)
        self._told = [leaf for leaf in self._told if leaf.tail]

    def reopen(self, since: int) -> tuple[list[Key], list[Leaf]]:
        """Forget what was found behind an offset, for words there are replaced: findings, and leaves that lose any."""
        removed = [*self._tail, *self._recent]
        lost = [leaf for leaf in self._leaves if leaf.unsettle(since)]
        self._tail, self._recent, self._told = {}, [], []
        self.open = since
        return removed, lost


def moved(judged: Judged, by: int) -> Judged:
    """A finding of a window with the offsets of the whole text, or back again."""
    finding = judged.finding
    edit = finding.rewrite
    update: Mapping[str, object] = {"start": finding.start + by, "end": finding.end + by}
    if edit is not None:
        update = {**update, "rewrite": edit.model_copy(update={"start": edit.start + by, "end": edit.end + by})}
    if finding.grounds is not None:
        words = (
            word.model_copy(update={"start": word.start + by, "end": word.end + by}) for word in finding.grounds.words
        )
        update = {**update, "grounds": finding.grounds.model_copy(update={"words": tuple(words)})}
    return Judged(finding.model_copy(update=update), judged.penalties)
