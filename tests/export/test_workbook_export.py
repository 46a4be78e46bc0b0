import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from export_samples import hostile, make_finding, make_report, sample
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from compliance.export import Reviewed, render_many
from compliance.model.document import Document

HEADINGS = [
    "序号", "文件", "来源", "位置", "时间", "原文", "命中", "类型", "严重度", "处置", "规则",
    "规则名称", "法条", "处罚区间下限", "处罚区间上限", "依据", "建议改写", "改写", "说明",
    "识别方式", "置信度", "处理状态", "处理说明",
]  # fmt: skip


def reopened(*reviewed: Reviewed) -> Workbook:
    return load_workbook(io.BytesIO(render_many(reviewed, "xlsx")))


def clean() -> Reviewed:
    document = Document(id="clean", title="干净.txt", text="大家好")
    return document, make_report(document)


def table(sheet: Worksheet, header: int) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[header]]
    rows = sheet.iter_rows(min_row=header + 1)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def values(row: dict[str, Any]) -> dict[str, Any]:
    return {title: cell.value for title, cell in row.items()}


def test_sheets_headers_filters_and_frozen_panes() -> None:
    book = reopened(sample(), clean())
    assert book.sheetnames == ["汇总", "问题明细", "法条依据"]
    assert [cell.value for cell in book["问题明细"][1]] == HEADINGS
    assert book["问题明细"].freeze_panes == "C2"
    assert book["问题明细"].auto_filter.ref == "A1:W8"
    assert book["汇总"].freeze_panes == "C6"
    assert book["法条依据"].freeze_panes == "A2"
    assert all(sheet.auto_filter.ref for sheet in book.worksheets)


def test_a_row_holds_typed_values() -> None:
    book = reopened(sample())
    rows = table(book["问题明细"], 1)
    first, fourth, last = rows[0], values(rows[3]), values(rows[6])
    assert first["时间"].value == timedelta(seconds=6)
    assert first["时间"].number_format == "[h]:mm:ss"
    assert first["处罚区间下限"].value == 200_000
    assert first["原文"].value == "这款面霜是【国家级】实验室研发的，全网最好的面霜，没有之一！"
    assert (fourth["规则"], fourth["严重度"], fourth["处置"]) == ("COS-MED-003", "严重", "拦截")
    assert fourth["法条"] == "化妆品监督管理条例 第四十三条第二款\n广告法 第十七条"
    assert fourth["识别方式"] == "去除夹杂符号"
    assert values(rows[4])["处置"] == "待补"
    assert "违法所得五倍以下" in values(rows[4])["依据"]
    assert (last["位置"], last["原文"]) == ("00:00–00:31", None)
    assert {values(row)["处理状态"] for row in rows} == {"待处理"}


def test_every_inner_link_lands_on_its_row() -> None:
    book = reopened(sample(), sample(), clean())
    seen = set()
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            if cell.hyperlink.location:
                name, place = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", cell.hyperlink.location).groups()  # type: ignore[union-attr]
                assert book[name][place].value is not None
                seen.add((sheet.title, name))
            else:
                assert cell.hyperlink.target.startswith("https://")
    assert seen == {("汇总", "问题明细"), ("问题明细", "汇总"), ("问题明细", "法条依据"), ("法条依据", "问题明细")}
    for row in table(book["问题明细"], 1):
        target = book["法条依据"][row["法条"].hyperlink.location.split("!")[1]].row
        law = f"{book['法条依据'].cell(target, 2).value} {book['法条依据'].cell(target, 3).value}"
        assert row["法条"].value.split("\n")[0] == law
        assert book["汇总"][f"B{row['文件'].hyperlink.location.split('!A')[1]}"].value == row["文件"].value


def test_counts_are_formulas() -> None:
    book = reopened(sample(), clean())
    row = values(table(book["汇总"], 5)[0])
    assert row["问题数"] == "=COUNTIF('问题明细'!$B:$B,$B6)"
    assert row["严重"] == "=COUNTIFS('问题明细'!$B:$B,$B6,'问题明细'!$I:$I,\"严重\")"
    assert row["待处理"] == "=COUNTIFS('问题明细'!$B:$B,$B6,'问题明细'!$V:$V,\"待处理\")"
    assert row["法律截至"].date() == date(2024, 5, 20)
    assert book["法条依据"]["E2"].value.startswith("=SUMPRODUCT(")
    assert book.calculation.fullCalcOnLoad


def test_status_is_chosen_from_a_list_and_severity_is_coloured() -> None:
    sheet = reopened(sample())["问题明细"]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", '"待处理,已修改,豁免,误报"', "V2:V8")
    formulas = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
    assert [f'$I2="{name}"' for name in ("提示", "低", "中", "高", "严重")] == formulas[:5]


def test_print_set_up() -> None:
    for sheet in reopened(sample()).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        header = 5 if sheet.title == "汇总" else 1
        assert sheet.print_title_rows == f"${header}:${header}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_user_text_is_never_a_formula(start: str) -> None:
    payload = f'{start}HYPERLINK("http://a.cn","x")'
    book = reopened(hostile(payload))
    ours = re.compile(r"=(COUNTA?|COUNTIFS?|SUMPRODUCT)\(")
    risky = 0
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f":
            assert ours.match(cell.value)
            assert "HYPERLINK" not in cell.value
        elif isinstance(cell.value, str) and cell.value.lstrip().startswith(tuple("=+-@＝")):
            assert cell.quotePrefix
            risky += 1
    assert risky > 10


def test_names_that_countif_would_read_as_patterns_are_literal() -> None:
    documents = [Document(id=str(i), title=title, text="最好") for i, title in enumerate(["*", ">1", "a?.txt", "＊"])]
    book = reopened(*((d, make_report(d, make_finding(d.text, "最好"))) for d in documents))
    assert [values(row)["文件"] for row in table(book["汇总"], 5)] == ["＊", "＞1", "a？.txt", "＊（2）"]
    assert [values(row)["文件"] for row in table(book["问题明细"], 1)] == ["＊", "＞1", "a？.txt", "＊（2）"]


def test_long_text_is_cut_with_a_note() -> None:
    document = Document(id="d", text="最好")
    finding = make_finding(document.text, "最好", message="😀" * 20_000, explanation="", suggestion="字" * 32_767)
    row = values(table(reopened((document, make_report(document, finding)))["问题明细"], 1)[0])
    assert len(row["说明"].encode("utf-16-le")) // 2 <= 32_767
    assert row["说明"].endswith("（超出单元格上限，已截断）")
    assert row["建议改写"] == "字" * 32_767


def test_control_characters_become_visible() -> None:
    document = Document(id="d", text="最\x0b好\x01")
    finding = make_finding(document.text, "最\x0b好\x01")
    row = values(table(reopened((document, make_report(document, finding)))["问题明细"], 1)[0])
    assert row["命中"] == "最 好␁"


def test_rows_are_tall_enough_for_their_wrapped_text() -> None:
    document = Document(id="d", text="最好第一")
    long = make_finding(document.text, "最好", message="很长的说明" * 40)
    sheet = reopened((document, make_report(document, long, make_finding(document.text, "第一"))))["问题明细"]
    assert 30 < sheet.row_dimensions[3].height < sheet.row_dimensions[2].height <= 409
    assert sheet.row_dimensions[2].height > 150
