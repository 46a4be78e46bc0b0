"""A Release: rules, lexicons and law registry, loaded whole or not at all, named by the digest of what they say."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

import orjson
from pydantic import BaseModel

from compliance.judge.stance import Stances
from compliance.lang import LANGUAGE_VERSION
from compliance.lang.compile import Compiled, KnownFiles, compile_rules
from compliance.lang.diagnostics import Diagnostic, render
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.lang.rule import Rule
from compliance.lang.ruleset import RuleSet
from compliance.long_lived import long_lived
from compliance.meaning.reader import Reader
from compliance.meaning.store import ModelFile, model_file
from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.law import Instrument
from compliance.model.lexicon import Lexicon
from compliance.model.vocabulary import Stage
from compliance.release.cached import cached, fingerprint
from compliance.release.laws import check_counterparts, load_facts, load_laws
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


@dataclass(frozen=True)
class Release:
    """Everything a judge needs. `digest` names it in every report."""

    digest: str
    rules: RuleSet
    scanner: Scanner
    stances: Stances
    laws: LawRegistry
    facts: FactRegistry
    warnings: tuple[Diagnostic, ...]
    read: Callable[[], Sources] = field(repr=False, compare=False)
    reader: Reader = field(default_factory=Reader, repr=False, compare=False)
    published: bool = False  # its sources are checked where they are kept

    @cached_property
    def sources(self) -> Sources:
        """What it was made from. Raises LawError when the files were changed or removed after it was loaded."""
        sources = self.read()
        if not self.published and sources.digest() != self.digest:
            raise LawError("规则文件在装载之后改过", remedy="重新装载后再试")
        return sources


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


def load_release(
    policies: Sequence[Path] = (),
    lexicons: Sequence[Path] = (),
    model: ModelFile | None = None,
    *,
    cache: Path | None = None,
) -> Release:
    """Read, compile and freeze; or, from the folder `cache`, what the same files came to before.

    Raises LawError, or PolicyError when a rule does not compile: all or nothing.
    """
    model = model or model_file()
    read = partial(read_sources, policies, lexicons, model)
    key = partial(release_key, policies, lexicons, model)
    return assembled(cached(cache, "release", key, lambda: parts(read())), read, model)


def drafted(release: Release, draft: Path) -> Release:
    """The release with the draft and shadow rules of one file or folder live, to see what they would do."""
    home = draft.resolve()

    def stage(rule: Rule) -> Stage:
        here = Path(rule.path).resolve()
        return Stage.LIVE if home in {here, *here.parents} and rule.stage is not Stage.RETIRED else rule.stage

    return replace(release, rules=RuleSet.of(replace(rule, stage=stage(rule)) for rule in release.rules))


def release_key(policies: Sequence[Path], lexicons: Sequence[Path], model: ModelFile) -> str:
    """Names the files that a release of these folders is made from, and the program. Raises OSError."""
    return fingerprint([shipped("policies"), *policies], [shipped("lexicons"), *lexicons], model.digest)


def around_key(policies: Sequence[Path], lexicons: Sequence[Path]) -> str:
    """Names what rules of these folders are compiled against: lexicons, laws and facts. Raises OSError."""
    return fingerprint([shipped("policies"), *policies], [shipped("lexicons"), *lexicons], rules=False)


def freeze(sources: Sources) -> Release:
    """Raises PolicyError when a rule does not compile."""
    return assembled(parts(sources), lambda: sources, sources.model)


Parts = tuple[str, RuleSet, Scanner, Stances, LawRegistry, FactRegistry, tuple[Diagnostic, ...]]


@long_lived()
def parts(sources: Sources) -> Parts:
    """Everything of a release that is worth keeping compiled. Raises PolicyError."""
    compiled = sources.compile()
    if compiled.errors:
        raise PolicyError(compiled.errors, dict(sources.rules))
    return (
        sources.digest(),
        RuleSet.of(compiled.rules),
        Scanner(compiled.groups, sources.covers),
        Stances(sources.lexicons),
        LawRegistry(sources.instruments),
        FactRegistry(sources.facts),
        tuple(d for d in compiled.diagnostics if not d.is_error),
    )


def assembled(made: Parts, read: Callable[[], Sources], model: ModelFile, *, published: bool = False) -> Release:
    """A release from its parts; `read` gives what they were made from."""
    return Release(*made, read, Reader(model.load), published=published)


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
