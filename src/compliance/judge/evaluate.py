"""Conditions → answers. Three-valued: 且 takes the least, 或 the greatest, and a definite no beats unknown."""

from collections.abc import Callable
from typing import Any

from compliance.judge.answer import NO, YES, Answer, Match, Truth, certain, doubted, found
from compliance.judge.context import Context
from compliance.judge.duties import missing_after, missing_anywhere, missing_in_opening, missing_until
from compliance.judge.filters import as_written, containing, inside, voiced
from compliance.judge.quantity import numeric
from compliance.judge.reach import found_in, meeting, stretches_of
from compliance.judge.relations import before, compare, count, count_each, count_per, in_time, is_timed, near, same_span
from compliance.judge.semantic import semantic
from compliance.lang import tree
from compliance.words.stretches import ANYWHERE


def evaluate(context: Context, node: tree.Expr) -> Answer:
    """The answer of one condition; never loops, never raises for what a document says."""
    if context.known is not None and (answer := context.known.get(id(node))) is not None:
        return answer
    return _EVALUATORS[type(node)](context, node)


def _occurs(context: Context, node: tree.Occurs) -> Answer:
    matches = context.matches(node.group)
    return Answer(Truth.YES, matches) if matches else NO


def _hit(context: Context, _node: tree.HitRef) -> Answer:
    return Answer(Truth.YES, (context.hit,)) if context.hit else NO


def _relation(
    context: Context, node: tree.Near | tree.Before | tree.SameSpan, join: Callable[..., Answer], *rest: Any
) -> Answer:
    """An operator between two hits: no when either side says no, unknown when one is unknown.

    Both sides are looked for only where both may be, and the second only where the first was found.
    """
    outer = context.focus
    inner = meeting(context, node) & outer
    if not inner:
        return NO
    context.focus = inner
    try:
        first = evaluate(context, node.left)
        if first.truth is Truth.NO:
            return NO
        context.focus = inner & found_in(context, node, first)
        second = evaluate(context, node.right)
    finally:
        context.focus = outer
    joined = join(context, first.matches, second.matches, *rest)
    questions = joined.questions + first.questions + second.questions
    return Answer(min(joined.truth, first.truth, second.truth), joined.matches, questions)


def _everywhere(context: Context, node: tree.Expr) -> Answer:
    """The answer of a part that speaks of the whole text, whatever stretch matters outside it."""
    outer, context.focus = context.focus, ANYWHERE
    try:
        return evaluate(context, node)
    finally:
        context.focus = outer


def _in_time(context: Context, node: tree.Near | tree.Before, seconds: float) -> Answer:
    """Only where it is known when things are said; both sides are looked for everywhere."""
    if not context.timeline.timed:
        return NO
    first = _everywhere(context, node.left)
    second = NO if first.truth is Truth.NO else _everywhere(context, node.right)
    in_order = isinstance(node, tree.Before)
    joined = in_time(context, first.matches, second.matches, seconds, in_order=in_order)
    questions = joined.questions + first.questions + second.questions
    return Answer(min(joined.truth, first.truth, second.truth), joined.matches, questions)


def _near(context: Context, node: tree.Near) -> Answer:
    if is_timed(node):
        return _in_time(context, node, node.distance.amount)
    return _relation(context, node, near, node.distance, node.across)


def _before(context: Context, node: tree.Before) -> Answer:
    if node.distance is not None and is_timed(node):
        return _in_time(context, node, node.distance.amount)
    return _relation(context, node, before, node.distance, node.across)


def _same(context: Context, node: tree.SameSpan) -> Answer:
    return _relation(context, node, same_span, node.unit)


def _inside(context: Context, node: tree.Inside) -> Answer:
    inner = evaluate(context, node.inner)
    if inner.truth is Truth.NO:
        return NO
    container = None if node.container is None else _at(context, inner, node.container)
    return _kept(inner, inside(context, inner, node, container))


def _contains(context: Context, node: tree.Contains) -> Answer:
    outer = evaluate(context, node.outer)
    return NO if outer.truth is Truth.NO else _kept(outer, containing(outer, _at(context, outer, node.inner)))


def _at(context: Context, answer: Answer, node: tree.Expr) -> Answer:
    """What another condition answers where an answer's hits are."""
    if not isinstance(node, tree.Occurs):
        return _everywhere(context, node)
    focus, context.focus = context.focus, stretches_of(context, answer.matches)
    try:
        return evaluate(context, node)
    finally:
        context.focus = focus


def _kept(before: Answer, after: Answer) -> Answer:
    """What a filter leaves of an answer."""
    return Answer(min(before.truth, after.truth), after.matches, before.questions + after.questions)


def _cued(context: Context, node: tree.Cued) -> Answer:
    inner = evaluate(context, node.inner)
    return _kept(inner, found([m for m in inner.matches if context.stances.holds(node.stance, context, m)]))


def _voiced(context: Context, node: tree.Voiced) -> Answer:
    inner = evaluate(context, node.inner)
    return _kept(inner, voiced(context, inner.matches, node))


