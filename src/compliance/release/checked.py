"""What checking rule files found: what there is, and everything that is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from compliance.lang.diagnostics import Diagnostic
from compliance.meaning.store import model_file
from compliance.release.cached import cached
from compliance.release.known_files import StoredFiles
from compliance.release.sources import around_key, read_sources, release_key


@dataclass(frozen=True)
class Checked:
    """`files`: every rule file; `rules`: the file of each sound rule; `texts`: of the files that are told about."""

    files: tuple[str, ...]
    rules: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]


def check_folders(policies: Sequence[Path], lexicons: Sequence[Path], *, cache: Path | None = None) -> Checked:
    """Checks the folders with the shipped ones; unchanged files are not compiled twice where there is a cache.

    Raises LawError when files are missing, or laws, facts or words are malformed.
    """
    key = partial(release_key, policies, lexicons, model_file())
    return cached(cache, "check", key, lambda: _checked(policies, lexicons, cache))


def _checked(policies: Sequence[Path], lexicons: Sequence[Path], cache: Path | None) -> Checked:
    sources = read_sources(policies, lexicons)
    known = StoredFiles(cache / "files", around_key(policies, lexicons)) if cache else None
    compiled = sources.compile(known)
    if known:
        known.drop_unused()
    told = {diagnostic.path for diagnostic in compiled.diagnostics}
    return Checked(
        files=tuple(path for path, _ in sources.rules),
        rules=tuple(rule.path for rule in compiled.rules),
        diagnostics=compiled.diagnostics,
        texts={path: text for path, text in sources.rules if path in told},
    )
