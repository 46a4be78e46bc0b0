"""The generated pages are what the sources say today."""

import runpy
from collections.abc import Callable
from typing import Any

from readme_blocks import ROOT

from compliance.lang.catalogue import CATALOGUE
from compliance.model.labels import KIND_LABELS
from compliance.model.vocabulary import Stage
from compliance.release.release import Release

GENERATE: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "generate.py"))
diagnostics_page: Callable[[], str] = GENERATE["diagnostics_page"]
coverage_page: Callable[[Release], str] = GENERATE["coverage_page"]
rules_page: Callable[[Release], str] = GENERATE["rules_page"]

REMEDY = "out of date: run `make docs`"


def test_diagnostics_page_is_current() -> None:
    assert (ROOT / "docs" / "diagnostics.md").read_text("utf-8") == diagnostics_page(), REMEDY


def test_diagnostics_page_has_every_code_once() -> None:
    headings = [line[3:] for line in diagnostics_page().splitlines() if line.startswith("## ")]
    assert headings == list(CATALOGUE)


def test_rules_page_is_current(release: Release) -> None:
    # Not compared by pytest: a difference of half a megabyte takes it minutes to show.
    current = (ROOT / "docs" / "rules.md").read_text("utf-8") == rules_page(release)
    assert current, REMEDY


def test_coverage_page_is_current(release: Release) -> None:
    current = (ROOT / "docs" / "coverage.md").read_text("utf-8") == coverage_page(release)
    assert current, REMEDY


def test_coverage_page_has_every_law_kind_and_live_rule(release: Release) -> None:
    page = coverage_page(release)
    for instrument in release.laws.instruments:
        section = page.split(f"\n### {instrument.name}\n")[1].split("\n### ")[0]
        assert all(article.article in section for article in instrument.articles)
    for rule in release.rules:
        assert (f"{rule.id}" in page) == (rule.stage is Stage.LIVE)
    assert all(label in page for label in KIND_LABELS.values())


def test_rules_page_has_every_rule_with_its_law_and_examples(release: Release) -> None:
    page = rules_page(release)
    sections = {part.split(" ", 1)[0]: part for part in page.split("\n### ")[1:]}
    assert sections.keys() == {rule.id for rule in release.rules}
    for rule in release.rules:
        section = sections[rule.id]
        assert section.count("\n- 例 ") == len(rule.examples)
        assert section.count("\n- 除非 ") == len(rule.exceptions)
        cited = {*(each.article for each in rule.law), *(each.article for each in rule.penalties)}
        assert all(article in section for article in cited)
        assert rule.condition_text in section


def test_rules_page_names_no_folder_of_this_machine(release: Release) -> None:
    assert str(ROOT) not in rules_page(release)
