"""What the shipped rules offer instead is lawful: put in place, the same release has nothing to say about it."""

from collections import Counter
from functools import cache

import pytest

from compliance.judge.judge import Judge
from compliance.judge.rewrite import rewritten
from compliance.lang import tree
from compliance.lang.example import document
from compliance.lang.remedy import NO_LAWFUL_WORDING
from compliance.lang.rule import Rule
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Change, Outcome, Stage
from compliance.release.release import Release, freeze, read_sources


@cache
def shipped_release() -> Release:
    return freeze(read_sources())


@cache
def everything() -> tuple[Judge, tuple[Rule, ...]]:
    release = shipped_release()
    live = tuple(rule for rule in release.rules if rule.stage is Stage.LIVE)
    return Judge(live, release.scanner, release.facts, release.stances, release.digest, release.reader), live


def fired(report: Report) -> Counter[str]:
    return Counter(
        rule for f in report.findings if f.outcome is Outcome.FIRES for rule in (f.rule, *f.also)
    )  # fmt: skip


def complaints(rule: Rule, text: Document) -> list[str]:
    """What still fires, or fires only now, when the rewrites of the rule's findings are made."""
    judge, _ = everything()
    before = judge.review(text, rule.effective_from)
    own = [f.rewrite for f in before.findings if f.outcome is Outcome.FIRES and rule.id in (f.rule, *f.also)]
    made = [edit for edit in own if edit is not None and edit.change is not Change.NONE]
    assert own, f"{rule.id} is silent among all rules"
    if not made:
        return []
    after = rewritten(text, made)
    told = fired(judge.review(after, rule.effective_from))
    newly = told - fired(before)
    return [f"{other}：「{text.text}」改成「{after.text}」" for other in {*newly, *({rule.id} & told.keys())}]


@pytest.mark.parametrize("part", range(4))
def test_what_is_put_in_place_is_clean(part: int) -> None:
    release = shipped_release()
    wrong = []
    for rule in everything()[1][part::4]:
        for example in rule.examples:
            if example.outcome == "fires":
                wrong += complaints(rule, document(example, rule.first_source, release.facts))
    assert not wrong, "\n".join(wrong)


def test_the_wording_for_no_lawful_wording_is_one() -> None:
    for rule in everything()[1]:
        hopeless = rule.remedy.change is Change.NONE
        assert hopeless == rule.suggestion.startswith(NO_LAWFUL_WORDING), rule.id
        assert hopeless or "没有合法" not in rule.suggestion, rule.id


def statutory_notices() -> list[Rule]:
    """Rules whose breach is that a sentence prescribed by law was not said."""
    return [rule for rule in everything()[1] if "-NTC-" in rule.id and rule.kind == "missing-disclaimer"]


def test_a_missing_notice_is_added_and_not_deleted() -> None:
    rules = statutory_notices()
    assert len(rules) >= 8
    for rule in rules:
        # The notice of medical advertising is the certificate's number, which only the institution knows.
        wanted = Change.DELETE if rule.id == "MA-NTC-001" else Change.ADD
        assert rule.remedy.change is wanted, rule.id


def test_most_rules_offer_words_and_not_only_a_deletion() -> None:
    changes = Counter(rule.remedy.change for rule in everything()[1])
    offering = changes[Change.REPLACE] + changes[Change.ADD] + changes[Change.NONE]
    assert offering >= 0.9 * len(everything()[1]), changes


def test_examples_that_fire_are_what_was_checked() -> None:
    fires = [
        e for rule in everything()[1] for e in rule.examples if isinstance(e, tree.Example) and e.outcome == "fires"
    ]
    assert len(fires) >= 800
