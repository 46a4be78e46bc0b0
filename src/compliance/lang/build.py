"""What lark reduces → the syntax tree of tree.py, production by production, with no tree of lark's in between."""

from typing import Any, NamedTuple, cast

from lark import Token, Transformer

from compliance.lang import tree
from compliance.lang.keywords import ACTIONS, CHANNELS, REGIONS, SPANS, SPEAKERS
from compliance.lang.position import Position
from compliance.words.entities import ENTITY_NAMES

_LARGEST_COUNT = 1e15  # no text says anything as often; int() of a float needs a bound
_ENTITIES = {name: kind for kind, name in ENTITY_NAMES.items()}


class _Bracketed(NamedTuple):
    """An expression in brackets: what stands around it begins and ends with them, it does not."""

    inner: tree.Expr
    at: Position


class _Excepted(NamedTuple):
    items: tuple[tree.WordItem, ...]
    at: Position


class _Outcome(NamedTuple):
    """应报, 不报 or 待补, and the words that 于 names."""

    name: str
    span: str | None
    at: Position


def _of(token: Token) -> Position:
    return Position(token.line or 1, token.column or 1, token.start_pos or 0, token.end_pos or 0)


def _place(child: Any) -> Position:
    if type(child) is Token:
        return _of(child)
    at: Position = child.at
    return at


def _at(children: list[Any]) -> Position:
    """From the first child to the end of the last."""
    first, last = _place(children[0]), _place(children[-1])
    return Position(first.line, first.column, first.start, last.end)


def _only(children: list[Any], *kinds: str) -> list[Token]:
    return [c for c in children if type(c) is Token and c.type in kinds]


def _nodes(children: list[Any]) -> list[Any]:
    return [c.inner if type(c) is _Bracketed else c for c in children if type(c) is not Token]


def _distance(token: Token) -> tree.Distance:
    """DISTANCE tokens carry “amount dimension”; the checker rejects a dimension that does not fit."""
    amount, dimension = str(token).split(" ")
    return tree.Distance(float(amount), dimension, at=_of(token))


def _amount(token: Token) -> str:
    return str(token).split(" ")[0]


def _across(children: list[Any]) -> bool:
    return bool(_only(children, "ACROSS"))


