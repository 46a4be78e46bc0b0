"""A document against all rules of a release: scan once, look only at rules whose words occurred."""

from collections.abc import Sequence
from datetime import date

from compliance.judge import explain
from compliance.judge.answer import Match, Truth, certain, open_questions, places
from compliance.judge.context import Context
from compliance.judge.evaluate import evaluate
from compliance.judge.exposure import of_report, of_rule
from compliance.judge.facts import facts_of
from compliance.judge.merge import Judged, one_per_problem
from compliance.judge.plan import Plan, Planner
from compliance.judge.reach import reach
from compliance.judge.rewrite import rewrite
from compliance.judge.score import contributions, score, verdict
from compliance.judge.stance import Stances
from compliance.lang.registry import CATEGORY_FACT, FactRegistry
from compliance.lang.rule import Rule
from compliance.model.document import Document
from compliance.model.report import Excused, Exposure, Finding, Report
from compliance.model.vocabulary import Outcome
from compliance.words.scanner import Covered, Scanner


class Judge:
    """Immutable after construction; safe to share between threads."""

    def __init__(
        self, rules: Sequence[Rule], scanner: Scanner, facts: FactRegistry, stances: Stances, release: str
    ) -> None:
        self._scanner = scanner
        self._facts = facts
        self._stances = stances
        self._release = release
        self.rules = tuple(rules)
        self._exposures: dict[str, Exposure] = {rule.id: of_rule(rule.penalties) for rule in self.rules}
        self._planner = Planner(self.rules, scanner)

    def review(self, document: Document, day: date) -> Report:
        """Every finding of the document under the law of `day`. Raises FactError for facts that do not fit."""
        facts = facts_of(document, self._facts)
        plan = self._planner.plan(document, facts.get(CATEGORY_FACT))
        context = Context(document, facts, self._facts, self._stances, day)
        context.scan = self._scanner.scan(context.heard, plan.selection)
        judged: list[Judged] = []
        excused: list[Excused] = []
        for rule in plan.candidates(context.scan.possible, day):
            judged += self._judge(rule, context, excused)
        judged = one_per_problem(judged)
        excused += self._covered(context.scan.excused, plan, context)
        return self._report(document, day, judged, excused)

    def _judge(self, rule: Rule, context: Context, excused: list[Excused]) -> list[Judged]:
        context.hit = None
        if not reach(context, rule.condition):
            return []
        answer = evaluate(context, rule.condition)
        if answer.truth is Truth.NO:
            return []
        matches = places(answer.matches)
        if not matches or (answer.truth is Truth.YES and not certain(matches)):
            matches.insert(0, Match(*context.opening_span(), absent=True))
        judged = []
        for match in matches:
            excuse, doubts = self._exceptions(rule, match, context)
            if excuse is not None:
                excused.append(self._excused(rule.id, match, context, explain.excuse(excuse)))
                continue
            questions = (*answer.questions, *match.questions, *doubts)
            judged.append(Judged(self._finding(rule, match, context, questions), rule.penalties))
        return judged

    @staticmethod
    def _exceptions(rule: Rule, match: Match, context: Context) -> tuple[str | None, tuple[str, ...]]:
        """The exception that excuses the match, or the questions of those that are undecided."""
        context.hit = match._replace(questions=())  # whether it counts is not what exceptions are about
        doubts: tuple[str, ...] = ()
        for exception in rule.exceptions:
            if not reach(context, exception.condition):
                continue
            spoken = evaluate(context, exception.condition)
            if spoken.truth is Truth.YES:
                return exception.text, ()
            if spoken.truth is Truth.UNKNOWN:
                doubts += open_questions(spoken)
        return None, doubts

    @staticmethod
    def _excused(rule: str, match: Match, context: Context, reason: str) -> Excused:
        text = context.text[match.start : match.end]
        return Excused(rule=rule, start=match.start, end=match.end, text=text, reason=reason)

    def _finding(self, rule: Rule, match: Match, context: Context, questions: tuple[str, ...]) -> Finding:
        """A finding that fires, or asks when there are questions."""
        text = context.text[match.start : match.end]
        segment = context.timeline.segment(match.start)
        if questions:
            why = explain.question(rule, match, context.text, questions)
        else:
            why = explain.explanation(rule, match, context.text)
        return Finding(
            rule=rule.id,
            title=rule.title,
            kind=rule.kind,
            severity=rule.severity,
            action=rule.action,
            outcome=Outcome.ASKS if questions else Outcome.FIRES,
            start=match.start,
            end=match.end,
            text=text,
            t_start=segment.t_start,
            t_end=context.timeline.t_end(max(match.end - 1, match.start)),
            place=segment.place,
            seen_as=explain.seen_as(match),
            confidence=explain.confidence(match),
            law=rule.law,
            exposure=self._exposures[rule.id],
            message=explain.fill(rule.message, text),
            suggestion=explain.fill(rule.suggestion, text),
            rewrite=rewrite(rule.remedy, match, context),
            explanation=why,
            questions=tuple(dict.fromkeys(questions)),
        )

    def _covered(self, covered: Sequence[Covered], plan: Plan, context: Context) -> list[Excused]:
        """Hits under ordinary longer words, told once a place."""
        told: dict[tuple[int, int], Excused] = {}
        for each in covered:
            hit = each.hit
            if plan.is_atom(each.group):
                reason = f"「{each.cover}」是通常用语，其中的「{hit.term}」不算"
                match = Match(hit.start, hit.end)
                told.setdefault((hit.start, hit.end), self._excused("", match, context, reason))
        return [told[place] for place in sorted(told)]

    def _report(self, document: Document, day: date, judged: list[Judged], excused: list[Excused]) -> Report:
        findings = [j.finding for j in judged]
        shares = contributions(findings)
        told = tuple(f.model_copy(update={"contribution": s}) for f, s in zip(findings, shares, strict=True))
        return Report(
            id=document.id,
            source=document.source,
            category=document.category,
            title=document.title,
            verdict=verdict(findings),
            score=score(findings),
            release=self._release,
            as_of=day,
            findings=told,
            excused=tuple(excused),
            exposure=of_report(findings, [j.penalties for j in judged]),
        )
