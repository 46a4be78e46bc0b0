import io
import zipfile

import orjson
import pytest
from export_samples import PHONE, hostile, make_finding, make_report, personal, sample

from compliance.export import FORMATS, render, render_many
from compliance.model.document import Document
from compliance.model.errors import ComplianceError
from compliance.model.report import Report

# Made-up numbers; the check digits are right.
PERSONAL = (PHONE, "138 0013 8000", "11010519491231002X", "someone@example.cn")


def readable(data: bytes, name: str) -> str:
    """Everything that is stored in an export, unpacked."""
    if not FORMATS[name].binary:
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(entry).decode() for entry in archive.namelist())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("value", PERSONAL)
def test_no_personal_information_leaves(name: str, value: str) -> None:
    pair = personal(value)
    assert value not in readable(render(*pair, name), name)
    assert value not in readable(render_many([pair, pair], name), name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_number_that_only_its_surroundings_give_away_is_masked_in_quotations(name: str) -> None:
    document = Document(id="d", text="加我微信：lilian_2020，我发优惠")
    report = make_report(document, make_finding(document.text, "lilian_2020", message="出现“lilian_2020”"))
    assert "lilian_2020" not in readable(render(document, report, name), name)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    assert render(*sample(), name) == render(*sample(), name)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("payload", ["\x1b[2J\x00\x07\ufffe", "\u202e反过来", "{0} [a](b) {{ x }} {% y %}", "=1+1\t@x"])
def test_strange_text_never_breaks_an_export(name: str, payload: str) -> None:
    data = readable(render_many([hostile(payload), sample()], name), name)
    if name not in {"json", "sarif"}:  # those are for programs and keep the text as it is
        assert not set(data) & {"\x1b", "\x00", "\x07", "\ufffe", "\u202e"}


@pytest.mark.parametrize("name", FORMATS)
def test_no_documents_make_an_empty_export(name: str) -> None:
    assert isinstance(render_many([], name), bytes)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_document_is_exported(name: str) -> None:
    document = Document(id="empty", text="")
    assert render(document, make_report(document), name)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ComplianceError, match=r"不支持的导出格式“pdf”；可用的格式有 text、json、html、sarif、xlsx。"):
        render(*sample(), "pdf")


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_another_document_is_refused(name: str) -> None:
    _, report = sample()
    with pytest.raises(ComplianceError, match=r"报告 r-live-0520 的规则 .* 超出全文 1 字；请用生成"):
        render(Document(id="other", text="短"), report, name)


def test_json_is_the_report_contract() -> None:
    document, report = sample()
    parsed = orjson.loads(render(document, report, "json"))
    assert parsed["verdict"] == "block"
    assert parsed["as_of"] == "2024-05-20"
    assert parsed["exposure"] == report.exposure.model_dump(mode="json")
    found = Report.model_validate_json(render(document, report, "json"))
    assert [f.model_dump(include={"rule", "start", "end"}) for f in found.findings] == [
        f.model_dump(include={"rule", "start", "end"}) for f in report.findings
    ]
    assert "138****8000" in {finding["text"] for finding in parsed["findings"]}


def test_json_of_several_is_an_array_in_order() -> None:
    other = Document(id="other", text="你好")
    parsed = orjson.loads(render_many([sample(), (other, make_report(other))], "json"))
    assert [report["id"] for report in parsed] == ["r-live-0520", "r-other"]


def test_a_digest_is_not_mistaken_for_a_number() -> None:
    digest = "ab13800138000c" + "0" * 50
    document = Document(id=digest, text="x")
    assert orjson.loads(render(document, make_report(document, id=digest), "json"))["id"] == digest
