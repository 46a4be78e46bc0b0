"""词组 and lexicons → compiled word groups; every use of a name gets the index of its group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from compliance.lang import tree
from compliance.lang.nearest import hints
from compliance.lang.nesting import MAX_NESTING
from compliance.lang.pattern import BadPatternError, translate
from compliance.lang.position import Position
from compliance.model.lexicon import Lexicon, Overlap, Term
from compliance.text.views import fold_word
from compliance.words.entities import ENTITY_NAMES
from compliance.words.group import WordGroup
from compliance.words.pattern import Pattern

Report = Callable[..., None]
GroupKey = tuple[str, str]
"""The file that defines a name and the name; no file for lexicons; “=” and how it is written for other words."""


@dataclass
class _Content:
    """What a name stands for, before it becomes a WordGroup."""

    terms: dict[str, Term] = field(default_factory=dict)  # by skeleton form
    covers: dict[str, None] = field(default_factory=dict)
    patterns: dict[Pattern, None] = field(default_factory=dict)
    entities: dict[str, None] = field(default_factory=dict)
    overlap: Overlap = "longest"
    broken: bool = False  # something in it was wrong and is reported: a rule that uses it is not compiled

    def add(self, other: "_Content") -> None:
        for form, term in other.terms.items():
            self.terms.setdefault(form, term)
        self.covers |= other.covers
        self.patterns |= other.patterns
        self.entities |= other.entities
        self.broken |= other.broken
        if other.overlap == "all":
            self.overlap = "all"

    def group(self, name: str) -> WordGroup:
        return WordGroup(
            name,
            tuple(self.terms.values()),
            tuple(self.covers),
            tuple(self.patterns),
            tuple(self.entities),
            self.overlap,
        )


_NOT_READ = WordGroup("")


class WordTable:
    """All word groups of a release. Groups are shared: one lexicon used by ten rules is scanned once."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.groups: list[WordGroup] = []
        self._index: dict[GroupKey, int] = {}
        self._lexicons = {lexicon.group: lexicon for lexicon in lexicons if lexicon.kind == "terms"}

    @property
    def lexicon_names(self) -> list[str]:
        return list(self._lexicons)

    def lexicon(self, name: str) -> Lexicon | None:
        return self._lexicons.get(name)

    def intern(self, key: GroupKey, make: Callable[[], WordGroup]) -> int:
        number = self.reserve(key)
        if self.groups[number] is _NOT_READ:
            self.groups[number] = make()
        return number

    def reserve(self, key: GroupKey) -> int:
        """The number of a group; its words need not be known yet."""
        number = self._index.setdefault(key, len(self.groups))
        if number == len(self.groups):
            self.groups.append(_NOT_READ)
        return number


