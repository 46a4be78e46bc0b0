"""What `compliance policy explain` says of a diagnostic code."""

import re
from textwrap import indent

from compliance.lang.catalogue import CATALOGUE
from compliance.lang.catalogue_examples import EXAMPLES

_PLACEHOLDER = re.compile(r"\{\w+\}")


def explanation(code: str) -> str | None:
    """The catalogue's entry in words, “…” standing for what differs each time, and its examples; None for no code."""
    entry = CATALOGUE.get(code.upper())
    if entry is None:
        return None
    told = [code.upper(), entry.zh, entry.en, "", entry.why, entry.why_en, ""]
    told += [f"办法：{entry.fix_zh}", f"Remedy: {entry.fix_en}"]
    lines = [_PLACEHOLDER.sub("…", line) for line in told]
    example = EXAMPLES.get(code.upper())
    if example is not None:
        lines += ["", "错 / wrong:", indent(example.wrong, "    ").rstrip(), "", "对 / right:"]
        lines += [indent(example.right, "    ").rstrip()]
    return "\n".join(lines)
