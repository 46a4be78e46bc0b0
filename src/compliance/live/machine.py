"""The judge over a transcript that grows: reads its end again with every segment, and remembers what is settled.

The *window* is the end of the text from a breath on, wide enough that everything behind `settled` is judged in it as
it is in the whole text. Rules that are local are judged in the window alone. Of the others the leaves are, and what
stands above the leaves is judged by the same code as in a review, over what the leaves have found so far. What is
said in one sentence is settled already at the last breath (`turn`).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from compliance.judge import explain
from compliance.judge.answer import NO, Answer, Match
from compliance.judge.context import Context
from compliance.judge.evaluate import evaluate
from compliance.judge.judge import Judge, matches_of
from compliance.judge.merge import Judged
from compliance.judge.reach import reach
from compliance.lang import tree
from compliance.lang.rule import Rule
from compliance.live.leaf import Leaf, shifted
from compliance.live.overview import Overview
from compliance.live.roles import UnsplittableError, reach_of, roles
from compliance.live.standing import Change, Key, Standing
from compliance.live.transcript import Transcript, text_of
from compliance.live.watch import Near, Watch
from compliance.model.document import Document, Segment
from compliance.model.report import Excused, Finding
from compliance.text.sentences import is_spoken
from compliance.words.stretches import ANYWHERE, Stretches


class Machine:
    """`deferred` are rules that are judged only at the end."""

    def __init__(self, judge: Judge, about: Document, day: date) -> None:
        self._judge = judge
        self._about = about
        self._day = day
        self._facts = judge.facts(about)
        self._plan = judge.plan(about, self._facts)
        self._overview = Overview(about, self._facts, judge.registry, judge.stances, day)
        self._local: dict[str, bool] = {}  # local rules, and whether they are close
        self._watches: list[Watch] = []
        self._leaves: list[Leaf] = []
        self.deferred: list[str] = []
        shared: dict[tuple[tree.Expr, bool], Leaf] = {}
        for rule in self._plan.rules:
            if rule.in_force(day):
                self._assign(rule, shared)
        self._of_leaf: defaultdict[int, list[Watch]] = defaultdict(list)
        self._of_group: defaultdict[int, list[Leaf]] = defaultdict(list)
        self._index()
        reaches = [reach_of(rule) for rule in self._plan.rules]
        self._sentences = max((reach.sentences for reach in reaches), default=0)
        self._characters = max((reach.characters for reach in reaches), default=0)
        self.reset()

    def _assign(self, rule: Rule, shared: dict[tuple[tree.Expr, bool], Leaf]) -> None:
        try:
            split = roles(rule)
        except UnsplittableError:
            self.deferred.append(rule.id)
            return
        if split.local:
            self._local[rule.id] = split.close
            return

        def leaf_of(node: tree.Expr) -> Leaf:
            key = node, split.close
            if split.counted or key not in shared:
                self._leaves.append(Leaf(node, close=split.close))
                if split.counted:
                    return self._leaves[-1]
                shared[key] = self._leaves[-1]
            return shared[key]

        self._watches.append(Watch(split, leaf_of))

    def _index(self) -> None:
        for watch in self._watches:
            for leaf in dict.fromkeys(watch.leaves):
                self._of_leaf[id(leaf)].append(watch)
        for leaf in self._leaves:
            for group in leaf.groups or ():
                self._of_group[group].append(leaf)
        self._reading = [leaf for leaf in self._leaves if leaf.groups is None]

    def reset(self) -> None:
        """As before the first segment."""
        self.transcript = Transcript(
            spoken=is_spoken(self._about), sentences=self._sentences, characters=self._characters
        )
        self._overview.follow(self.transcript)
        self._settled = self._turn = 0
        self._opened = False
        self._standing = Standing()
        self._tail: dict[Key, Judged] = {}  # findings of local rules that are not settled
        self._recent: list[Key] = []  # those that are only because their sentence is over
        self._told: list[Leaf] = []  # leaves that have something in the tail
        self._due: dict[int, Watch] = {id(watch): watch for watch in self._watches}
        self._excused: dict[Key, str] = {}
        self._elsewhere: dict[tuple[int, int], Context] = {}
        for leaf in self._leaves:
            leaf.clear()
        for watch in self._watches:
            watch.clear()

    @property
    def heads(self) -> dict[Key, Finding]:
        """The findings that stand, as a report would tell them."""
        return self._standing.heads

    def why(self, key: Key) -> str:
        """What excuses words that are no finding any more: an exception, or an ordinary word over them."""
        if key in self._excused:
            return self._excused[key]
        context, base = self._newest
        for covered in context.scan.excused:
            if covered.hit.start + base < key.end and covered.hit.end + base > key.start:
                return explain.covered(covered.cover, covered.hit.term)
        return ""

    def text_around(self, start: int, end: int) -> tuple[str, int]:
        """The segments that may matter to some words, and where they begin."""
        transcript = self.transcript
        if not transcript.segments:
            return "", 0
        first, last = transcript.index(transcript.before(start)), transcript.behind(end)
        return text_of(transcript.segments[first:last]), transcript.starts[first]

    def append(self, segment: Segment, number: int) -> None:
        self.transcript.append(segment, number)
        self._overview.line.add(segment)

    def is_settled(self, index: int) -> bool:
        """Whether words that are settled may depend on a segment."""
        return self._settled > 0 and self._settled >= self.transcript.starts[max(index - 1, 0)]

    def cut_off(self, index: int) -> Change:
        """Forget the segments from `index` on, which are not settled, and all findings in the tail."""
        removed = [*self._tail, *self._recent]
        for watch in self._watches:
            old = [key for key in watch.judged if key.end > self._settled]
            removed += old
            for key in old:
                del watch.judged[key]
            watch.near = {span: found for span, found in watch.near.items() if span[1] <= self._settled}
        for leaf in self._leaves:
            if leaf.unsettle(self._settled):
                self._due.update((id(watch), watch) for watch in self._of_leaf[id(leaf)])
        self._tail, self._told, self._recent = {}, [], []
        self._turn = self._settled
        self.transcript.cut_off(index)
        self._opened = False
        self._overview.line.refresh()
        return self._standing.change(removed, {})

    def advance(self) -> Change:
        """Judge what was appended since."""
        base = self.transcript.before(self._settled)
        context = self._window(self.transcript.index(base), len(self.transcript.segments))
        self._newest = context, base
        self.transcript.mark(base, context.sentences.breaths, context.sentences.sentence_ends)
        self._look_at_opening()
        self._excused = {}
        self._elsewhere = {}
        removed: list[Key] = []
        added: dict[Key, Judged] = {}
        self._judge_local(context, base, removed, added)
        self._read_leaves(context, base)
        due = [*self._due.values(), *(w for w in self._watches if w.counted and id(w) not in self._due)]
        for watch in due:
            self._judge_wide(watch, removed, added)
        self._due = {}
        change = self._standing.change(removed, added)
        for key in change.come:
            change.come[key] = self._standing.heads[key] = self._reconsidered(change.come[key])
        self._settle()
        return change

    def _look_at_opening(self) -> None:
        """Find the first words: breaches without words of their own are shown there."""
        if self._opened:
            return
        opening = 0, 0
        for start, segment in zip(self.transcript.starts, self.transcript.segments, strict=True):
            if segment.text.strip():
                context = self._judge.context(self._document((segment,)), self._facts, self._day)
                opening = start + context.opening_span()[0], start + context.opening_span()[1]
                self._opened = True
                break
        if opening != self._overview.opening:
            self._overview.opening = opening
            for watch in self._watches:
                watch.seen = None
                self._due[id(watch)] = watch

    def _document(self, segments: tuple[Segment, ...]) -> Document:
        return self._about.model_copy(update={"segments": segments, "text": text_of(segments)})

    def _window(self, first: int, last: int) -> Context:
        """Some segments by themselves, scanned."""
        segments = tuple(self.transcript.segments[first:last]) or (Segment(text=""),)
        return self._judge.context(self._document(segments), self._facts, self._day, self._plan)

    def _judge_local(self, context: Context, base: int, removed: list[Key], added: dict[Key, Judged]) -> None:
        excused: list[Excused] = []
        tail: dict[Key, Judged] = {}
        behind = ANYWHERE << context.scan.stretch(max(self._turn - base, 0))
        possible = context.scan.possible
        new = self._plan.candidates((group for group, where in possible.items() if where & behind), self._day)
        rules = [rule for rule in new if self._local.get(rule.id)]
        rules += [r for r in self._plan.candidates(possible, self._day) if self._local.get(r.id) is False]
        for rule in rules:
            after = self._turn if self._local[rule.id] else self._settled
            context.focus = behind if self._local[rule.id] else ANYWHERE
            for judged in self._judge.apply(rule, context, excused, after=after - base):
                finding = judged.finding
                key = Key(finding.start + base, finding.end + base, rule.id)
                same = self._tail.get(key)
                if same is None or same.finding.outcome is not finding.outcome:
                    same = added[key] = _moved(judged, base)
                tail[key] = same
        context.focus = ANYWHERE
        removed += [key for key in self._tail if key not in tail]
        self._tail = tail
        for each in excused:
            self._excused[Key(each.start + base, each.end + base, each.rule)] = each.reason

    def _read_leaves(self, context: Context, base: int) -> None:
        context.hit = None
        possible = context.scan.possible
        told = dict.fromkeys(leaf for group in possible for leaf in self._of_group.get(group, ()))
        told.update(dict.fromkeys(self._reading))
        behind = ANYWHERE << context.scan.stretch(max(self._turn - base, 0))
        for leaf in dict.fromkeys([*self._told, *told]):
            before = leaf.signature
            context.focus = behind if leaf.close else ANYWHERE
            found = leaf in told and (not leaf.close or self._is_behind(leaf, context, behind))
            found = found and bool(reach(context, leaf.node))
            answer = evaluate(context, leaf.node) if found else NO
            news = leaf.read(answer, base, self._turn if leaf.close else self._settled)
            changed = leaf.signature != before
            for watch in self._of_leaf[id(leaf)]:
                # An exception only asks whether its words were said; of hits, what stands around them may be new.
                if changed or (id(leaf) in watch.carrying and (news or (leaf.tail and watch.hit_leaves))):
                    self._due[id(watch)] = watch
        context.focus = ANYWHERE
        self._told = [leaf for leaf in told if leaf.tail]

    @staticmethod
    def _is_behind(leaf: Leaf, context: Context, behind: Stretches) -> bool:
        """Whether words of a leaf may be in some stretches."""
        return leaf.groups is None or any(context.scan.where(group) & behind for group in leaf.groups)

    def _after(self, watch: Watch) -> int:
        """Where what the rule finds begins to be open."""
        return self._turn if watch.close else self._settled

    def _judge_wide(self, watch: Watch, removed: list[Key], added: dict[Key, Judged]) -> None:
        """What a rule finds now; of the past only where what it knows of the past has changed."""
        signature = watch.signature
        whole = bool(watch.counted) or signature != watch.seen
        watch.seen = signature
        known = watch.known(whole=whole)
        self._overview.known, self._overview.hit, self._overview.waived = known, None, []
        matches, questions = matches_of(watch.rule, self._overview)
        after = self._after(watch)
        found: dict[Key, Judged] = {}
        for match in matches:
            if whole or match.end > after:
                key = Key(match.start, match.end, watch.rule.id)
                judged = self._judge_match(watch, match, questions, known)
                if judged is not None:
                    found[key] = judged
        old = {key for key in watch.judged if whole or key.end > after}
        for key in old - found.keys():
            removed.append(key)
            del watch.judged[key]
        for key, judged in found.items():
            if watch.judged.get(key) is not judged:
                watch.judged[key] = added[key] = judged

    def _judge_match(
        self, watch: Watch, match: Match, questions: tuple[str, ...], known: Mapping[int, Answer]
    ) -> Judged | None:
        rule, overview = watch.rule, self._overview
        past = match.end <= self._after(watch)
        key = Key(match.start, match.end, rule.id)

        def find(node: tree.Expr) -> Answer:
            context, base = self._around(match)
            context.hit = shifted(match._replace(questions=()), -base)
            return evaluate(context, node) if reach(context, node) else NO

        near = Near({**known, **watch.near.get(match[:2], {})} if past else known, watch.hit_leaves, find)
        overview.known = near
        excuse, doubts = self._judge.exceptions(rule, match, overview)
        if past and near.found:
            watch.near.setdefault(match[:2], {}).update(near.found)
        if excuse is not None:
            self._excused[key] = explain.excuse(excuse)
            return None
        asked = tuple(dict.fromkeys((*questions, *match.questions, *doubts)))
        before = watch.judged.get(key)
        if before is not None and before.finding.questions == asked:
            return before
        context, base = self._around(match)
        return _moved(Judged(self._judge.finding(rule, shifted(match, -base), context, asked), rule.penalties), base)

    def _reconsidered(self, finding: Finding) -> Finding:
        context, base = self._around(Match(finding.start, finding.end))
        judged = self._judge.reconsidered(context, _moved(Judged(finding, ()), -base))
        return _moved(judged, base).finding

    def _around(self, match: Match) -> tuple[Context, int]:
        """A window that holds everything that may matter to a match, and where it begins."""
        context, base = self._newest
        if match.end > self._settled and match.start >= base:
            return context, base
        start = self.transcript.before(match.start)
        first, last = self.transcript.index(start), self.transcript.behind(match.end)
        if (first, last) not in self._elsewhere:
            self._elsewhere[first, last] = self._window(first, last)
        return self._elsewhere[first, last], self.transcript.starts[first]

    def _settle(self) -> None:
        self._settled = max(self._settled, self.transcript.before(self.transcript.length))
        self._turn = max(self._settled, self.transcript.breaths[-1] if self.transcript.breaths else 0)
        recent = [*self._recent, *(key for key in self._tail if self._local[key.rule] and key.end <= self._turn)]
        self._recent = [key for key in recent if key.end > self._settled]
        self._tail = {
            key: judged
            for key, judged in self._tail.items()
            if key.end > (self._turn if self._local[key.rule] else self._settled)
        }
        for leaf in self._told:
            leaf.settle(self._turn if leaf.close else self._settled)
        self._told = [leaf for leaf in self._told if leaf.tail]


def _moved(judged: Judged, by: int) -> Judged:
    """A finding of a window with the offsets of the whole text, or back again."""
    finding = judged.finding
    edit = finding.rewrite
    update: dict[str, object] = {"start": finding.start + by, "end": finding.end + by}
    if edit is not None:
        update["rewrite"] = edit.model_copy(update={"start": edit.start + by, "end": edit.end + by})
    return Judged(finding.model_copy(update=update), judged.penalties)
