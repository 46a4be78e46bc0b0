"""What the shipped rules offer instead is lawful: put in place, the same release has nothing to say about it."""

from collections import Counter
from functools import cache

import pytest

from compliance.judge.rewrite_examples import RewriteRunner
from compliance.lang import tree
from compliance.lang.remedy import NO_LAWFUL_WORDING
from compliance.lang.rule import Rule
from compliance.model.vocabulary import Change, Stage
from compliance.release.release import Release, freeze
from compliance.release.sources import read_sources


@cache
def shipped_release() -> Release:
    return freeze(read_sources())


def live_rules() -> list[Rule]:
    return [rule for rule in shipped_release().rules if rule.stage is Stage.LIVE]


@cache
def runner() -> RewriteRunner:
    release = shipped_release()
    return RewriteRunner(live_rules(), release.scanner, release.facts, release.stances, release.reader)


@pytest.mark.parametrize("part", range(4))
def test_what_is_put_in_place_is_clean(part: int) -> None:
    wrong = [fault for rule in live_rules()[part::4] for fault in runner().faults(rule)]
    assert not wrong, "\n".join(f"{f.rule.id}「{f.example.text}」改成「{f.after}」报 {f.rules}" for f in wrong)


def test_the_wording_for_no_lawful_wording_is_one() -> None:
    for rule in live_rules():
        hopeless = rule.remedy.change is Change.NONE
        assert hopeless == rule.suggestion.startswith(NO_LAWFUL_WORDING), rule.id
        assert hopeless or "没有合法" not in rule.suggestion, rule.id


def statutory_notices() -> list[Rule]:
    """Rules whose breach is that a sentence prescribed by law was not said."""
    return [rule for rule in live_rules() if "-NTC-" in rule.id and rule.kind == "missing-disclaimer"]


def test_a_missing_notice_is_added_and_not_deleted() -> None:
    rules = statutory_notices()
    assert len(rules) >= 8
    for rule in rules:
        # The notice of medical advertising is the certificate's number, which only the institution knows.
        wanted = Change.DELETE if rule.id == "MA-NTC-001" else Change.ADD
        assert rule.remedy.change is wanted, rule.id


def test_most_rules_offer_words_and_not_only_a_deletion() -> None:
    changes = Counter(rule.remedy.change for rule in live_rules())
    offering = changes[Change.REPLACE] + changes[Change.ADD] + changes[Change.NONE]
    assert offering >= 0.9 * len(live_rules()), changes


def test_examples_that_fire_are_what_was_checked() -> None:
    fires = [e for rule in live_rules() for e in rule.examples if isinstance(e, tree.Example) and e.outcome == "fires"]
    assert len(fires) >= 800
