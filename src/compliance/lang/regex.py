"""The regular expressions that rules may use, parsed, so that the words they need are known.

A small language on purpose: characters, classes, groups, alternatives, repeats, `.`. No look-around, no
back-references, no flags. RE2 executes it; this module only reads it.
"""

import re
from dataclasses import dataclass

MAX_NESTING = 40
MAX_REPEATS = 1_000
MANY = 48
"""More alternatives than this are not listed."""

_ENDS = frozenset({"", "|", ")"})
_REPEATS = frozenset("?*+{")
_NUMBER = re.compile("[0-9]{1,4}")
_CLASS_ESCAPES = frozenset("dDwWsSbB")
_CONTROL_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}


class RegexError(ValueError):
    """The pattern is outside the language; the message says why, in Chinese."""


@dataclass(frozen=True)
class Chars:
    """One character out of `choices`; None when there are too many to list."""

    choices: frozenset[str] | None


@dataclass(frozen=True)
class Sequence:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Choice:
    branches: tuple["Node", ...]


@dataclass(frozen=True)
class Repeat:
    inner: "Node"
    least: int
    most: int | None


@dataclass(frozen=True)
class Edge:
    """^ or $: matches no character."""


Node = Chars | Sequence | Choice | Repeat | Edge


def parse_regex(source: str) -> Node:
    """The tree of a pattern. Raises RegexError."""
    reader = _Reader(source)
    node = reader.choice(0)
    if reader.at < len(source):
        raise RegexError("括号没有配对")
    return node


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise RegexError("在末尾断开了")
        self.at += 1
        return char

    def choice(self, depth: int) -> Node:
        if depth > MAX_NESTING:
            raise RegexError("括号嵌套太深")
        branches = [self.sequence(depth)]
        while self.peek() == "|":
            self.take()
            branches.append(self.sequence(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.peek() not in _ENDS:
            parts.append(self.repeated(depth))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self, depth: int) -> Node:
        node = self.atom(depth)
        if self.peek() in _REPEATS:
            node = Repeat(node, *self.bounds())
            if self.peek() == "?":
                self.take()  # lazy: what is found changes, what is needed does not
            if self.peek() in _REPEATS:
                raise RegexError("重复后面不能再接重复，用 (?:…) 括起来")  # RE2 and `re` read it differently
        return node

    def bounds(self) -> tuple[int, int | None]:
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        if self.peek() in simple:
            return simple[self.take()]
        end = self.source.find("}", self.at)
        least, comma, most = self.source[self.at + 1 : end].partition(",") if end > 0 else ("", "", "")
        if not _NUMBER.fullmatch(least) or not (most == "" or _NUMBER.fullmatch(most)):
            raise RegexError("花括号要写成 {2}、{2,} 或 {2,5}")
        self.at = end + 1
        if max(int(least), int(most or 0)) > MAX_REPEATS:
            raise RegexError(f"重复次数不能超过 {MAX_REPEATS}")
        return int(least), (int(most) if most else None) if comma else int(least)

    def atom(self, depth: int) -> Node:
        char = self.take()
        if char == "(":
            return self.group(depth)
        if char == "[":
            return self.character_class()
        if char == ".":
            return Chars(None)
        if char in "^$":
            return Edge()
        if char in _REPEATS:
            raise RegexError(f"`{char}` 前面没有可以重复的内容")
        return Chars(frozenset({char})) if char != "\\" else self.escape()

    def group(self, depth: int) -> Node:
        if self.peek() == "?":
            if not self.source.startswith("?:", self.at):
                raise RegexError("不支持断言、命名分组和标志")
            self.at += 2
        node = self.choice(depth + 1)
        if self.peek() != ")":
            raise RegexError("括号没有配对")
        self.take()
        return node

    def escape(self) -> Node:
        char = self.take()
        if char in _CLASS_ESCAPES:
            return Edge() if char in "bB" else Chars(None)
        if char.isdigit():
            raise RegexError("不支持反向引用")
        if char in "pPx":
            return self.named(char)
        if char.isalpha() and char.isascii() and char not in _CONTROL_ESCAPES:
            raise RegexError(f"不认识的转义 \\{char}")
        return Chars(frozenset({_CONTROL_ESCAPES.get(char, char)}))

    def named(self, kind: str) -> Node:
        r"""\p{Han} and \x{4e00}."""
        end = self.source.find("}", self.at)
        if self.peek() != "{" or end < 0:
            raise RegexError(f"\\{kind} 后面要写花括号")
        name = self.source[self.at + 1 : end]
        self.at = end + 1
        if kind != "x":
            return Chars(None)
        try:
            return Chars(frozenset({chr(int(name, 16))}))
        except (ValueError, OverflowError):
            raise RegexError(f"\\x 没有字符 {name}") from None

    def character_class(self) -> Node:
        negated = self.peek() == "^"
        if negated:
            self.take()
        choices: set[str] = set()
        listable = not negated
        first = True
        while first or self.peek() != "]":
            char = self.take()
            first = False
            if char == "[":
                raise RegexError("方括号里的 [ 要写成 \\[")  # nor are there classes like [:digit:]
            if char == "\\":
                escaped = self.escape()
                if isinstance(escaped, Chars) and escaped.choices:
                    choices |= escaped.choices
                else:
                    listable = False
            elif self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.take()
                last = self.take()
                span = range(ord(char), ord(last) + 1)
                listable = listable and len(span) <= MANY
                choices |= {chr(c) for c in span} if len(span) <= MANY else set()
            else:
                choices.add(char)
        self.take()
        return Chars(frozenset(choices) if listable else None)


def nullable(node: Node) -> bool:
    """Whether the pattern matches the empty text."""
    match node:
        case Chars():
            return False
        case Sequence(parts=parts):
            return all(map(nullable, parts))
        case Choice(branches=branches):
            return any(map(nullable, branches))
        case Repeat(inner=inner, least=least):
            return least == 0 or nullable(inner)
        case _:
            return True