def _numeric(context: Context, node: tree.Numeric) -> Answer:
    inner = evaluate(context, node.inner)
    return _kept(inner, numeric(context, inner.matches, node))


def _as_written(context: Context, node: tree.AsWritten) -> Answer:
    inner = evaluate(context, node.inner)
    return _kept(inner, as_written(context, inner.matches))


_UNTIL_THE_END = frozenset({"<", "<=", "=="})
"""Comparisons that later words may still break: as long as there may be any, they do not hold yet."""


def _count(context: Context, node: tree.Count) -> Answer:
    if node.unit is not None:
        return count_each(context, _everywhere(context, node.inner), node)
    if context.patient and node.comparison in _UNTIL_THE_END:
        return NO
    inner = _everywhere(context, node.inner)
    return count(inner, node) if node.per is None else count_per(context, inner, node, node.per.amount)


def _missing(context: Context, node: tree.Missing) -> Answer:
    if node.after is not None:
        trigger = _everywhere(context, node.after)
        if trigger.truth is Truth.NO:
            return NO
        said = _everywhere(context, node.words)
        if node.window is not None:
            answer = missing_after(context, trigger, said, node.window)
        else:
            answer = missing_until(context, trigger, said, _everywhere(context, node.until) if node.until else NO)
        return Answer(min(trigger.truth, answer.truth), answer.matches, trigger.questions + answer.questions)
    said = _everywhere(context, node.words)
    if node.opening and node.window is not None:
        return missing_in_opening(context, said, node.window)
    return missing_anywhere(context, said)


def _fact_is(context: Context, node: tree.FactIs) -> Answer:
    value = context.facts.get(node.path)
    if value is None:
        return _ask(context, node.path)
    return YES if value in node.values else NO


def _fact_compares(context: Context, node: tree.FactCompares) -> Answer:
    value = context.facts.get(node.path)
    if value is None:
        return _ask(context, node.path)
    return YES if compare(float(value), node.comparison, node.number) else NO


def _ask(context: Context, path: str) -> Answer:
    spec = context.registry.facts[path]
    return Answer(Truth.UNKNOWN, (), (f"{spec.question}（{spec.supplier}提供「{spec.name}」）",))


def _lacks(context: Context, node: tree.LacksEvidence) -> Answer:
    """Closed world: what is not attached is lacking."""
    return NO if node.kind in context.evidence else YES


def _not(context: Context, node: tree.Not) -> Answer:
    patient, context.patient = context.patient, False  # what does not hold so far is denied so far
    try:
        inner = _everywhere(context, node.inner)
    finally:
        context.patient = patient
    return Answer(Truth(Truth.YES - inner.truth), (), inner.questions)


def _and(context: Context, node: tree.And) -> Answer:
    """The hits of the first part that has any; the other parts are conditions and add notes.

    With a duty over the whole text or its opening, one breach is one duty broken, however often the
    trigger was said: only the first hit is kept.
    """
    truth = Truth.YES
    carrying: tuple[Match, ...] = ()
    absences: tuple[Match, ...] = ()
    questions: tuple[str, ...] = ()
    for part in node.parts:
        answer = _everywhere(context, part)
        if answer.truth is Truth.NO:
            return NO
        truth = min(truth, answer.truth)
        questions += answer.questions
        if isinstance(part, tree.Missing) and part.after is None:
            absences += answer.matches
        elif not carrying or (certain(answer.matches) and not certain(carrying)):
            carrying = answer.matches
    if absences:
        notes = tuple(note for absence in absences for note in absence.notes)
        first = (certain(carrying) or carrying or absences)[0]
        kept = first._replace(notes=tuple(dict.fromkeys(first.notes + notes)), absent=True)
        return Answer(truth, (kept,), questions)
    return Answer(truth, carrying, questions)


def _or(context: Context, node: tree.Or) -> Answer:
    """The hits of every part; those of a part that is unknown stay questionable beside those that are sure."""
    answers = [evaluate(context, part) for part in node.parts]
    truth = max(answer.truth for answer in answers)
    if truth is Truth.NO:
        return NO
    matches = tuple(match for answer in answers for match in doubted(answer))
    if truth is Truth.YES:
        return Answer(truth, matches)
    return Answer(truth, matches, tuple(question for answer in answers for question in answer.questions))


_EVALUATORS: dict[type, Callable[[Context, Any], Answer]] = {
    tree.Occurs: _occurs,
    tree.HitRef: _hit,
    tree.Semantic: semantic,
    tree.Near: _near,
    tree.Before: _before,
    tree.SameSpan: _same,
    tree.Inside: _inside,
    tree.Contains: _contains,
    tree.Cued: _cued,
    tree.Voiced: _voiced,
    tree.Numeric: _numeric,
    tree.AsWritten: _as_written,
    tree.Count: _count,
    tree.Missing: _missing,
    tree.FactIs: _fact_is,
    tree.FactCompares: _fact_compares,
    tree.LacksEvidence: _lacks,
    tree.Not: _not,
    tree.And: _and,
    tree.Or: _or,
}
