"""A finding's two bases: law, money and conditions of each, by character and day."""

from datetime import date

import pytest

from compliance.judge.bases import Bases, covers
from compliance.judge.judge import Judge
from compliance.judge.stance import Stances
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.model.document import Document
from compliance.model.facts import FactSpec
from compliance.model.law import Article, Counterpart, Instrument, Penalty
from compliance.model.report import Finding, Report
from compliance.model.vocabulary import Character, Verdict
from compliance.words.scanner import Scanner
from small_release import AD_LAW, COVERS, FACTS, LEXICONS, OLD_RULES, compiled, rule

AD, PUBLICITY = Character.ADVERTISEMENT, Character.PUBLICITY
TODAY = date(2026, 11, 1)
CHANGE = date(2025, 10, 15)


def article(name: str, start: date, end: date | None = None, fine: tuple[int, int] | None = None) -> Article:
    penalty = Penalty(min=fine[0], max=fine[1], basis=f"{name}的处罚") if fine else None
    return Article(article=name, summary=f"{name}的要点", effective_from=start, effective_to=end, penalty=penalty)


COMPETITION = Instrument(
    id="competition",
    name="竞争法",
    full_name="某竞争法",
    issuer="立法机关",
    confidence="high",
    source="公开文本",
    articles=(
        article("第八条", date(2018, 1, 1), CHANGE),
        article("第二十条", date(2018, 1, 1), CHANGE, (200_000, 900_000)),
        article("第九条", CHANGE),
        article("第二十五条", CHANGE, None, (0, 1_000_000)),
    ),
)
BINDING = AD_LAW.model_copy(
    update={
        "advertising": True,
        "publicity": (
            Counterpart(
                articles=("第九条",),
                law=("竞争法 第九条", "竞争法 第八条"),
                penalty=("竞争法 第二十五条", "竞争法 第二十条"),
                when="足以引人误解",
            ),
            Counterpart(articles=("第五十五条",), law=("竞争法 第九条",), penalty=("竞争法 第二十五条",), when="虚假"),
        ),
    }
)
DECLARED = FactSpec(
    name="内容.商业广告", english="content.advertisement", type="bool", supplier="法务", question="是不是商业广告？"
)
SCHEMA = FactRegistry(FACTS.model_copy(update={"facts": (*FACTS.facts, DECLARED)}))
LAWS = LawRegistry((BINDING, OLD_RULES, COMPETITION))


def made(*sources: str, laws: LawRegistry = LAWS) -> Judge:
    rules = compiled(*sources)
    assert not rules.errors
    return Judge(rules.rules, Scanner(rules.groups, COVERS), SCHEMA, Stances(LEXICONS), "small", None, laws)


def review(judge: Judge, character: Character, day: date = TODAY, text: str = "这是最好的") -> Report:
    return judge.review(Document(id="d", text=text, facts={"内容.商业广告": character is AD}), day)


