"""One layout for every tree: written and read back it is the same, in both languages, comments and all."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_trees import CONDITIONS, PIECES

from compliance.lang import tree
from compliance.lang.bits import plain
from compliance.lang.diagnostics import Language
from compliance.lang.layout import formatted
from compliance.lang.lexer import Lexer
from compliance.lang.parse import parse
from compliance.lang.trivia import gaps
from compliance.lang.write import Writer
from compliance.release.shipped import shipped

SHIPPED = sorted(shipped("policies").rglob("*.rule"))
LANGUAGES: list[Language] = ["zh", "en"]
IN_EITHER = st.sampled_from(LANGUAGES)


def written(pieces: Iterable[object], language: Language) -> str:
    """One piece a line."""
    writer = Writer(language)
    lines = []
    for piece in pieces:
        match piece:
            case tree.Policy():
                lines.append(plain(writer.policy(piece)))
            case tree.WordsDefinition():
                lines.append(plain(writer.words(piece)))
            case tree.RuleDefinition():
                clauses = [plain(writer.clause(clause)) for clause in piece.clauses]
                lines.append(" ".join([plain(writer.head(piece)), *clauses]))
    return "\n".join(lines)


def read(source: str) -> list[object]:
    file, diagnostics = parse(source, "a.rule")
    assert diagnostics == [], (source, [(d.code, d.values) for d in diagnostics])
    return sorted([*file.policies, *file.words, *file.rules], key=lambda piece: piece.at.start)


def laid_out(source: str, language: Language | None = None) -> str:
    text, diagnostics = formatted(source, "a.rule", language)
    assert diagnostics == []
    assert text is not None
    return text


def comments(source: str) -> list[str]:
    found = gaps(source, list(Lexer(source, "a.rule").tokens()))
    return [comment.text for gap in found for comment in gap.comments]


@given(CONDITIONS, IN_EITHER)
@settings(max_examples=300)
def test_a_written_condition_is_read_back(condition: tree.Expr, language: Language) -> None:
    rule = tree.RuleDefinition("A-1", "t", (tree.Clause("WHEN", condition),))
    assert read(written([rule], language)) == [rule]


@given(st.lists(PIECES, max_size=4), IN_EITHER)
def test_written_files_are_read_back(pieces: list[object], language: Language) -> None:
    assert read(written(pieces, language)) == pieces


@given(st.lists(PIECES, max_size=3), IN_EITHER, IN_EITHER)
def test_either_language_holds_the_same_tree(pieces: list[object], first: Language, second: Language) -> None:
    source = laid_out(written(pieces, first), first)
    translated = laid_out(source, second)
    assert read(source) == read(translated) == pieces
    assert laid_out(translated, first) == source


TRIVIA = st.lists(
    st.sampled_from([" ", " ", " ", "\n", "\n\n\n", "\t", "  # 注{}\n", "\n# 注{}\n", "\n\n   # 注{}\n\n", "\r\n"]),
    min_size=60,
    max_size=60,
)


@given(st.lists(PIECES, min_size=1, max_size=3), IN_EITHER, TRIVIA)
@settings(max_examples=200)
def test_comments_stay_and_a_second_time_changes_nothing(
    pieces: list[object], language: Language, trivia: list[str]
) -> None:
    lexemes = list(Lexer(written(pieces, language), "a.rule").tokens())
    parts = [trivia[i % len(trivia)].replace("{}", str(i)) + lexeme.raw for i, lexeme in enumerate(lexemes)]
    source = "".join(parts) + "  # 最后"
    once = laid_out(source)
    assert read(once) == pieces
    assert comments(once) == comments(source)
    assert laid_out(once) == once


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_shipped_files_keep_tree_and_comments(file: Path) -> None:
    source = file.read_text("utf-8")
    text = laid_out(source)
    pieces = read(source)
    assert read(text) == pieces
    assert comments(text) == comments(source)
    english = laid_out(text, "en")
    assert read(english) == pieces
    assert laid_out(english, "zh") == text == laid_out(text)


UNTIDY = """# 文件的注释
词组 甲="最好"、"第一" # 两个
  、 "顶级"
# 关于规则
规则 A-1 「题」
类型 absolute-claim
  依据  广告法   §9(3)
当 出现 甲 且(商品.类目 属于(食品、药品)   # 为什么
  或 "乙"   被否定)
  # 下一句的注释

  除非 命中 within 8chars of 甲 或
     命中 位于 引号
 例 「最好」 应报 于 「最好」
 例 「最好好好」 已知 商品.类目=食品、证据.比价 = 有 不报
"""
TIDY = """# 文件的注释
词组 甲 = "最好" 、 "第一"  # 两个
  、 "顶级"
# 关于规则
规则 A-1 「题」
  类型 absolute-claim
  依据 广告法 第九条第三项
  当   出现 甲 且 (商品.类目 属于 (食品、药品)  # 为什么
    或 "乙" 被否定)
  # 下一句的注释

  除非 命中 与 甲 相距 8字 内
    或 命中 位于 引号 内
  例 「最好」                                           应报 于 「最好」
  例 「最好好好」 已知 商品.类目 = 食品、证据.比价 = 有 不报
"""
ENGLISH = """# 文件的注释
words 甲 = "最好", "第一"  # 两个
  , "顶级"
# 关于规则
rule A-1 "题"
  kind absolute-claim
  law 广告法 §9(3)
  when any 甲 and (商品.类目 in (食品, 药品)  # 为什么
    or "乙" negated)
  # 下一句的注释

  unless hit within 8chars of 甲
    or hit inside quote
  test "最好"                                            fires on "最好"
  test "最好好好" given 商品.类目 = 食品, 证据.比价 = 有 silent
"""


def test_what_tidy_looks_like() -> None:
    assert laid_out(UNTIDY) == TIDY
    assert laid_out(UNTIDY, "en") == ENGLISH
    assert laid_out(ENGLISH, "zh") == TIDY
    assert laid_out(ENGLISH) == ENGLISH


def test_a_file_that_does_not_parse_is_left_alone() -> None:
    text, diagnostics = formatted("规则 A-1 「t」 当 且", "a.rule")
    assert text is None
    assert [d.code for d in diagnostics] == ["E001"]


@given(st.text(max_size=40))
def test_any_text_is_formatted_or_refused(source: str) -> None:
    text, diagnostics = formatted(source, "a.rule")
    assert (text is None) == bool(diagnostics)
