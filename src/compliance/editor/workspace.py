"""What is being edited, on top of what is on disk: the only state of the language server that is not the protocol's."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from compliance.editor.check import Checked, check
from compliance.editor.examples import Failure, failures
from compliance.editor.knowledge import Knowledge, Problem
from compliance.editor.load import Folders, Kept, Stamp, beside, encoding_problem, home_of, load, rule_files, stamp
from compliance.editor.overlaps import Comparer, Overlap, overlaps
from compliance.lang.rule import Rule
from compliance.meaning.reader import Reader
from compliance.release.shipped import shipped


class Workspace:
    """Texts by path (resolved; of a document that is no file, its address). Its methods may be called from threads."""

    def __init__(self, folders: Folders, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()
        self._folders = Folders(*(tuple(folder.resolve() for folder in each) for each in folders))
        self._texts: dict[str, str] = {}
        self._kept: Kept = {}
        self._stamp: tuple[Folders, Stamp] | None = None
        self._registry = Knowledge()
        self._known = Knowledge()
        self._ids: dict[str, frozenset[str]] = {}
        self._encoding: dict[str, Problem] = {}
        self._comparer = Comparer()
        self._compared: dict[str, tuple[str, tuple[Rule, ...]]] = {}  # texts and their rules by path
        self._lock = Lock()

    @property
    def paths(self) -> list[str]:
        """Of the open documents."""
        return list(self._texts)

    def text(self, path: str) -> str | None:
        return self._texts.get(path)

    def edit(self, path: str, text: str) -> None:
        """A document was opened, or changed."""
        with self._lock:
            self._texts[path] = text

    def close(self, path: str) -> None:
        with self._lock:
            self._texts.pop(path, None)
            self._ids.pop(path, None)

    def refresh(self, roots: Sequence[Path]) -> None:
        """Reads what has changed on disk. `roots`: the folders that are open in the editor. Raises LawError.

        Only an installation that is broken raises; what is wrong with a team's files is among the problems.
        """
        with self._lock:
            files = [Path(path) for path in self._texts if Path(path).is_absolute()]
            ours = shipped("policies").resolve()
            strangers = [file for file in files if ours not in file.parents]
            homes = {file: home_of(file, roots) for file in strangers}
            policies = dict.fromkeys([*self._folders.policies, *(home for home in homes.values() if home)])
            folders = Folders(tuple(policies), self._folders.lexicons)
            marked = folders, stamp(folders)
            if marked != self._stamp:
                self._registry, self._stamp = load(folders), marked
                self._comparer, self._compared = Comparer(), {}
            alone = [each for file, home in homes.items() if home is None for each in beside(file)]
            texts, problems = rule_files([ours, *folders.policies, *alone], self._kept)
            self._encoding = {str(file): found for file in files if (found := encoding_problem(file))}
            problems = [problem for problem in problems if problem.path not in self._texts]
            self._known = self._registry.with_files(texts, (*self._registry.problems, *problems))

    def knowledge(self) -> Knowledge:
        """What is on disk as it was last read, with the open documents in place of their files."""
        with self._lock:
            return self._known.with_files({**self._known.files, **self._texts})

    def examples(self, checked: Checked) -> tuple[Failure, ...]:
        """Which examples of a checked text do not hold."""
        return failures(checked, self.knowledge(), self._reader)

    def uncompared(self) -> list[str]:
        """Files whose rules have to be compiled before those of a document can be compared with them."""
        files = self.knowledge().files
        return [path for path, text in files.items() if self._compared.get(path, ("", ()))[0] != text]

    def compare(self, path: str, checked: Checked | None = None) -> None:
        """Compiles the rules of a file (or takes those of its last check) for comparison."""
        knowledge = self.knowledge()
        text = knowledge.files.get(path, "")
        rules = (checked or check(path, text, knowledge)).rules
        self._compared[path] = text, self._comparer.comparable(path, text, rules)

    def overlaps(self, path: str, checked: Checked) -> tuple[Overlap, ...]:
        """Which rules of a checked text add nothing to those of the files that are compiled."""
        self.compare(path, checked)
        files = self.knowledge().files
        return overlaps([rule for each in files if each in self._compared for rule in self._compared[each][1]], path)

    def encoding_problem(self, path: str) -> Problem | None:
        """What is wrong with the bytes of an open file."""
        return self._encoding.get(path)

    def check(self, path: str) -> dict[str, tuple[str, Checked]]:
        """Text and findings of an open document, and of the files that a change of its rule ids concerns, by path."""
        knowledge = self.knowledge()
        text = knowledge.files.get(path)
        if text is None:
            return {}
        found = {path: (text, check(path, text, knowledge))}
        ids = found[path][1].ids
        changed = ids ^ self._ids.get(path, frozenset())
        self._ids[path] = ids
        for other in knowledge.sharing(path, changed):
            found[other] = knowledge.files[other], check(other, knowledge.files[other], knowledge)
        return found
