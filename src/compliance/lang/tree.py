"""The syntax tree: what both surfaces, Chinese and English, parse to."""

from dataclasses import dataclass, field

from compliance.lang.position import NOWHERE, Position


@dataclass(frozen=True, kw_only=True)
class Node:
    """Every node knows where it was written; two trees are equal wherever they stand."""

    at: Position = field(default=NOWHERE, compare=False, repr=False)


# Words


@dataclass(frozen=True)
class Word(Node):
    text: str


@dataclass(frozen=True)
class Pattern(Node):
    source: str


@dataclass(frozen=True)
class GroupName(Node):
    """A 词组 of the file, or a lexicon's group."""

    name: str


@dataclass(frozen=True)
class Entity(Node):
    name: str


WordItem = Word | Pattern | GroupName | Entity


@dataclass(frozen=True)
class WordSet(Node):
    items: tuple[WordItem, ...]
    excepted: tuple[WordItem, ...] = ()


@dataclass(frozen=True)
class WordsDefinition(Node):
    name: str
    words: WordSet


# Expressions


@dataclass(frozen=True)
class Distance(Node):
    """`dimension` is chars, sentences or seconds."""

    amount: float
    dimension: str


@dataclass(frozen=True)
class Occurs(Node):
    """出现 X. After resolution `group` is the index of a compiled word group."""

    words: WordItem
    group: int = -1


@dataclass(frozen=True)
class HitRef(Node):
    """命中: the hit that an exception is looking at."""


@dataclass(frozen=True)
class AsWritten(Node):
    """原文: only hits that are written just so, without folding or noise."""

    inner: "Expr"


@dataclass(frozen=True)
class Semantic(Node):
    """语义(kind) >= least: what the second reader takes for a breach of `kind`, at least so sure (0 to 1)."""

    kind: str
    comparison: str
    least: float


@dataclass(frozen=True)
class Near(Node):
    """Within so many characters or sentences, or said within so many seconds of each other."""

    """`across`: a number of characters that may cross sentence ends."""

    left: "Expr"
    right: "Expr"
    distance: Distance
    across: bool = False


@dataclass(frozen=True)
class SameSpan(Node):
    left: "Expr"
    right: "Expr"
    unit: str


@dataclass(frozen=True)
class Before(Node):
    """In a sequence `A ..8字 B ..8字 C` the right side of the first is the second: any later B may go on to C."""

    left: "Expr"
    right: "Expr"
    distance: Distance | None = None
    across: bool = False


@dataclass(frozen=True)
class Inside(Node):
    """`region` is quote, title or "" when `container` holds hits."""

    inner: "Expr"
    region: str
    container: "Expr | None" = None


@dataclass(frozen=True)
class Contains(Node):
    """The hits of `outer` that hold a hit of `inner`."""

    outer: "Expr"
    inner: "Expr"


@dataclass(frozen=True)
class Voiced(Node):
    """Hits by who said them or where: `aspect` is speaker or channel."""

    inner: "Expr"
    aspect: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Numeric(Node):
    """Hits whose number compares so. `money` says how the number was written."""

    inner: "Expr"
    comparison: str
    number: float
    money: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True)
class Cued(Node):
    """`stance` is negated, asked, reported or supposed."""

    inner: "Expr"
    stance: str


@dataclass(frozen=True)
class Count(Node):
    """How often something is said: in the whole text, in any window of `per`, or in one `unit`, which is a segment."""

    inner: "Expr"
    comparison: str
    number: int
    per: Distance | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Missing(Node):
    """A duty to speak: `after` a mention, in the opening, or anywhere when there is neither.

    After a mention there are so many characters, sentences or seconds, or time `until` something else is said.
    """

    words: "Expr"
    after: "Expr | None" = None
    window: Distance | None = None
    opening: bool = False
    until: "Expr | None" = None


@dataclass(frozen=True)
class FactIs(Node):
    """True when the fact is one of `values`."""

    path: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class FactCompares(Node):
    path: str
    comparison: str
    number: float
    money: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True)
class LacksEvidence(Node):
    kind: str


@dataclass(frozen=True)
class Not(Node):
    inner: "Expr"


@dataclass(frozen=True)
class And(Node):
    parts: tuple["Expr", ...]


@dataclass(frozen=True)
class Or(Node):
    parts: tuple["Expr", ...]


Expr = (
    Occurs | HitRef | Semantic | AsWritten | Near | SameSpan | Before | Inside | Contains | Cued | Voiced | Numeric
    | Count | Missing | FactIs | FactCompares | LacksEvidence | Not | And | Or
)  # fmt: skip

# Clauses and pieces


@dataclass(frozen=True)
class Citation(Node):
    law: str
    article: str


@dataclass(frozen=True)
class Substitute(Node):
    """换成: the text that stands for the hit, or for the whole `unit` (as written) around it."""

    text: str
    unit: str | None = None


@dataclass(frozen=True)
class Let(Node):
    """设: a name for a condition, good in the clauses of its rule that come after it."""

    name: str
    condition: "Expr"


@dataclass(frozen=True)
class Name(Node):
    """One of the names that a clause lists."""

    text: str


@dataclass(frozen=True)
class Setting(Node):
    path: str
    value: str
    money: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True)
class Example(Node):
    """`outcome` is fires, silent or asks; `span` is the text a hit must have; `todo`: a gap that is known."""

    text: str
    settings: tuple[Setting, ...]
    outcome: str
    span: str | None = None
    todo: bool = False


@dataclass(frozen=True)
class Clause(Node):
    """One clause of a rule; the type of `value` depends on `name`, the clause's token type."""

    name: str
    value: object


@dataclass(frozen=True)
class RuleDefinition(Node):
    id: str
    title: str
    clauses: tuple[Clause, ...]

    def all(self, name: str) -> list[Clause]:
        return [clause for clause in self.clauses if clause.name == name]


@dataclass(frozen=True)
class Policy(Node):
    name: str
    title: str
    version: str


@dataclass(frozen=True)
class RuleFile:
    """One file: what parsed, in order."""

    path: str
    source: str = field(compare=False, repr=False)
    policies: tuple[Policy, ...] = ()
    words: tuple[WordsDefinition, ...] = ()
    rules: tuple[RuleDefinition, ...] = ()
