"""What each format becomes: segments, places, times, speakers."""

from datetime import time, timedelta
from pathlib import Path

import openpyxl
import pytest
from sample_files import ASS, SCRIPT_ROWS, SRT, VTT, body_docx, docx_file, member, pdf_file, repacked, saved, xlsx_file

from compliance.model.document import Document
from compliance.model.errors import ReadError
from compliance.model.vocabulary import Category, Source
from compliance.readers import read, read_bytes


def texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def labels(document: Document) -> list[str]:
    return [segment.place.label for segment in document.segments if segment.place]


def test_a_file_gives_id_title_and_defaults(tmp_path: Path) -> None:
    path = tmp_path / "双11话术v1.2.docx"
    path.write_bytes(docx_file())
    document = read(path, category=Category.COSMETICS, platform="douyin")
    assert (document.id, document.title) == ("双11话术v1.2", "双11话术v1.2.docx")
    assert (document.source, document.category, document.platform) == (Source.SCRIPT, Category.COSMETICS, "douyin")
    assert read(path, source=Source.LISTING).source is Source.LISTING


def test_docx_numbers_paragraphs_as_they_stand() -> None:
    document = read_bytes(docx_file(("甲", "", "乙\n换行")), "a.docx")
    assert texts(document) == ["甲", "乙\n换行"]
    assert labels(document) == ["第1段", "第3段"]


def test_docx_reads_tables_in_body_order_with_merged_and_nested_cells() -> None:
    cell = "<w:tc>{pr}<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{more}</w:tc>"
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    top, below = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>"
    inner = f"<w:tbl><w:tr>{cell.format(pr='', text='内', more='')}</w:tr></w:tbl><w:p><w:r><w:t>后</w:t></w:r></w:p>"
    rows = (
        f"<w:tr>{cell.format(pr=wide, text='宽', more='')}{cell.format(pr=top, text='高', more='')}</w:tr>"
        f"<w:tr>{cell.format(pr='', text='外', more=inner)}{cell.format(pr='', text='中', more='')}"
        f"{cell.format(pr=below, text='', more='')}</w:tr>"
    )
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    document = read_bytes(
        body_docx(paragraph.format("前") + f"<w:tbl>{rows}</w:tbl>" + paragraph.format("尾")), "a.docx"
    )
    assert list(zip(labels(document), texts(document), strict=True)) == [
        ("第1段", "前"),
        ("表1 第1行 第1列", "宽"),
        ("表1 第1行 第3列", "高"),
        ("表1 第2行 第1列", "外"),
        ("表1 第2行 第1列 内表1 第1行 第1列", "内"),
        ("表1 第2行 第1列", "后"),
        ("表1 第2行 第2列", "中"),
        ("第2段", "尾"),
    ]
    place = document.segments[4].place
    assert place is not None
    assert (place.table, place.row, place.column) == (1, 2, 1)


def test_docx_keeps_insertions_and_hidden_corners_and_drops_deletions() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:txbxContent><w:p>{run.format('框')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run.format('原')}<w:ins>{run.format('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('移')}</w:moveFrom><w:hyperlink>{run.format('链')}</w:hyperlink>"
        "<w:r><w:tab/><w:t>后</w:t></w:r><m:oMath><m:r><m:t>99%</m:t></m:r></m:oMath></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run.format('控件')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run.format('锚')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document = read_bytes(body_docx(body), "a.docx")
    assert texts(document) == ["原增链\t后99%", "控件", "锚", "框"]
    assert labels(document) == ["第1段", "第2段", "第3段", "第3段 文本框"]


def test_xlsx_keeps_time_speaker_and_product_of_the_row() -> None:
    document = read_bytes(xlsx_file(SCRIPT_ROWS), "a.xlsx")
    first, second = document.segments
    assert (first.text, first.t_start, first.t_end) == ("全网最低价", 0, 300)
    assert (first.speaker, first.product) == ("小美", "面霜")
    assert (second.text, second.t_start, second.t_end) == ("三天见效", 300, None)
    assert first.place is not None
    assert (first.place.label, first.place.sheet, first.place.cell) == ("工作表“分镜”D2", "分镜", "D2")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["序号", "台词"], [1, "甲"], [2, "乙"]], ["甲", "乙"]),
        ([["618直播话术"], ["时间", "环节", "产品话术"], ["0:10", "很长的环节说明", "甲"]], ["甲"]),
        ([["主播话术", "助播话术", "画面内容"], ["甲", "乙", "丙丙丙丙"]], ["甲", "乙"]),
        ([["画面内容", "直播内容"], ["长长长长长", "甲"]], ["甲"]),
        ([["Time", "Script"], ["0:01", "buy now"]], ["buy now"]),
        ([["A1", "全网最低价"], ["B1", "三天见效"]], ["全网最低价", "三天见效"]),
        ([["商品", "介绍"], ["一个名字非常非常长的商品", "甲乙"]], ["甲乙"]),
        ([["话术"], [9.9], [True], ["甲"]], ["9.9", "TRUE", "甲"]),
    ],
)
def test_xlsx_finds_the_words(rows: list[list[object]], expected: list[str]) -> None:
    assert texts(read_bytes(xlsx_file(rows), "a.xlsx")) == expected


