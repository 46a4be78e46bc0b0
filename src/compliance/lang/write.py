"""The syntax tree → the text of its pieces, as bits that a layout may put on lines of their own.

What is read back is the same tree.
"""

from typing import cast

from compliance.lang import tree
from compliance.lang.bits import Bit, Bits, Joint, bits
from compliance.lang.diagnostics import Language
from compliance.lang.surface import Surface
from compliance.lang.write_conditions import ConditionWriter, listed


class Writer:
    def __init__(self, language: Language) -> None:
        self._in = Surface(language)
        self._key = self._in.keyword
        self._conditions = ConditionWriter(self._in)

    # Pieces and clauses

    def policy(self, node: tree.Policy) -> Bits:
        yield from bits(self._key("POLICY"), node.name, self._in.text(node.title), self._key("VERSION"))
        yield Bit(node.version)

    def words(self, node: tree.WordsDefinition) -> Bits:
        yield from bits(self._key("WORDS"), node.name, "=")
        yield from self._conditions.words(node.words.items)
        if node.words.excepted:
            first, last = node.words.excepted[0], node.words.items[-1]
            yield Bit(self._key("EXCEPT"), joint=Joint(last.at.end, first.at.start))
            yield from self._conditions.words(node.words.excepted)

    def head(self, node: tree.RuleDefinition) -> Bits:
        return bits(self._key("RULE"), node.id, self._in.text(node.title))

    def clause(self, node: tree.Clause) -> Bits:
        match node.value:
            case tree.Example() as example:
                yield from self._example(example)
                return
            case tree.Let() as let:
                yield from bits(self._opening(node.name), let.name, "=")
                yield from self._conditions.condition(let.condition)
                return
        yield Bit(self._opening(node.name))
        match node.value:
            case tree.Citation(law=law, article=article):
                yield from bits(self._in.law(law), self._in.article(article))
            case tree.Substitute(text=text, unit=unit):
                yield Bit(self._in.text(text))
                if unit is not None:
                    yield from bits(self._key("ON"), self._in.unit(unit))
            case str() as text:
                yield Bit(self._said(node.name, text))
            case list() as days:
                yield from self._range([str(day) for day in days])
            case tuple() as names:
                yield from listed(self._in, [str(name.text) for name in names])
            case condition:
                yield from self._conditions.condition(cast("tree.Expr", condition))

    def _opening(self, name: str) -> str:
        """The keyword of a clause; in Chinese those that hold conditions are equally wide."""
        keyword = self._key(name)
        return f"{keyword}  " if name in {"WHEN", "LET"} and not self._in.english else keyword

    def _said(self, clause: str, text: str) -> str:
        if clause == "ACTION":
            return self._in.action(text)
        return self._in.text(text) if clause in {"MESSAGE", "SUGGEST", "ADD"} else text

    def _range(self, days: list[str]) -> Bits:
        yield Bit(days[0])
        if self._in.english:
            yield from bits("..", *days[1:])
        else:
            yield from bits("至", days[1]) if len(days) > 1 else bits("起")

    def _example(self, node: tree.Example) -> Bits:
        if node.todo:
            yield Bit(self._key("TODO"))
        yield from bits(self._key("TEST"), self._in.text(node.text))
        if node.settings:
            yield Bit(self._key("GIVEN"))
            before: tree.Setting | None = None
            for setting in node.settings:
                if before is not None:
                    yield Bit(self._in.separator, tight=True)
                value = self._money(setting) if setting.money else self._in.value(setting.value)
                spaced = before is None or self._in.english
                yield Bit(setting.path, tight=not spaced)
                yield from bits("=", value)
                before = setting
        yield Bit(self._key(node.outcome.upper()), column=True)
        if node.span is not None:
            yield from bits(self._key("ON"), self._in.text(node.span))

    def _money(self, setting: tree.Setting) -> str:
        return self._in.amount(float(setting.value), money=True)
