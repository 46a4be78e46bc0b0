"""The page of quality is about the model that ships."""

import re

from readme_blocks import ROOT

from compliance.meaning.store import shipped_digest

PAGE = (ROOT / "docs" / "quality.md").read_text("utf-8")


def test_it_was_measured_with_the_shipped_model() -> None:
    told = re.search(r"模型 `([0-9a-f]{16})`", PAGE)
    assert told is not None
    assert shipped_digest().startswith(told[1]), "run python tools/quality.py --final"


def test_it_shows_rules_reader_and_both_on_both_parts() -> None:
    for title in ("调参集", "终测集"):
        part = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
        for way in ("仅规则", "仅判读", "两者"):
            assert re.search(rf"^\| {way} \| [\d.]+% ", part, re.MULTILINE), (title, way)
        for slices in ("| 种类 |", "| 来源 |", "| 标签 |", "| 把握 |"):
            assert slices in part
