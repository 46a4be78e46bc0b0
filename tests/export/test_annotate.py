from itertools import pairwise

from export_samples import PHONE, make_finding, make_report, sample
from hypothesis import given
from hypothesis import strategies as st

from compliance.export.annotate import Annotated, annotate, circled, clock, clusters, context, shorten
from compliance.export.redaction import redact
from compliance.model.document import Document, Place, Segment
from compliance.model.report import Finding
from compliance.model.vocabulary import SeenAs, Severity
from compliance.words.masking import mask

TEXT = st.text(alphabet=st.one_of(st.sampled_from("最好第一\n\n 1380013800AB微信：\r\t"), st.characters(codec="utf-8")))


@st.composite
def documents_with_findings(draw: st.DrawFn) -> tuple[Document, tuple[Finding, ...]]:
    texts = draw(st.lists(TEXT, min_size=1, max_size=5))
    document = Document(id="d", segments=tuple(Segment(text=text) for text in texts))
    size = len(document.text)
    spans = draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted), max_size=12))
    return document, tuple(span_finding(document.text, start, end) for start, end in spans)


def span_finding(text: str, start: int, end: int) -> Finding:
    return make_finding(text, "", start=start, end=end, text=text[start:end], message="", suggestion="", explanation="")


def marked_places(annotated: Annotated, number: int) -> set[int]:
    pieces = [piece for line in annotated.lines for piece in line.pieces if number in piece.marks]
    return {piece.start + i for piece in pieces for i in range(len(piece.text))}


@given(documents_with_findings())
def test_pieces_make_up_the_masked_text(case: tuple[Document, tuple[Finding, ...]]) -> None:
    document, findings = case
    masked, report = redact(document, make_report(document, *findings))
    lines = annotate(masked, report).lines
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) == masked.text
    assert masked.text.replace("\n", "*") == mask(document.text).replace("\n", "*")
    assert all(
        piece.text == masked.text[piece.start : piece.start + len(piece.text)] for ln in lines for piece in ln.pieces
    )


@given(documents_with_findings())
def test_each_mark_covers_exactly_its_span(case: tuple[Document, tuple[Finding, ...]]) -> None:
    document, findings = case
    annotated = annotate(document, make_report(document, *findings))
    assert [note.number for note in annotated.notes] == list(range(1, len(findings) + 1))
    opened = [number for line in annotated.lines for piece in line.pieces for number in piece.opens]
    assert sorted(opened) == [note.number for note in annotated.notes if note.line is not None]
    listed = [note for line in annotated.lines for note in line.notes] + list(annotated.unplaced)
    assert sorted(note.number for note in listed) == [note.number for note in annotated.notes]
    for note in annotated.notes:
        span = range(note.finding.start, note.finding.end)
        assert marked_places(annotated, note.number) == {i for i in span if document.text[i] != "\n"}


@given(documents_with_findings())
def test_clusters_keep_order_and_part_only_where_no_mark_goes_on(case: tuple[Document, tuple[Finding, ...]]) -> None:
    document, findings = case
    for line in annotate(document, make_report(document, *findings)).lines:
        groups = list(clusters(line.pieces))
        assert tuple(piece for group, _ in groups for piece in group) == line.pieces
        for (left, _), (right, _) in pairwise(groups):
            assert not set(left[-1].marks) & set(right[0].marks)


def test_absence_over_the_whole_text_is_not_a_mark() -> None:
    annotated = annotate(*sample())
    assert [note.finding.rule for note in annotated.unplaced] == ["AD-DIS-001"]
    assert annotated.unplaced[0].number == 7


def test_absence_tied_to_words_is_a_mark() -> None:
    document = Document(id="d", text="保健食品来了")
    report = make_report(document, make_finding(document.text, "保健食品", seen_as=SeenAs.ABSENCE))
    assert annotate(document, report).lines[0].pieces[0].marks == (1,)


def test_notes_are_numbered_as_they_are_read_and_graver_first() -> None:
    document = Document(id="d", text="最好第一")
    report = make_report(
        document,
        make_finding(document.text, "第一", rule="B"),
        make_finding(document.text, "最好", rule="A", severity=Severity.LOW),
        make_finding(document.text, "最好", rule="C", severity=Severity.CRITICAL),
    )
    assert [note.finding.rule for note in annotate(document, report).notes] == ["C", "A", "B"]


def test_lines_carry_the_place_of_their_segment() -> None:
    document = Document(
        id="d",
        segments=(Segment(text="甲\n乙", place=Place(label="工作表「分镜」C5"), t_start=1.0), Segment(text="丙")),
    )
    lines = annotate(document, make_report(document)).lines
    assert [line.label for line in lines] == ["工作表「分镜」C5", "工作表「分镜」C5 第2行", "第2段"]
    assert [line.t_start for line in lines] == [1.0, 1.0, None]
    plain = Document(id="d", text="甲\n乙")
    assert [line.label for line in annotate(plain, make_report(plain)).lines] == ["第1行", "第2行"]


def test_context_stays_in_its_line_and_says_where_it_was_cut() -> None:
    text = "上一行\n" + "前" * 80 + "最好" + "后" * 5 + "\n下一行"
    start = text.index("最好")
    before, hit, after = context(text, start, start + 2)
    assert (before, hit, after) == ("…" + "前" * 60, "最好", "后" * 5)


def test_a_long_line_is_cut_around_its_marks() -> None:
    document = Document(id="d", text="前" * 500 + "最好" + "中" * 500 + "第一" + "后" * 500)
    findings = [make_finding(document.text, hit) for hit in ("最好", "第一")]
    (line,) = annotate(document, make_report(document, *findings)).lines
    words = "".join(piece.text for piece in shorten(line.pieces, keep=10))
    assert words == f"…{'前' * 10}最好{'中' * 10}…{'中' * 10}第一{'后' * 10}…"
    assert shorten(annotate(document, make_report(document)).lines[0].pieces)[0].text == document.text


def test_numbers_and_clocks() -> None:
    assert [circled(n) for n in (1, 20, 21, 35, 36, 50, 51)] == ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "(51)"]
    assert [clock(s) for s in (0, 83.9, 3723)] == ["00:00", "01:23", "1:02:03"]


def test_a_number_over_a_line_break_keeps_the_line() -> None:
    document = Document(id="d", segments=(Segment(text=f"电话{PHONE[:3]}"), Segment(text=PHONE[3:])))
    masked, _ = redact(document, make_report(document))
    assert masked.text.count("\n") == 1
    assert "\n".join(segment.text for segment in masked.segments) == masked.text
