"""Folders → Knowledge. What cannot be read is a problem with a place, and the rest goes on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from compliance.editor.knowledge import Knowledge, Problem
from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.law import Instrument
from compliance.model.lexicon import Lexicon
from compliance.release.laws import load_facts, load_laws
from compliance.release.lexicons import load_lexicons
from compliance.release.rules import read_rule_file
from compliance.release.shipped import shipped
from compliance.release.yaml_source import FilesError

_PLACE = re.compile(r"(.+):([0-9]+)")
_ENCODING = re.compile(r"\[(E[0-9]{3})\] ")

Stamp = tuple[tuple[str, int, int], ...]


class Folders(NamedTuple):
    """The team's folders, added to those that are shipped."""

    policies: tuple[Path, ...] = ()
    lexicons: tuple[Path, ...] = ()


def stamp(folders: Folders) -> Stamp:
    """Changes when a file of the registry or a lexicon does: path, time and size of each."""
    return tuple(sorted(_stamped(_registry_files(folders))))


def _stamped(files: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for file in files:
        with suppress(OSError):
            known = file.stat()
            yield str(file), known.st_mtime_ns, known.st_size


def _registry_files(folders: Folders) -> Iterator[Path]:
    for folder in (shipped("lexicons"), *folders.lexicons):
        yield from folder.rglob("*.yaml")
    for folder in (shipped("policies"), *folders.policies):
        yield folder / "facts.yaml"
        if (folder / "laws").is_dir():
            yield from (folder / "laws").iterdir()


def load(folders: Folders) -> Knowledge:
    """Lexicons, laws and facts; rule files are added by whoever knows which are being edited."""
    problems: list[Problem] = []
    lexicons = _lexicons(folders.lexicons, problems)
    laws = _laws(folders.policies, problems)
    schema, facts_file = _facts(folders.policies, problems)
    instruments = tuple(instrument for instrument, _ in laws.values())
    files = {name: str(file) for name, (_, file) in laws.items()}
    return Knowledge(lexicons, instruments, schema, {}, files, str(facts_file), tuple(problems))


def _lexicons(folders: Sequence[Path], problems: list[Problem]) -> tuple[Lexicon, ...]:
    try:
        return load_lexicons([shipped("lexicons"), *folders])
    except LawError as error:
        problems += _problems(error)
        return load_lexicons([shipped("lexicons")])


def _laws(folders: Sequence[Path], problems: list[Problem]) -> dict[str, tuple[Instrument, Path]]:
    found: dict[str, tuple[Instrument, Path]] = {}
    for folder in (shipped("policies"), *folders):
        if not (folder / "laws").is_dir():
            continue
        try:
            for instrument in load_laws(folder / "laws"):
                found[instrument.id] = instrument, folder / "laws" / f"{instrument.id}.yaml"
        except LawError as error:
            problems += _problems(error)
    return found


def _facts(folders: Sequence[Path], problems: list[Problem]) -> tuple[FactSchema, Path]:
    ours = shipped("policies") / "facts.yaml"
    for folder in reversed(folders):
        file = folder / "facts.yaml"
        if file.is_file():
            try:
                return load_facts(file), file
            except LawError as error:
                problems += _problems(error)
    return load_facts(ours), ours


def _problems(error: LawError) -> Iterator[Problem]:
    if isinstance(error, FilesError):
        for issue in error.issues:
            yield Problem(issue.path, issue.line, f"{issue.problem}；{issue.remedy}。")
        return
    place = _PLACE.fullmatch(error.place)
    code = _ENCODING.match(error.problem)
    text = f"{_ENCODING.sub('', error.problem)}；{error.remedy}。"
    yield Problem(place[1] if place else error.place, int(place[2]) if place else 1, text, code[1] if code else "")


Kept = dict[Path, tuple[tuple[int, int], str]]
"""Texts of rule files by path, with time and size of the file."""


def rule_files(places: Sequence[Path], kept: Kept) -> tuple[dict[str, str], list[Problem]]:
    """Path → text of the rule files below folders, or of files; of several with one path below theirs the last one.

    `kept` remembers texts between calls.
    """
    chosen: dict[str, Path] = {}
    seen: set[Path] = set()
    for place in places:
        for file in [place] if place.is_file() else sorted(place.rglob("*.rule")):
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                chosen[str(file if file == place else file.relative_to(place))] = real
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in chosen.values():
        try:
            texts[str(file)] = _text(file, kept)
        except LawError as error:
            problems += _problems(error)
        except OSError:
            continue  # removed while we looked
    return texts, problems


def _text(file: Path, kept: Kept) -> str:
    known = file.stat()
    mark = known.st_mtime_ns, known.st_size
    if file not in kept or kept[file][0] != mark:
        kept[file] = mark, read_rule_file(file)
    return kept[file][1]


def encoding_problem(file: Path) -> Problem | None:
    """What is wrong with the bytes of a rule file, if it is there and wrong."""
    try:
        if file.is_file():
            read_rule_file(file)
    except LawError as error:
        return next(iter(_problems(error)))
    except OSError:
        return None
    return None


def home_of(file: Path, roots: Sequence[Path]) -> Path | None:
    """The folder with laws or facts that a rule file belongs to, no farther up than the folders opened in the editor.

    Without one, rules are checked with those beside them.
    """
    for folder in file.parents:
        if (folder / "laws").is_dir() or (folder / "facts.yaml").is_file():
            return folder
        if folder in roots or not roots:
            return None
    return None


def beside(file: Path) -> list[Path]:
    """The rule files of the same folder."""
    return sorted(file.parent.glob("*.rule"))
