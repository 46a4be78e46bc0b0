"""One rule's clauses → a compiled rule, or None after reporting what is missing or wrong."""

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import TypeVar, cast

from compliance.lang import tree
from compliance.lang.atoms import atoms
from compliance.lang.conditions import Conditions
from compliance.lang.example import BadExampleError, document
from compliance.lang.factvalue import BadFactValueError
from compliance.lang.keywords import ACTIONS, SURFACES
from compliance.lang.nearest import hints
from compliance.lang.position import Position
from compliance.lang.registry import BUILT_IN_FACTS, FactRegistry, LawRegistry
from compliance.lang.remedy import remedy
from compliance.lang.rule import ExceptionClause, PenaltyRef, Rule
from compliance.lang.walk import walk
from compliance.lang.words import FileWords, Report, WordTable
from compliance.model.law import Article, Instrument, LawRef
from compliance.model.vocabulary import Action, Kind, Severity, Source, Stage

_RULE_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")
REQUIRED = ("KIND", "LAW", "PENALTY", "EFFECTIVE", "STAGE", "SEVERITY", "ACTION", "SUGGEST", "WHEN")
ONCE = (
    "KIND", "EFFECTIVE", "STAGE", "SEVERITY", "ACTION", "MESSAGE", "SUGGEST", "SUBSTITUTE", "ADD", "WHEN", "STATUS",
    "SEE",
)  # fmt: skip
"""Clauses that a rule has at most once."""
_OUTCOMES = {"fires": "应报", "silent": "不报", "asks": "待补"}
_OWN_FACTS = frozenset(fact.name for fact in BUILT_IN_FACTS)

Vocabulary = TypeVar("Vocabulary", bound=StrEnum)