class FileWords:
    """The names of one rule file: its own 词组 first, then the lexicons."""

    def __init__(self, table: WordTable, file: tree.RuleFile, report: Report) -> None:
        self._table = table
        self._path = file.path
        self._report = report
        self._definitions: dict[str, tuple[tree.WordSet, Position]] = {}
        self._contents: dict[str, _Content] = {}
        self.used: set[str] = set()
        self.groups: dict[int, GroupKey] = {}
        self._define(file.words)

    def _define(self, definitions: Iterable[tree.WordsDefinition]) -> None:
        for definition in definitions:
            name, at = definition.name, definition.at
            if where := self.where(name):
                self._report("E007", at, name=name, where=where)
            else:
                self._definitions[name] = (definition.words, at)
        for name in self._definitions:
            self._content(name, self._definitions[name][1], ())

    def place(self, at: Position) -> str:
        return f"{self._path}:{at.line}"

    def where(self, name: str) -> str:
        """Where a name is defined, for people; empty when it is not."""
        if name in self._definitions:
            return self.place(self._definitions[name][1])
        lexicon = self._table.lexicon(name)
        return (lexicon.path or lexicon.id) if lexicon else ""

    @property
    def names(self) -> list[str]:
        return [*self._definitions, *self._table.lexicon_names]

    def unused(self) -> list[tuple[str, Position]]:
        return [(name, at) for name, (_, at) in self._definitions.items() if name not in self.used]

    def resolve(self, item: tree.WordItem) -> int | None:
        """Index of the group that an expression names, or None after reporting why there is none."""
        if isinstance(item, tree.GroupName):
            content = self._content(item.name, item.at, ())
            if content is None or content.broken:
                return None
            local = item.name in self._definitions
            self.used.add(item.name)
            return self._group((self._path if local else "", item.name), content, item.name)
        content = self._items((item,), ())
        return None if content.broken else self._group(("=", repr(item)), content, shown(item))

    def _group(self, key: GroupKey, content: _Content, name: str) -> int:
        number = self._table.intern(key, lambda: content.group(name))
        self.groups[number] = key
        return number

    def _content(self, name: str, at: Position, trail: tuple[str, ...]) -> _Content | None:
        if name in self._contents:
            return self._contents[name]
        if len(trail) > MAX_NESTING:
            self._report("E029", at, limit=str(MAX_NESTING))
            return None
        if name in trail:
            self._report("E025", at, name=name, cycle=" → ".join([*trail[trail.index(name) :], name]))
            return None
        if name in self._definitions:
            words = self._definitions[name][0]
            content = self._items(words.items, (*trail, name))
            self._except(content, words.excepted, (*trail, name))
            self._contents[name] = content
            return content
        lexicon = self._table.lexicon(name)
        if lexicon is None:
            known = self.names
            self._report("E006", at, name=name, **hints(name, known, "先定义「词组」", "define it with `words`"))
            return None
        terms = {fold_word(term.text): term for term in lexicon.terms}
        return _Content(terms=terms, covers=dict.fromkeys(lexicon.covers), overlap=lexicon.overlap)

    def _items(self, items: Iterable[tree.WordItem], trail: tuple[str, ...]) -> _Content:
        content = _Content()
        for item in items:
            if isinstance(item, tree.Word):
                self._word(item, content)
            elif isinstance(item, tree.Pattern):
                try:
                    made = translate(item.source)
                    content.patterns[made] = None
                    if not made.required:
                        self._report("W109", item.at, pattern=shown(item))
                except BadPatternError as error:
                    self._report("E017", item.at, problem=str(error))
                    content.broken = True
            elif isinstance(item, tree.Entity):
                self._entity(item, content)
            else:
                other = self._content(item.name, item.at, trail)
                self.used.add(item.name)
                if other is not None:
                    content.add(other)
                content.broken |= other is None
        return content

    def _word(self, item: tree.Word, content: _Content) -> None:
        form = fold_word(item.text)
        if not form:
            self._report("E022", item.at, word=item.text)
            content.broken = True
            return
        if len(form) == 1:
            self._report("W103", item.at, word=item.text)
        if form in content.terms:
            same = content.terms[form].text
            zh, en = f"「{same}」已经在词组里", f"`{same}` is in the group already"
            self._report("W102", item.at, word=item.text, why_zh=zh, why_en=en)
        content.terms[form] = Term(text=item.text, line=item.at.line)

    def _entity(self, item: tree.Entity, content: _Content) -> None:
        kinds = {**{zh: kind for kind, zh in ENTITY_NAMES.items()}, **{kind: kind for kind in ENTITY_NAMES}}
        if item.name in kinds:
            content.entities[kinds[item.name]] = None
        else:
            choices = "、".join(ENTITY_NAMES.values())
            self._report("E023", item.at, name=item.name, what_zh="个人信息", what_en="entity", choices=choices)
            content.broken = True

    def _except(self, content: _Content, excepted: Iterable[tree.WordItem], trail: tuple[str, ...]) -> None:
        """除去: an equal word leaves the group; a longer one excuses the hits that it stands over."""
        out = self._items(excepted, trail)
        for form, term in out.terms.items():
            if content.terms.pop(form, None) is None:
                content.covers[term.text] = None
        for pattern in out.patterns:
            content.patterns.pop(pattern, None)
        content.broken |= out.broken


def shown(item: tree.WordItem) -> str:
    """The words as people call them."""
    if isinstance(item, tree.Word):
        return item.text
    return f"/{item.source}/" if isinstance(item, tree.Pattern) else item.name
