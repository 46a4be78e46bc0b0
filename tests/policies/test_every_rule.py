"""The shipped rules, lexicons and laws: everything compiles and every inline example holds."""

from datetime import date
from functools import cache

import pytest

from compliance.judge.examples import ExampleRunner
from compliance.judge.judge import Judge
from compliance.lang.diagnostics import render
from compliance.model.document import Document
from compliance.release.release import Release, freeze
from compliance.release.sources import read_sources


@cache
def shipped_release() -> Release:
    return freeze(read_sources())


def test_every_rule_compiles() -> None:
    sources = read_sources()
    texts = dict(sources.rules)
    assert not [render(d, texts[d.path]) for d in sources.compile().errors]


def test_every_file_s_rules_pass_their_own_examples() -> None:
    release = shipped_release()
    runner = ExampleRunner(release.scanner, release.facts, release.stances, release.reader)
    results = [result for result in runner.run_all(release.rules) if not result.example.todo]
    failed = [
        f"{r.rule.id}「{r.example.text}」期望{r.wanted}，实际{r.actual}"
        for r in results
        if not r.passed and not r.example.todo
    ]
    assert not failed, "\n".join(failed)
    assert len(results) >= 2 * len(release.rules)


def test_the_day_shows_the_new_trademark_law() -> None:
    """商标法 as revised from 2027-01-01: another article, and a fine of up to what was fixed before."""
    release = shipped_release()
    rules = [rule for rule in release.rules if rule.id.startswith("AD-TM-")]
    judge = Judge(rules, release.scanner, release.facts, release.stances, release.digest, release.reader)
    document = Document(id="d", text="我们是中国驰名商标，几十年老厂")
    (old,) = judge.review(document, date(2026, 12, 31)).findings
    (new,) = judge.review(document, date(2027, 1, 1)).findings
    assert (old.rule, new.rule) == ("AD-TM-001", "AD-TM-002")
    assert (old.exposure.min, old.exposure.max) == (100_000, 100_000)
    assert (new.exposure.min, new.exposure.max) == (0, 100_000)
    assert {law.article for law in old.law}.isdisjoint({law.article for law in new.law})


def test_there_are_rules_of_every_field() -> None:
    rules = shipped_release().rules
    assert len(rules) >= 60
    assert len({rule.kind for rule in rules}) >= 20


def test_every_lexicon_loads_and_says_something() -> None:
    lexicons = shipped_release().sources.lexicons
    assert {"cues", "terms"} <= {lexicon.kind for lexicon in lexicons}
    for lexicon in lexicons:
        assert lexicon.terms, lexicon.path


@pytest.mark.parametrize("stance", ["否定用语", "疑问用语", "转述用语", "假设用语"])
def test_every_stance_has_its_lexicon(stance: str) -> None:
    cues = {lexicon.group for lexicon in shipped_release().sources.lexicons if lexicon.kind == "cues"}
    assert stance in cues


def test_every_rule_explains_itself_to_people() -> None:
    for rule in shipped_release().rules:
        assert rule.law, rule.id
        assert rule.penalties, rule.id
        assert rule.suggestion.strip(), rule.id
        assert rule.title.strip(), rule.id
