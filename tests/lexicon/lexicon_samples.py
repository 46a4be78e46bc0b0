"""Lexicons for the tests: generated ones, files of them, workbooks of them with cells changed."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import yaml
from hypothesis import strategies as st
from openpyxl import Workbook

from compliance.lang.registry import LawRegistry
from compliance.lexicon.sheets import from_workbook
from compliance.lexicon.written import LISTS, WrittenLexicon, WrittenTerm
from small_release import LAWS

DAY = date(2026, 11, 30)
REGISTRY = LawRegistry(LAWS)


def imported(data: bytes) -> tuple[WrittenLexicon, ...]:
    return from_workbook(data, "词库.xlsx", REGISTRY, DAY)


def write_file(folder: Path, lexicon: WrittenLexicon) -> Path:
    """The lexicon as any YAML library would write it."""
    fields = {name: _listed(value) for name, value in lexicon.fields.items()}
    terms = [
        {"text": term.text, **{name: _listed(value) for name, value in term.fields.items()}}
        if term.fields
        else term.text
        for term in lexicon.terms
    ]
    file = folder / lexicon.path
    file.parent.mkdir(parents=True, exist_ok=True)
    body = {"group": lexicon.group, **fields, "terms": terms}
    file.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def _listed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return list(value) if isinstance(value, tuple) else value


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook after somebody changed it in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# What people write in lexicons, and what YAML or Excel would like to take for something else.
_AWKWARD = (
    "no",
    "是",
    "null",
    "1.5",
    "2026-11-30",
    "=甲",
    "+V",
    "-甲",
    "@甲",
    "'甲'",
    '"甲"',
    "甲: 乙",
    "# 甲",
    "[甲]",
    "{甲",
    "~",
    "0x1F",
)
_plain = st.text("甲乙丙丁a1% #:，'\"-=[]{}&*!|>", min_size=1, max_size=8)
words = st.one_of(st.sampled_from(_AWKWARD), _plain).filter(
    lambda text: any(c in "甲乙丙丁a1" or c.isalnum() for c in text)
)
_lists = st.lists(words, min_size=1, max_size=3, unique=True).map(tuple)
_disguises = st.one_of(
    st.booleans(),
    st.fixed_dictionaries(
        {}, optional={"ways": st.just(("sound", "shape")), "standing": st.just(0.75), "noise": st.booleans()}
    ),
).filter(lambda value: value != {})
_term_fields = st.fixed_dictionaries(
    {},
    optional={
        "covers": _lists,
        "boundary": st.sampled_from(["auto", "none"]),
        "disguise": _disguises,
        "source": words,
        "note": words,
    },
)
_lexicon_fields = st.fixed_dictionaries(
    {"title": words, "source": words},
    optional={
        "kind": st.sampled_from(["terms", "cues"]),
        "covers": _lists,
        "disguise": _disguises,
        "overlap": st.sampled_from(["longest", "all"]),
        "after": _lists,
        "pseudo": _lists,
    },
)


@st.composite
def lexicons(draw: st.DrawFn) -> list[WrittenLexicon]:
    from compliance.text.views import fold_word  # noqa: PLC0415

    made = []
    for number in range(draw(st.integers(1, 3))):
        texts = draw(st.lists(words.filter(fold_word), min_size=1, max_size=6, unique_by=fold_word))
        terms = tuple(WrittenTerm(text, draw(_term_fields)) for text in texts)
        made.append(WrittenLexicon(f"组{number}", f"部门/组{number}.yaml", draw(_lexicon_fields), terms))
    return made


assert set(LISTS) == {"covers", "after", "pseudo"}
