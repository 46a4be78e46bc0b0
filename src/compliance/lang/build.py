"""Lark's parse tree → the syntax tree of tree.py."""

from typing import Any, cast

from lark import Token, Transformer, v_args
from lark.tree import Meta

from compliance.lang import tree
from compliance.lang.keywords import ACTIONS, CHANNELS, REGIONS, SPANS, SPEAKERS
from compliance.lang.position import Position
from compliance.words.entities import ENTITY_NAMES

_LARGEST_COUNT = 1e15  # no text says anything as often; int() of a float needs a bound
_ENTITIES = {name: kind for kind, name in ENTITY_NAMES.items()}


def _at(meta: Meta) -> Position:
    return Position(meta.line, meta.column, meta.start_pos, meta.end_pos)


def _of(token: Token) -> Position:
    return Position(token.line or 1, token.column or 1, token.start_pos or 0, token.end_pos or 0)


def _only(children: list[Any], *kinds: str) -> list[Token]:
    return [c for c in children if isinstance(c, Token) and c.type in kinds]


def _nodes(children: list[Any]) -> list[Any]:
    return [c for c in children if not isinstance(c, Token)]


def _distance(token: Token) -> tree.Distance:
    """DISTANCE tokens carry “amount dimension”; the checker rejects a dimension that does not fit."""
    amount, dimension = str(token).split(" ")
    return tree.Distance(float(amount), dimension, at=_of(token))


def _amount(token: Token) -> str:
    return str(token).split(" ")[0]


def _across(children: list[Any]) -> bool:
    return bool(_only(children, "ACROSS"))