def test_xlsx_column_and_sheet_can_be_chosen() -> None:
    data = xlsx_file(SCRIPT_ROWS)
    assert texts(read_bytes(data, "a.xlsx", column="c")) == ["面霜", "面膜"]
    assert texts(read_bytes(data, "a.xlsx", column="商品")) == ["面霜", "面膜"]
    with pytest.raises(ReadError, match="没有找到列“ZZ”；请写列号（如 C）或表头，现有表头：时间、主播、商品、话术"):
        read_bytes(data, "a.xlsx", column="ZZ")
    with pytest.raises(ReadError, match="没有名为“二”的工作表；请从这些里选：“分镜”"):
        read_bytes(data, "a.xlsx", sheet="二")


def test_xlsx_reads_every_sheet_with_text() -> None:
    workbook = openpyxl.Workbook()
    for title, value in (("一", "甲"), ("数", 3), ("二", "乙")):
        workbook.create_sheet(title).append([value])
    document = read_bytes(saved(workbook), "a.xlsx")
    assert labels(document) == ["工作表“一”A1", "工作表“二”A1"]
    assert texts(read_bytes(saved(workbook), "a.xlsx", sheet="二")) == ["乙"]


def test_xlsx_times_of_excel_and_columns_of_start_and_end() -> None:
    rows = [["开始", "结束", "话术"], [time(0, 12, 30), timedelta(minutes=13), "甲"], [60, "1:30", "乙"]]
    document = read_bytes(xlsx_file(rows), "a.xlsx")
    assert [(s.t_start, s.t_end) for s in document.segments] == [(750, 780), (60, 90)]


def test_xlsx_formula_without_result_is_named() -> None:
    with pytest.raises(ReadError, match="工作表“分镜”A3：公式没有保存计算结果"):
        read_bytes(xlsx_file([["话术"], ["甲"], ['=A2&"乙"']]), "a.xlsx")


def test_xlsx_escapes_are_characters() -> None:
    data = xlsx_file([["话术"], ["全SIGN最低_xZZZZ_"]])
    xml = member(data, "xl/worksheets/sheet1.xml").replace(b"SIGN", b"_x7F51__x000D__x0000__xD83D__xDE00__xDC00_")
    assert texts(read_bytes(repacked(data, {"xl/worksheets/sheet1.xml": xml}), "a.xlsx")) == ["全网\n😀�最低_xZZZZ_"]


def test_txt_has_a_segment_a_line() -> None:
    document = read_bytes("甲\r\n\r\n　乙 \r丙\n\u200b\n".encode(), "a.txt")
    assert texts(document) == ["甲", "　乙 ", "丙"]
    assert labels(document) == ["第1行", "第3行", "第4行"]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (SRT, "a.srt", [("今天全网最低价", 1, 3.5, "主播"), ("只要\n99", 4, 6, None)]),
        (VTT, "a.vtt", [("买一送一 & 包邮", 1, 3.5, "小美"), ("只要\n99", 4, 6, None)]),
        (ASS, "a.ass", [("今天最便宜\n错过再等一年", 1, 3.5, "小美")]),
    ],
)
def test_subtitles(content: str, name: str, expected: list[tuple[str, float, float, str | None]]) -> None:
    document = read_bytes(content.encode(), name)
    assert document.source is Source.TRANSCRIPT
    assert [(s.text, s.t_start, s.t_end, s.speaker) for s in document.segments] == expected


@pytest.mark.parametrize(
    ("written", "speaker", "text"),
    [
        ("主播小美：最低价", "主播小美", "最低价"),
        ("【助播】: 最低价", "助播", "最低价"),
        ("Speaker 1: 最低价", "Speaker 1", "最低价"),
        ("注意：最低价", None, "注意：最低价"),
        ("<VX加我>{加V}{\\an8}领券", None, "<VX加我>{加V}领券"),
    ],
)
def test_srt_speaker_is_a_role_and_only_known_tags_go(written: str, speaker: str | None, text: str) -> None:
    segment = read_bytes(f"1\n00:00:01,000 --> 00:00:02,000\n{written}\n".encode(), "a.srt").segments[0]
    assert (segment.speaker, segment.text) == (speaker, text)


def test_pdf_joins_wrapped_lines_only() -> None:
    page = [(50, 700, "这" * 41), (50, 680, "接着说最低价。"), (74, 660, "新段落"), (50, 640, "😀短行")]
    document = read_bytes(pdf_file([page, [(50, 700, "第二页")]]), "a.pdf")
    assert texts(document)[0] == "这" * 41 + "接着说最低价。"
    assert texts(document)[1] == "新段落"
    assert labels(document) == ["第1页 第1–2行", "第1页 第3行", "第1页 第4行", "第2页 第1行"]
    assert [s.place.page for s in document.segments if s.place] == [1, 1, 1, 2]
