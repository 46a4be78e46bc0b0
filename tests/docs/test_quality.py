"""The page of quality is about the model that ships."""

import re

from readme_blocks import ROOT

from compliance.meaning.store import shipped_digest

PAGE = (ROOT / "docs" / "quality.md").read_text("utf-8")


def test_the_tuning_part_was_measured_with_the_shipped_model_and_every_part_says_with_which() -> None:
    told = re.findall(r"^\d+ 条，其中 \d+ 条合规。模型 `([0-9a-f]{16})`，版本 `[0-9a-f]{16}`。$", PAGE, re.MULTILINE)
    assert len(told) == 2
    assert shipped_digest().startswith(told[0]), "run python tools/quality.py"


def test_it_shows_rules_reader_and_both_on_both_parts() -> None:
    for title in ("调参集", "终测集"):
        part = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
        for way in ("仅规则", "仅判读", "两者"):
            assert re.search(rf"^\| {way} \| [\d.]+% ", part, re.MULTILINE), (title, way)
        for slices in ("| 种类 |", "| 来源 |", "| 标签 |", "| 把握 |"):
            assert slices in part
