"""A Release: rules, lexicons and law registry, loaded whole or not at all, named by the digest of what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from compliance.judge.stance import Stances
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.lang.rule import Rule
from compliance.lang.ruleset import RuleSet
from compliance.long_lived import long_lived
from compliance.meaning.reader import Reader
from compliance.meaning.store import ModelFile, model_file
from compliance.model.errors import LawError
from compliance.model.vocabulary import Stage
from compliance.release.cached import cached
from compliance.release.sources import PolicyError, Sources, read_sources, release_key
from compliance.words.scanner import Scanner


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
