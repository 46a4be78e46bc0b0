"""Which lexicons the rules of some files use, and how: by itself or beside other words, to charge or to excuse."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from compliance.lang import tree
from compliance.lang.walk import walk
from compliance.text.views import fold_word

_FACTS = (tree.FactIs, tree.FactCompares, tree.LacksEvidence, tree.Missing, tree.Not)


class Use(NamedTuple):
    """`alone`: a hit charges by itself, no other words are asked for. `without`: folded words that are left out.

    `place` numbers the operands of a rule; alternatives of one 或 have the same.
    """

    rule: str
    clause: str  # 当 (设 too) or 除非
    place: int
    alone: bool
    through: str  # the 词组 by which it is named, if not by itself
    without: frozenset[str] = frozenset()


def uses(files: Iterable[tree.RuleFile], lexicons: Iterable[str]) -> Mapping[str, tuple[Use, ...]]:
    """Lexicon → its uses; one that no rule names has none."""
    known = frozenset(lexicons)
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for file in files:
        parts = {words.name: words.words for words in file.words}
        for rule in file.rules:
            for lexicon, use in _of_rule(rule, parts, known):
                found[lexicon].append(use)
    return {name: tuple(dict.fromkeys(found[name])) for name in known}


def _of_rule(
    rule: tree.RuleDefinition, parts: Mapping[str, tree.WordSet], known: frozenset[str]
) -> Iterator[tuple[str, Use]]:
    place = 0
    for clause in (*rule.all("LET"), *rule.all("WHEN"), *rule.all("UNLESS")):
        if clause.value is None:
            continue  # its syntax error is told elsewhere
        named = clause.value if isinstance(clause.value, tree.Let) else None
        expression = named.condition if named else cast("tree.Expr", clause.value)
        bare = {id(node) for node in _alone(expression)} if clause.name == "WHEN" else set()
        for operand in _operands(expression):
            place += 1
            for node in operand:
                if not isinstance(node.words, tree.GroupName):
                    continue
                name = node.words.name
                for lexicon, without in _lexicons(name, parts, known, ()):
                    through = "" if name == lexicon else name
                    clause_name = "除非" if clause.name == "UNLESS" else "当"
                    yield lexicon, Use(rule.id, clause_name, place, id(node) in bare, through, without)


def _operands(expression: tree.Expr) -> Iterator[list[tree.Occurs]]:
    """The words of an expression, those together that stand beside each other in one 或."""
    grouped: set[int] = set()
    for node in walk(expression):
        if isinstance(node, tree.Or):
            together = [part for part in node.parts if isinstance(part, tree.Occurs)]
            grouped.update(map(id, together))
            yield together
        elif isinstance(node, tree.Occurs) and id(node) not in grouped:
            yield [node]


def _alone(expression: tree.Expr) -> Iterator[tree.Expr]:
    """The words that charge by themselves: at the top, in an alternative, or beside nothing but facts and absences."""
    if isinstance(expression, tree.Occurs):
        yield expression
    elif isinstance(expression, tree.Or):
        for part in expression.parts:
            yield from _alone(part)
    elif isinstance(expression, tree.And):
        worded = [part for part in expression.parts if not isinstance(part, _FACTS)]
        if len(worded) == 1:
            yield from _alone(worded[0])


def _lexicons(
    name: str, parts: Mapping[str, tree.WordSet], known: frozenset[str], trail: tuple[str, ...]
) -> Iterator[tuple[str, frozenset[str]]]:
    """The lexicons behind a name, itself or those that its 词组 lists, each with the words that are left out of it."""
    if name not in parts:
        if name in known:
            yield name, frozenset()
        return
    if name in trail:
        return
    excepted = parts[name].excepted
    left_out = frozenset(fold_word(item.text) for item in excepted if isinstance(item, tree.Word))
    for item in parts[name].items:
        if isinstance(item, tree.GroupName):
            for lexicon, without in _lexicons(item.name, parts, known, (*trail, name)):
                yield lexicon, without | left_out
    for item in excepted:
        if isinstance(item, tree.GroupName):
            yield from _lexicons(item.name, parts, known, (*trail, name))
