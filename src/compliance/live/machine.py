"""The judge over a transcript that grows: reads its end again with every segment, and remembers what is settled.

A *window* is the end of the text from a breath on, wide enough that everything that is open in a zone is judged in it
as it is in the whole text. Rules that are local are judged in the window alone. Of the others the leaves are, and what
stands above the leaves is judged by the same code as in a review, over what the leaves have found so far.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from compliance.judge import explain
from compliance.judge.answer import NO, Answer, Match
from compliance.judge.evaluate import evaluate
from compliance.judge.judge import Judge, matches_of
from compliance.judge.merge import Judged
from compliance.judge.plan import Plan
from compliance.judge.reach import reach
from compliance.lang import tree
from compliance.live.leaf import Leaf, shifted
from compliance.live.overview import Overview
from compliance.live.roles import Roles, UnsplittableError, reach_of, roles
from compliance.live.standing import Change, Key, Standing
from compliance.live.transcript import Transcript, text_of
from compliance.live.watch import Near, Watch
from compliance.live.zone import Window, Zone, moved
from compliance.model.document import Document, Segment
from compliance.model.report import Finding
from compliance.text.sentences import is_spoken


class Machine:
    """`deferred` are rules that are judged only at the end."""

    def __init__(self, judge: Judge, about: Document, day: date) -> None:
        self._judge = judge
        self._about = about
        self._day = day
        self._facts = judge.facts(about)
        self._plan = judge.plan(about, self._facts)
        self._overview = Overview(about, self._facts, judge.registry, judge.stances, day)
        self.deferred: list[str] = []
        split = list(self._split())
        self._watches: list[Watch] = []
        self._of_leaf: defaultdict[int, list[Watch]] = defaultdict(list)
        self._close, self._far = (
            self._zone([each for each in split if each.close is close]) for close in (True, False)
        )
        self._reach = [reach_of(rule) for rule in self._plan.rules]
        self.reset()

    def _split(self) -> Iterator[Roles]:
        for rule in self._plan.rules:
            if rule.in_force(self._day):
                try:
                    yield roles(rule)
                except UnsplittableError:
                    self.deferred.append(rule.id)

    def _zone(self, split: list[Roles]) -> Zone:
        """The zone of some rules; those that are not local become watches."""
        shared: dict[tree.Expr, Leaf] = {}
        leaves: list[Leaf] = []

        def leaf_of(node: tree.Expr, *, own: bool) -> Leaf:
            if not own and node in shared:
                return shared[node]
            leaves.append(Leaf(node))
            if not own:
                shared[node] = leaves[-1]
            return leaves[-1]

        for each in split:
            if not each.local:
                watch = Watch(each, [leaf_of(node, own=bool(each.counted)) for node in each.leaves])
                self._watches.append(watch)
                for leaf in dict.fromkeys(watch.leaves):
                    self._of_leaf[id(leaf)].append(watch)
        local = frozenset(each.rule.id for each in split if each.local)
        return Zone(self._judge, [each.rule for each in split], local, leaves)

    def reset(self) -> None:
        """As before the first segment."""
        self.transcript = Transcript(
            spoken=is_spoken(self._about),
            sentences=max((reach.sentences for reach in self._reach), default=0),
            characters=max((reach.characters for reach in self._reach), default=0),
        )
        self._overview.follow(self.transcript)
        self._opened = False
        self._standing = Standing()
        self._due: dict[int, Watch] = {id(watch): watch for watch in self._watches}
        self._excused: dict[Key, str] = {}
        self._elsewhere: dict[tuple[int, int], Window] = {}
        self._close.reset()
        self._far.reset()
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
        for context, base in self._newest:
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
        return self._far.open > 0 and self._far.open >= self.transcript.starts[max(index - 1, 0)]

    def cut_off(self, index: int) -> Change:
        """Forget the segments from `index` on, which are not settled, and all findings that are open."""
        since = self._far.open
        removed: list[Key] = []
        for zone in (self._close, self._far):
            keys, lost = zone.reopen(since)
            removed += keys
            for leaf in lost:
                self._due.update((id(watch), watch) for watch in self._of_leaf[id(leaf)])
        for watch in self._watches:
            removed += watch.reopen(since)
        self.transcript.cut_off(index)
        self._opened = False
        self._overview.line.refresh()
        return self._standing.change(removed, {})

    def advance(self) -> Change:
        """Judge what was appended since."""
        close = self._window(self.transcript.index(self._close.open), plan=self._close.plan)
        far = self._window(self.transcript.index(self.transcript.before(self._far.open)), plan=self._far.plan)
        self._newest = close, far
        sentences = close.context.sentences
        self.transcript.mark(close.base, sentences.breaths, sentences.sentence_ends)
        self._look_at_opening()
        self._excused, self._elsewhere = {}, {}
        removed: list[Key] = []
        added: dict[Key, Judged] = {}
        for zone, window in ((self._close, close), (self._far, far)):
            removed += zone.judge_local(window, self._day, added, self._excused)
            for leaf, news, changed in zone.read_leaves(window):
                for watch in self._of_leaf[id(leaf)]:
                    if changed or watch.minds(leaf, news=news):
                        self._due[id(watch)] = watch
        due = [*self._due.values(), *(w for w in self._watches if w.counted and id(w) not in self._due)]
        for watch in due:
            self._judge_wide(watch, removed, added)
        self._due = {}
        change = self._standing.change(removed, added)
        for key in change.come:
            change.come[key] = self._standing.heads[key] = self._reconsidered(change.come[key])
        self._settle()
        return change

    def _settle(self) -> None:
        settled = max(self._far.open, self.transcript.before(self.transcript.length))
        breath = self.transcript.breaths[-1] if self.transcript.breaths else 0
        self._far.settle(settled, settled)
        self._close.settle(max(settled, breath), settled)
        for watch in self._watches:
            if watch.counted:
                watch.forget(self._overview, settled)

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

    def _window(self, first: int, last: int | None = None, plan: Plan | None = None) -> Window:
        """Some segments by themselves, scanned for the words of all rules, or of those of a plan."""
        segments = tuple(self.transcript.segments[first:last]) or (Segment(text=""),)
        context = self._judge.context(self._document(segments), self._facts, self._day, plan or self._plan)
        context.ongoing = last is None or last == len(self.transcript.segments)
        return Window(context, self.transcript.starts[first])

    def _open(self, watch: Watch) -> int:
        return self._close.open if watch.close else self._far.open

    def _judge_wide(self, watch: Watch, removed: list[Key], added: dict[Key, Judged]) -> None:
        """What a rule finds now; of the past only where what it knows of the past has changed."""
        signature = watch.signature
        fresh = signature != watch.seen
        whole = fresh or bool(watch.counted)
        watch.seen = signature
        known = watch.known(whole=whole)
        self._overview.known, self._overview.hit, self._overview.waived = known, None, []
        known.update({id(duty.node): duty.answer(self._overview) for duty in watch.duties})
        matches, questions = matches_of(watch.rule, self._overview)
        fresh = fresh or not watch.steady or questions != watch.asked
        watch.asked = questions
        after = self._open(watch)
        past = {match for match in matches if match.end <= after}
        found: dict[Key, Judged] = {}
        for match in matches:
            key = Key(match.start, match.end, watch.rule.id)
            if match in past and (not whole or (not fresh and match in watch.weighed)):
                if key in watch.judged:
                    found[key] = watch.judged[key]
                continue
            judged = self._judge_match(watch, match, questions, known)
            if judged is not None:
                found[key] = judged
        watch.weighed = past if watch.counted else set()
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
        past = match.end <= self._open(watch)
        key = Key(match.start, match.end, rule.id)

        def find(node: tree.Expr) -> Answer:
            context, base = self._around(match, close=watch.close)
            context.hit = shifted(match._replace(questions=()), -base)
            answer = evaluate(context, node) if reach(context, node) else NO
            return answer._replace(matches=tuple(shifted(each, base) for each in answer.matches))

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
        context, base = self._around(match, close=watch.close)
        return moved(Judged(self._judge.finding(rule, shifted(match, -base), context, asked), rule.penalties), base)

    def _reconsidered(self, finding: Finding) -> Finding:
        context, base = self._around(Match(finding.start, finding.end), close=True)
        judged = self._judge.reconsidered(context, moved(Judged(finding, ()), -base))
        return moved(judged, base).finding

    def _around(self, match: Match, *, close: bool) -> Window:
        """A window that holds everything that may matter to a match; if it is `close`, that is its sentence."""
        nearest, wider = self._newest
        if close and match.start >= nearest.base and match.end > self._close.open:
            return nearest
        if not close and match.end > self._far.open and match.start >= wider.base:
            return wider
        first = self.transcript.index(self.transcript.before(match.start))
        last = self.transcript.behind(match.end)
        if (first, last) not in self._elsewhere:
            self._elsewhere[first, last] = self._window(first, last)
        return self._elsewhere[first, last]
