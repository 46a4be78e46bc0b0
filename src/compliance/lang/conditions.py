"""当, 除非 and 设 of one rule → conditions with every name resolved, and checks of what they say together."""

import re
from collections.abc import Iterable, Sequence
from typing import cast

from compliance.lang import tree
from compliance.lang.atoms import atoms
from compliance.lang.lets import Lets
from compliance.lang.registry import FactRegistry
from compliance.lang.resolve import Resolver
from compliance.lang.rule import ExceptionClause
from compliance.lang.walk import rewrite, walk
from compliance.lang.words import FileWords, Report, WordTable
from compliance.model.vocabulary import Source

_COMMENT = re.compile(r"""(「[^\n」]*」|“[^\n”]*”|"[^\n"]*"|/[^\n/]*/)|#[^\n]*""")  # a # inside quotes is text
_TIMED = frozenset({Source.TRANSCRIPT, Source.DANMAKU})


class Conditions:
    """The condition of a rule and its exceptions; None and fewer after mistakes, which are reported."""

    def __init__(
        self,
        file: tree.RuleFile,
        definition: tree.RuleDefinition,
        words: FileWords,
        table: WordTable,
        facts: FactRegistry,
        report: Report,
    ) -> None:
        self._source = file.source
        self._rule = definition
        self._words = words
        self._table = table
        self._facts = facts
        self._report = report
        self._lets = Lets(definition.all("LET"), words, report)
        self.failed = self._lets.failed
        self.condition: tree.Expr | None = None
        self.text = ""
        self.exceptions: tuple[ExceptionClause, ...] = ()

    def read(self, sources: Sequence[Source]) -> None:
        """Sets `condition`, its text, `exceptions`, and `failed` where something cannot be compiled."""
        if self.failed:
            return  # what is wrong with a name would be told again wherever it is used
        exceptions = []
        for clause in self._values("WHEN")[:1]:
            written = cast("tree.Expr", clause.value)
            self.condition = self._resolved(written, in_exception=False)
            self.text = self._written(written)
        for clause in self._values("UNLESS"):
            for part in self._alternatives(cast("tree.Expr", clause.value)):
                resolved = self._resolved(part, in_exception=True)
                if resolved is not None:
                    exceptions.append(ExceptionClause(resolved, self._written(part)))
        self.exceptions = tuple(exceptions)
        for let in self._lets.unused():
            self._report("W101", let.at, name=let.name, what_zh="设", what_en="name")
        if self.condition is not None:
            self._check_guard(self.condition)
            self._check_time(self.condition, sources)
            self._check_overlap(self.condition)

    def _values(self, name: str) -> list[tree.Clause]:
        return [clause for clause in self._rule.all(name) if clause.value is not None]

    @staticmethod
    def _alternatives(expression: tree.Expr) -> Iterable[tree.Expr]:
        return expression.parts if isinstance(expression, tree.Or) else (expression,)

    def _resolved(self, expression: tree.Expr, *, in_exception: bool) -> tree.Expr | None:
        expanded = self._lets.expanded(expression)
        if expanded is None:
            self.failed = True
            return None
        resolver = Resolver(self._words, self._facts, self._report, in_exception=in_exception)
        resolved = rewrite(expanded, resolver.change)
        self.failed = self.failed or resolver.failed
        return None if resolver.failed else cast("tree.Expr", resolved)

    def _check_guard(self, condition: tree.Expr) -> None:
        guarded = any(isinstance(n, tree.FactIs | tree.FactCompares | tree.Semantic) for n in walk(condition))
        if atoms(condition, self._table.groups) is None and not guarded:
            self.failed = True
            self._report("E020", self._rule.at, rule=self._rule.id)

    def _check_time(self, condition: tree.Expr, sources: Sequence[Source]) -> None:
        if _TIMED.intersection(sources):
            return
        for node in walk(condition):
            window = _window(node)
            if window is not None and window.dimension == "seconds":
                self.failed = True
                self._report("E021", window.at)

    def _check_overlap(self, condition: tree.Expr) -> None:
        used = {n.group for n in walk(condition) if isinstance(n, tree.Occurs)}
        for exception in self.exceptions:
            for node in walk(exception.condition):
                if isinstance(node, tree.Occurs) and node.group in used and isinstance(node.words, tree.GroupName):
                    self._report("W108", node.at, name=node.words.name)

    def _written(self, expression: tree.Expr) -> str:
        """As the rule has it, comments and line ends left out, and what its names stand for."""
        text = self._plain(expression)
        names = [f"{let.name} = {self._plain(let.condition)}" for let in self._lets.uses(expression)]
        return f"{text}（其中 {'；'.join(names)}）" if names else text

    def _plain(self, expression: tree.Expr) -> str:
        at = expression.at
        return " ".join(_COMMENT.sub(lambda found: found[1] or " ", self._source[at.start : at.end]).split())


def _window(node: tree.Expr) -> tree.Distance | None:
    """The distance or time that a node gives, if it gives one."""
    match node:
        case tree.Missing(window=window):
            return window
        case tree.Count(per=per):
            return per
        case tree.Near(distance=distance) | tree.Before(distance=distance):
            return distance
    return None
