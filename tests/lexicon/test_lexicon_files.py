"""Edits written into lexicon files: comments and style stay, and only what changed is changed."""

from pathlib import Path

import pytest

from compliance.lexicon.applying import file_text
from compliance.lexicon.written import WrittenLexicon, WrittenTerm, read_written
from compliance.model.errors import LawError

TEXT = """\
# 谁维护：法务
group: 病名
kind: terms
title: "疾病名称"   # 不写症状
source: 广告法 第十七条
covers: [风湿润]
terms:
  # 循环与代谢
  - 高血压
  - {text: 甲减, covers: [指甲减, 美甲减]}  # 易误报
  # 皮肤
  - 湿疹
  - text: 风湿
    covers: [风湿润]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "health" / "病名.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def changed(file: Path, terms: tuple[WrittenTerm, ...] | None = None, **fields: object) -> str:
    (was,) = read_written([file.parent.parent])
    now = WrittenLexicon(was.group, was.path, {**was.fields, **fields}, was.terms if terms is None else terms)
    return file_text(now, was, file.read_text("utf-8"), file)


def terms_of(file: Path) -> tuple[WrittenTerm, ...]:
    (was,) = read_written([file.parent.parent])
    return was.terms


def test_nothing_changed_is_the_same_text(file: Path) -> None:
    assert changed(file) == TEXT


def test_a_field_is_changed_in_its_line(file: Path) -> None:
    assert changed(file, title="疾病") == TEXT.replace('"疾病名称"   #', '"疾病"     #')  # the comment keeps its column


def test_a_term_is_added_in_its_place(file: Path) -> None:
    terms = terms_of(file)
    text = changed(file, (*terms[:1], WrittenTerm("高血脂", {}), *terms[1:]))
    assert text == TEXT.replace("  - 高血压\n", "  - 高血压\n  - 高血脂\n")


def test_a_removed_term_takes_its_line_and_leaves_the_comments(file: Path) -> None:
    terms = terms_of(file)
    text = changed(file, (*terms[:2], *terms[3:]))
    assert "湿疹" not in text
    for comment in ("# 谁维护：法务", "# 不写症状", "# 循环与代谢", "# 易误报", "# 皮肤"):
        assert comment in text


def test_no_comment_is_lost_however_many_terms_go(file: Path) -> None:
    text = changed(file, terms_of(file)[-1:])
    for comment in ("# 谁维护：法务", "# 不写症状", "# 循环与代谢", "# 易误报", "# 皮肤"):
        assert comment in text, text


def test_a_term_with_its_own_settings(file: Path) -> None:
    text = changed(file, (*terms_of(file), WrittenTerm("no", {"covers": ("no1",), "note": "1"})))
    assert text.endswith('  - {text: "no", covers: [no1], note: "1"}\n')


def test_a_field_can_go_and_come(file: Path) -> None:
    (was,) = read_written([file.parent.parent])
    without = {name: value for name, value in was.fields.items() if name != "covers"}
    now = WrittenLexicon(was.group, was.path, {**without, "disguise": True}, was.terms)
    text = file_text(now, was, TEXT, file)
    assert "\ncovers: [风湿润]\n" not in text
    assert "\ndisguise: true\nterms:\n" in text


def test_a_new_file_is_plain(tmp_path: Path) -> None:
    lexicon = WrittenLexicon("新", "a/新.yaml", {"title": "t", "source": "s"}, (WrittenTerm("甲", {}),))
    text = file_text(lexicon, None, "", tmp_path / "新.yaml")
    assert text == "group: 新\ntitle: t\nsource: s\nterms:\n  - 甲\n"


def test_what_would_not_load_is_not_written(file: Path) -> None:
    with pytest.raises(LawError, match="重复"):
        changed(file, (WrittenTerm("甲", {}), WrittenTerm("甲 ", {})))
    with pytest.raises(LawError, match="standing"):
        changed(file, disguise={"standing": "半"})
