"""What `policy check` says of one file as it is being written, among the files around it."""

import re
from dataclasses import dataclass

from compliance.editor.knowledge import Knowledge
from compliance.lang.compile import compile_rules
from compliance.lang.diagnostics import Diagnostic
from compliance.lang.rule import Rule
from compliance.words.group import WordGroup

LARGEST = 300_000
"""Characters of a file that is checked while it is written: more than ten times the longest that is shipped."""

_ID = re.compile(r"(?:规则|rule)\s+([^\s「“\"]+)")


@dataclass(frozen=True)
class Checked:
    """`groups`: of the sound rules. `ids`: what the text may define. `too_large`: nothing was looked at."""

    diagnostics: tuple[Diagnostic, ...] = ()
    rules: tuple[Rule, ...] = ()
    groups: tuple[WordGroup, ...] = ()
    ids: frozenset[str] = frozenset()
    too_large: bool = False


def check(path: str, source: str, knowledge: Knowledge) -> Checked:
    """The coded errors and warnings of one text, and its sound rules. Never raises for what a text says."""
    if len(source) > LARGEST:
        return Checked(too_large=True)
    ids = frozenset(_ID.findall(source))
    made = compile_rules(
        [(path, source)], knowledge.lexicons, knowledge.laws, knowledge.facts, knowledge.defined_before(path, ids)
    )
    return Checked(made.diagnostics, made.rules, made.groups, ids)
