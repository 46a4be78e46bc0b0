import io

import pytest
from export_samples import hostile, make_finding, make_report, sample
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from compliance.export import print_report, render, render_many
from compliance.export.wrapping import wrap
from compliance.model.document import Document


def printed(width: int, *, color: bool, verbose: bool = False) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=color, color_system="truecolor" if color else None, legacy_windows=False
    )
    print_report(console, *sample(), verbose=verbose)
    return file.getvalue()


def test_the_words_are_bracketed_and_numbered() -> None:
    text = render(*sample(), "text").decode()
    assert "这款面霜是【国家级】①实验室研发的，【全网最好的面霜】②③，没有之一！" in text
    assert "第2段  00:06–00:13  主播小美" in text
    assert "家人们" not in text  # no finding shows in that line


def test_each_finding_says_what_a_lawyer_asks() -> None:
    text = render(*sample(), "text").decode()
    fourth = text[text.index("  ④") : text.index("第4段")]
    for words in (
        "[严重] 化妆品宣称医疗作用  COS-MED-003 · 医疗宣称 · 拦截",
        "法条  化妆品监督管理条例 第四十三条第二款",
        "法条  广告法 第十七条",
        "风险  20万–100万元",
        "识别  去除夹杂符号（置信度 0.97）",
        "说明  ",
        "建议  删去“治.愈”",
    ):
        assert words in fourth
    assert "识别" not in text[text.index("  ①") : text.index("  ②")]
    assert "待补  请商家提供价格备案" in text


def test_summary_excused_and_undecided_are_there() -> None:
    text = render(*sample(), "text").decode()
    for words in (
        "结论  禁止播出    风险分 87.5/100",
        "问题  7 处（严重 1，高 2，中 2，低 1，提示 1），其中待补 1 处",
        "“第一次”是普通词语，不是排名",
        "LIC-DOC-002  缺少“化妆品备案编号”",
        "法律截至 2024-05-20",
        "位置  00:00–00:31",
    ):
        assert words in text


def test_a_pass_is_a_short_confirmation() -> None:
    document = Document(id="d", title="合规脚本", text="大家好")
    text = render(document, make_report(document), "text").decode()
    assert "结论  通过" in text
    assert "未发现问题。" in text
    assert len(text.splitlines()) <= 8


@pytest.mark.parametrize("width", [24, 40, 80, 200])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_console(width: int, color: bool) -> None:
    for line in printed(width, color=color, verbose=True).splitlines():
        assert Text.from_ansi(line).cell_len <= width


def test_colour_only_on_a_terminal_and_never_the_only_sign() -> None:
    assert "\x1b[" in printed(80, color=True)
    assert "\x1b[" not in printed(80, color=False)
    assert Text.from_ansi(printed(80, color=True)).plain.split() == printed(80, color=False).split()


def test_verbose_shows_the_whole_script_and_the_reasoning() -> None:
    text = printed(80, color=False, verbose=True)
    assert "家人们晚上好" in text
    assert "推理  已检索全文 5 段" in text
    assert "依据  民事：退一赔三" in text


def test_excused_hits_are_cut_short_unless_verbose() -> None:
    document, report = sample()
    report = report.model_copy(update={"excused": report.excused * 9})
    assert "另有 4 处" in render(document, report, "text").decode()


def test_a_long_paragraph_is_cut_around_the_hit() -> None:
    document = Document(id="d", text="甲" * 2000 + "最好" + "乙" * 2000)
    text = render(document, make_report(document, make_finding(document.text, "最好")), "text").decode()
    assert "【最好】①" in text
    assert len(text) < 1500


def test_several_reports_follow_each_other() -> None:
    text = render_many([sample(), sample()], "text").decode()
    assert text.count("结论  禁止播出") == 2


def test_markup_and_escapes_of_the_user_are_only_text() -> None:
    text = render(*hostile("[red]x[/] \x1b]0;t\x07"), "text").decode()
    assert "[red]x[/]" in text
    assert "\x1b" not in text


@given(st.text(st.sampled_from("最好的。，“”（①a b1\n😀")), st.integers(8, 40))
def test_wrapping_loses_nothing_but_spaces_and_fits(text: str, width: int) -> None:
    lines = wrap(Text(text), width)
    assert all(cell_len(line.plain) <= width for line in lines)
    assert "".join(line.plain for line in lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_wrapping_keeps_words_and_punctuation_together() -> None:
    def cut(text: str, width: int) -> list[str]:
        return [line.plain for line in wrap(Text(text), width)]

    assert cut("这款面霜是最好的，没有之一", 16) == ["这款面霜是最好", "的，没有之一"]
    assert cut("推荐 Compliance 引擎", 12) == ["推荐", "Compliance", "引擎"]
    assert cut("他们说“最好”", 8) == ["他们说", "“最好”"]
