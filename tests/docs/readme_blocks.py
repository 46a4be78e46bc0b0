"""The fenced blocks of a Markdown page, and the commands in those of a shell."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"^```(\w*)$")
_HEADING = re.compile(r"^(#+) (.+)$")
_EXIT = re.compile(r"#\s*exit (\d)\s*$")
_HEREDOC = re.compile(r"\s<<'(\w+)'")


@dataclass(frozen=True)
class Block:
    """One fenced block; `section` counts the headings before it."""

    language: str
    text: str
    section: int


@dataclass(frozen=True)
class Command:
    """One command line: its words, what it reads, and the exit code that the page promises."""

    words: tuple[str, ...]
    stdin: str
    exit_code: int
    section: int


@dataclass(frozen=True)
class Page:
    levels: tuple[int, ...]  # of the headings, in order
    blocks: tuple[Block, ...]

    def first(self, language: str) -> Block:
        return next(block for block in self.blocks if block.language == language)


def read_page(name: str) -> Page:
    levels: list[int] = []
    blocks: list[Block] = []
    inside: tuple[str, list[str]] | None = None
    for line in (ROOT / name).read_text("utf-8").splitlines():
        fence = _FENCE.match(line)
        if inside is not None and line == "```":
            blocks.append(Block(inside[0], "\n".join(inside[1]), len(levels)))
            inside = None
        elif inside is not None:
            inside[1].append(line)
        elif fence:
            inside = (fence[1], [])
        elif heading := _HEADING.match(line):
            levels.append(len(heading[1]))
    assert inside is None, f"{name}: a block is not closed"
    return Page(tuple(levels), tuple(blocks))


def commands(block: Block) -> list[Command]:
    """The commands of a shell block: plain, with a here-document, or behind `echo … |`."""
    found = []
    lines = iter(block.text.splitlines())
    for line in lines:
        promised = _EXIT.search(line)
        heredoc = _HEREDOC.search(line)
        stdin = ""
        if heredoc:
            taken = []
            while (text := next(lines)) != heredoc[1]:
                taken.append(text)
            stdin = "".join(f"{text}\n" for text in taken)
        words = shlex.split(_HEREDOC.sub("", line), comments=True)
        if "|" in words:
            pipe = words.index("|")
            assert words[0] == "echo", line
            stdin, words = " ".join(words[1:pipe]) + "\n", words[pipe + 1 :]
        found.append(Command(tuple(words), stdin, int(promised[1]) if promised else 0, block.section))
    return found
