"""A rule as one sentence, Chinese or English, made from its tree: what a lawyer reads without knowing the language."""

from collections.abc import Iterable

from compliance.lang import tree
from compliance.lang.diagnostics import Language
from compliance.lang.rule import Rule
from compliance.lang.surface import Surface, number, pattern
from compliance.model.labels import SOURCE_LABELS

_STANCES = {
    "negated": ("被否定", "is denied"),
    "asked": ("被疑问", "is asked about"),
    "reported": ("被转述", "is reported of others"),
    "supposed": ("被假设", "is supposed"),
}
_REGIONS = {"quote": ("引号", "quotation marks"), "title": ("书名号", "a book title")}


def sentence(rule: Rule, language: Language) -> str:
    """When the rule reports, and what excuses a hit."""
    say = _Sayer(language)
    condition = say.statement(rule.condition)
    excuses = [say.part(exception.condition) for exception in rule.exceptions]
    sources = sorted(rule.sources)
    if language == "en":
        unless = f", unless {', or '.join(excuses)}" if excuses else ""
        return f"In {_listed(sources, 'and')}, {rule.id} reports where {condition}{unless}."
    unless = f"；但{'，或者'.join(excuses)}的，不报" if excuses else ""
    return f"在{'、'.join(SOURCE_LABELS[source] for source in sources)}里，{condition}的，按 {rule.id} 报告{unless}。"


def _listed(names: Iterable[str], last: str) -> str:
    *rest, end = names
    return f"{', '.join(rest)} {last} {end}" if rest else end


