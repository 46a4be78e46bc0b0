"""What a finding offers to put in place, and documents with it put in place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.rewrite import rewritten
from compliance.judge.rewrite_examples import RewriteRunner
from compliance.judge.stance import Stances
from compliance.model.document import Document, Segment
from compliance.model.report import Rewrite
from compliance.model.vocabulary import Change
from compliance.words.scanner import Scanner
from small_release import COVERS, LEXICONS, compiled, registries, review, rule, transcript


def changed(text: str | Document, when: str = "绝对化用语", **clauses: str) -> str:
    document = text if isinstance(text, Document) else Document(id="d", text=text)
    findings = review(rule(when, **clauses), document).findings
    return rewritten(document, [f.rewrite for f in findings if f.rewrite]).text


@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        ({}, "大家好。\n快来拍。"),
        ({"换成": "「不错」"}, "大家好。它是不错的面霜，真的。\n快来拍。"),
        ({"换成": "「还行（原话：{命中}）」"}, "大家好。它是还行（原话：最 好）的面霜，真的。\n快来拍。"),
        ({"换成": "「」"}, "大家好。它是的面霜，真的。\n快来拍。"),
        ({"换成": "「看详情，」 于 分句"}, "大家好。看详情，真的。\n快来拍。"),
        ({"换成": "「看详情。」 于 句"}, "大家好。看详情。\n快来拍。"),
        ({"换成": "「看详情。」 于 段"}, "看详情。"),
        ({"补上": "「以详情页为准」"}, "大家好。它是最 好的面霜，真的。以详情页为准。\n快来拍。"),
        ({"改为": "「没有合法写法：删去」"}, "大家好。它是最 好的面霜，真的。\n快来拍。"),
    ],
)
def test_each_way_of_rewriting(clauses: dict[str, str], wanted: str) -> None:
    assert changed("大家好。它是最 好的面霜，真的。\n快来拍。", **clauses) == wanted


def test_the_english_surface_says_the_same() -> None:
    zh = compiled(rule("绝对化用语", 换成="「不错」 于 句")).rules[0]
    en = compiled(rule("绝对化用语", replace='"不错" on sentence')).rules[0]
    added = compiled(rule("绝对化用语", add='"不错"')).rules[0]
    assert zh.remedy == en.remedy
    assert added.remedy.change is Change.ADD


def test_added_words_are_closed_off_from_their_neighbours() -> None:
    assert changed("它最好", 补上="「见详情」") == "它最好。见详情。"
    assert changed("它最好！", 补上="「见详情！」") == "它最好！见详情！"


def test_where_nothing_lawful_can_be_said_the_finding_says_so() -> None:
    (told,) = review(rule("绝对化用语", 改为="「没有合法写法：下架」"), "它最好").findings
    assert told.rewrite == Rewrite(change=Change.NONE, start=1, end=3)
    assert told.suggestion.startswith("没有合法写法")


def test_an_edit_over_several_segments_keeps_the_segments() -> None:
    document = transcript((0, "大家好。"), (1, "它是最"), (2, "好的。"), (3, "快来拍。"))
    (told,) = review(rule("绝对化用语", 换成="「看详情。」 于 句"), document).findings
    assert told.rewrite is not None
    after = rewritten(document, [told.rewrite])
    assert [segment.text for segment in after.segments] == ["大家好。", "看详情。", "", "快来拍。"]
    assert [segment.t_start for segment in after.segments] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ({"换成": "「甲」", "补上": "「乙」"}, "E031"),
        ({"改为": "「没有合法写法」", "补上": "「乙」"}, "E031"),
        ({"换成": "「甲」 于 页"}, "E023"),
    ],
)
def test_contradictions_are_refused(clauses: dict[str, str], code: str) -> None:
    assert [d.code for d in compiled(rule("绝对化用语", **clauses)).errors] == [code]


spans = st.tuples(st.integers(0, 30), st.integers(0, 6), st.sampled_from(["", "甲", "乙乙乙"]))
edits = st.lists(
    spans.map(lambda s: Rewrite(change=Change.REPLACE, start=s[0], end=s[0] + s[1], text=s[2])), max_size=6
)


@given(st.lists(st.text("甲乙。，", max_size=8), min_size=1, max_size=5), edits)
def test_edits_leave_everything_else_as_it_was(texts: list[str], edits: list[Rewrite]) -> None:
    document = Document(id="d", segments=tuple(Segment(text=text) for text in texts))
    inside = [e for e in edits if e.end <= len(document.text)]
    after = rewritten(document, inside)
    assert len(after.segments) == len(document.segments)
    assert after.text == "\n".join(segment.text for segment in after.segments)
    assert rewritten(document, []) == document
    if len(inside) == 1 and "\n" not in document.text[inside[0].start : inside[0].end]:
        edit = inside[0]
        assert after.text == document.text[: edit.start] + edit.text + document.text[edit.end :]


@pytest.mark.parametrize(
    ("clauses", "after", "fires"),
    [
        ({}, None, ()),
        ({"换成": "「不错」"}, None, ()),
        ({"换成": "「顶级」"}, "这是顶级的面霜。", ("T-ONE-001",)),
        ({"换成": "「治湿疹」"}, "这是治湿疹的面霜。", ("T-TWO-002",)),
        ({"补上": "「以详情页为准」"}, "这是最好的面霜。以详情页为准。", ("T-ONE-001",)),
        ({"改为": "「没有合法写法」"}, None, ()),
    ],
)
def test_examples_are_reviewed_again_with_the_rewrite(
    clauses: dict[str, str], after: str | None, fires: tuple[str, ...]
) -> None:
    text = rule("绝对化用语", **clauses).replace("例 「甲」 应报", "例 「这是最好的面霜。」 应报")
    made = compiled(text, rule("疾病", name="T-TWO-002", 类型="medical-claim"))
    run = RewriteRunner(made.rules, Scanner(made.groups, COVERS), registries()[1], Stances(LEXICONS))
    faults = run.faults(made.rules[0])
    assert [(fault.after, fault.rules) for fault in faults] == ([] if after is None else [(after, fires)])
