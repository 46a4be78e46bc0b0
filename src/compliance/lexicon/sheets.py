"""An edited workbook → lexicons as a file would write them; every fault named with sheet, cell and remedy."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from compliance.lang.registry import LawRegistry
from compliance.lexicon.citations import expired
from compliance.lexicon.columns import LEXICON_FIELDS, LEXICONS, SHEETS, TERM_FIELDS, TERMS, Field, understood
from compliance.lexicon.written import WrittenLexicon, WrittenTerm
from compliance.model.errors import ComplianceError, ReadError
from compliance.readers.limits import Limits
from compliance.readers.package import check_package
from compliance.release.lexicons import LONGEST_TERM
from compliance.text.views import fold_word

LIMITS = Limits(max_cells=400_000, max_unpacked_bytes=100 * 2**20)
_CHOICES = {"kind": ("terms", "cues", "covers"), "overlap": ("longest", "all"), "boundary": ("auto", "none")}
_REQUIRED = {LEXICONS: ("group", "path", "title", "source"), TERMS: ("group", "text")}
_MOST_TOLD = 50

Row = dict[str, tuple[Any, str]]
"""Field name → (value, where it stands: “词!B12”)."""


@dataclass
class _Faults:
    told: list[str] = field(default_factory=list)

    def add(self, place: str, problem: str, remedy: str) -> None:
        self.told.append(f"{place}：{problem}；{remedy}")

    def refuse(self, name: str) -> None:
        if self.told:
            listed = "\n".join(f"  {each}" for each in self.told[:_MOST_TOLD])
            rest = f"\n  …另有 {len(self.told) - _MOST_TOLD} 处" if len(self.told) > _MOST_TOLD else ""
            raise ComplianceError(f"工作簿有 {len(self.told)} 处错误，没有导入\n{listed}{rest}", place=name)


def from_workbook(data: bytes, name: str, laws: LawRegistry, day: date) -> tuple[WrittenLexicon, ...]:
    """The lexicons of a workbook in the order of its rows; `name` is only for messages.

    Sources must not rest on articles that `laws` has as over on `day`.

    Raises ComplianceError: with everything that is wrong, or because it is no workbook at all.
    """
    sheets = _open(data, name)
    faults = _Faults()
    rows = {title: list(_rows(title, sheet, faults)) for title, sheet in sheets.items()}
    faults.refuse(name)
    for row in (row for each in rows.values() for row in each if "source" in row):
        source, place = row["source"]
        for citation, end in expired(source, laws, day):
            faults.add(place, f"来源“{citation}”自 {end} 起失效", "改为现行条文")
    lexicons = _lexicons(rows[LEXICONS], faults)
    terms = _terms(rows[TERMS], lexicons, faults)
    for group, row in lexicons.items():
        if not terms[group]:
            faults.add(row["group"][1], f"词库「{group}」一个词也没有", f"在“{TERMS}”表里写上它的词，或删去这一行")
    faults.refuse(name)
    return tuple(_written(row, tuple(terms[group])) for group, row in lexicons.items())


def _open(data: bytes, name: str) -> dict[str, Worksheet]:
    try:
        check_package(data, LIMITS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that openpyxl would lose on saving; nothing is saved
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
        found = {sheet.title: sheet for sheet in book.worksheets}
    except ReadError as error:
        raise ComplianceError(error.problem, place=f"{name} {error.place}".strip(), remedy=error.remedy) from error
    except Exception as error:  # the parser raises anything at all when a file is damaged
        remedy = "请用 Excel 打开，确认无误后另存为 .xlsx 再试"
        raise ComplianceError("不是完好的 Excel 工作簿", place=name, remedy=remedy) from error
    for title in SHEETS:
        if title not in found:
            raise ComplianceError(
                f"没有名为“{title}”的工作表", place=name, remedy="从 compliance lexicon export 导出的工作簿改起"
            )
    return {title: found[title] for title in SHEETS}


def _rows(title: str, sheet: Worksheet, faults: _Faults) -> Iterator[Row]:
    for merged in sheet.merged_cells.ranges:
        faults.add(f"{title}!{merged.coord}", "单元格合并了", "取消合并，每行写全")
    if sheet.max_row * sheet.max_column > LIMITS.max_cells:
        faults.add(title, "表太大", "删去空白的格式行列")
        return
    fields = _header(title, sheet, faults)
    for cells in sheet.iter_rows(min_row=2):
        if all(cell.value is None for cell in cells):
            continue
        row: Row = {}
        written = {fields[cell.column].name for cell in cells if cell.value is not None and cell.column in fields}
        for cell in cells:
            if isinstance(cell, MergedCell):
                continue  # told above
            known = fields.get(cell.column)
            if known is None:
                if cell.value is not None:
                    faults.add(f"{title}!{cell.coordinate}", "这一列没有列名", "删去，或写到已有的列里")
                continue
            _read(title, cell, known, row, faults)
        for each in _REQUIRED[title]:
            if each not in written and not (title == LEXICONS and _is_covers(row)):
                heading = next(known.heading for known in SHEETS[title] if known.name == each)
                faults.add(f"{title}!{cells[0].row}", f"“{heading}”是空的", "补上，或删去整行")
        yield row


def _is_covers(row: Row) -> bool:
    """Ordinary words need neither title nor source."""
    return row.get("kind", ("", ""))[0] == "covers" and {"group", "path"} <= row.keys()


def _header(title: str, sheet: Worksheet, faults: _Faults) -> dict[int, Field]:
    headings = {known.heading: known for known in SHEETS[title]}
    fields: dict[int, Field] = {}
    for cell in next(sheet.iter_rows(min_row=1, max_row=1), ()):
        if cell.value is None or isinstance(cell, MergedCell):
            continue
        place = f"{title}!{cell.coordinate}"
        heading = str(cell.value).strip()
        known = headings.get(heading)
        if known is None:
            faults.add(place, f"不认识的列“{heading[:20]}”", f"可用的列：{'、'.join(headings)}")
        elif known in fields.values():
            faults.add(place, f"列“{heading}”有两个", "只留一个")
        else:
            fields[cell.column] = known
    for heading, known in headings.items():
        if known not in fields.values():
            faults.add(f"{title}!1", f"缺少列“{heading}”", "补上这一列，内容可以留空")
    return fields


def _read(title: str, cell: Cell, known: Field, row: Row, faults: _Faults) -> None:
    place = f"{title}!{cell.coordinate}"
    value = cell.value
    if value is None:
        return
    if cell.data_type == "f":
        faults.add(place, "是公式", "改成文字：复制后选择性粘贴为数值")
    elif cell.data_type == "e":
        faults.add(place, f"是错误值 {str(value)[:10]}", "改成文字")
    elif not isinstance(value, str):
        faults.add(place, f"是数字或日期 {str(value)[:20]}", "把单元格设成“文本”格式后重新输入")
    elif known.form != "list" and "\n" in value:
        faults.add(place, "里面有换行", "写成一行")
    elif known.name in _CHOICES and value not in _CHOICES[known.name]:
        faults.add(place, f"“{known.heading}”不能写「{value[:20]}」", f"可用：{'、'.join(_CHOICES[known.name])}")
    else:
        try:
            given = understood(known, value)
        except ValueError as error:
            faults.add(place, *error.args)
            return
        if given not in ("", ()):
            row[known.name] = (given, place)


def _lexicons(rows: list[Row], faults: _Faults) -> dict[str, Row]:
    lexicons: dict[str, Row] = {}
    paths: dict[str, str] = {}
    for row in rows:
        (group, place), (path, path_place) = row["group"], row["path"]
        if group in lexicons:
            faults.add(place, f"词库「{group}」写了两行", "合并成一行")
        elif path in paths:
            faults.add(path_place, f"文件与 {paths[path]} 相同", "一个词库一个文件")
        elif path.startswith("/") or ".." in path.split("/") or not path.endswith(".yaml") or "\\" in path:
            faults.add(path_place, f"文件名「{path[:40]}」不合规范", "写成“ads/名称.yaml”的样子")
        lexicons.setdefault(group, row)
        paths.setdefault(path, path_place)
    return lexicons


def _terms(rows: list[Row], lexicons: dict[str, Row], faults: _Faults) -> dict[str, list[WrittenTerm]]:
    terms: dict[str, list[WrittenTerm]] = {group: [] for group in lexicons}
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        (group, group_place), (text, place) = row["group"], row["text"]
        if group not in lexicons:
            faults.add(group_place, f"“{LEXICONS}”表里没有「{group[:20]}」", "改正词库名，或在那张表里加一行")
            continue
        form = fold_word(text)
        is_terms = lexicons[group].get("kind", ("terms", ""))[0] == "terms"
        if not form:
            faults.add(place, f"词「{text[:20]}」去掉符号后什么也不剩", "换成有文字的词")
        elif len(text) > LONGEST_TERM:
            faults.add(place, f"词「{text[:20]}…」超过 {LONGEST_TERM} 字", "拆开，用规则里的 相距 或 同 句 连起来")
        elif is_terms and (group, form) in seen:
            faults.add(place, f"词「{text[:20]}」与 {seen[group, form]} 重复", "删去一个")
        else:
            seen[group, form] = place
        given = {each.name: row[each.name][0] for each in TERM_FIELDS if each.name in row}
        terms[group].append(WrittenTerm(text, {k: v for k, v in given.items() if k not in {"group", "text"}}))
    return terms


def _written(row: Row, terms: tuple[WrittenTerm, ...]) -> WrittenLexicon:
    given = {each.name: row[each.name][0] for each in LEXICON_FIELDS if each.name in row}
    return WrittenLexicon(given.pop("group"), given.pop("path"), given, terms)
