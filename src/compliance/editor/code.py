"""What a diagnostic code says, as Markdown."""

import re

from compliance.editor.told import plain
from compliance.lang.catalogue import CATALOGUE
from compliance.lang.catalogue_examples import EXAMPLES

_PLACEHOLDER = re.compile(r"\{\w+\}")


def code_told(code: str) -> str:
    """The entry of the catalogue, “…” standing for what differs each time; empty for an unknown code."""
    entry = CATALOGUE.get(code)
    if entry is None:
        return ""
    lines = [f"**{code}** {plain(entry.zh)}", plain(entry.why), f"办法：{plain(entry.fix_zh)}"]
    told = _PLACEHOLDER.sub("…", "\n\n".join(lines))
    example = EXAMPLES.get(code)
    shown = f"\n\n错：\n```\n{example.wrong.rstrip()}\n```\n对：\n```\n{example.right.rstrip()}\n```" if example else ""
    return f"{told}{shown}\n\n`compliance policy explain {code}`"
