"""Changes of lexicons → the text of their files: comments, style and all that did not change stay as they are."""

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString
from ruamel.yaml.tokens import CommentToken

from compliance.lexicon.written import FIELDS, TERM_FIELDS, Fields, WrittenLexicon, WrittenTerm, written
from compliance.model.errors import LawError
from compliance.release.lexicons import check_lexicon
from compliance.release.yaml_source import parse_yaml

_WIDTH = 120


def file_text(lexicon: WrittenLexicon, was: WrittenLexicon | None, old_text: str, path: Path) -> str:
    """The whole text of the lexicon's file, from its old text where there is one.

    Raises LawError when the file would not load; `path` is where it will stand.
    """
    dialect = _dialect()
    data = dialect.load(old_text) if was else CommentedMap()
    if was is None and not lexicon.group.startswith("cover_"):
        data["group"] = _scalar(lexicon.group)
    old_fields: Fields = was.fields if was else {}
    for name in FIELDS:
        if lexicon.fields.get(name) != old_fields.get(name):
            _set(data, name, lexicon.fields.get(name))
    if was is None or lexicon.terms != was.terms:
        data["terms"], left_over = _sequence(lexicon.terms, was.terms if was else (), data.get("terms"))
        _put_before_terms(data, left_over)
    stream = io.StringIO()
    dialect.dump(data, stream)
    text = stream.getvalue()
    _check(text, lexicon, path)
    return text


def _dialect() -> YAML:
    dialect = YAML()
    dialect.width = _WIDTH
    dialect.preserve_quotes = True
    dialect.indent(mapping=2, sequence=4, offset=2)
    return dialect


def _check(text: str, lexicon: WrittenLexicon, path: Path) -> None:
    """The text has to load, and to say what was wanted."""
    value = check_lexicon(text, path)
    if written(parse_yaml(text, str(path)).value, lexicon.group, lexicon.path) != lexicon or value != lexicon.group:
        raise LawError("改完的文件读出来与表里不一样，没有写入", place=str(path), remedy="直接修改这个文件")


def _set(data: CommentedMap, name: str, value: Any) -> None:
    if value is None:
        data.pop(name, None)
    elif name in data:
        old = data[name]
        if isinstance(old, ScalarString) and isinstance(value, str):
            data[name] = type(old)(value)
            return
        data[name] = _plain(value, flow=not isinstance(old, CommentedSeq) or bool(old.fa.flow_style()))
    else:
        data.insert(list(data).index("terms") if "terms" in data else len(data), name, _plain(value, flow=True))


def _plain(value: Any, *, flow: bool) -> Any:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, Mapping):
        made = CommentedMap((key, _plain(each, flow=True)) for key, each in value.items())
        made.fa.set_flow_style()
        return made
    if isinstance(value, tuple):
        listed = CommentedSeq(_plain(each, flow=True) for each in value)
        if flow:
            listed.fa.set_flow_style()
        return listed
    return value


def _scalar(text: str) -> str:
    """Quoted where YAML would take it for something else than these characters."""
    try:
        plain = yaml.safe_load(f"[{text}]") == [text] and yaml.safe_load(f"k: {text}") == {"k": text}
    except (yaml.YAMLError, ValueError):
        plain = False
    return text if plain else DoubleQuotedScalarString(text)


def _sequence(
    terms: Iterable[WrittenTerm], before: tuple[WrittenTerm, ...], old: Any
) -> tuple[CommentedSeq, list[str]]:
    """The terms in their new order, and the comments of those that are gone.

    Nodes that did not change are those of the file, with their comments.
    """
    nodes = list(old) if isinstance(old, CommentedSeq) else []
    kept = {term: number for number, term in reversed(list(enumerate(_hashable(before))))}
    texts = {term.text: number for number, term in reversed(list(enumerate(before)))}
    made = CommentedSeq()
    places: dict[int, int] = {}  # old index → new index
    for index, term in enumerate(terms):
        same = kept.get(_key(term))
        number = texts.get(term.text) if same is None else same
        if number is not None:
            places.setdefault(number, index)
        made.append(_node(term) if same is None else nodes[same])
    return made, _keep_style(made, old, places) if isinstance(old, CommentedSeq) else []


def _key(term: WrittenTerm) -> str:
    return repr((term.text, sorted(term.fields.items())))


def _hashable(terms: Iterable[WrittenTerm]) -> list[str]:
    return [_key(term) for term in terms]


def _node(term: WrittenTerm) -> Any:
    if not term.fields:
        return _scalar(term.text)
    made = CommentedMap()
    made["text"] = _scalar(term.text)
    for name in TERM_FIELDS:
        if name in term.fields:
            made[name] = _plain(term.fields[name], flow=True)
    made.fa.set_flow_style()
    return made


def _keep_style(made: CommentedSeq, old: CommentedSeq, places: dict[int, int]) -> list[str]:
    left_over: list[str] = []
    if old.fa.flow_style():
        made.fa.set_flow_style()
    made.ca.comment, made.ca.end = old.ca.comment, old.ca.end
    for number, node in enumerate(old):
        comment = old.ca.items.get(number)
        if number in places and comment is not None:
            made.ca.items[places[number]] = comment
        elif number not in places:
            left_over += [*_comments(node), *_lines(comment)]
    return left_over


def _comments(node: Any) -> Iterator[str]:
    """The comments inside an entry that is a mapping."""
    if isinstance(node, CommentedMap | CommentedSeq):
        for comment in node.ca.items.values():
            yield from _lines(comment)
        for child in node.values() if isinstance(node, CommentedMap) else node:
            yield from _comments(child)


def _lines(comment: Any) -> Iterator[str]:
    """The lines of a comment: tokens in lists of any depth."""
    if isinstance(comment, list):
        for part in comment:
            yield from _lines(part)
    elif isinstance(comment, CommentToken):
        yield from (line.strip() for line in comment.value.splitlines() if line.strip())


def _put_before_terms(data: CommentedMap, lines: list[str]) -> None:
    """What stood beside a term that is gone stands before all of them: nothing that people wrote is lost."""
    if lines:
        tokens = [CommentToken(f"{line}\n", CommentMark(2), None) for line in lines]
        entry = data.ca.items.setdefault("terms", [None, None, None, None])
        entry[3] = [*(entry[3] or ()), *tokens]
