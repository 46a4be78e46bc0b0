"""Conditions and words → text in one language. Brackets stand only where the tree needs them."""

from compliance.lang import tree
from compliance.lang.bits import Bit, Bits, Joint, bits, bracketed
from compliance.lang.surface import Surface, is_name, number, pattern, word

_OR, _AND, _NOT, _SPAN, _ATOM = range(5)


class ConditionWriter:
    def __init__(self, surface: Surface) -> None:
        self._in = surface
        self._key = surface.keyword

    def words(self, items: tuple[tree.WordItem, ...]) -> Bits:
        before: tree.WordItem | None = None
        for item in items:
            if before is not None:
                yield Bit(self._in.separator, joint=Joint(before.at.end, item.at.start), tight=self._in.english)
            yield from self._item(item)
            before = item

    def _item(self, item: tree.WordItem) -> Bits:
        match item:
            case tree.Word(text=text):
                yield Bit(word(text))
            case tree.Pattern(source=source):
                yield Bit(pattern(source))
            case tree.Entity(name=name):
                yield from self._call("ENTITY", self._in.entity(name))
            case tree.GroupName(name=name) if is_name(name):
                yield Bit(name)
            case tree.GroupName(name=name):
                yield from self._call("LEXICON", word(name))

    # Conditions

    def condition(self, node: tree.Expr) -> Bits:
        """A condition as it stands in a clause."""
        return self._whole(node)

    def _whole(self, node: tree.Expr, level: int = _OR, *, bare: bool = False) -> Bits:
        """A condition that stands for itself: 出现 before words unless they are `bare`."""
        if isinstance(node, tree.Occurs) and not bare:
            yield Bit(self._key("ANY"))
        if _level(node) >= level:
            yield from self._expression(node, bare=bare)
        else:
            yield from bracketed(self._whole(node, bare=bare))

    def _at(self, node: tree.Expr, level: int) -> Bits:
        """One side of a relation, in brackets where it binds less than `level` asks."""
        return self._whole(node, level, bare=True)

    def _expression(self, node: tree.Expr, *, bare: bool) -> Bits:
        match node:
            case tree.Or(parts=parts):
                yield from self._joined(parts, "OR", _AND, bare=bare)
            case tree.And(parts=parts):
                yield from self._joined(parts, "AND", _NOT, bare=bare)
            case tree.Not(inner=inner):
                yield Bit(self._key("NOT"))
                yield from self._whole(inner, _NOT, bare=bare)
            case tree.Missing():
                yield from (bit._replace(joint=None) for bit in self._missing(node))
            case tree.FactIs(path=path, values=values):
                yield Bit(path)
                yield from self._is([self._in.value(value) for value in values])
            case tree.FactCompares(path=path, comparison=comparison):
                yield from bits(path, comparison, self._in.amount(node.number, money=node.money))
            case tree.LacksEvidence(kind=kind):
                yield Bit(self._key("LACKS"))
                yield from self._call("EVIDENCE", kind)
            case tree.Occurs(words=item):
                yield from self._item(item)
            case tree.Semantic(kind=kind, comparison=comparison, least=least):
                yield from self._call("SEMANTIC", kind)
                yield from bits(comparison, number(least))
            case tree.HitRef():
                yield Bit(self._key("HIT"))
            case tree.AsWritten(inner=inner):
                yield from bits(*(["as"] if self._in.english else []), self._key("WRITTEN"))
                yield from self._at(inner, _ATOM)
            case _:
                yield from self._relation(node)

    def _joined(self, parts: tuple[tree.Expr, ...], connector: str, level: int, *, bare: bool) -> Bits:
        before: tree.Expr | None = None
        for part in parts:
            if before is not None:
                yield Bit(self._key(connector), joint=Joint(before.at.end, part.at.start))
            yield from self._whole(part, level, bare=bare)
            before = part

    def _relation(self, node: tree.Expr) -> Bits:
        match node:
            case tree.Near():
                yield from self._near(node)
            case tree.Before(right=tree.Before()) if _is_sequence(node):
                yield from self._sequence(node)
            case tree.Before():
                yield from self._before(node)
            case tree.SameSpan(left=left, right=right, unit=unit):
                yield from self._at(left, _SPAN)
                if self._in.english:
                    yield from bits("same", self._in.unit(unit), "as")
                    yield from self._at(right, _ATOM)
                else:
                    yield Bit("与")
                    yield from self._at(right, _ATOM)
                    yield from bits("同", self._in.unit(unit))
            case tree.Count():
                yield from self._count(node)
            case tree.Numeric(inner=inner):
                yield from bracketed(self._at(inner, _SPAN), f"{self._key('NUMERIC')}(")
                yield from bits(node.comparison, self._in.amount(node.number, money=node.money))
            case _:
                yield from self._filter(node)

    def _filter(self, node: tree.Expr) -> Bits:
        match node:
            case tree.Inside(inner=inner, region=region, container=container):
                yield from self._at(inner, _SPAN)
                yield Bit(self._key("INSIDE"))
                yield from iter([Bit(self._in.region(region))]) if container is None else self._at(container, _ATOM)
                yield from bits(*([] if self._in.english else ["内"]))
            case tree.Contains(outer=outer, inner=inner):
                yield from self._at(outer, _SPAN)
                yield Bit(self._key("CONTAINS"))
                yield from self._at(inner, _ATOM)
            case tree.Cued(inner=inner, stance=stance):
                yield from self._at(inner, _SPAN)
                yield Bit(self._key(stance.upper()))
            case tree.Voiced(inner=inner, aspect=aspect, values=values):
                yield from self._at(inner, _SPAN)
                yield Bit(self._key(aspect.upper()))
                yield from self._is([self._in.voice(aspect, value) for value in values])

    def _near(self, node: tree.Near) -> Bits:
        distance = self._in.distance(node.distance)
        yield from self._at(node.left, _SPAN)
        if self._in.english:
            yield from bits("within", distance, "of")
            yield from self._at(node.right, _ATOM)
        else:
            yield Bit("与")
            yield from self._at(node.right, _ATOM)
            yield from bits("相距", distance, "内")
        yield from self._across(across=node.across)

    def _before(self, node: tree.Before) -> Bits:
        yield from self._at(node.left, _SPAN)
        yield Bit(self._key("BEFORE"))
        yield from self._at(node.right, _ATOM)
        if node.distance is not None:
            distance = self._in.distance(node.distance)
            yield from bits("by", distance) if self._in.english else bits("相距", distance, "内")
        yield from self._across(across=node.across)

    def _sequence(self, node: tree.Before) -> Bits:
        """`A ..8字 B ..8字 C`."""
        yield from self._at(node.left, _ATOM)
        last: tree.Expr = node
        while isinstance(last, tree.Before) and _goes_on(last, node):
            yield Bit(f"..{self._in.distance(last.distance)}" if last.distance else "..")
            last = last.right
            yield from self._at(last.left if isinstance(last, tree.Before) and _goes_on(last, node) else last, _ATOM)
        yield from self._across(across=node.across)

    def _across(self, *, across: bool) -> Bits:
        return bits(*([self._key("ACROSS")] if across else []))

    def _count(self, node: tree.Count) -> Bits:
        if self._in.english:
            yield from bracketed(self._at(node.inner, _SPAN), "count(")
        else:
            yield from self._at(node.inner, _SPAN)
            yield Bit("次数")
        yield from bits(node.comparison, str(node.number))
        if node.per is not None:
            yield from bits(self._key("PER"), self._in.distance(node.per))
        elif node.unit is not None:
            each = node.unit == "segment" and not self._in.english
            yield from bits(self._key("EACH")) if each else bits(self._key("PER"), self._in.unit(node.unit))

    def _missing(self, node: tree.Missing) -> Bits:
        """The two languages put the parts of a duty in opposite orders."""
        said = [Bit(self._key("MISSING")), *self._at(node.words, _SPAN)]
        trigger = list(self._at(node.after, _ATOM)) if node.after is not None else []
        end = list(self._at(node.until, _ATOM)) if node.until is not None else []
        window = [Bit(self._in.distance(node.window))] if node.window is not None else []
        if self._in.english:
            yield from said
            if node.opening:
                yield from [Bit("in"), Bit("first"), *window]
            elif trigger and window:
                yield from [Bit("in"), *window, Bit("after"), *trigger]
            elif trigger:
                yield from [Bit("after"), *trigger, Bit("until"), *end]
            return
        if node.opening:
            yield from [Bit("在"), Bit("开场"), *window, Bit("内"), *said]
        elif trigger and window:
            yield from [Bit("在"), *trigger, Bit("之后"), *window, Bit("内"), *said]
        elif trigger:
            yield from [Bit("在"), *trigger, Bit("之后"), Bit("直到"), *end, *said]
        else:
            yield from [Bit("全文"), *said]

    def _is(self, values: list[str]) -> Bits:
        if len(values) == 1:
            yield from bits(self._key("IS"), values[0])
            return
        yield Bit("in" if self._in.english else "属于")
        yield from bracketed(listed(self._in, values))

    def _call(self, token: str, argument: str) -> Bits:
        yield Bit(f"{self._key(token)}({argument})")


def listed(surface: Surface, names: list[str]) -> Bits:
    for place, name in enumerate(names):
        if place:
            yield Bit(surface.separator, tight=True)
        yield Bit(name, tight=place > 0 and not surface.english)


def _level(node: tree.Expr) -> int:
    match node:
        case tree.Or():
            return _OR
        case tree.And():
            return _AND
        case tree.Not() | tree.Missing() | tree.FactIs() | tree.FactCompares() | tree.LacksEvidence():
            return _NOT
        case tree.Occurs() | tree.HitRef() | tree.AsWritten() | tree.Semantic():
            return _ATOM
        case _:
            return _SPAN


def _is_sequence(node: tree.Before) -> bool:
    return _goes_on(node, node) and isinstance(node.right, tree.Before) and _goes_on(node.right, node)


def _goes_on(node: tree.Before, sequence: tree.Before) -> bool:
    return node.distance is not None and node.across is sequence.across