def one(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def cited(finding: Finding) -> list[str]:
    return [f"{law.name} {law.article}" for law in finding.law]


ABSOLUTE = rule("出现 绝对化用语")


def test_as_an_advertisement() -> None:
    report = review(made(ABSOLUTE), AD)
    finding = one(report)
    assert (finding.basis, cited(finding), finding.condition) == (AD, ["广告法 第九条第三项"], "")
    assert (finding.exposure.min, finding.exposure.max) == (200_000, 1_000_000)
    other = finding.other_basis
    assert other is not None
    assert (other.character, [law.article for law in other.law], other.when) == (PUBLICITY, ["第九条"], "足以引人误解")
    assert (other.exposure.min, other.exposure.max) == (0, 1_000_000)
    assert (report.exposure.min, report.exposure.max) == (200_000, 1_000_000)
    assert report.standing is not None
    assert (report.standing.character, report.standing.other.max) == (AD, 1_000_000)


def test_as_publicity() -> None:
    report = review(made(ABSOLUTE), PUBLICITY)
    finding = one(report)
    assert (finding.basis, cited(finding), finding.condition) == (PUBLICITY, ["竞争法 第九条"], "足以引人误解")
    assert (finding.exposure.min, finding.exposure.max) == (0, 1_000_000)
    assert "《竞争法》第九条" in finding.explanation
    assert "《广告法》" not in finding.explanation
    assert finding.other_basis is not None
    assert (finding.other_basis.character, finding.other_basis.exposure.min) == (AD, 200_000)
    assert (report.exposure.min, report.exposure.max) == (0, 1_000_000)
    assert report.standing is not None
    assert (report.standing.character, report.standing.assumed) == (PUBLICITY, False)
    assert report.standing.other.min == 200_000


def test_the_character_changes_neither_verdict_nor_score() -> None:
    reports = [review(made(ABSOLUTE), character) for character in Character]
    assert {(r.verdict, r.score) for r in reports} == {(Verdict.REVISE, reports[0].score)}
    assert len({r.findings[0].message for r in reports}) == 1


@pytest.mark.parametrize(
    ("day", "law", "most"),
    [
        (date(2017, 1, 1), "广告法 第九条第三项", None),
        (date(2025, 10, 14), "竞争法 第八条", 900_000),
        (CHANGE, "竞争法 第九条", 1_000_000),
    ],
    ids=["before-any", "before-the-change", "after"],
)
def test_the_law_of_the_day_counts(day: date, law: str, most: int | None) -> None:
    finding = one(review(made(ABSOLUTE), PUBLICITY, day))
    assert (cited(finding), finding.exposure.max) == ([law], most)


def test_a_fine_without_counterpart_is_none_as_publicity() -> None:
    """The finding stays, and so does the law where no other is left: only the amount goes."""
    laws = LawRegistry((BINDING.model_copy(update={"publicity": ()}), OLD_RULES, COMPETITION))
    report = review(made(ABSOLUTE, laws=laws), PUBLICITY)
    finding = one(report)
    assert cited(finding) == ["广告法 第九条第三项"]
    assert (finding.exposure.basis, report.exposure.max) == ((), None)
    assert finding.other_basis is not None
    assert finding.other_basis.exposure.max == 1_000_000


def test_where_the_duty_has_no_counterpart_that_of_the_penalty_counts() -> None:
    both = rule("出现 绝对化用语", 依据="旧办法 第三条", 罚则="广告法 第五十五条", 生效="2021-01-01 起")
    finding = one(review(made(both), PUBLICITY))
    assert cited(finding) == ["竞争法 第九条", "旧办法 第三条"]
    assert finding.condition == "虚假"


def test_law_that_binds_either_way_has_one_basis() -> None:
    either = rule("出现 绝对化用语", 依据="旧办法 第三条", 罚则="旧办法 第三条", 生效="2021-01-01 起")
    for character in Character:
        report = review(made(either), character)
        finding = one(report)
        assert (finding.basis, finding.other_basis, report.standing) == (None, None, None)
        assert finding.exposure.max == 500


def test_one_article_may_bind_advertisements_by_itself() -> None:
    marked = tuple(each.model_copy(update={"advertising": each.article == "第五十七条"}) for each in BINDING.articles)
    laws = LawRegistry((BINDING.model_copy(update={"advertising": False, "articles": marked}), OLD_RULES, COMPETITION))
    assert one(review(made(ABSOLUTE, laws=laws), PUBLICITY)).basis is PUBLICITY
    other = rule("出现 绝对化用语", 罚则="广告法 第五十五条")
    assert one(review(made(other, laws=laws), PUBLICITY)).basis is None


def test_several_findings_add_up_on_both_sides() -> None:
    report = review(made(ABSOLUTE), PUBLICITY, text="这是最好的，也是第一")
    assert len(report.findings) == 2
    assert report.exposure.max == 1_000_000  # one article counts once
    assert report.standing is not None
    assert report.standing.other.max == 1_000_000


@pytest.mark.parametrize(
    ("article_", "reference", "is_covered"),
    [
        ("第二十八条", "第二十八条", True),
        ("第二十八条", "第二十八条第二款第四项", True),
        ("第二十八条第一款", "第二十八条", False),
        ("第九条第三项", "第九条第八项", False),
        ("第十条", "第十条之一", False),
        ("第二十条", "第二十条第一款", True),
    ],
)
def test_an_article_stands_for_its_paragraphs(article_: str, reference: str, is_covered: bool) -> None:
    assert covers(article_, reference) is is_covered


def test_citations_that_are_not_registered_are_nothing() -> None:
    bases = Bases(LAWS)
    assert bases.references(["竞争法 第九条", "竞争法 第一条", "别的法 第九条", "竞争法"], TODAY)[0].article == "第九条"
    assert len(bases.references(["竞争法 第九条", "竞争法 第一条", "别的法 第九条", "竞争法"], TODAY)) == 1
