"""Other matchers, each finding all exact occurrences of the same terms, as its users would call it."""

import importlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import ahocorasick

Find = Callable[[str], Sequence[object]]


class Peer(NamedTuple):
    """`find` is None when the peer is not there; `note` says why."""

    name: str
    find: Find | None
    note: str = ""


def raw_iter(terms: Sequence[str]) -> Callable[[str], list[tuple[int, int]]]:
    """pyahocorasick as it comes: (last character, number of the term) of all occurrences, overlapping ones included."""
    automaton = ahocorasick.Automaton()
    for number, term in enumerate(terms):
        automaton.add_word(term, number)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text))


def peers(terms: Sequence[str]) -> list[Peer]:
    """All peers, also those that are not installed."""
    return [
        _peer("flashtext", "flashtext", _flashtext, terms),
        _peer("yara_x", "yara-x", _yara_x, terms),
        _peer("ahocorasick_rs", "ahocorasick-rs", _ahocorasick_rs, terms),
        _peer("daachorse", "daachorse", _daachorse, terms),
        _peer("hyperscan", "hyperscan", _hyperscan, terms),
    ]


def _peer(name: str, package: str, compiled: Callable[[Any, Sequence[str]], Find], terms: Sequence[str]) -> Peer:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError:
        return Peer(name, None, f"not installed: pip install {package}")
    except ImportError as error:
        return Peer(name, None, f"does not import: {error}")
    return Peer(name, compiled(module, terms))


def _flashtext(module: Any, terms: Sequence[str]) -> Find:
    """(term, start, end): the longest of overlapping terms, and none right behind another hit."""
    processor = module.KeywordProcessor(case_sensitive=True)
    for term in terms:
        processor.add_keyword(term)
    return lambda text: processor.extract_keywords(text, span_info=True)


def _yara_x(module: Any, terms: Sequence[str]) -> Find:
    """One rule with every term as a string; byte offsets."""
    strings = "\n".join(f"${number} = {_quoted(term)}" for number, term in enumerate(terms))
    rules = module.compile(f"rule terms {{ strings:\n{strings}\ncondition: any of them }}")

    def find(text: str) -> list[tuple[str, int, int]]:
        return [
            (pattern.identifier, match.offset, match.length)
            for rule in rules.scan(text.encode()).matching_rules
            for pattern in rule.patterns
            for match in pattern.matches
        ]

    return find


def _quoted(term: str) -> str:
    return '"' + term.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _ahocorasick_rs(module: Any, terms: Sequence[str]) -> Find:
    automaton = module.AhoCorasick(list(terms))
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)


def _daachorse(module: Any, terms: Sequence[str]) -> Find:
    automaton = module.CharwiseDoubleArrayAhoCorasick(list(terms))
    find: Find = automaton.find_overlapping
    return find


def _hyperscan(module: Any, terms: Sequence[str]) -> Find:
    """Literals over UTF-8; (number of the term, byte offset of the end)."""
    database = module.Database()
    expressions = [term.encode() for term in terms]
    database.compile(expressions=expressions, ids=list(range(len(terms))), elements=len(terms), literal=True)

    def find(text: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        database.scan(
            text.encode(), match_event_handler=lambda number, _start, end, _flags, _context: found.append((number, end))
        )
        return found

    return find
