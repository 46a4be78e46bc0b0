"""What `import compliance` promises."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import compliance
import small_shipped
from compliance import (
    Alert,
    Broadcast,
    ComplianceError,
    Document,
    Engine,
    Evidence,
    Finding,
    HeardSegment,
    Report,
    Segment,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A small one: what is shipped is tested elsewhere."""
    root = small_shipped.build(tmp_path_factory.mktemp("api"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compliance.release.sources.shipped", lambda name: root / name)
        return Engine.load()


DOCUMENTS = [
    Document(id=f"d{n}", text=text, category="food")
    for n, text in enumerate(("这是最好的", "不是最好的", "能治湿疹、失眠，顶级", "第一次见", "很滋润", "最好" * 300))
]


def test_every_exported_name_exists_and_nothing_else() -> None:
    for name in compliance.__all__:
        assert getattr(compliance, name).__name__ == name
        assert name in dir(compliance)
    assert {Alert, Broadcast, HeardSegment, Document, Engine, Evidence, Finding, Report, Segment, ComplianceError} == {
        getattr(compliance, name) for name in compliance.__all__
    }
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(compliance, "no_such_name")  # noqa: B009  # the attribute does not exist for a type checker either


def test_the_version_is_that_of_the_project() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", compliance.__version__)


def test_the_docstring_s_example_works() -> None:
    assert compliance.__doc__ is not None
    lines = [line.strip() for line in compliance.__doc__.splitlines() if line.startswith("    ")]
    names: dict[str, object] = {}
    exec("\n".join(lines), names)  # noqa: S102  # our own docstring
    report = names["report"]
    assert isinstance(report, Report)
    assert report.verdict != "pass"
    assert any("最好" in finding.text for finding in report.findings)
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_a_report_is_json_and_points_into_the_text(engine: Engine) -> None:
    for document in DOCUMENTS:
        report = engine.review(document)
        assert json.loads(report.model_dump_json())["id"] == document.id
        for finding in report.findings:
            assert document.text[finding.start : finding.end] == finding.text


def test_reviews_repeat(engine: Engine) -> None:
    for document in DOCUMENTS:
        assert engine.review(document) == engine.review(document.model_copy(deep=True))


def test_an_engine_serves_several_threads(engine: Engine) -> None:
    alone = [engine.review(document) for document in DOCUMENTS]
    start = threading.Barrier(4)

    def reviews(turn: int) -> list[Report]:
        start.wait(timeout=30)
        found = {d.id: engine.review(d) for d in (DOCUMENTS[turn:] + DOCUMENTS[:turn]) * 10}
        return [found[d.id] for d in DOCUMENTS]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reviews, range(4))) == [alone] * 4


def test_errors_are_ours(engine: Engine) -> None:
    with pytest.raises(ComplianceError, match="没有名为「商品"):
        engine.review(Document(id="a", text="好", facts={"商品.颜色": "红"}))
    with pytest.raises(ComplianceError, match="规则文件夹不存在"):
        Engine.load(policies=["/没有"])
