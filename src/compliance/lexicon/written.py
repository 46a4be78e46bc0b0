"""A lexicon as its file writes it, before defaults: what goes out to Excel and comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.model.errors import LawError
from compliance.release.lexicons import load_lexicons
from compliance.release.yaml_source import read_yaml

Fields = Mapping[str, Any]

TEXTS = ("kind", "title", "source", "overlap")
LISTS = ("covers", "after", "pseudo")
FIELDS = ("kind", "title", "source", "covers", "disguise", "overlap", "after", "pseudo")
"""What a file may say beside group and terms."""
TERM_FIELDS = ("covers", "boundary", "disguise", "source", "note")
"""What a term may say beside its text."""


@dataclass(frozen=True)
class WrittenTerm:
    text: str
    fields: Fields


@dataclass(frozen=True)
class WrittenLexicon:
    """`path` is below its folder, with forward slashes. What a file leaves out or leaves empty is not in `fields`."""

    group: str
    path: str
    fields: Fields
    terms: tuple[WrittenTerm, ...]


def read_written(folders: list[Path]) -> tuple[WrittenLexicon, ...]:
    """All lexicons of the folders by path; a later folder's group replaces an earlier one's.

    Raises LawError for everything that would keep the lexicons from being loaded, and for two files of one path in
    different folders: a path names a lexicon in the workbook.
    """
    loaded = load_lexicons(folders)
    found: dict[str, WrittenLexicon] = {}
    for lexicon in loaded:
        file = Path(lexicon.path)
        folder = next((each for each in reversed(folders) if file.is_relative_to(each)), None)
        if folder is None:
            raise LawError("不在任何词库文件夹里", place=lexicon.path, remedy="检查路径")
        path = file.relative_to(folder).as_posix()
        if path in found:
            problem = f"别的文件夹里的 {path} 是词库「{found[path].group}」"
            raise LawError(problem, place=lexicon.path, remedy="给其中一个文件换个名字")
        found[path] = written(read_yaml(file).value, lexicon.group, path)
    return tuple(found[path] for path in sorted(found))


def written(value: Mapping[str, Any], group: str, path: str) -> WrittenLexicon:
    """The values of a file that loads."""
    fields = {name: value[name] for name in FIELDS if name in value and value[name] not in (None, ())}
    return WrittenLexicon(group, path, fields, tuple(_terms(value["terms"])))


def _terms(terms: Any) -> Iterator[WrittenTerm]:
    for term in terms:
        if isinstance(term, str):
            yield WrittenTerm(term, {})
        else:
            given = {name: term[name] for name in TERM_FIELDS if name in term and term[name] not in (None, ())}
            yield WrittenTerm(term["text"], given)
