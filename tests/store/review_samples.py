"""Documents and reports to store: any that the model allows, and one of each to read in a test."""

import datetime as dt

from hypothesis import strategies as st

from compliance.model.document import Document, Evidence, Place, Segment
from compliance.model.law import LawRef
from compliance.model.report import Degraded, Excused, Exposure, Finding, Report
from compliance.model.vocabulary import Action, Category, Kind, Outcome, SeenAs, Severity, Source, Verdict

SPOKEN = "这款面霜是全网最好的，加微信领取"

_text = st.text(max_size=30)
_label = st.text(min_size=1, max_size=40)
_offset = st.integers(0, 2**31 - 1)
_seconds = st.none() | st.floats(0, 1e6)
_yuan = st.none() | st.integers(0, 2**63 - 1)
_fact = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _text
    | st.lists(_text, max_size=3)
)

places = st.builds(Place, label=_label, row=st.none() | _offset, sheet=st.none() | _text)
segments = st.builds(
    Segment,
    text=_text,
    t_start=_seconds,
    t_end=_seconds,
    speaker=st.none() | _text,
    channel=st.none() | _text,
    product=st.none() | _text,
    place=st.none() | places,
)
evidence = st.builds(
    Evidence,
    kind=_label,
    product=st.none() | _text,
    title=st.none() | _text,
    valid_from=st.none() | st.dates(),
    valid_to=st.none() | st.dates(),
    sha256=st.none() | st.from_regex(r"\A[0-9a-f]{64}\Z"),
)
_document = {
    "id": _label,
    "source": st.sampled_from(Source),
    "category": st.none() | st.sampled_from(Category),
    "platform": st.none() | _text,
    "title": st.none() | _text,
    "facts": st.dictionaries(_text, _fact, max_size=3),
    "evidence": st.lists(evidence, max_size=3).map(tuple),
}
documents = st.builds(Document, text=_text, **_document) | st.builds(
    Document, segments=st.lists(segments, min_size=1, max_size=4).map(tuple), **_document
)

_lines = st.lists(_text, max_size=3).map(tuple)
exposures = st.builds(Exposure, min=_yuan, max=_yuan, basis=_lines, multiples=_lines, civil=_lines)
findings = st.builds(
    Finding,
    rule=_label,
    title=_text,
    kind=st.sampled_from(Kind),
    severity=st.sampled_from(Severity),
    action=st.sampled_from(Action),
    outcome=st.sampled_from(Outcome),
    start=_offset,
    end=_offset,
    text=_text,
    t_start=_seconds,
    t_end=_seconds,
    place=st.none() | places,
    seen_as=st.sampled_from(SeenAs),
    confidence=st.floats(0, 1),
    law=st.lists(st.builds(LawRef, name=_text, article=_text), max_size=3).map(tuple),
    exposure=exposures,
    message=_text,
    suggestion=_text,
    explanation=_text,
    questions=_lines,
    contribution=st.floats(0, 100),
)
reports = st.builds(
    Report,
    id=_text,
    source=st.sampled_from(Source),
    category=st.none() | st.sampled_from(Category),
    title=st.none() | _text,
    verdict=st.sampled_from(Verdict),
    score=st.floats(0, 100),
    release=_text,
    as_of=st.dates(),
    findings=st.lists(findings, max_size=3).map(tuple),
    excused=st.lists(
        st.builds(Excused, rule=_text, start=_offset, end=_offset, text=_text, reason=_text), max_size=3
    ).map(tuple),
    exposure=exposures,
    degraded=st.lists(st.builds(Degraded, rule=_text, reason=_text), max_size=3).map(tuple),
)


def a_document(identifier: str = "script-1", **changes: object) -> Document:
    values: dict[str, object] = {
        "id": identifier,
        "title": "春季话术.docx",
        "category": "cosmetics",
        "platform": "douyin",
        "segments": [{"text": SPOKEN, "speaker": "主播小雅", "product": "焕颜面霜"}],
        "facts": {"商品.名称": "焕颜面霜"},
    }
    return Document.model_validate(values | changes)


def a_finding(rule: str = "AD-ABS-001", kind: Kind = Kind.ABSOLUTE_CLAIM) -> Finding:
    return Finding(
        rule=rule,
        title="绝对化用语",
        kind=kind,
        severity=Severity.HIGH,
        action=Action.REVISE,
        outcome=Outcome.FIRES,
        start=7,
        end=9,
        text="最好",
        place=Place(label="第1段", paragraph=1),
        seen_as=SeenAs.EXACT,
        confidence=1.0,
        law=(LawRef(name="广告法", article="第九条第三项"), LawRef(name="广告法", article="第五十七条")),
        exposure=Exposure(min=200_000, max=1_000_000, basis=("广告法 第五十七条",)),
        message="“最好”是绝对化用语",
        suggestion="删去“最好”",
        explanation="“全网最好的”没有证据",
        contribution=40.0,
    )


def a_report(*findings: Finding, verdict: Verdict = Verdict.REVISE, **changes: object) -> Report:
    values: dict[str, object] = {
        "id": "script-1",
        "source": Source.SCRIPT,
        "category": Category.COSMETICS,
        "verdict": verdict,
        "score": 40.0,
        "release": "sha256:0f1e",
        "as_of": dt.date(2026, 3, 15),
        "findings": findings,
        "exposure": Exposure(min=200_000, max=1_000_000),
    }
    return Report.model_validate(values | changes)
