"""The ten-minute page for lawyers and the six checks: what they show compiles, and its examples hold."""

import re
from pathlib import Path

import pytest
from readme_blocks import ROOT, read_page

from compliance.judge.examples import ExampleRunner
from compliance.lang import tree
from compliance.lang.parse import parse
from compliance.release.release import freeze
from compliance.release.sources import read_sources

GUIDE = (ROOT / "docs" / "rules.zh.md").read_text("utf-8")
SIX = ROOT / "examples" / "rules" / "six-checks.rule"
GUIDE_RULE = next(block.text for block in read_page("docs/rules.zh.md").blocks if block.language == "rule")


@pytest.mark.parametrize(("source", "rules", "examples"), [(GUIDE_RULE, 1, 3), (SIX.read_text("utf-8"), 6, 22)])
def test_every_rule_compiles_without_a_warning_and_holds(source: str, rules: int, examples: int) -> None:
    sources = read_sources()
    alone = type(sources)(sources.lexicons, sources.instruments, sources.facts, (("a.rule", source),))
    assert alone.compile().diagnostics == ()
    release = freeze(alone)
    assert len(release.rules) == rules
    results = ExampleRunner(release.scanner, release.facts, release.stances).run_all(release.rules)
    assert len(results) == examples
    assert not [(r.example.text, r.wanted, r.actual) for r in results if not r.passed]


def test_the_guide_shows_a_duty_and_an_exception() -> None:
    (rule,) = parse(GUIDE_RULE, "a.rule")[0].rules
    (condition,) = (clause.value for clause in rule.all("WHEN"))
    assert isinstance(condition, tree.Missing)
    assert condition.after is not None
    assert rule.all("UNLESS")


FORMS = re.findall(r"`((?:当|除非) [^`]+)`", GUIDE)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_table_parses(form: str) -> None:
    file, diagnostics = parse(f"规则 T-T-1 「t」 {form}", "a.rule")
    assert diagnostics == []
    assert isinstance(file.rules[0].clauses[0].value, tree.Node)


def test_the_table_was_found() -> None:
    assert len(FORMS) >= 10


def test_the_files_named_are_there() -> None:
    for link in re.findall(r"\]\(([\w.-]+\.md)\)", GUIDE):
        assert (ROOT / "docs" / link).is_file()
    assert Path(SIX).is_file()
