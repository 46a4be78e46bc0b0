"""Comments and line ends between the tokens of a rule file: what a formatter keeps."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from compliance.lang.lexer import Lexeme

_LINE = re.compile(r"[^\n]*\n?")


class Comment(NamedTuple):
    """`alone`: nothing else stood on its line; `indented`: and it did not begin at the margin; `apart`: an empty
    line stood before it."""

    text: str
    alone: bool
    indented: bool
    apart: bool


class Gap(NamedTuple):
    """What stands before the token that begins at `before` (the length of the file behind the last one)."""

    before: int
    comments: tuple[Comment, ...]
    broken: bool  # some line ends in it
    apart: bool  # an empty line stands right before the token


def gaps(source: str, lexemes: Sequence[Lexeme]) -> list[Gap]:
    """One gap before every token and one behind the last."""
    found = []
    end = 0
    for start in [*(lexeme.at.start for lexeme in lexemes), len(source)]:
        found.append(_gap(source[end:start].replace("\ufeff", "").replace("\r", ""), start, first=end == 0))
        end = lexemes[len(found) - 1].at.end if len(found) <= len(lexemes) else start
    return found


def _gap(text: str, before: int, *, first: bool) -> Gap:
    comments = []
    alone, apart = first, False
    for line in _LINE.findall(text):
        content = line.strip()
        if content:
            indented = alone and line[0].isspace()
            comments.append(Comment(content, alone, indented, apart))
            apart = False
        elif alone and line.endswith("\n"):
            apart = True
        alone = line.endswith("\n") or alone
    return Gap(before, tuple(comments), "\n" in text, apart)
