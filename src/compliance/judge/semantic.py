"""What the second reader says, as matches and as a second thought about words that the rules found."""

from compliance.judge.answer import NO, Answer, Match, found
from compliance.judge.context import Context
from compliance.judge.merge import Judged
from compliance.judge.relations import compare
from compliance.lang import tree
from compliance.meaning.reader import SemanticHit
from compliance.meaning.stretches import WHOLE
from compliance.model.hit import Hit
from compliance.model.labels import ACTION_LABELS, KIND_LABELS
from compliance.model.report import Degraded
from compliance.model.vocabulary import Action, Outcome, SeenAs, Severity
from compliance.text.sentences import is_spoken

SURELY_LAWFUL = 0.08
"""Below this probability of any breach, words beside a cue are taken to be quoted or denied; chosen on corpus/tune."""
_AS_WRITTEN = frozenset({SeenAs.EXACT, SeenAs.FOLDED, SeenAs.PATTERN})
"""Only words that stand there openly: disguised ones are hidden from the second reader as well."""


def semantic(context: Context, node: tree.Semantic) -> Answer:
    """The places that the reader takes for a breach of the kind, at least so sure."""
    study = context.study
    if study is None:
        return NO
    until = _read_until(context)
    kind = (hit for hit in study.hits if hit.kind == node.kind)
    sure = (hit for hit in kind if hit.opinion or compare(hit.confidence, node.comparison, node.least))
    return found([_match(hit, context.text) for hit in sure if hit.end <= until])


def _read_until(context: Context) -> int:
    """Half of what somebody says reads otherwise than all of it: while more may follow, its end is not read yet."""
    length = context.timeline.length
    if not context.ongoing or not is_spoken(context.document):
        return length
    return max(context.sentences.utterance(length)[0], length - WHOLE)


def _match(hit: SemanticHit, text: str) -> Match:
    confidence = round(hit.confidence, 2)
    if hit.opinion:
        note = f"语言模型认为这里属于{KIND_LABELS[hit.kind]}（自报把握 {confidence:.2f}，未经校准）：{hit.opinion}"
        return Match(hit.start, hit.end, (Hit(hit.start, hit.end, hit.kind, SeenAs.OPINION, confidence),), (note,))
    heavy = "、".join(f"「{text[start:end]}」" for start, end in hit.words)
    note = f"通读上下文，语义判读认为这里属于{KIND_LABELS[hit.kind]}（把握 {confidence:.2f}）"
    note += f"，分量最重的是{heavy}" if heavy else ""
    return Match(hit.start, hit.end, (Hit(hit.start, hit.end, hit.kind, SeenAs.SEMANTIC, confidence),), (note,))


def second_thought(context: Context, judged: Judged) -> Judged:
    """The finding, lowered to a hint with the reason told where the reader is sure that nothing is wrong.

    The reader does not know every risky word, so its being sure counts only where something denies, asks or quotes.
    """
    finding = judged.finding
    if finding.outcome is not Outcome.FIRES or finding.seen_as not in _AS_WRITTEN or finding.action is Action.HINT:
        return judged
    study = context.study
    if study is None:
        return judged
    over = [s for s in study.stretches if s.start < finding.end and finding.start < s.end]
    breach = max((s.breach for s in over), default=1.0)
    if breach >= SURELY_LAWFUL or min((s.trust for s in over), default=0.0) < 1:
        return judged
    if not any(context.stances.hinted(context.plain[s.start : s.end]) for s in over):
        return judged
    why = (
        f"语义判读认为这里是引述、否定或告诫，不像违规（违规的可能 {breach:.0%}），"
        f"因此由{ACTION_LABELS[finding.action]}降为{ACTION_LABELS[Action.HINT]}，请人工确认。"
    )
    lowered = {"severity": Severity.LOW, "action": Action.HINT, "explanation": why + finding.explanation}
    return Judged(finding.model_copy(update=lowered), judged.penalties)


def unread(context: Context) -> tuple[Degraded, ...]:
    """That the reader was needed and could not read, or could not say what its finding is like."""
    told = []
    if context.unread:
        told.append(Degraded(rule="语义判读", reason=f"仅按规则审核：{context.unread}"))
    if context.uncompared:
        told.append(Degraded(rule="相近语料", reason=f"没有列出相近的语料：{context.uncompared}"))
    return tuple(told)
