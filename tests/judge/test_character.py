"""Whether a text is an advertisement: each fact by itself, and which leads where they disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.judge.character import character_of
from compliance.model.vocabulary import Character, Source

AD, PUBLICITY = Character.ADVERTISEMENT, Character.PUBLICITY
LIVE = Source.TRANSCRIPT

CASES: dict[str, tuple[dict[str, str], Source, Character, bool]] = {
    "nothing-known": ({}, LIVE, AD, True),
    "declared-ad": ({"内容.商业广告": "yes"}, LIVE, AD, False),
    "declared-not": ({"内容.商业广告": "no"}, LIVE, PUBLICITY, False),
    "staff": ({"主播.身份": "staff"}, LIVE, PUBLICITY, True),
    "influencer": ({"主播.身份": "influencer"}, LIVE, AD, False),
    "agency": ({"主播.身份": "anchor-agency"}, LIVE, AD, True),
    "self-operated": ({"直播.自营": "yes"}, LIVE, PUBLICITY, True),
    "not-self-operated": ({"直播.自营": "no"}, LIVE, AD, True),
    "recorded": ({"内容.录播": "yes"}, LIVE, AD, False),
    "live": ({"内容.录播": "no"}, LIVE, AD, True),
    "staff-live": ({"主播.身份": "staff", "内容.录播": "no"}, LIVE, PUBLICITY, True),
    "staff-recorded": ({"主播.身份": "staff", "内容.录播": "yes"}, LIVE, AD, False),
    "staff-elsewhere": ({"主播.身份": "staff", "直播.自营": "no"}, LIVE, AD, True),
    "influencer-in-own-room": ({"主播.身份": "influencer", "直播.自营": "yes"}, LIVE, AD, False),
    "recorded-declared-not": ({"内容.录播": "yes", "内容.商业广告": "no"}, LIVE, PUBLICITY, False),
    "listing": ({}, Source.LISTING, AD, True),
    "listing-of-staff": ({"主播.身份": "staff"}, Source.LISTING, AD, True),
    "post": ({}, Source.POST, AD, True),
    "script-of-staff": ({"主播.身份": "staff"}, Source.SCRIPT, PUBLICITY, True),
}


@pytest.mark.parametrize(("facts", "source", "character", "assumed"), CASES.values(), ids=CASES)
def test_what_the_facts_say(facts: dict[str, str], source: Source, character: Character, assumed: bool) -> None:
    found = character_of(facts, source)
    assert (found.character, found.assumed) == (character, assumed)
    assert found.reason


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "没有说明主播.身份、内容.录播"),
        ({"内容.录播": "no"}, "没有说明主播.身份，"),
        ({"主播.身份": "staff"}, "没有说明是否录播，按实时计"),
    ],
    ids=["both", "host", "recorded"],
)
def test_what_was_assumed_is_said(facts: dict[str, str], told: str) -> None:
    assert told in character_of(facts, LIVE).reason


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "内容.商业广告": st.sampled_from(["yes", "no"]),
        "内容.录播": st.sampled_from(["yes", "no"]),
        "直播.自营": st.sampled_from(["yes", "no"]),
        "主播.身份": st.sampled_from(["staff", "influencer", "anchor-agency"]),
    },
)


@given(FACTS, st.sampled_from(Source))
def test_publicity_is_never_taken_for_granted(facts: dict[str, str], source: Source) -> None:
    """It takes somebody's word for it, or staff in the seller's room, and then it is an assumption."""
    found = character_of(facts, source)
    if found.character is AD:
        return
    declared = facts.get("内容.商业广告") == "no"
    staff = facts.get("主播.身份") == "staff" or facts.get("直播.自营") == "yes"
    assert declared or (staff and found.assumed and facts.get("内容.录播") != "yes")


@given(FACTS, st.sampled_from(Source))
def test_recording_makes_nothing_publicity(facts: dict[str, str], source: Source) -> None:
    if character_of(facts, source).character is AD:
        assert character_of({**facts, "内容.录播": "yes"}, source).character is AD
