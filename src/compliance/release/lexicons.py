"""Lexicon files → Lexicon values: one YAML file a group, each term a word or a mapping with its own covers."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from compliance.model.errors import LawError
from compliance.model.lexicon import Lexicon, Term
from compliance.release.yaml_source import (
    Issue,
    IssuesFoundError,
    YamlSource,
    build,
    law_error,
    misfits,
    parse_yaml,
    read_yaml,
)  # fmt: skip
from compliance.text.views import fold_word

_GROUP = re.compile(r"\w+")
LONGEST_TERM = 60
"""A “word” longer than this is a sentence and does not belong in a lexicon (characters)."""


def load_lexicons(folders: Sequence[Path]) -> tuple[Lexicon, ...]:
    """All lexicons below the folders, ordered by path; a later folder's group replaces an earlier one's.

    Raises:
        LawError: a folder is missing or empty, or files are wrong; every fault is named with file, line and remedy.
    """
    issues: list[Issue] = []
    lexicons: dict[str, Lexicon] = {}
    for folder in folders:
        seen: dict[str, str] = {}
        for file in _files(folder):
            try:
                lexicon = _read(file)
            except IssuesFoundError as error:
                issues.extend(error.issues)
                continue
            if lexicon.group in seen:
                problem = f"词库「{lexicon.group}」在 {seen[lexicon.group]} 已经有了"
                issues.append(Issue(str(file), 1, problem, "改名，或合并到一个文件"))
            seen[lexicon.group] = str(file)
            lexicons[lexicon.group] = lexicon
    if issues:
        raise law_error(issues)
    return tuple(lexicons.values())


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise LawError(
            "词库文件夹不存在", place=str(folder), remedy="检查 --lexicons 或 COMPLIANCE_LEXICONS 指向的路径"
        )
    files = sorted(folder.rglob("*.yaml"))
    if not files:
        raise LawError("里面没有词库文件", place=str(folder), remedy="词库文件的名字以 .yaml 结尾，每组词一个")
    return files


def check_lexicon(text: str, file: Path) -> str:
    """The group of a lexicon that is about to be written to a file. Raises LawError when it would not load."""
    try:
        return _lexicon(parse_yaml(text, str(file)), file).group
    except IssuesFoundError as error:
        raise law_error(list(error.issues)) from error


def _read(file: Path) -> Lexicon:
    return _lexicon(read_yaml(file), file)


def _lexicon(source: YamlSource, file: Path) -> Lexicon:
    if not isinstance(source.value, dict):
        raise IssuesFoundError(Issue(str(file), 1, "不是键值表", "写上 group、title、source 和 terms"))
    terms = source.value.get("terms")
    disguise = source.value.get("disguise", False)
    issues: list[Issue] = []
    value = {"kind": "terms", **source.value, "id": file.stem, "path": str(file)}
    if isinstance(terms, tuple):
        value["terms"] = tuple(_term(source, index, term, disguise, issues) for index, term in enumerate(terms))
    if value["kind"] == "covers":
        value = {"group": f"cover_{file.stem}", "title": file.stem, "source": "通用", **value}
    try:
        lexicon = build(YamlSource(source.path, value, source.lines), Lexicon)
    except IssuesFoundError as error:
        raise IssuesFoundError(*error.issues, *issues) from error
    issues = issues or list(_issues(source, lexicon))
    if issues:
        raise IssuesFoundError(*issues)
    return lexicon


def _term(source: YamlSource, index: int, term: Any, disguise: Any, issues: list[Issue]) -> Any:
    """The term; an empty one in its place when something does not fit, which is then among the issues."""
    place = ("terms", index)
    if not isinstance(term, str | dict):
        return term
    fields = {"text": term} if isinstance(term, str) else term
    try:
        return Term(**{"disguise": disguise, **fields, "line": source.line(place)})
    except ValidationError as error:
        issues += misfits(source, error, place)
        return Term(text="")


def _issues(source: YamlSource, lexicon: Lexicon) -> Iterable[Issue]:
    if not _GROUP.fullmatch(lexicon.group):
        yield source.issue(("group",), f"词库名「{lexicon.group}」含有空格或符号", "只用汉字、字母、数字和下划线")
    seen: dict[str, int] = {}
    for index, term in enumerate(lexicon.terms):
        place = ("terms", index)
        form = fold_word(term.text)
        if not form:
            yield source.issue(place, f"词「{term.text}」去掉符号后什么也不剩", "换成有文字的词")
        elif len(term.text) > LONGEST_TERM:
            yield source.issue(
                place, f"词「{term.text[:20]}…」超过 {LONGEST_TERM} 字", "拆成词组，用 相距 或 同 句 连起来"
            )
        elif form in seen and lexicon.kind == "terms":
            yield source.issue(place, f"词「{term.text}」与第 {seen[form]} 行重复", "删去一个")
        seen.setdefault(form, term.line)
