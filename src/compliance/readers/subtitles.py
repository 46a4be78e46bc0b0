"""Subtitles (srt, vtt, ass/ssa): a segment for each cue, with its times and speaker."""

import html
import re
import warnings
from collections.abc import Iterator

import pysubs2

from compliance.model.document import Place, Segment
from compliance.model.errors import ReadError
from compliance.readers.formats import Format

_TIMING = {
    Format.SRT: re.compile(r"\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,3}"),
    Format.VTT: re.compile(r"(?:\d{0,4}:)?\d{2}:\d{2}\.\d{2,3}"),
}
_VTT_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>")
# Only tags that subtitles know: “<VX加我>” is text that a viewer reads.
_TAG = re.compile(r"</?(?:font|span|ruby|rt|lang|[ibuscv])(?:[\s.][^<>]*)?/?>|<(?:\d+:)?\d+:\d+\.\d+>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_ASS_BRACES = re.compile(r"(\{[^}]*\})")
_ASS_DRAWING = re.compile(r"\\p(\d)")
_ASS_BREAK = re.compile(r"\\[Nn]")
# A leading name counts as the speaker only when it is a role: “注意：” and “价格：” are speech.
_ROLE = re.compile(
    r"\s*[【\[（(]?((?:主播|助播|副播|主持人|主持|嘉宾|场控|中控|运营|客服|旁白|画外音|观众|粉丝|达人|说话人|发言人|"
    r"host|speaker|anchor)[ _]?\w{0,6})[】\]）)]?\s*[：:]\s*",
    re.IGNORECASE,
)


def read_subtitles(text: str, form: Format) -> Iterator[Segment]:
    """Segments with times in seconds; style tags are removed, comments and drawings of ass files left out.

    Raises:
        ReadError: a timing line cannot be read, or there is no cue.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    numbers: list[int] = []
    if form is not Format.ASS:
        text, numbers = _renumber(lines, form)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cues = _parse(text, form)
    except (ValueError, TypeError, KeyError, IndexError, pysubs2.Pysubs2Error) as error:
        raise ReadError(f"不是有效的 {form} 字幕", remedy="请用字幕软件打开后重新保存") from error
    if not cues:
        raise ReadError(f"没有找到任何 {form} 字幕", remedy="请确认选对了文件，时间轴没有缺失")
    for number, cue in enumerate(cues, start=1):
        if cue.is_comment:
            continue
        place = Place(label=f"第{number}条字幕", cue=number, line=numbers[number - 1] if numbers else None)
        yield _segment(cue, form, place)


def _parse(text: str, form: Format) -> pysubs2.SSAFile:
    if form is not Format.ASS:
        return pysubs2.SSAFile.from_string(text, format_=form.value, keep_unknown_html_tags=True)
    old = re.search(r"^\[V4 Styles\]", text, re.IGNORECASE | re.MULTILINE)
    return pysubs2.SSAFile.from_string(text, format_="ssa" if old else "ass")


def _renumber(lines: list[str], form: Format) -> tuple[str, list[int]]:
    """The cues with numbers of our own, and the line of each timing.

    pysubs2 takes a last line of digits for the next cue's number: a price that ends an unnumbered cue would be lost.
    """
    timings, kept, numbers = _timing_lines(lines, form), [""], []
    comments = _comment_lines(lines) if form is Format.VTT else set()
    for index, line in enumerate(lines):
        if index in timings and index not in comments:
            numbers.append(index + 1)
            kept += ["", str(len(numbers)), line]
        elif index not in comments and not (index + 1 in timings and _is_cue_name(lines, index, form)):
            if not numbers and line.strip() and form is Format.SRT:
                raise ReadError("第一条时间轴之前有文字", place=f"第{index + 1}行", remedy="请补上这段文字的时间轴")
            if line.strip() or kept[-1].strip():  # pysubs2 is slow on long runs of blank lines
                kept.append(line)
    return "\n".join([*kept, "", str(len(numbers) + 1), ""]), numbers


def _timing_lines(lines: list[str], form: Format) -> set[int]:
    timings = set()
    for index, line in enumerate(lines):
        if len(_TIMING[form].findall(line)) == 2 and "-->" in line:
            timings.add(index)
        elif "-->" in line and re.search(r"\d\s*-->\s*\d", line):
            raise ReadError(
                "时间轴写法不对", place=f"第{index + 1}行", remedy="请改成“00:00:01,000 --> 00:00:03,000”的写法"
            )
    return timings


def _comment_lines(lines: list[str]) -> set[int]:
    """Blocks of a vtt file that are not cues, and its head."""
    comments: set[int] = set()
    inside = bool(lines) and lines[0].lstrip("\ufeff").startswith("WEBVTT")
    for index, line in enumerate(lines):
        blank_before = index == 0 or not lines[index - 1].strip()
        inside = bool(line.strip()) and (inside or (blank_before and _VTT_BLOCK.match(line) is not None))
        if inside:
            comments.add(index)
    return comments


def _is_cue_name(lines: list[str], index: int, form: Format) -> bool:
    blank_before = index == 0 or not lines[index - 1].strip()
    return lines[index].strip().isdigit() or (form is Format.VTT and blank_before and bool(lines[index].strip()))


def _ass_text(text: str) -> str:
    """What a viewer reads: not what stands in braces, nor the vector drawings that a brace turns on."""
    # Behind the last closing brace none is open; looking for its end at every opening one would be quadratic.
    head, brace, tail = text.rpartition("}")
    shown, drawing = [], False
    for piece in [*_ASS_BRACES.split(head + brace), tail]:
        if piece.startswith("{") and piece.endswith("}"):
            drawing = next((mode != "0" for mode in reversed(_ASS_DRAWING.findall(piece))), drawing)
        elif not drawing:
            shown.append(piece)
    return _ASS_BREAK.sub("\n", "".join(shown)).replace(r"\h", " ")


def _segment(cue: pysubs2.SSAEvent, form: Format, place: Place) -> Segment:
    speaker: str | None = cue.name.strip() or None
    if form is Format.ASS:
        text = _ass_text(cue.text)
    else:
        voice = _VOICE.search(cue.text) if form is Format.VTT else None
        speaker = voice[1].strip() if voice else None
        text = _TAG.sub("", _OVERRIDE.sub("", cue.text)).replace(r"\N", "\n")
        text = html.unescape(text) if form is Format.VTT else text
    role = _ROLE.match(text)
    if role and speaker is None and text[role.end() :].strip():
        speaker, text = role[1].strip(), text[role.end() :]
    start, end = max(cue.start, 0) / 1000, max(cue.end, 0) / 1000
    return Segment(text=text.strip(), t_start=start, t_end=end if end >= start else None, speaker=speaker, place=place)
