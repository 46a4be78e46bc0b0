"""A document against all rules of a release: scan once, look only at rules whose words occurred."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from compliance.judge import explain
from compliance.judge.advice import SecondOpinion
from compliance.judge.answer import Match, Truth, certain, open_questions, places
from compliance.judge.bases import Bases, other_than
from compliance.judge.context import Context
from compliance.judge.draft import Draft, Drafts
from compliance.judge.evaluate import evaluate
from compliance.judge.exposure import of_report
from compliance.judge.facts import facts_of
from compliance.judge.grounds import grounded
from compliance.judge.merge import Judged, one_per_problem
from compliance.judge.plan import Plan, Planner
from compliance.judge.reach import reach
from compliance.judge.rewrite import rewrite
from compliance.judge.score import contributions, score, verdict
from compliance.judge.semantic import second_thought, unread
from compliance.judge.stance import Stances
from compliance.lang.registry import CATEGORY_FACT, FactRegistry, LawRegistry
from compliance.lang.rule import Rule
from compliance.lang.ruleset import RuleSet
from compliance.meaning.reader import Reader
from compliance.model.document import Document
from compliance.model.opinion import Adviser
from compliance.model.report import Degraded, Excused, Finding, Report, Standing
from compliance.model.vocabulary import Outcome
from compliance.words.scanner import Covered, Scanner

_Told = TypeVar("_Told", Excused, Degraded)


class Judge:
    """Immutable after construction; safe to share between threads."""

    def __init__(
        self,
        rules: Iterable[Rule],
        scanner: Scanner,
        facts: FactRegistry,
        stances: Stances,
        release: str,
        reader: Reader | None = None,
        laws: LawRegistry | None = None,
    ) -> None:
        """`laws` say which articles bind advertisements only; without them, all bind whatever the text is."""
        self._scanner = scanner
        self.registry = facts
        self.stances = stances
        self._release = release
        self._reader = reader
        self.rules = RuleSet.of(rules)
        self._bases = Bases(laws or LawRegistry(()))
        self._drafts = Drafts(self._bases)
        self._planner = Planner(self.rules, scanner)

    def review(self, document: Document, day: date, *, ongoing: bool = False, adviser: Adviser | None = None) -> Report:
        """Every finding of the document under the law of `day`. Raises FactError for facts that do not fit.

        `ongoing`: more words may follow, so that duties which may still be kept are not broken yet. `adviser` is
        asked about what is doubtful.
        """
        facts = facts_of(document, self.registry)
        plan = self.plan(document, facts)
        context = self.context(document, facts, day, plan)
        context.ongoing = ongoing
        judged: list[Judged] = []
        excused: list[Excused] = []
        degraded: list[Degraded] = []
        rules = plan.candidates(context.scan.possible, day)
        for rule in rules:
            judged += self.apply(rule, context, excused, degraded)
        judged = one_per_problem(judged)
        judged = [self.reconsidered(context, each) for each in judged]
        excused += self._covered(context.scan.excused, plan, context)
        degraded += unread(context)
        if adviser is None:
            return self._report(context, judged, excused, degraded)
        advised = SecondOpinion(self, context, rules, adviser).on(judged)
        excused, degraded = _once(excused + advised.excused), _once(degraded + advised.degraded)
        report = self._report(context, advised.judged, excused, degraded)
        return report.model_copy(update={"consulted": advised.consulted})

    def plan(self, document: Document, facts: Mapping[str, str]) -> Plan:
        """The rules for documents of this source and category."""
        return self._planner.plan(document, facts.get(CATEGORY_FACT))

    def plan_of(self, rules: Iterable[Rule]) -> Plan:
        """Some rules by themselves."""
        return Plan(RuleSet.of(rules), self._scanner)

    def facts(self, document: Document) -> dict[str, str]:
        """What the document answers to the facts that rules read. Raises FactError."""
        return facts_of(document, self.registry)

    def context(self, document: Document, facts: Mapping[str, str], day: date, plan: Plan | None = None) -> Context:
        """The document under judgement, scanned for the words of a plan; without one, only its text and places."""
        context = Context(document, facts, self.registry, self.stances, day, self._reader)
        if plan is not None:
            context.scan = self._scanner.scan(context.heard, plan.selection)
        return context

    def apply(
        self,
        rule: Rule,
        context: Context,
        excused: list[Excused],
        degraded: list[Degraded] | None = None,
        after: int = -1,
    ) -> list[Judged]:
        """What one rule finds, as if it were the only one; what it excuses and had to waive goes into the lists.

        Words that end before `after` are passed over.
        """
        context.hit = None
        context.waived = []
        if not reach(context, rule.condition):
            return []
        matches, questions = matches_of(rule, context)
        waived, context.waived = context.waived, []
        if waived and degraded is not None:
            degraded += self._degraded(rule, context, waived, matches)
        judged = []
        for match in matches:
            if match.end <= after:
                continue
            excuse, doubts = self.exceptions(rule, match, context)
            if excuse is not None:
                excused.append(self._excused(rule.id, match, context, explain.excuse(excuse)))
                continue
            asked = (*questions, *match.questions, *doubts)
            judged.append(Judged(self.finding(rule, match, context, asked), self._draft(rule, context).penalties))
        return judged

    def _degraded(self, rule: Rule, context: Context, waived: list[str], strict: list[Match]) -> list[Degraded]:
        """The duties that were waived because words are lost, where they would have been broken otherwise."""
        context.waived = None
        told = {match[:2] for match in strict}
        broken = [m for m in matches_of(rule, context)[0] if m[:2] not in told]
        excused = all(self.exceptions(rule, match, context)[0] is not None for match in broken)
        context.waived = []
        return [] if excused else [Degraded(rule=rule.id, reason=reason) for reason in dict.fromkeys(waived)]

    def reconsidered(self, context: Context, judged: Judged) -> Judged:
        """A finding as the second reader sees it, where there is one."""
        if self._reader is None:
            return judged
        return grounded(context, second_thought(context, judged), self._reader)

    @staticmethod
    def exceptions(rule: Rule, match: Match, context: Context) -> tuple[str | None, tuple[str, ...]]:
        """The exception that excuses the match, or the questions of those that are undecided."""
        context.hit = match._replace(questions=())  # whether it counts is not what exceptions are about
        doubts: tuple[str, ...] = ()
        for exception in rule.exceptions:
            if context.known is None and not reach(context, exception.condition):
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

    def finding(self, rule: Rule, match: Match, context: Context, questions: tuple[str, ...]) -> Finding:
        """A finding that fires, or asks when there are questions."""
        text = context.text[match.start : match.end]
        segment = context.timeline.segment(match.start)
        draft = self._draft(rule, context)
        if questions:
            why = explain.question(rule, match, context.text, questions)
        else:
            why = explain.explanation(match, context.text, draft.reasons)
        of_match = {
            "outcome": Outcome.ASKS if questions else Outcome.FIRES,
            "start": match.start,
            "end": match.end,
            "text": text,
            "t_start": segment.t_start,
            "t_end": context.timeline.t_end(max(match.end - 1, match.start)),
            "place": segment.place,
            "seen_as": explain.seen_as(match),
            "confidence": explain.confidence(match),
            "message": explain.fill(rule.message, text),
            "suggestion": explain.fill(rule.suggestion, text),
            "rewrite": rewrite(rule.remedy, match, context),
            "explanation": why,
            "questions": tuple(dict.fromkeys(questions)),
        }
        return draft.finding.model_copy(update=of_match)

    def _draft(self, rule: Rule, context: Context) -> Draft:
        return self._drafts.of(rule, context.character.character, context.day)

    def _standing(self, context: Context, findings: Sequence[Finding]) -> Standing | None:
        """As what the text was judged, where that matters to any finding."""
        rules = [self.rules.named((finding.rule, *finding.also)) for finding in findings]
        if not any(self._bases.depends(rule) for each in rules for rule in each):
            return None
        found, other = context.character, other_than(context.character.character)
        penalties = [[p for rule in each for p in self._bases.penalties(rule, other, context.day)] for each in rules]
        return Standing(
            character=found.character,
            assumed=found.assumed,
            reason=found.reason,
            law=self._bases.references(found.law, context.day),
            other=of_report(findings, penalties),
        )

    def _covered(self, covered: Sequence[Covered], plan: Plan, context: Context) -> list[Excused]:
        """Hits under ordinary longer words, told once a place."""
        told: dict[tuple[int, int], Excused] = {}
        for each in covered:
            hit = each.hit
            if plan.is_atom(each.group):
                reason = explain.covered(each.cover, hit.term)
                match = Match(hit.start, hit.end)
                told.setdefault((hit.start, hit.end), self._excused("", match, context, reason))
        return [told[place] for place in sorted(told)]

    def _report(
        self, context: Context, judged: list[Judged], excused: list[Excused], degraded: list[Degraded]
    ) -> Report:
        document = context.document
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
            as_of=context.day,
            findings=told,
            excused=tuple(excused),
            exposure=of_report(findings, [j.penalties for j in judged]),
            standing=self._standing(context, findings),
            degraded=tuple(degraded),
        )


def matches_of(rule: Rule, context: Context) -> tuple[list[Match], tuple[str, ...]]:
    """Where the condition of a rule holds, before its exceptions, and what is to be asked about all of it."""
    context.patient = context.ongoing  # exceptions are not: they excuse by what was said so far
    answer = evaluate(context, rule.condition)
    context.patient = False
    if answer.truth is Truth.NO:
        return [], ()
    matches = places(answer.matches)
    if not matches or (answer.truth is Truth.YES and not certain(matches)):
        matches.insert(0, Match(*context.opening_span(), absent=True))
    return matches, answer.questions


def _once(told: list[_Told]) -> list[_Told]:
    return list(dict.fromkeys(told))
