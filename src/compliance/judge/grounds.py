"""Why the learned reader found something, for people: the characters that weighed most, and breaches like it."""

from compliance.judge.context import Context
from compliance.judge.merge import Judged
from compliance.meaning.reader import Reader, SemanticHit
from compliance.meaning.store import MeaningError
from compliance.model.report import Finding, Grounds, Precedent, Weighed
from compliance.model.vocabulary import SeenAs


def grounded(context: Context, judged: Judged, reader: Reader) -> Judged:
    """The finding with its grounds, if it is a learned one. Nothing is read or compared for others."""
    finding = judged.finding
    if finding.seen_as is not SeenAs.SEMANTIC:
        return judged
    grounds = Grounds(words=_words(context, finding), nearest=_nearest(context, finding, reader))
    return Judged(finding.model_copy(update={"grounds": grounds}), judged.penalties)


def _words(context: Context, finding: Finding) -> tuple[Weighed, ...]:
    """Those of the surest hit; a rule may have put its finding together from several."""
    study = context.study
    hits = [hit for hit in study.hits if _carries(hit, finding)] if study else []
    if not hits:
        return ()
    surest = max(hits, key=lambda hit: hit.confidence)
    return tuple(
        Weighed(start=start, end=end, share=round(share, 2))
        for (start, end), share in zip(surest.words, surest.shares, strict=False)
    )


def _carries(hit: SemanticHit, finding: Finding) -> bool:
    return hit.kind is finding.kind and finding.start <= hit.start and hit.end <= finding.end


def _nearest(context: Context, finding: Finding, reader: Reader) -> tuple[Precedent, ...]:
    try:
        return reader.nearest(finding.kind, finding.text)
    except MeaningError as error:
        context.uncompared = f"{error.problem}；{error.remedy}"
        return ()
