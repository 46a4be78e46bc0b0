"""Alerts hide personal information as reports do, though only the words nearby are at hand."""

from export_samples import PHONE, make_finding

from compliance.export import redact_alert
from compliance.model.broadcast import Alert, AlertState

NEARBY = "想了解的加微信 lilian_2020，我们一对一服务"
BASE = 5_000


def alert(text: str, hit: str, **fields: object) -> Alert:
    finding = make_finding(text, hit)
    moved = finding.model_copy(update={"start": finding.start + BASE, "end": finding.end + BASE})
    values = {"number": 1, "state": AlertState.RAISED, "segment": 0, "offset": 0, "heard": 1, "finding": moved}
    return Alert.model_validate({**values, **fields})


def test_what_is_personal_by_what_stands_around_it_is_masked() -> None:
    given = alert(NEARBY, "lilian_2020")
    shown = redact_alert(given, NEARBY, BASE)
    assert "lilian_2020" not in shown.model_dump_json()
    assert (shown.finding.start, shown.finding.end) == (given.finding.start, given.finding.end)
    assert len(shown.finding.text) == len("lilian_2020")


def test_words_that_were_replaced_since_are_masked_by_themselves() -> None:
    given = alert(f"打电话{PHONE}", f"电话{PHONE}", state=AlertState.WITHDRAWN, reason=f"并入{PHONE}", segment_id=PHONE)
    assert PHONE not in redact_alert(given, "什么也没有", BASE).model_dump_json()
    assert PHONE not in redact_alert(given, "", 0).model_dump_json()


def test_an_alert_without_personal_information_stays_as_it_is() -> None:
    given = alert("这是最好的", "最好")
    assert redact_alert(given, "这是最好的", BASE) == given
