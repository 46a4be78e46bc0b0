"""Out to Excel and back: nothing is lost, what was edited arrives, what is wrong is refused with its cell."""

import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lexicon_samples import edited, imported, lexicons, words, write_file
from openpyxl import Workbook

from compliance.lexicon.applying import file_text
from compliance.lexicon.difference import differences
from compliance.lexicon.workbook import to_workbook
from compliance.lexicon.written import WrittenLexicon, WrittenTerm, read_written
from compliance.model.errors import ComplianceError, LawError
from compliance.release.shipped import shipped

SAMPLE = (
    WrittenLexicon(
        "夸张说法",
        "ads/夸张.yaml",
        {"kind": "terms", "title": "夸张", "source": "广告法 第九条第三项", "disguise": True},
        (
            WrittenTerm("最好", {"covers": ("最好先", "最好提前")}),
            WrittenTerm("顶级", {}),
            WrittenTerm("vip", {"boundary": "none", "note": "会员"}),
        ),
    ),
    WrittenLexicon("别的", "ads/别的.yaml", {"title": "别的", "source": "通用"}, (WrittenTerm("第一", {}),)),
)


def test_the_shipped_lexicons_come_back_as_they_went() -> None:
    before = read_written([shipped("lexicons")])
    assert sum(len(lexicon.terms) for lexicon in before) >= 4_000
    after = imported(to_workbook(before))
    assert after == before
    assert differences(before, after) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lexicons())
def test_any_lexicon_comes_back_as_it_went(made: list[WrittenLexicon]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for lexicon in made:
            write_file(Path(folder), lexicon)
        before = read_written([Path(folder)])
        assert before == tuple(made)
        assert imported(to_workbook(before)) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lexicons(), lexicons())
def test_a_file_can_be_made_to_say_anything(old: list[WrittenLexicon], new: list[WrittenLexicon]) -> None:
    """Whatever the change, the file afterwards says exactly what the workbook says; `file_text` checks it too."""
    now = new[0]
    with tempfile.TemporaryDirectory() as folder:
        file = write_file(Path(folder), old[0])
        (was,) = read_written([Path(folder)])
        file.write_text(file_text(now, was, file.read_text("utf-8"), file), "utf-8")
        assert read_written([Path(folder)]) == (now,)


def test_an_edit_is_told_line_by_line() -> None:
    def edit(book: Workbook) -> None:
        terms, groups = book["词"], book["词库"]
        groups["D2"] = "夸张的说法"
        terms["C2"] = "最好先\n最好趁早"
        terms.delete_rows(3)  # 顶级
        terms.append(["夸张说法", "绝版", None, None, "否", None, "新增"])

    (change,) = differences(SAMPLE, imported(edited(to_workbook(SAMPLE), edit)))
    assert change.lines == (
        "~ 标题 「夸张」→「夸张的说法」",
        "- 顶级",
        "~ 最好：盖住这个词的通用词 加 最好趁早，去 最好提前",
        "+ 绝版（看穿伪装 「」→「否」、说明 「」→「新增」）",
    )


def test_order_and_new_lexicons_are_changes_and_a_missing_one_is_none() -> None:
    def edit(book: Workbook) -> None:
        book["词库"].delete_rows(3)
        book["词"].delete_rows(5)
        book["词"].move_range("A4:G4", rows=10)
        book["词库"].append(["新的", "ads/新的.yaml", None, "新", "通用"])
        book["词"].append(["新的", "头一份"])

    changes = differences(SAMPLE, imported(edited(to_workbook(SAMPLE), edit)))
    assert [(change.now.group, change.lines) for change in changes] == [("新的", ("+ 新词库，1 个词",))]


def sentence_or_none(data: bytes) -> str | None:
    """What an import is refused with; anything but our own error fails the test."""
    try:
        imported(data)
    except ComplianceError as error:
        return str(error)
    return None


def put(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].__setitem__(cell, value)


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        (put("词", "B3", "=1+1"), "词!B3", "是公式"),
        (lambda book: book["词"].merge_cells("B3:B4"), "词!B3:B4", "单元格合并了"),
        (put("词", "B4", "最 好"), "词!B4", "与 词!B2 重复"),
        (put("词", "H1", "备注"), "词!H1", "不认识的列“备注”"),
        (put("词", "H3", "备注"), "词!H3", "这一列没有列名"),
        (put("词", "G1", "说"), "词!1", "缺少列“说明”"),
        (put("词", "G1", "词"), "词!G1", "列“词”有两个"),
        (put("词", "B3", 100), "词!B3", "是数字或日期"),
        (put("词", "B3", None), "词!3", "“词”是空的"),
        (put("词", "B3", "★★"), "词!B3", "去掉符号后什么也不剩"),
        (put("词", "B3", "很长" * 31), "词!B3", "超过 60 字"),
        (put("词", "D3", "有"), "词!D3", "不能写「有」"),
        (put("词", "E3", "大概"), "词!E3", "看不懂「大概」"),
        (put("词", "A3", "没有的"), "词!A3", "表里没有「没有的」"),
        (put("词", "F3", "旧办法 第三条"), None, None),
        (put("词库", "E2", "广告法 第九十九条"), None, None),
        (put("词库", "A3", "夸张说法"), "词库!A3", "写了两行"),
        (put("词库", "B3", "ads/夸张.yaml"), "词库!B3", "文件与 词库!B2 相同"),
        (put("词库", "B3", "../../别的.yaml"), "词库!B3", "不合规范"),
        (put("词库", "C3", "词"), "词库!C3", "不能写「词」"),
        (put("词库", "D3", None), "词库!3", "“标题”是空的"),
        (lambda book: book["词"].delete_rows(5), "词库!A3", "一个词也没有"),
        (lambda book: book.remove(book["词"]), "词库.xlsx", "没有名为“词”的工作表"),
    ],
)
def test_what_is_wrong_is_refused_with_its_cell(
    change: Callable[[Workbook], object], place: str | None, problem: str | None
) -> None:
    data = edited(to_workbook(SAMPLE), change)
    if place is None or problem is None:
        assert imported(data)  # an article that is in force, or that the registry does not have
        return
    with pytest.raises(ComplianceError) as refused:
        imported(data)
    told = str(refused.value)
    (line,) = [line for line in told.splitlines() if problem in line]
    assert line.strip().startswith(f"{place}：")
    assert "；" in line  # and what to do about it