class ClauseReader:
    """Reads and checks one rule. Every mistake is reported; a rule with an error is not compiled."""

    def __init__(
        self,
        file: tree.RuleFile,
        definition: tree.RuleDefinition,
        words: FileWords,
        table: WordTable,
        laws: LawRegistry,
        facts: FactRegistry,
        report: Report,
    ) -> None:
        self._file = file
        self._rule = definition
        self._words = words
        self._table = table
        self._laws = laws
        self._facts = facts
        self._tell = report
        self._failed = False

    def rule(self) -> Rule | None:
        self._check_shape()
        kind = self._choice("KIND", Kind)
        severity = self._choice("SEVERITY", Severity)
        action = self._choice("ACTION", Action, ACTIONS)
        stage = self._choice("STATUS", Stage) if self._rule.all("STATUS") else Stage.LIVE
        sources = self._sources()
        start, end = self._effective()
        suggestion = self._text("SUGGEST")
        cure = remedy(suggestion, self._values("SUBSTITUTE"), self._values("ADD"), self._report)
        law = self._law(start, end)
        penalties = self._penalties(start, end)
        conditions = Conditions(self._file, self._rule, self._words, self._table, self._facts, self._tell)
        conditions.read(sources)
        self._failed = self._failed or conditions.failed
        condition, exceptions = conditions.condition, conditions.exceptions
        examples = self._examples(sources, condition, exceptions)
        if self._failed or not (kind and severity and action and stage and sources and start and condition):
            return None
        return Rule(
            id=self._rule.id,
            title=self._rule.title,
            kind=kind,
            severity=severity,
            action=action,
            message=self._text("MESSAGE") or f"“{{命中}}”涉嫌{self._rule.title}",
            suggestion=suggestion,
            remedy=cure,
            sources=frozenset(sources),
            first_source=sources[0],
            effective_from=start,
            effective_to=end,
            stage=stage,
            law=law,
            penalties=penalties,
            condition=condition,
            condition_text=conditions.text,
            exceptions=exceptions,
            examples=examples,
            atoms=atoms(condition, self._table.groups),
            see=tuple(name.text for name in self._names("SEE")),
            path=self._file.path,
            at=self._rule.at,
        )

    def _report(self, code: str, at: Position, **values: str) -> None:
        self._failed = self._failed or code.startswith("E")
        self._tell(code, at, **values)

    def _check_shape(self) -> None:
        if not _RULE_ID.fullmatch(self._rule.id):
            self._report("E024", self._rule.at, name=self._rule.id)
        for name in REQUIRED:
            if not self._rule.all(name):
                self._report("E004", self._rule.at, rule=self._rule.id, **_clause_names(name))
        for name in ONCE:
            for clause in self._rule.all(name)[1:]:
                self._report("E005", clause.at, **_clause_names(name))
        if any(clause.value is None for clause in self._rule.clauses):
            self._failed = True  # its syntax error is reported already

    def _values(self, name: str) -> list[tree.Clause]:
        return [clause for clause in self._rule.all(name) if clause.value is not None]

    def _text(self, name: str) -> str:
        clauses = self._values(name)
        return str(clauses[0].value) if clauses else ""

    def _choice(
        self, name: str, vocabulary: type[Vocabulary], surfaces: dict[str, str] | None = None
    ) -> Vocabulary | None:
        clauses = self._values(name)
        if not clauses:
            return None
        written = str(clauses[0].value)
        value = surfaces.get(written) if surfaces else written
        with suppress(ValueError):
            return vocabulary(value or "")
        choices = "、".join(surfaces or vocabulary)
        self._report("E012", clauses[0].at, value=written, choices=choices, **_clause_names(name))
        return None

    def _sources(self) -> list[Source]:
        found = []
        for name in self._names("STAGE"):
            if name.text in list(Source):
                found.append(Source(name.text))
            else:
                self._report("E012", name.at, value=name.text, choices="、".join(Source), **_clause_names("STAGE"))
        return found

    def _names(self, clause: str) -> list[tree.Name]:
        return [name for each in self._values(clause) for name in cast("tuple[tree.Name, ...]", each.value)]

    def _effective(self) -> tuple[date | None, date | None]:
        clauses = self._values("EFFECTIVE")
        if not clauses:
            return None, None
        at = clauses[0].at
        days: list[date] = []
        for written in cast("list[str]", clauses[0].value):
            try:
                year, month, day = map(int, written.split("-"))
                days.append(date(year, month, day))
            except ValueError:
                self._report("E013", at, problem_zh=f"没有 {written} 这一天", problem_en=f"no such day {written}")
                return None, None
        if len(days) == 2 and days[0] >= days[1]:
            self._report("E013", at, problem_zh="起不早于止", problem_en="it ends before it begins")
            return None, None
        return days[0], days[1] if len(days) == 2 else None

    def _article(self, clause: tree.Clause, start: date | None, end: date | None) -> tuple[Instrument, Article] | None:
        citation = cast("tree.Citation", clause.value)
        law, reference = citation.law, citation.article
        instrument = self._laws.instrument(law)
        if instrument is None:
            extra = hints(law, self._laws.names, "先在 policies/laws/ 登记", "register it in policies/laws/")
            self._report("E008", clause.at, law=law, **extra)
            return None
        versions = self._laws.articles(instrument, reference)
        if not versions:
            known = [article.article for article in instrument.articles]
            extra = hints(reference, known, "先在 policies/laws/ 登记这一条", "register it in policies/laws/")
            self._report("E009", clause.at, law=law, article=reference, **extra)
            return None
        if start is None:
            return None
        article = self._laws.in_force(instrument, reference, start, end)
        if article is None:
            ranges = ", ".join(f"{v.effective_from} .. {v.effective_to or ''}".rstrip() for v in versions)
            self._report("E010", clause.at, law=law, article=reference, range=ranges)
            return None
        return instrument, article

    def _law(self, start: date | None, end: date | None) -> tuple[LawRef, ...]:
        found = [self._article(clause, start, end) for clause in self._values("LAW")]
        return tuple(self._laws.reference(*pair) for pair in found if pair)

    def _penalties(self, start: date | None, end: date | None) -> tuple[PenaltyRef, ...]:
        found = []
        for clause in self._values("PENALTY"):
            pair = self._article(clause, start, end)
            if pair is None:
                continue
            instrument, article = pair
            if article.penalty is None:
                self._report("E011", clause.at, law=instrument.name, article=article.article)
            else:
                found.append(PenaltyRef(instrument.name, article.article, article.penalty))
        return tuple(found)

    def _examples(
        self, sources: list[Source], condition: tree.Expr | None, exceptions: tuple[ExceptionClause, ...]
    ) -> tuple[tree.Example, ...]:
        examples = tuple(cast("tree.Example", clause.value) for clause in self._values("TEST"))
        for example in examples:
            self._check_example(example, sources[0] if sources else Source.SCRIPT)
        wanted = ["fires", "silent"]
        if condition is not None and self._asks(condition, exceptions):
            wanted.append("asks")
        given = {example.outcome for example in examples if not example.todo}
        spoiled = any(clause.value is None for clause in self._rule.all("TEST"))
        for outcome in wanted:
            if outcome not in given and not spoiled:
                zh = _OUTCOMES[outcome]
                self._report("E019", self._rule.at, rule=self._rule.id, outcome_zh=zh, outcome_en=outcome)
        return examples

    def _check_example(self, example: tree.Example, source: Source) -> None:
        try:
            made = document(example, source, self._facts)
        except BadExampleError as error:
            self._report("E027", example.at, problem_zh=str(error), problem_en=error.english)
        except BadFactValueError as error:
            self._report("E015", example.at, name=error.name, value=error.value, choices=error.choices)
        except KeyError as error:
            path = str(error.args[0])
            extra = hints(path, self._facts.fact_names, "先在 policies/facts.yaml 里声明", "declare it first")
            self._report("E014", example.at, name=path, **extra)
        else:
            if example.span is not None and example.span not in made.text:
                self._report("E028", example.at, value=example.text, span=example.span)

    @staticmethod
    def _asks(condition: tree.Expr, exceptions: tuple[ExceptionClause, ...]) -> bool:
        """Whether some fact that a document may lack can turn the answer into a question."""
        nodes = [node for part in (condition, *(e.condition for e in exceptions)) for node in walk(part)]
        facts = [node for node in nodes if isinstance(node, tree.FactIs | tree.FactCompares)]
        return any(node.path not in _OWN_FACTS for node in facts)


def _clause_names(name: str) -> dict[str, str]:
    chinese, english = SURFACES[name]
    return {"clause_zh": chinese, "clause_en": english}
