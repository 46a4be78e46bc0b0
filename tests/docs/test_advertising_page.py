"""docs/advertising.md names what the registry has: every counterpart in force, and the facts that choose."""

from datetime import date

from readme_blocks import ROOT

from compliance.release.release import Release

PAGE = (ROOT / "docs" / "advertising.md").read_text("utf-8")
DAY = date(2026, 11, 1)
FACTS = ("内容.商业广告", "内容.录播", "主播.身份", "直播.自营")


def test_every_counterpart_in_force_is_on_the_page(release: Release) -> None:
    listed = [c for law in release.laws.instruments for c in law.publicity if c.in_force(DAY)]
    cited = {c for each in listed for c in (*each.law, *each.penalty) if release.laws.cited(c, DAY)}
    assert cited
    assert not [citation for citation in sorted(cited) if citation not in PAGE]


def test_the_facts_that_choose_are_on_the_page_and_in_the_schema(release: Release) -> None:
    for fact in FACTS:
        assert fact in release.facts.facts
        assert f"`{fact}`" in PAGE