def test_a_repealed_article_is_refused() -> None:
    from datetime import date  # noqa: PLC0415

    from lexicon_samples import REGISTRY  # noqa: PLC0415

    from compliance.lexicon.sheets import from_workbook  # noqa: PLC0415
    from small_release import OLD_RULES  # noqa: PLC0415

    ended = OLD_RULES.model_copy(update={"articles": OLD_RULES.articles[:1]})
    registry = type(REGISTRY)((ended,))
    data = edited(to_workbook(SAMPLE), put("词", "F3", "旧办法 第三条；通用"))
    with pytest.raises(ComplianceError, match="词!F3：来源“旧办法 第三条”自 2020-01-01 起失效；改为现行条文"):
        from_workbook(data, "词库.xlsx", registry, date(2026, 11, 30))
    assert from_workbook(data, "词库.xlsx", registry, date(2019, 1, 1))


def test_every_fault_is_told_at_once() -> None:
    def edit(book: Workbook) -> None:
        book["词"]["B2"] = "=1"
        book["词"]["B3"] = 7
        book["词"]["D4"] = "有"

    with pytest.raises(ComplianceError) as refused:
        imported(edited(to_workbook(SAMPLE), edit))
    assert len(str(refused.value).splitlines()) == 4


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40), st.booleans())
def test_a_broken_workbook_is_refused_and_never_a_traceback(at: int, noise: bytes, cut: bool) -> None:
    data = to_workbook(SAMPLE)
    at %= len(data)
    broken = data[:at] + noise if cut else data[:at] + noise + data[at + len(noise) :]
    told = sentence_or_none(broken)
    assert told is None or told.startswith("词库.xlsx")


_CELLS = st.one_of(
    st.none(),
    words,
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text("=+-甲\n ", max_size=5),
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["词", "词库"]), st.integers(1, 8), st.integers(1, 12), _CELLS), max_size=6),
    st.lists(st.sampled_from(["A1:B1", "A2:A3", "C2:G4"]), max_size=1),
)
def test_any_edit_is_taken_or_refused_with_a_sentence(
    edits: list[tuple[str, int, int, object]], merges: list[str]
) -> None:
    def change(book: Workbook) -> None:
        for sheet, row, column, value in edits:
            book[sheet].cell(row, column).value = value  # type: ignore[assignment]
        for area in merges:
            book["词"].merge_cells(area)

    told = sentence_or_none(edited(to_workbook(SAMPLE), change))
    assert told is None or re.search(r"词库?!", told), told


def test_no_workbook_at_all() -> None:
    for data in (b"", b"PK", b"\x00" * 100, "词".encode()):
        with pytest.raises(ComplianceError):
            imported(data)


@pytest.mark.parametrize("text", ["甲\n乙", "甲\x07", "_x0041_", "甲\r"])
def test_what_a_cell_cannot_hold_is_refused_on_the_way_out(text: str) -> None:
    lexicon = WrittenLexicon("组", "组.yaml", {"title": "t", "source": "s"}, (WrittenTerm(text, {}),))
    with pytest.raises(ComplianceError, match="放不进 Excel"):
        to_workbook([lexicon])


def test_what_looks_like_a_formula_stays_a_word() -> None:
    lexicon = WrittenLexicon("组", "组.yaml", {"title": "=1+1", "source": "s"}, (WrittenTerm("+V甲", {}),))
    data = to_workbook([lexicon])
    assert imported(data) == (lexicon,)
    assert imported(edited(data, lambda book: None)) == (lexicon,)
    assert io.BytesIO(data).read(2) == b"PK"


def test_two_folders_with_a_file_of_one_name_are_told_apart_or_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    write_file(first, SAMPLE[0])
    write_file(second, WrittenLexicon(SAMPLE[0].group, "ads/夸张.yaml", SAMPLE[0].fields, SAMPLE[0].terms[:1]))
    (replaced,) = read_written([first, second])
    assert replaced.terms == SAMPLE[0].terms[:1]
    write_file(second, WrittenLexicon("新", "ads/夸张.yaml", SAMPLE[1].fields, SAMPLE[1].terms))
    with pytest.raises(LawError, match="是词库「夸张说法」；给其中一个文件换个名字"):
        read_written([first, second])
