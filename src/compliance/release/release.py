"""A Release: rules, lexicons and law registry, loaded whole or not at all, named by the digest of what they say."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from pydantic import BaseModel

from compliance.judge.stance import Stances
from compliance.lang import LANGUAGE_VERSION
from compliance.lang.compile import Compiled, compile_rules
from compliance.lang.diagnostics import Diagnostic, render
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.lang.rule import Rule
from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.law import Instrument
from compliance.model.lexicon import Lexicon
from compliance.release.laws import load_facts, load_laws
from compliance.release.lexicons import load_lexicons
from compliance.release.rules import read_rule_files
from compliance.release.shipped import shipped
from compliance.words.scanner import Scanner


class PolicyError(LawError):
    """Rule files have errors; `text` shows each with its source line."""

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: dict[str, str]) -> None:
        self.diagnostics = tuple(diagnostics)
        self.text = "\n\n".join(render(d, sources[d.path]) for d in diagnostics)
        first = diagnostics[0]
        count = f"规则文件有 {len(diagnostics)} 处错误"
        super().__init__(count, place=f"{first.path}:{first.at.line}", remedy="用 compliance policy check 查看并修改")


@dataclass(frozen=True)
class Sources:
    """What a release is made from, before compilation: the files of all folders, read and validated."""

    lexicons: tuple[Lexicon, ...]
    instruments: tuple[Instrument, ...]
    facts: FactSchema
    rules: tuple[tuple[str, str], ...]  # path, text

    def compile(self) -> Compiled:
        return compile_rules(self.rules, self.lexicons, LawRegistry(self.instruments), FactRegistry(self.facts))

    @property
    def covers(self) -> list[str]:
        """Ordinary words that excuse any shorter hit under them, whatever its group."""
        return [term.text for lexicon in self.lexicons if lexicon.kind == "covers" for term in lexicon.terms]

    def digest(self) -> str:
        """sha256 over language version, lexicons, laws, facts and rule texts; independent of where files lie."""
        body = {
            "language": LANGUAGE_VERSION,
            "lexicons": [_plain(x, "path") for x in sorted(self.lexicons, key=lambda x: x.group)],
            "laws": [_plain(x) for x in sorted(self.instruments, key=lambda x: x.id)],
            "facts": _plain(self.facts),
            "rules": sorted(text for _, text in self.rules),
        }
        return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True)
class Release:
    """Everything a judge needs. `digest` names it in every report."""

    digest: str
    rules: tuple[Rule, ...]
    scanner: Scanner
    stances: Stances
    laws: LawRegistry
    facts: FactRegistry
    sources: Sources
    warnings: tuple[Diagnostic, ...]


def read_sources(policies: Sequence[Path] = (), lexicons: Sequence[Path] = ()) -> Sources:
    """The shipped folders with the team's added to or replacing them. Raises LawError."""
    home = shipped("policies")
    return Sources(
        lexicons=load_lexicons([shipped("lexicons"), *lexicons]),
        instruments=_instruments(home, policies),
        facts=load_facts(
            next((p / "facts.yaml" for p in reversed(policies) if (p / "facts.yaml").is_file()), home / "facts.yaml")
        ),
        rules=tuple(read_rule_files([home, *policies])),
    )


def load_release(policies: Sequence[Path] = (), lexicons: Sequence[Path] = ()) -> Release:
    """Read, compile and freeze. Raises LawError, or PolicyError when a rule does not compile: all or nothing."""
    return freeze(read_sources(policies, lexicons))


def freeze(sources: Sources) -> Release:
    compiled = sources.compile()
    if compiled.errors:
        raise PolicyError(compiled.errors, dict(sources.rules))
    return Release(
        digest=sources.digest(),
        rules=compiled.rules,
        scanner=Scanner(compiled.groups, sources.covers),
        stances=Stances(sources.lexicons),
        laws=LawRegistry(sources.instruments),
        facts=FactRegistry(sources.facts),
        sources=sources,
        warnings=tuple(d for d in compiled.diagnostics if not d.is_error),
    )


def _instruments(home: Path, policies: Sequence[Path]) -> tuple[Instrument, ...]:
    by_id: dict[str, Instrument] = {}
    for folder in (home, *policies):
        if folder == home or (folder / "laws").is_dir():
            by_id.update({instrument.id: instrument for instrument in load_laws(folder / "laws")})
    return tuple(by_id.values())


def _plain(value: BaseModel, *without: str) -> object:
    return value.model_dump(mode="json", exclude=set(without))
