"""What the names in rule files may refer to, and where each of them is written down. Reads no files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from compliance.lang.lexer import Lexer
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.model.facts import FactSchema
from compliance.model.law import Instrument
from compliance.model.lexicon import Lexicon


@dataclass(frozen=True)
class Problem:
    """Something wrong with a file that is no rule text: `line` is 1-based."""

    path: str
    line: int
    text: str
    code: str = ""


@dataclass(frozen=True)
class Knowledge:
    """`files`: rule files by path in the order in which they are checked; `law_files`: by id of the instrument."""

    lexicons: tuple[Lexicon, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    schema: FactSchema = field(default_factory=lambda: FactSchema(facts=(), evidence=()))
    files: Mapping[str, str] = field(default_factory=dict)
    law_files: Mapping[str, str] = field(default_factory=dict)
    facts_file: str = ""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def laws(self) -> LawRegistry:
        return LawRegistry(self.instruments)

    @cached_property
    def facts(self) -> FactRegistry:
        return FactRegistry(self.schema)

    @cached_property
    def groups(self) -> Mapping[str, Lexicon]:
        """The lexicons that rules may name."""
        return {lexicon.group: lexicon for lexicon in self.lexicons if lexicon.kind == "terms"}

    @cached_property
    def covers(self) -> tuple[str, ...]:
        """Ordinary words that excuse any shorter hit under them, whatever its group."""
        return tuple(term.text for lexicon in self.lexicons if lexicon.kind == "covers" for term in lexicon.terms)

    def with_files(self, files: Mapping[str, str], problems: tuple[Problem, ...] | None = None) -> "Knowledge":
        """The same with other rule files; what was worked out of laws and facts is kept."""
        made = replace(self, files=files, problems=self.problems if problems is None else problems)
        made.__dict__.update({name: getattr(self, name) for name in ("laws", "facts", "groups", "covers")})
        return made

    def defined_before(self, path: str, ids: Iterable[str]) -> dict[str, str]:
        """Which of the ids a file that is checked before this one gives to a rule, and where: `path:line`."""
        found: dict[str, str] = {}
        wanted = frozenset(ids)
        for other, text in self.files.items():
            if other == path:
                break
            for name, (line, _) in self._definitions(text, wanted).items():
                found.setdefault(name, f"{other}:{line}")
        return found

    def sharing(self, path: str, ids: Iterable[str]) -> list[str]:
        """The files checked after this one in which some of the ids are given to rules as well."""
        wanted = frozenset(ids)
        paths = list(self.files)
        later = paths[paths.index(path) + 1 :] if path in self.files else []
        return [other for other in later if self._definitions(self.files[other], wanted)]

    def rule(self, name: str) -> tuple[str, int] | None:
        """The file and offset at which a rule of that id begins."""
        for path, text in self.files.items():
            for _, offset in self._definitions(text, frozenset({name})).values():
                return path, offset
        return None

    def rule_titles(self) -> dict[str, str]:
        """Every rule by id, with its title."""
        return {name: title for text in self.files.values() for name, _, _, title in definitions(text)}

    @staticmethod
    def _definitions(text: str, wanted: frozenset[str]) -> dict[str, tuple[int, int]]:
        """Id → line and offset of its definition."""
        present = {name for name in wanted if name in text}  # quick, and nearly always empty
        if not present:
            return {}
        return {name: (line, offset) for name, line, offset, _ in definitions(text) if name in present}


@lru_cache(maxsize=1024)
def definitions(text: str) -> tuple[tuple[str, int, int, str], ...]:
    """The rules of a file: id, 1-based line and offset of the id, title."""
    found = []
    lexemes = list(Lexer(text, "").tokens())
    for place, lexeme in enumerate(lexemes[:-1]):
        name = lexemes[place + 1]
        if lexeme.kind == "RULE" and name.kind in {"NAME", "PATH"}:
            title = lexemes[place + 2].value if lexemes[place + 2 : place + 3] else ""
            found.append((name.value, name.at.line, name.at.start, title))
    return tuple(found)
