"""What may come next: the grammar says which keywords and kinds of names, and candidates.py which names."""

import re
from dataclasses import dataclass

from compliance.editor.candidates import Candidate, candidates
from compliance.editor.knowledge import Knowledge
from compliance.editor.piece import Piece, parts, piece_at, production
from compliance.editor.skeleton import skeleton
from compliance.editor.slot import slot
from compliance.lang.clauses import ONCE
from compliance.lang.diagnostics import Language
from compliance.lang.keywords import CLAUSES, KEYWORDS, PIECES, SURFACES
from compliance.lang.lexer import RUN, Lexeme, Lexer
from compliance.lang.parse import expected

_TYPED = re.compile(r"[A-Za-z0-9_.\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af-]*\Z")
_NAMES = frozenset({"NAME", "PATH", "ARTICLE"})
_QUOTED = frozenset({"STRING"})
_ONLY_IN_EXCEPTIONS = frozenset({"UNLESS", "LET"})
_BEFORE_NAMES = frozenset({"LPAR", "SEP", "EQ", "IS", "WITH", "ANY", "AND", "OR", "NOT", "INSIDE", "BEFORE", "MISSING"})
_READ = 20_000
"""Characters from which the language of a file is told."""


@dataclass(frozen=True)
class Item:
    """`text` takes the place of `start` to `end`; in a snippet `${1:…}` and so on are where the cursor goes."""

    kind: str
    label: str
    text: str
    start: int
    end: int
    detail: str = ""


def completions(source: str, offset: int, knowledge: Knowledge) -> list[Item]:
    """What may stand at the offset in place of what is typed before it, the likeliest first."""
    here = _typed(source, offset)
    if here is None:
        return []
    start, before, quoted = here
    part = parts(before)[-1]
    name = production(part)
    terminals = expected(part, name) if name else None
    language = language_of(source)
    names = _names(source, before, terminals or frozenset(), knowledge, language, quoted=quoted)
    words = [] if quoted else _words(before, terminals, language)
    found = [*names, *words] if _names_first(part) else [*words, *names]
    return [Item(each.kind, each.label, each.text or each.label, start, offset, each.detail) for each in found]


def _names(
    source: str, before: Piece, terminals: frozenset[str], knowledge: Knowledge, language: Language, *, quoted: bool
) -> list[Candidate]:
    part = parts(before)[-1]
    if not terminals & (_QUOTED if quoted else _NAMES):
        return []
    place = slot(part)
    if quoted and part[-1].kind != "LPAR":
        return []  # words and sentences, which nobody can know
    return candidates(place, part, terminals, source, before, knowledge, language)


_RULE: dict[Language, str] = {"zh": "规则 …", "en": "rule …"}


def _typed(source: str, offset: int) -> tuple[int, Piece, bool] | None:
    """Where the word being typed begins, the piece before it, and whether it stands in quotes; None in a comment."""
    piece = piece_at(source, offset, until=offset)
    lexer = Lexer(source[piece.start : offset], "")
    lexemes = list(lexer.tokens())
    if offset - piece.start and not piece.lexemes and lexemes:
        return None  # too large to be looked into
    tail = source[piece.lexemes[-1].at.end if lexemes else piece.start : offset]
    if "#" in tail.rsplit("\n", 1)[-1]:
        return None
    open_quote = any(d.code == "E002" and piece.start + d.at.end == offset for d in lexer.diagnostics)
    if open_quote:
        start = piece.lexemes[-1].at.start
        return start + 1, Piece(piece.start, start, piece.lexemes[:-1]), True
    start = _TYPED.search(source, source.rfind("\n", 0, offset) + 1, offset).start()  # type: ignore[union-attr]
    kept = tuple(lexeme for lexeme in piece.lexemes if lexeme.at.end <= start)
    return start, Piece(piece.start, start, kept), False


def _words(before: Piece, terminals: frozenset[str] | None, language: Language) -> list[Candidate]:
    """Keywords that may follow, with those that begin a clause or a piece where this one may end."""
    part = parts(before)[-1]
    kinds = [kind for kind in SURFACES if terminals and kind in terminals]
    if part and part[0].kind not in _ONLY_IN_EXCEPTIONS:
        kinds = [kind for kind in kinds if kind != "HIT"]
    if terminals is None or "$END" in terminals:
        kinds += _openings(before, broken=terminals is None)
    index = 0 if language == "zh" else 1
    found = [
        Candidate("clause" if kind in CLAUSES else "keyword", SURFACES[kind][index], "")
        for kind in dict.fromkeys(kinds)
        if SURFACES[kind][index]
    ]
    if "RULE" in kinds:
        found.append(Candidate("snippet", _RULE[language], "新的规则", skeleton(language)))
    return found


def _openings(before: Piece, *, broken: bool) -> list[str]:
    if not before.lexemes or before.lexemes[0].kind != "RULE":
        return [] if broken and before.lexemes else [token for token in SURFACES if token in PIECES]
    given = {lexeme.kind for lexeme in before.lexemes}
    clauses = [token for token in SURFACES if token in CLAUSES and not (token in ONCE and token in given)]
    return clauses + [token for token in SURFACES if token in PIECES]


def _names_first(part: list[Lexeme]) -> bool:
    """Behind a clause's keyword a name is likelier than an operator."""
    return len(part) == 1 or (bool(part) and part[-1].kind in _BEFORE_NAMES)


def language_of(source: str) -> Language:
    """The language of most keywords of the file; Chinese when there are none."""
    runs = [run for run in RUN.findall(source[:_READ]) if run in KEYWORDS]
    return "en" if sum(1 if run.isascii() else -1 for run in runs) > 0 else "zh"
