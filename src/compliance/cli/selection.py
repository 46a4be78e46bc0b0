"""Which rules a command is about: all that compiles together, and the files and ids that the user named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from compliance.cli.configuration import folders, model_in_use
from compliance.lang.rule import Rule
from compliance.model.errors import LawError
from compliance.release.checked import Checked, check_folders
from compliance.release.sources import Sources, read_sources
from compliance.settings import cache_folder

_RULE_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")


@dataclass(frozen=True)
class Selection:
    """`policies` and `lexicons` are added to the shipped folders; no files and no rules named means all."""

    policies: tuple[Path, ...]
    lexicons: tuple[Path, ...]
    files: tuple[Path, ...]
    rules: tuple[str, ...]

    @cached_property
    def sources(self) -> Sources:
        """Raises LawError when a file holds no rule, or laws, facts or words are malformed."""
        sources = read_sources([*self.policies, *self.files], self.lexicons, model_in_use())
        self._require(path for path, _ in sources.rules)
        return sources

    def checked(self) -> Checked:
        """What is wrong with the files, known from the last time where none has changed. Raises LawError."""
        checked = check_folders([*self.policies, *self.files], self.lexicons, cache=cache_folder())
        self._require(checked.files)
        return checked

    def _require(self, paths: Iterable[str]) -> None:
        if not any(self.has(path) for path in paths):
            shown = "、".join(map(str, self.files))
            raise LawError("里面没有规则文件", place=shown, remedy="规则文件的名字以 .rule 结尾")

    def has(self, path: str) -> bool:
        """Whether a rule file was asked about."""
        here = Path(path).resolve()
        chosen = [file.resolve() for file in self.files]
        return not chosen or any(here == file or file in here.parents for file in chosen)

    def chosen(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules that were asked about, by file or by id. Raises LawError for an id that no rule has."""
        rules = list(rules)
        ids = {rule.id for rule in rules}
        unknown = next((name for name in self.rules if name not in ids), None)
        if unknown is not None:
            raise LawError(f"没有编号为 {unknown} 的规则", remedy=likely(unknown, ids))
        if self.rules and not self.files:
            return [rule for rule in rules if rule.id in self.rules]
        return [rule for rule in rules if self.has(rule.path) or rule.id in self.rules]


def selection(files: list[Path] | None, policies: list[Path] | None, lexicons: list[Path] | None) -> Selection:
    """`files` may hold ids of rules. Raises LawError when a file is missing."""
    ids = tuple(str(file) for file in files or () if _RULE_ID.fullmatch(str(file)) and not file.exists())
    named = tuple(file for file in files or () if str(file) not in ids)
    for file in named:
        if not file.exists():
            raise LawError("规则文件不存在", place=str(file), remedy="检查路径")
    chosen = folders(policies, lexicons)
    return Selection(chosen.policies, chosen.lexicons, named, ids)


def likely(name: str, rules: Iterable[str]) -> str:
    """A remedy for an id that no rule has."""
    near = get_close_matches(name, sorted(rules), n=3)
    return f"是不是 {'、'.join(near)}" if near else "用 compliance policy check 查看规则文件"
