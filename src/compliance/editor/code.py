"""What a diagnostic code says, as Markdown."""

import re

from compliance.editor.told import plain
from compliance.lang.catalogue import CATALOGUE

_PLACEHOLDER = re.compile(r"\{\w+\}")


def code_told(code: str) -> str:
    """The entry of the catalogue, “…” standing for what differs each time; empty for an unknown code."""
    entry = CATALOGUE.get(code)
    if entry is None:
        return ""
    lines = [f"**{code}** {plain(entry.zh)}", plain(entry.why), f"办法：{plain(entry.fix_zh)}"]
    return _PLACEHOLDER.sub("…", "\n\n".join(lines)) + f"\n\n`compliance policy explain {code}`"
