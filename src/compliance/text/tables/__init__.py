"""The tables for seeing through disguise: what a character sounds like, looks like, splits into, stands for.

They are data, one entry a line; each file's header says where it is from. Loaded once a process.
Characters are as folding leaves them, so a table is looked up with the folded view.
"""

from functools import cache
from importlib.resources import files

from compliance.text.tables.ordinary import Words


def _text(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def lines_of(name: str) -> list[str]:
    """The entries of a table, a line each."""
    return [line for line in _text(name).splitlines() if line and not line.startswith("# ")]


def _sections(name: str) -> dict[str, list[str]]:
    """Lines by section. A section is opened by a comment of one word; the comments above are the header."""
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in _text(name).splitlines():
        if line.startswith("# "):
            title = line[2:]
            if " " not in title:
                entries = found.setdefault(title, [])
        elif line:
            entries.append(line)
    return found


@cache
def sounds() -> dict[str, tuple[str, ...]]:
    """Character → its toneless syllables, the common one first; ü is written v."""
    alike: dict[str, tuple[str, ...]] = {}
    return {
        line[0]: alike.get(line[2:]) or alike.setdefault(line[2:], tuple(line[2:].split(" ")))
        for line in lines_of("sounds.txt")
    }


@cache
def shapes() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Section (`han`, `latin`, `accent`, `digit`) → groups of look-alikes; a group's first member is what it means."""
    return {
        section: tuple(tuple(line.split(" ")) for line in lines) for section, lines in _sections("shapes.txt").items()
    }


@cache
def signs() -> dict[str, tuple[str, ...]]:
    """Sign (one character, or a sequence of letters) → the characters or words it stands for, the surest first."""
    pairs = (line.split("\t") for lines in _sections("signs.txt").values() for line in lines)
    return {sign: tuple(readings.split(" ")) for sign, readings in pairs}


@cache
def splits() -> dict[str, tuple[str, ...]]:
    """Character → the ways it is written as several characters side by side, the surest first."""
    return {line[0]: tuple(line[2:].split(" ")) for line in lines_of("splits.txt")}


@cache
def words() -> Words:
    """Ordinary word of two to four characters → frequency in a large corpus, modern words included."""
    return Words(_text(name).partition("\n\n")[2] for name in ("words.txt", "words_modern.txt"))


@cache
def characters() -> dict[str, int]:
    """Character → how often it is a word by itself, in the same corpus as `words`."""
    return {line[0]: int(line[2:]) for line in lines_of("characters.txt")}