class _Sayer:
    """`statement` says that a condition holds, `thing` names the words that it finds."""

    def __init__(self, language: Language) -> None:
        self._in = Surface(language)
        self._english = language == "en"

    def _either(self, chinese: str, english: str) -> str:
        return english if self._english else chinese

    def statement(self, node: tree.Expr) -> str:  # noqa: PLR0911  # one answer a node
        match node:
            case tree.Or(parts=parts):
                return self._either("，或者", ", or ").join(self.part(part) for part in parts)
            case tree.And(parts=parts):
                return self._either("，并且", " and ").join(self.part(part) for part in parts)
            case tree.Not(inner=inner):
                return self._either(f"并非（{self.statement(inner)}）", f"it is not so that ({self.statement(inner)})")
            case tree.FactIs() | tree.FactCompares() | tree.LacksEvidence():
                return self._fact(node)
            case tree.Missing():
                return self._missing(node)
            case tree.Count():
                return self._count(node)
            case tree.Occurs() | tree.Semantic() | tree.AsWritten() | tree.HitRef():
                return self._either(f"出现{self.thing(node)}", f"{self.thing(node)} is said")
            case _:
                return self._relation(node)

    def part(self, node: tree.Expr) -> str:
        said = self.statement(node)
        return self._either(f"（{said}）", f"({said})") if isinstance(node, tree.Or | tree.And) else said

    def thing(self, node: tree.Expr) -> str:
        match node:
            case tree.Occurs(words=words):
                return self._words(words)
            case tree.HitRef():
                return self._either("这一处", "the hit")
            case tree.AsWritten(inner=inner):
                return self._either(f"照原样写的{self.thing(inner)}", f"{self.thing(inner)} as written")
            case tree.Semantic(kind=kind, comparison=comparison, least=least):
                sure = f"{comparison} {number(least)}"
                return self._either(f"语义判读为 {kind}（把握 {sure}）的话", f"what reads like {kind} ({sure})")
            case _:
                return self._either(f"（{self.statement(node)}）", f"(words where {self.statement(node)})")

    def _words(self, words: tree.WordItem) -> str:
        match words:
            case tree.Word(text=text):
                return f"“{text}”"
            case tree.Pattern(source=source):
                return self._either(f"符合 {pattern(source)} 的话", f"words like {pattern(source)}")
            case tree.Entity(name=name):
                entity = self._in.entity(name)
                return self._either(f"个人信息（{entity}）", f"personal information ({entity})")
            case tree.GroupName(name=name):
                return self._either(f"「{name}」", f"a word of 「{name}」")

    def _relation(self, node: tree.Expr) -> str:  # noqa: PLR0911  # one answer a node
        match node:
            case tree.Near(left=left, right=right, distance=distance, across=across):
                a, b, far = self.thing(left), self.thing(right), self._in.distance(distance)
                said = self._either(f"{a}与{b}相隔不超过 {far}", f"{a} stands within {far} of {b}")
                return said + self._across(across=across)
            case tree.Before(left=left, right=right, distance=distance, across=across):
                a, b = self.thing(left), self.thing(right)
                far = self._in.distance(distance) if distance else ""
                within = self._either(f" {far} 内", f" within {far}") if far else ""
                return self._either(f"{a}之后{within}接着{b}", f"{a} is followed by {b}{within}") + self._across(
                    across=across
                )
            case tree.SameSpan(left=left, right=right, unit=unit):
                a, b, one = self.thing(left), self.thing(right), self._in.unit(unit)
                return self._either(f"{a}与{b}在同一{one}里", f"{a} and {b} stand in one {one}")
            case tree.Inside(inner=inner, region=region, container=container):
                where = self.thing(container) if container is not None else _REGIONS[region][self._english]
                return self._either(f"{self.thing(inner)}在{where}里", f"{self.thing(inner)} stands inside {where}")
            case tree.Contains(outer=outer, inner=inner):
                return self._either(
                    f"{self.thing(outer)}里含有{self.thing(inner)}", f"{self.thing(outer)} contains {self.thing(inner)}"
                )
            case tree.Cued(inner=inner, stance=stance):
                stands = _STANCES[stance][self._english]
                return self._either(f"{self.thing(inner)}{stands}", f"{self.thing(inner)} {stands}")
            case tree.Voiced(inner=inner, aspect=aspect, values=values):
                who = self._either("或", " or ").join(self._in.voice(aspect, value) for value in values)
                verb = self._either("由" if aspect == "speaker" else "来自", "by" if aspect == "speaker" else "in")
                said = self.thing(inner)
                return self._either(
                    f"{said}{verb}{who}{'说出' if aspect == 'speaker' else ''}", f"{said} is said {verb} {who}"
                )
            case tree.Numeric(inner=inner, comparison=comparison):
                than = f"{comparison} {self._in.amount(node.number, money=node.money)}"
                return self._either(f"{self.thing(inner)}的数值 {than}", f"the number of {self.thing(inner)} is {than}")
        raise TypeError(type(node).__name__)

    def _across(self, *, across: bool) -> str:
        return self._either("（可以跨句）", " (across sentences)") if across else ""

    def _count(self, node: tree.Count) -> str:
        times, per = f"{node.comparison} {node.number}", self._in.distance(node.per) if node.per else ""
        what = self.thing(node.inner)
        if per:
            return self._either(f"任意 {per} 内{what}的次数 {times}", f"{what} is said {times} times in some {per}")
        if node.unit is not None:
            one = self._in.unit(node.unit)
            return self._either(f"同一{one}里{what}的次数 {times}", f"{what} is said {times} times in one {one}")
        return self._either(f"全文{what}的次数 {times}", f"{what} is said {times} times")

    def _missing(self, node: tree.Missing) -> str:
        what = self.thing(node.words)
        window = self._in.distance(node.window) if node.window else ""
        if node.opening:
            return self._either(f"开场 {window} 内没有说{what}", f"{what} is not said in the first {window}")
        if node.after is None:
            return self._either(f"全文没有说{what}", f"{what} is nowhere said")
        after = self.thing(node.after)
        if node.until is not None:
            end = self.thing(node.until)
            return self._either(
                f"说了{after}，直到{end}也没有说{what}", f"{what} is not said after {after} and before {end}"
            )
        return self._either(
            f"说了{after}，{window} 内没有说{what}", f"{what} is not said within {window} after {after}"
        )

    def _fact(self, node: tree.FactIs | tree.FactCompares | tree.LacksEvidence) -> str:
        match node:
            case tree.FactIs(path=path, values=values):
                return self._either(f"{path}是{'或'.join(values)}", f"{path} is {_listed(values, 'or')}")
            case tree.FactCompares(path=path, comparison=comparison):
                amount = self._in.amount(node.number, money=node.money)
                return f"{path} {comparison} {amount}"
            case tree.LacksEvidence(kind=kind):
                return self._either(f"没有附上有效的证据（{kind}）", f"no valid evidence ({kind}) is attached")
