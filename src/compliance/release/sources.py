"""What a release is made from: the files of all folders, read and validated, and what names them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from pydantic import BaseModel

from compliance.lang import LANGUAGE_VERSION
from compliance.lang.compile import Compiled, KnownFiles, compile_rules
from compliance.lang.diagnostics import Diagnostic, render
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.long_lived import long_lived
from compliance.meaning.store import ModelFile, model_file
from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.law import Instrument
from compliance.model.lexicon import Lexicon
from compliance.release.cached import fingerprint
from compliance.release.laws import check_counterparts, load_facts, load_laws
from compliance.release.lexicons import load_lexicons
from compliance.release.rules import read_rule_files
from compliance.release.shipped import shipped


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
    model: ModelFile = field(default_factory=model_file)  # of the second reader

    def compile(self, known: KnownFiles | None = None) -> Compiled:
        laws, facts = LawRegistry(self.instruments), FactRegistry(self.facts)
        with long_lived():
            return compile_rules(self.rules, self.lexicons, laws, facts, known=known)

    @property
    def covers(self) -> list[str]:
        """Ordinary words that excuse any shorter hit under them, whatever its group."""
        return [term.text for lexicon in self.lexicons if lexicon.kind == "covers" for term in lexicon.terms]

    def digest(self) -> str:
        """sha256 over language version, lexicons, laws, facts, rule texts and model; independent of where files lie."""
        body = {
            "language": LANGUAGE_VERSION,
            "lexicons": [_plain(x, "path") for x in sorted(self.lexicons, key=lambda x: x.group)],
            "laws": [_plain(x) for x in sorted(self.instruments, key=lambda x: x.id)],
            "facts": _plain(self.facts),
            "rules": sorted(text for _, text in self.rules),
            "model": self.model.digest,
        }
        return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def read_sources(
    policies: Sequence[Path] = (), lexicons: Sequence[Path] = (), model: ModelFile | None = None
) -> Sources:
    """The shipped folders with the team's added to or replacing them, and the shipped model or the team's.

    Raises LawError.
    """
    home = shipped("policies")
    return Sources(
        lexicons=load_lexicons([shipped("lexicons"), *lexicons]),
        instruments=_instruments(home, policies),
        facts=load_facts(
            next((p / "facts.yaml" for p in reversed(policies) if (p / "facts.yaml").is_file()), home / "facts.yaml")
        ),
        rules=tuple(read_rule_files([home, *policies])),
        model=model or model_file(),
    )


def release_key(policies: Sequence[Path], lexicons: Sequence[Path], model: ModelFile) -> str:
    """Names the files that a release of these folders is made from, and the program. Raises OSError."""
    return fingerprint([shipped("policies"), *policies], [shipped("lexicons"), *lexicons], model.digest)


def around_key(policies: Sequence[Path], lexicons: Sequence[Path]) -> str:
    """Names what rules of these folders are compiled against: lexicons, laws and facts. Raises OSError."""
    return fingerprint([shipped("policies"), *policies], [shipped("lexicons"), *lexicons], rules=False)


def _instruments(home: Path, policies: Sequence[Path]) -> tuple[Instrument, ...]:
    by_id: dict[str, Instrument] = {}
    for folder in (home, *policies):
        if folder == home or (folder / "laws").is_dir():
            by_id.update({instrument.id: instrument for instrument in load_laws(folder / "laws")})
    instruments = tuple(by_id.values())
    check_counterparts(instruments)
    return instruments


def _plain(value: BaseModel, *without: str) -> object:
    return value.model_dump(mode="json", exclude=set(without))
