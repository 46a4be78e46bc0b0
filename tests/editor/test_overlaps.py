"""Rules that add nothing to one of another file are told as the command tells them."""

from editor_samples import KNOWLEDGE, RULE

from compliance.editor.check import check
from compliance.editor.overlaps import Comparer, Overlap, overlaps, placed
from small_release import compiled, rule

WIDE = RULE
NARROW = rule("出现 绝对化用语 且 出现 疾病", name="T-TWO-002").replace("  例 「丙」 待补\n", "")
SAME_WORDS = [
    rule("出现 甲", name=name, words='词组 甲 = "甲乙"').replace("  例 「丙」 待补\n", "")
    for name in ("T-ONE-001", "T-TWO-002")
]
EXCUSED = rule("出现 绝对化用语", unless="命中 被否定", name="T-TWO-002").replace("  例 「丙」 待补\n", "")


def found(*texts: str) -> tuple[Overlap, ...]:
    """Of the last text, among all of them, each compiled by itself."""
    comparer = Comparer()
    files = {f"{number}.rule": text for number, text in enumerate(texts, start=1)}
    rules = [
        rule
        for path, text in files.items()
        for rule in comparer.comparable(path, text, check(path, text, KNOWLEDGE).rules)
    ]
    return overlaps(rules, f"{len(texts)}.rule")


def told(*texts: str) -> set[str]:
    """By the command, of the last text."""
    diagnostics = compiled(*texts).diagnostics
    return {d.values["rule"] for d in diagnostics if d.code == "W105" and d.path == f"{len(texts)}.rule"}


def test_as_the_command_tells_it() -> None:
    assert found(WIDE, EXCUSED) == (Overlap("T-TWO-002", "T-ONE-001"),)
    for texts in ((WIDE, EXCUSED), (EXCUSED, WIDE), (WIDE, NARROW), (NARROW, WIDE), (WIDE,), tuple(SAME_WORDS)):
        assert {each.rule for each in found(*texts)} == told(*texts)


def test_words_of_one_name_in_two_files_are_not_the_same() -> None:
    assert found(*SAME_WORDS) == ()


def test_it_is_told_once_and_goes_with_its_rule() -> None:
    overlap = Overlap("T-TWO-002", "T-ONE-001")
    moved = f"# 说明\n{EXCUSED}"
    (diagnostic,) = placed([overlap], "a.rule", check("a.rule", moved, KNOWLEDGE))
    assert moved[diagnostic.at.start : diagnostic.at.end] == "T-TWO-002"
    assert placed([overlap], "a.rule", check("a.rule", WIDE, KNOWLEDGE)) == []
    both = check("a.rule", WIDE + EXCUSED, KNOWLEDGE)
    assert [each.code for each in both.diagnostics] == ["W105"]
    assert placed([overlap], "a.rule", both) == []