@v_args(meta=True)
class BuildTree(Transformer[Token, Any]):
    """One method a production."""

    # pieces

    def words(self, _meta: Meta, c: list[Any]) -> tree.WordsDefinition:
        return tree.WordsDefinition(str(_only(c, "NAME")[0]), _nodes(c)[0], at=_of(_only(c, "NAME")[0]))

    def policy(self, meta: Meta, c: list[Any]) -> tree.Policy:
        name, title, version = (str(_only(c, kind)[0]) for kind in ("NAME", "STRING", "VERSION_NUMBER"))
        return tree.Policy(name, title, version, at=_at(meta))

    def head(self, _meta: Meta, c: list[Any]) -> tree.RuleDefinition:
        name = _only(c, "NAME", "PATH")[0]
        return tree.RuleDefinition(str(name), str(_only(c, "STRING")[0]), (), at=_of(name))

    # words

    def wordset(self, meta: Meta, c: list[Any]) -> tree.WordSet:
        excepted = [x for x in c if isinstance(x, tuple)]
        items = tuple(x for x in _nodes(c) if not isinstance(x, tuple))
        return tree.WordSet(items, excepted[0] if excepted else (), at=_at(meta))

    def excepted(self, _meta: Meta, c: list[Any]) -> tuple[Any, ...]:
        return tuple(_nodes(c))

    def word(self, meta: Meta, c: list[Any]) -> tree.Word:
        return tree.Word(str(c[0]), at=_at(meta))

    def pattern(self, meta: Meta, c: list[Any]) -> tree.Pattern:
        return tree.Pattern(str(c[0]), at=_at(meta))

    def group(self, meta: Meta, c: list[Any]) -> tree.GroupName:
        return tree.GroupName(str(c[0]), at=_at(meta))

    def group_of(self, meta: Meta, c: list[Any]) -> tree.GroupName:
        return tree.GroupName(str(_only(c, "STRING")[0]), at=_at(meta))

    def entity(self, meta: Meta, c: list[Any]) -> tree.Entity:
        name = str(_only(c, "NAME")[0])
        return tree.Entity(_ENTITIES.get(name, name), at=_at(meta))

    # clauses

    def named(self, _meta: Meta, c: list[Any]) -> tree.Clause:
        written = str(c[1])
        value = ACTIONS.get(written, written) if c[0].type == "ACTION" else written
        return tree.Clause(c[0].type, value, at=_of(c[1]))

    def listed(self, meta: Meta, c: list[Any]) -> tree.Clause:
        names = tuple(tree.Name(str(t), at=_of(t)) for t in _only(c, "NAME"))
        return tree.Clause(c[0].type, names, at=_at(meta))

    def cited(self, _meta: Meta, c: list[Any]) -> tree.Clause:
        at = _of(c[1])
        citation = tree.Citation(str(c[1]), str(c[2]), at=at._replace(end=_of(c[2]).end))
        return tree.Clause(c[0].type, citation, at=citation.at)

    def effective(self, meta: Meta, c: list[Any]) -> tree.Clause:
        return tree.Clause("EFFECTIVE", [str(t) for t in _only(c, "DATE")], at=_at(meta))

    def said(self, meta: Meta, c: list[Any]) -> tree.Clause:
        return tree.Clause(c[0].type, str(c[1]), at=_at(meta))

    def substituted(self, meta: Meta, c: list[Any]) -> tree.Clause:
        unit = _only(c, "NAME")
        named = SPANS.get(str(unit[0]), str(unit[0])) if unit else None
        value = tree.Substitute(str(_only(c, "STRING")[0]), named, at=_at(meta))
        return tree.Clause("SUBSTITUTE", value, at=_of(unit[0]) if unit else value.at)

    def condition(self, meta: Meta, c: list[Any]) -> tree.Clause:
        return tree.Clause(c[0].type, c[1], at=_at(meta))

    def let(self, meta: Meta, c: list[Any]) -> tree.Clause:
        name = _only(c, "NAME")[0]
        return tree.Clause("LET", tree.Let(str(name), _nodes(c)[0], at=_of(name)), at=_at(meta))

    def example(self, meta: Meta, c: list[Any]) -> tree.Clause:
        settings = tuple(x for x in c if isinstance(x, tree.Setting))
        outcome, span = next(x for x in c if isinstance(x, tuple))
        todo = bool(_only(c, "TODO"))
        value = tree.Example(str(_only(c, "STRING")[0]), settings, outcome, span, todo, at=_at(meta))
        return tree.Clause("TEST", value, at=value.at)

    def setting(self, meta: Meta, c: list[Any]) -> tree.Setting:
        value = _amount(c[2]) if c[2].type == "MONEY" else str(c[2])
        return tree.Setting(str(c[0]), value, c[2].type == "MONEY", at=_at(meta))

    def outcome(self, _meta: Meta, c: list[Any]) -> tuple[str, str | None]:
        return c[0].type.lower(), str(c[2]) if len(c) > 2 else None

    # expressions

    def any_of(self, meta: Meta, c: list[Any]) -> Any:
        parts = tuple(_nodes(c))
        return parts[0] if len(parts) == 1 else tree.Or(parts, at=_at(meta))

    def all_of(self, meta: Meta, c: list[Any]) -> Any:
        parts = tuple(_nodes(c))
        return parts[0] if len(parts) == 1 else tree.And(parts, at=_at(meta))

    def negation(self, meta: Meta, c: list[Any]) -> tree.Not:
        return tree.Not(_nodes(c)[0], at=_at(meta))

    def occurs(self, meta: Meta, c: list[Any]) -> tree.Occurs:
        return tree.Occurs(_nodes(c)[0], at=_at(meta))

    def hit(self, meta: Meta, _c: list[Any]) -> tree.HitRef:
        return tree.HitRef(at=_at(meta))

    def semantic(self, meta: Meta, c: list[Any]) -> tree.Semantic:
        kind, comparison, least = (str(_only(c, token)[0]) for token in ("NAME", "CMP", "NUMBER"))
        return tree.Semantic(kind, comparison, float(least), at=_at(meta))

    def grouped(self, _meta: Meta, c: list[Any]) -> Any:
        return _nodes(c)[0]

    def near(self, meta: Meta, c: list[Any]) -> tree.Near:
        left, right = _nodes(c)
        return tree.Near(left, right, _distance(_only(c, "DISTANCE")[0]), _across(c), at=_at(meta))

    within = near

    def same(self, meta: Meta, c: list[Any]) -> tree.SameSpan:
        left, right = _nodes(c)
        unit = str(_only(c, "NAME")[0])
        return tree.SameSpan(left, right, SPANS.get(unit, unit), at=_at(meta))

    same_as = same

    def before(self, meta: Meta, c: list[Any]) -> tree.Before:
        left, right = _nodes(c)
        return tree.Before(left, right, at=_at(meta))

    def before_apart(self, meta: Meta, c: list[Any]) -> tree.Before:
        left, right = _nodes(c)
        return tree.Before(left, right, _distance(_only(c, "DISTANCE")[0]), _across(c), at=_at(meta))

    def sequence(self, meta: Meta, c: list[Any]) -> tree.Before:
        """`A ..8chars B ..8chars C`: A before (B before C)."""
        *parts, last = _nodes(c)
        for part, gap in zip(reversed(parts), reversed(_only(c, "DISTANCE")), strict=True):
            last = tree.Before(part, last, _distance(gap), _across(c), at=_at(meta))
        return cast("tree.Before", last)

    def before_within(self, meta: Meta, c: list[Any]) -> tree.Near:
        """`A before B within 8chars of C`: the distance belongs to C."""
        left, middle, right = _nodes(c)
        inner = tree.Before(left, middle, at=_at(meta))
        return tree.Near(inner, right, _distance(_only(c, "DISTANCE")[0]), _across(c), at=_at(meta))

    def inside(self, meta: Meta, c: list[Any]) -> tree.Inside:
        inner, container = _nodes(c)
        match container:
            case tree.Occurs(words=tree.GroupName(name=name)) if name in REGIONS:
                return tree.Inside(inner, REGIONS[name], at=_at(meta))
        return tree.Inside(inner, "", container, at=_at(meta))

    def contains(self, meta: Meta, c: list[Any]) -> tree.Contains:
        return tree.Contains(*_nodes(c), at=_at(meta))

    def as_written(self, meta: Meta, c: list[Any]) -> tree.AsWritten:
        return tree.AsWritten(_nodes(c)[0], at=_at(meta))

    def voiced(self, meta: Meta, c: list[Any]) -> tree.Voiced:
        inner, *written = _nodes(c)
        aspect = _only(c, "SPEAKER", "CHANNEL")[0].type.lower()
        names = SPEAKERS if aspect == "speaker" else CHANNELS
        return tree.Voiced(inner, aspect, tuple(names.get(name, name) for name in written), at=_at(meta))

    def numeric(self, meta: Meta, c: list[Any]) -> tree.Numeric:
        written = _only(c, "NUMBER", "MONEY")[0]
        number, money = float(_amount(written)), written.type == "MONEY"
        return tree.Numeric(_nodes(c)[0], str(_only(c, "CMP")[0]), number, money, at=_at(meta))

    def cued(self, meta: Meta, c: list[Any]) -> tree.Cued:
        return tree.Cued(_nodes(c)[0], c[1].type.lower(), at=_at(meta))

    def count_of(self, meta: Meta, c: list[Any]) -> tree.Count:
        per = _only(c, "DISTANCE")
        number = int(min(float(_only(c, "NUMBER")[0]), _LARGEST_COUNT))
        window = _distance(per[0]) if per else None
        return tree.Count(_nodes(c)[0], str(_only(c, "CMP")[0]), number, window, at=_at(meta))

    count_call = count_of

    def missing_whole(self, meta: Meta, c: list[Any]) -> tree.Missing:
        return tree.Missing(_nodes(c)[0], at=_at(meta))

    def missing_after(self, meta: Meta, c: list[Any]) -> tree.Missing:
        trigger, words = _nodes(c)
        return tree.Missing(words, trigger, _distance(_only(c, "DISTANCE")[0]), at=_at(meta))

    def missing_in_after(self, meta: Meta, c: list[Any]) -> tree.Missing:
        words, trigger = _nodes(c)
        return tree.Missing(words, trigger, _distance(_only(c, "DISTANCE")[0]), at=_at(meta))

    def until_missing(self, meta: Meta, c: list[Any]) -> tree.Missing:
        trigger, until, words = _nodes(c)
        return tree.Missing(words, trigger, until=until, at=_at(meta))

    def missing_until(self, meta: Meta, c: list[Any]) -> tree.Missing:
        words, trigger, until = _nodes(c)
        return tree.Missing(words, trigger, until=until, at=_at(meta))

    def missing_first(self, meta: Meta, c: list[Any]) -> tree.Missing:
        window = _distance(_only(c, "DISTANCE")[0])
        return tree.Missing(_nodes(c)[0], window=window, opening=True, at=_at(meta))

    missing_in_first = missing_first

    # facts

    def value(self, _meta: Meta, c: list[Any]) -> str:
        return _amount(c[0]) if c[0].type == "MONEY" else str(c[0])

    def fact_is(self, meta: Meta, c: list[Any]) -> tree.FactIs:
        return tree.FactIs(str(c[0]), (c[2],), at=_at(meta))

    def fact_in(self, meta: Meta, c: list[Any]) -> tree.FactIs:
        values = tuple(x for x in c if not isinstance(x, Token))
        return tree.FactIs(str(c[0]), values, at=_at(meta))

    def fact_compares(self, meta: Meta, c: list[Any]) -> tree.FactCompares:
        number, money = float(_amount(c[2])), c[2].type == "MONEY"
        return tree.FactCompares(str(c[0]), str(c[1]), number, money, at=_at(meta))

    def lacks(self, meta: Meta, c: list[Any]) -> tree.LacksEvidence:
        return tree.LacksEvidence(str(_only(c, "NAME")[0]), at=_at(meta))
