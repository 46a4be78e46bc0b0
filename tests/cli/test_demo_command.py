"""`compliance demo`: the shipped examples under the shipped rules, and what is left for the visitor."""

import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from cli_calls import Compliance, sentences

from compliance.engine import Engine

EXAMPLES = (
    "01-cosmetics-serum",
    "02-health-food-storyboard",
    "03-apparel-gb18030",
    "04-jewelry-live",
    "05-food-compliant",
)


@pytest.mark.usefixtures("shipped")
def test_it_leaves_every_kind_of_result_and_says_where(compliance: Compliance, own_home: Path, shipped: Engine) -> None:
    result = compliance("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    folder = own_home / "reports" / "demo"
    assert result.stdout.splitlines()[-6:] == [
        f"已审查 6 份话术，规则 {len(shipped.release.rules)} 条",
        f"每份话术的 JSON 与 HTML：{folder}",
        f"Excel 工作簿：{folder / 'demo.xlsx'}",
        f"HTML 汇总：{folder / 'demo.html'}",
        f"SARIF：{folder / 'demo.sarif'}",
        f"审计数据库：{own_home / 'compliance.db'}",
    ]
    for name in EXAMPLES:
        assert json.loads((folder / f"{name}.json").read_bytes())["release"] == shipped.release.digest
        assert (folder / f"{name}.html").read_bytes().startswith(b"<!")
    assert json.loads((folder / "demo.sarif").read_bytes())["runs"]
    workbook = openpyxl.load_workbook(folder / "demo.xlsx", read_only=True)
    assert workbook.sheetnames
    workbook.close()

    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    assert compliance("demo").exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == before
    with sqlite3.connect(own_home / "compliance.db") as database:
        assert database.execute("select count(*) from review").fetchone() == (12,)
    database.close()


@pytest.mark.usefixtures("small")
def test_the_folder_can_be_chosen(compliance: Compliance, here: Path, own_home: Path) -> None:
    assert compliance("demo", "-o", "演示").exit_code == 0
    assert (here / "演示" / "demo.xlsx").is_file()
    assert not (own_home / "reports").exists()


@pytest.mark.usefixtures("small")
def test_a_folder_that_cannot_be_written(compliance: Compliance) -> None:
    result = compliance("demo", "-o", "/dev/null/x")
    assert result.exit_code == 3
    assert len(sentences(result.stderr)) == 1


def test_the_database_upgrade_can_be_repeated(compliance: Compliance, own_home: Path) -> None:
    first, second = compliance("db", "upgrade"), compliance("db", "upgrade")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith(f"sqlite:///{own_home}/compliance.db 已升级：空库 → ")
    assert "已是最新版本" in second.stdout