class BuildTree(Transformer[Token, Any]):
    """One method a production."""

    # pieces

    def words(self, c: list[Any]) -> tree.WordsDefinition:
        return tree.WordsDefinition(str(_only(c, "NAME")[0]), _nodes(c)[0], at=_of(_only(c, "NAME")[0]))

    def policy(self, c: list[Any]) -> tree.Policy:
        name, title, version = (str(_only(c, kind)[0]) for kind in ("NAME", "STRING", "VERSION_NUMBER"))
        return tree.Policy(name, title, version, at=_at(c))

    def head(self, c: list[Any]) -> tree.RuleDefinition:
        name = _only(c, "NAME", "PATH")[0]
        return tree.RuleDefinition(str(name), str(_only(c, "STRING")[0]), (), at=_of(name))

    # words

    def wordset(self, c: list[Any]) -> tree.WordSet:
        items = _nodes(c)
        excepted = items.pop().items if isinstance(items[-1], _Excepted) else ()
        return tree.WordSet(tuple(items), excepted, at=_at(c))

    def excepted(self, c: list[Any]) -> _Excepted:
        return _Excepted(tuple(_nodes(c)), _at(c))

    def word(self, c: list[Any]) -> tree.Word:
        return tree.Word(str(c[0]), at=_at(c))

    def pattern(self, c: list[Any]) -> tree.Pattern:
        return tree.Pattern(str(c[0]), at=_at(c))

    def group(self, c: list[Any]) -> tree.GroupName:
        return tree.GroupName(str(c[0]), at=_at(c))

    def group_of(self, c: list[Any]) -> tree.GroupName:
        return tree.GroupName(str(_only(c, "STRING")[0]), at=_at(c))

    def entity(self, c: list[Any]) -> tree.Entity:
        name = str(_only(c, "NAME")[0])
        return tree.Entity(_ENTITIES.get(name, name), at=_at(c))

    # clauses

    def named(self, c: list[Any]) -> tree.Clause:
        written = str(c[1])
        value = ACTIONS.get(written, written) if c[0].type == "ACTION" else written
        return tree.Clause(c[0].type, value, at=_of(c[1]))

    def listed(self, c: list[Any]) -> tree.Clause:
        names = tuple(tree.Name(str(t), at=_of(t)) for t in _only(c, "NAME"))
        return tree.Clause(c[0].type, names, at=_at(c))

    def cited(self, c: list[Any]) -> tree.Clause:
        at = _of(c[1])
        citation = tree.Citation(str(c[1]), str(c[2]), at=at._replace(end=_of(c[2]).end))
        return tree.Clause(c[0].type, citation, at=citation.at)

    def effective(self, c: list[Any]) -> tree.Clause:
        return tree.Clause("EFFECTIVE", [str(t) for t in _only(c, "DATE")], at=_at(c))

    def said(self, c: list[Any]) -> tree.Clause:
        return tree.Clause(c[0].type, str(c[1]), at=_at(c))

    def substituted(self, c: list[Any]) -> tree.Clause:
        unit = _only(c, "NAME")
        named = SPANS.get(str(unit[0]), str(unit[0])) if unit else None
        value = tree.Substitute(str(_only(c, "STRING")[0]), named, at=_at(c))
        return tree.Clause("SUBSTITUTE", value, at=_of(unit[0]) if unit else value.at)

    def condition(self, c: list[Any]) -> tree.Clause:
        return tree.Clause(c[0].type, _nodes(c)[0], at=_at(c))

    def let(self, c: list[Any]) -> tree.Clause:
        name = _only(c, "NAME")[0]
        return tree.Clause("LET", tree.Let(str(name), _nodes(c)[0], at=_of(name)), at=_at(c))

    def example(self, c: list[Any]) -> tree.Clause:
        settings = tuple(x for x in c if isinstance(x, tree.Setting))
        outcome: _Outcome = c[-1]
        todo = c[0].type == "TODO"
        text = str(_only(c, "STRING")[0])
        value = tree.Example(text, settings, outcome.name, outcome.span, todo, at=_at(c))
        return tree.Clause("TEST", value, at=value.at)

    def setting(self, c: list[Any]) -> tree.Setting:
        value = _amount(c[2]) if c[2].type == "MONEY" else str(c[2])
        return tree.Setting(str(c[0]), value, c[2].type == "MONEY", at=_at(c))

    def outcome(self, c: list[Any]) -> _Outcome:
        return _Outcome(c[0].type.lower(), str(c[2]) if len(c) > 2 else None, _at(c))

    # expressions

    def any_of(self, c: list[Any]) -> Any:
        return c[0] if len(c) == 1 else tree.Or(tuple(_nodes(c)), at=_at(c))

    def all_of(self, c: list[Any]) -> Any:
        return c[0] if len(c) == 1 else tree.And(tuple(_nodes(c)), at=_at(c))

    def negation(self, c: list[Any]) -> tree.Not:
        return tree.Not(_nodes(c)[0], at=_at(c))

    def occurs(self, c: list[Any]) -> tree.Occurs:
        return tree.Occurs(_nodes(c)[0], at=_at(c))

    def hit(self, c: list[Any]) -> tree.HitRef:
        return tree.HitRef(at=_at(c))

    def semantic(self, c: list[Any]) -> tree.Semantic:
        kind, comparison, least = (str(_only(c, token)[0]) for token in ("NAME", "CMP", "NUMBER"))
        return tree.Semantic(kind, comparison, float(least), at=_at(c))

    def grouped(self, c: list[Any]) -> _Bracketed:
        return _Bracketed(_nodes(c)[0], _at(c))

    def near(self, c: list[Any]) -> tree.Near:
        left, right = _nodes(c)
        return tree.Near(left, right, _distance(_only(c, "DISTANCE")[0]), _across(c), at=_at(c))

    within = near

    def same(self, c: list[Any]) -> tree.SameSpan:
        left, right = _nodes(c)
        unit = str(_only(c, "NAME")[0])
        return tree.SameSpan(left, right, SPANS.get(unit, unit), at=_at(c))

    same_as = same

    def before(self, c: list[Any]) -> tree.Before:
        left, right = _nodes(c)
        return tree.Before(left, right, at=_at(c))

    def before_apart(self, c: list[Any]) -> tree.Before:
        left, right = _nodes(c)
        return tree.Before(left, right, _distance(_only(c, "DISTANCE")[0]), _across(c), at=_at(c))

    def sequence(self, c: list[Any]) -> tree.Before:
        """`A ..8chars B ..8chars C`: A before (B before C)."""
        *parts, last = _nodes(c)
        for part, gap in zip(reversed(parts), reversed(_only(c, "DISTANCE")), strict=True):
            last = tree.Before(part, last, _distance(gap), _across(c), at=_at(c))
        return cast("tree.Before", last)

    def before_within(self, c: list[Any]) -> tree.Near:
        """`A before B within 8chars of C`: the distance belongs to C."""
        left, middle, right = _nodes(c)
        inner = tree.Before(left, middle, at=_at(c))
        return tree.Near(inner, right, _distance(_only(c, "DISTANCE")[0]), _across(c), at=_at(c))

    def inside(self, c: list[Any]) -> tree.Inside:
        inner, container = _nodes(c)
        match container:
            case tree.Occurs(words=tree.GroupName(name=name)) if name in REGIONS:
                return tree.Inside(inner, REGIONS[name], at=_at(c))
        return tree.Inside(inner, "", container, at=_at(c))

    def contains(self, c: list[Any]) -> tree.Contains:
        return tree.Contains(*_nodes(c), at=_at(c))

    def as_written(self, c: list[Any]) -> tree.AsWritten:
        return tree.AsWritten(_nodes(c)[0], at=_at(c))

    def voiced(self, c: list[Any]) -> tree.Voiced:
        (inner,) = _nodes(c)
        aspect = _only(c, "SPEAKER", "CHANNEL")[0].type.lower()
        names = SPEAKERS if aspect == "speaker" else CHANNELS
        written = [str(value) for value in _only(c, "VALUE")]
        return tree.Voiced(inner, aspect, tuple(names.get(name, name) for name in written), at=_at(c))

    def numeric(self, c: list[Any]) -> tree.Numeric:
        written = _only(c, "NUMBER", "MONEY")[0]
        number, money = float(_amount(written)), written.type == "MONEY"
        return tree.Numeric(_nodes(c)[0], str(_only(c, "CMP")[0]), number, money, at=_at(c))

    def cued(self, c: list[Any]) -> tree.Cued:
        return tree.Cued(_nodes(c)[0], c[1].type.lower(), at=_at(c))

    def count_of(self, c: list[Any]) -> tree.Count:
        per = _only(c, "DISTANCE")
        number = int(min(float(_only(c, "NUMBER")[0]), _LARGEST_COUNT))
        window = _distance(per[0]) if per else None
        units = [SPANS.get(str(unit), str(unit)) for unit in _only(c, "NAME")] or ["segment"] * len(_only(c, "EACH"))
        return tree.Count(_nodes(c)[0], str(_only(c, "CMP")[0]), number, window, *units, at=_at(c))

    count_call = count_of

    def missing_whole(self, c: list[Any]) -> tree.Missing:
        return tree.Missing(_nodes(c)[0], at=_at(c))

    def missing_after(self, c: list[Any]) -> tree.Missing:
        trigger, words = _nodes(c)
        return tree.Missing(words, trigger, _distance(_only(c, "DISTANCE")[0]), at=_at(c))

    def missing_in_after(self, c: list[Any]) -> tree.Missing:
        words, trigger = _nodes(c)
        return tree.Missing(words, trigger, _distance(_only(c, "DISTANCE")[0]), at=_at(c))

    def until_missing(self, c: list[Any]) -> tree.Missing:
        trigger, until, words = _nodes(c)
        return tree.Missing(words, trigger, until=until, at=_at(c))

    def missing_until(self, c: list[Any]) -> tree.Missing:
        words, trigger, until = _nodes(c)
        return tree.Missing(words, trigger, until=until, at=_at(c))

    def missing_first(self, c: list[Any]) -> tree.Missing:
        window = _distance(_only(c, "DISTANCE")[0])
        return tree.Missing(_nodes(c)[0], window=window, opening=True, at=_at(c))

    missing_in_first = missing_first

    # facts

    def value(self, c: list[Any]) -> Token:
        return Token.new_borrow_pos("VALUE", _amount(c[0]) if c[0].type == "MONEY" else str(c[0]), c[0])

    def fact_is(self, c: list[Any]) -> tree.FactIs:
        return tree.FactIs(str(c[0]), tuple(map(str, _only(c, "VALUE"))), at=_at(c))

    fact_in = fact_is

    def fact_compares(self, c: list[Any]) -> tree.FactCompares:
        number, money = float(_amount(c[2])), c[2].type == "MONEY"
        return tree.FactCompares(str(c[0]), str(c[1]), number, money, at=_at(c))

    def lacks(self, c: list[Any]) -> tree.LacksEvidence:
        return tree.LacksEvidence(str(_only(c, "NAME")[0]), at=_at(c))
