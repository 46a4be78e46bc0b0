"""What a second opinion adds: hints under rules that are there already, and remarks on findings.

An opinion says “this is of that kind”; whether that breaks a law, and which, is for the rules that ask `语义(kind)`,
with their exceptions, as with the learned reader. It never lowers, excuses or drops what was found without it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from compliance.judge.context import Context
from compliance.judge.merge import Judged, one_per_problem
from compliance.lang import tree
from compliance.lang.rule import Rule
from compliance.lang.walk import walk
from compliance.meaning.reader import SemanticHit, Study
from compliance.model.document import Document
from compliance.model.opinion import Advice, Adviser, Claim, Concern, Consulted, Doubt, Inquiry
from compliance.model.report import Degraded, Excused, Finding
from compliance.model.vocabulary import Action, Kind, Outcome, SeenAs, Severity

if TYPE_CHECKING:
    from compliance.judge.judge import Judge

DOUBTFUL = 0.2
"""A stretch at least so likely in breach, in which no rule found anything: chosen on corpus/tune."""
UNSURE = 0.6
"""A learned finding below this confidence is asked about."""
NAME = "语言模型意见"


class Advised(NamedTuple):
    """The findings with the opinion's among them, and what else there is to tell."""

    judged: list[Judged]
    excused: list[Excused]
    degraded: list[Degraded]
    consulted: Consulted


class SecondOpinion:
    """On one document, after all else was judged; `rules` are those in force for it."""

    def __init__(self, judge: "Judge", context: Context, rules: Sequence[Rule], adviser: Adviser) -> None:
        self._judge = judge
        self._context = context
        self._rules = [rule for rule in rules if kinds_of(rule)]
        self._adviser = adviser

    def on(self, judged: list[Judged]) -> Advised:
        asked, doubts = self._doubts([each.finding for each in judged])
        kinds = tuple(dict.fromkeys(kind for rule in self._rules for kind in kinds_of(rule)))
        context = self._context
        inquiry = Inquiry(document=context.document, facts=dict(context.facts), kinds=kinds, doubts=doubts)
        advice = self._adviser.advise(inquiry)
        remarks = {asked[place]: remark for place, remark in advice.remarks.items()}
        judged = [
            Judged(each.finding.model_copy(update={"opinion": remarks[number]}), each.penalties)
            if number in remarks
            else each
            for number, each in enumerate(judged)
        ]
        raised, excused, waived = self._raised(advice, judged)
        degraded = [*waived, *(Degraded(rule=NAME, reason=problem) for problem in advice.problems)]
        everything = sorted([*judged, *raised], key=lambda j: (j.finding.start, j.finding.end, j.finding.rule))
        return Advised(everything, excused, degraded, advice.consulted)

    def _doubts(self, findings: Sequence[Finding]) -> tuple[dict[tuple[int, int], int], tuple[Doubt, ...]]:
        """The doubts, and the number of the finding that is each concern of each; likely breaches come first."""
        study = self._context.study
        found = [
            (stretch.breach, stretch.start, stretch.end)
            for stretch in (study.stretches if study else ())
            if stretch.breach >= DOUBTFUL and not _settled(findings, stretch.start, stretch.end)
        ]
        found += [(1.0, *self._context.sentences.sentence(f.start)) for f in findings if _doubted(f)]
        asked: dict[tuple[int, int], int] = {}
        doubts: list[Doubt] = []
        taken: list[tuple[int, int]] = []
        for _, start, end in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
            if any(s < end and start < e for s, e in taken):  # stretches of a long text overlap by half
                continue
            taken.append((start, end))
            inside = [n for n, f in enumerate(findings) if _doubted(f) and start <= f.start < end]
            asked.update({(len(doubts), place): number for place, number in enumerate(inside)})
            doubts.append(Doubt(start=start, end=end, concerns=tuple(_concern(findings[n]) for n in inside)))
        return asked, tuple(doubts)

    def _raised(self, advice: Advice, judged: Sequence[Judged]) -> tuple[list[Judged], list[Excused], list[Degraded]]:
        """What the rules make of the claims, where the same is not found already."""
        old = self._context
        context = Context(old.document, old.facts, old.registry, old.stances, old.day, _Claimed(advice.claims))
        context.scan = old.scan
        excused: list[Excused] = []
        degraded: list[Degraded] = []
        raised: list[Judged] = []
        for rule in self._rules if advice.claims else ():
            raised += self._judge.apply(rule, context, excused, degraded)
        known = [each.finding for each in judged]
        new = [each for each in one_per_problem(raised) if not _known(each.finding, known)]
        return [self._lowered(each) for each in new if each.finding.seen_as is SeenAs.OPINION], excused, degraded

    def _lowered(self, judged: Judged) -> Judged:
        action = Action.REFER if self._adviser.refers else Action.HINT
        lowered = {"severity": Severity.LOW, "action": action, "outcome": Outcome.FIRES}  # a hint asks for nothing
        return Judged(judged.finding.model_copy(update=lowered), judged.penalties)


class _Claimed:
    """Claims as hits of a reader, so that rules can ask about them."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims

    def study(self, _document: Document) -> Study:
        hits = [
            SemanticHit(claim.kind, claim.start, claim.end, claim.confidence, claim.confidence, (), claim.reason)
            for claim in self._claims
        ]
        return Study(tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.kind))), ())


def kinds_of(rule: Rule) -> tuple[Kind, ...]:
    """The kinds whose learned or claimed hits can make the rule fire."""
    return tuple(Kind(node.kind) for node in walk(rule.condition) if isinstance(node, tree.Semantic))


def _doubted(finding: Finding) -> bool:
    """Whether the finding itself says that somebody else should look at it."""
    if finding.outcome is not Outcome.FIRES or finding.end <= finding.start:
        return False
    learned = finding.seen_as is SeenAs.SEMANTIC and finding.confidence < UNSURE
    return learned or finding.action is Action.REFER


def _settled(findings: Sequence[Finding], start: int, end: int) -> bool:
    return any(f.action is not Action.HINT and f.start < end and start < f.end for f in findings)


def _concern(finding: Finding) -> Concern:
    return Concern(start=finding.start, end=finding.end, kind=finding.kind, title=finding.title)


def _known(finding: Finding, known: Sequence[Finding]) -> bool:
    return any(f.kind is finding.kind and f.start < finding.end and finding.start < f.end for f in known)
