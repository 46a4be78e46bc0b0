"""What `compliance policy explain` says of a diagnostic code."""

import re

from compliance.lang.catalogue import CATALOGUE

_PLACEHOLDER = re.compile(r"\{\w+\}")


def explanation(code: str) -> str | None:
    """The catalogue's entry in words, “…” standing for what differs each time; None for an unknown code."""
    entry = CATALOGUE.get(code.upper())
    if entry is None:
        return None
    lines = (code.upper(), entry.zh, entry.en, "", entry.why, f"办法：{entry.fix_zh}")
    return _PLACEHOLDER.sub("…", "\n".join(lines))
