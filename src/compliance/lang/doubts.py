"""Warnings about sound rules: exceptions that cannot apply, rules that add nothing, gaps of guards and dates."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from compliance.lang import tree
from compliance.lang.registry import LawRegistry
from compliance.lang.rule import Rule
from compliance.lang.walk import walk

Report = Callable[..., None]
_Facts = tree.FactIs | tree.FactCompares | tree.LacksEvidence


def doubts(rule: Rule, laws: LawRegistry, report: Report) -> None:
    """What is doubtful about one rule by itself."""
    _exceptions(rule, report)
    if rule.atoms is None and not _guarded(rule.condition):
        report("W106", rule.at, rule=rule.id)
    if rule.effective_to is not None and all(_goes_on(rule, law, article, laws) for law, article in _cited(rule)):
        report("W107", rule.at, end=rule.effective_to.isoformat())


def _exceptions(rule: Rule, report: Report) -> None:
    given = [part for part in _conjuncts(rule.condition) if _is_wordless(part)]
    for exception in rule.exceptions:
        for part in _conjuncts(exception.condition):
            against = next((each for each in given if _contradict(each, part)), None)
            if against is not None:
                report("W104", exception.condition.at, why_zh="与「当」里的条件相反", why_en="`when` says the contrary")
                break


def _conjuncts(node: tree.Expr) -> tuple[tree.Expr, ...]:
    return node.parts if isinstance(node, tree.And) else (node,)


def _is_wordless(node: tree.Expr) -> bool:
    inner = node.inner if isinstance(node, tree.Not) else node
    return isinstance(inner, _Facts)


def _contradict(one: tree.Expr, other: tree.Expr) -> bool:
    """Whether no document can answer yes to both."""
    if isinstance(one, tree.Not) and not isinstance(other, tree.Not):
        return _contradict(other, one)
    if isinstance(other, tree.Not):
        # Not: what is denied holds wherever the other does.
        denied = other.inner
        if isinstance(one, tree.FactIs) and isinstance(denied, tree.FactIs):
            return one.path == denied.path and set(one.values) <= set(denied.values)
        return one == denied
    if isinstance(one, tree.FactIs) and isinstance(other, tree.FactIs):
        return one.path == other.path and not set(one.values) & set(other.values)
    return False


def _guarded(condition: tree.Expr) -> bool:
    """Whether some fact decides over the whole condition."""
    if isinstance(condition, tree.And):
        return any(_guarded(part) for part in condition.parts)
    if isinstance(condition, tree.Or):
        return all(_guarded(part) for part in condition.parts)
    inner = condition.inner if isinstance(condition, tree.Not) else condition
    return isinstance(inner, _Facts | tree.Semantic)


def _cited(rule: Rule) -> list[tuple[str, str]]:
    return [(ref.name, ref.article) for ref in rule.law] + [(ref.law, ref.article) for ref in rule.penalties]


def _goes_on(rule: Rule, law: str, article: str, laws: LawRegistry) -> bool:
    """Whether the article that the rule cites stays in force behind the rule's end."""
    instrument = laws.instrument(law)
    return instrument is not None and laws.in_force(instrument, article, rule.effective_from, None) is not None


def subsumed(rules: Sequence[Rule]) -> Iterable[tuple[Rule, Rule]]:
    """Rules that add nothing to another one: (the narrower, the wider), each narrower rule once."""
    by_atom: defaultdict[tuple[str, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        for atom in rule.atoms or ():
            by_atom[rule.kind, atom].append(rule)
    for rule in rules:
        others = {id(o): o for atom in rule.atoms or () for o in by_atom[rule.kind, atom][:_MOST] if o is not rule}
        wider = next(
            (o for o in others.values() if _covers(o, rule) and not (_covers(rule, o) and o.id > rule.id)), None
        )
        if wider is not None:
            yield rule, wider


_MOST = 100
"""Rules with an atom in common that are compared with each other."""


def _covers(wider: Rule, rule: Rule) -> bool:
    """Whether the wider rule finds at least the words that the other finds, wherever and whenever that is in force."""
    return (
        wider.stage is rule.stage
        and wider.sources >= rule.sources
        and wider.effective_from <= rule.effective_from
        and (wider.effective_to is None or (rule.effective_to is not None and rule.effective_to <= wider.effective_to))
        and {e.condition for e in wider.exceptions} <= {e.condition for e in rule.exceptions}
        and _implies(rule.condition, wider.condition)
    )


def _implies(narrow: tree.Expr, wide: tree.Expr) -> bool:
    """By their shape: the same, or with more in 且 behind what carries the hit, or with less in 或."""
    if narrow == wide:
        return True
    if isinstance(wide, tree.Or):
        parts = narrow.parts if isinstance(narrow, tree.Or) else (narrow,)
        return all(any(_implies(part, other) for other in wide.parts) for part in parts)
    if any(isinstance(node, tree.Count | tree.Missing | tree.Not) for node in walk(wide)):
        return False
    narrow_parts, wide_parts = _conjuncts(narrow), _conjuncts(wide)
    if len(narrow_parts) <= len(wide_parts):
        return False
    carrying = [part for part in narrow_parts if not _is_wordless(part)]
    first = next((part for part in wide_parts if not _is_wordless(part)), None)
    return bool(carrying) and carrying[0] == first and all(part in narrow_parts for part in wide_parts)
