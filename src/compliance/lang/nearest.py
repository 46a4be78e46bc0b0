"""“是否想写…”: the known name nearest to a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.5)), None)


def hints(name: str, known: Iterable[str], otherwise_zh: str, otherwise_en: str) -> dict[str, str]:
    """`hint_zh` and `hint_en` for a diagnostic about an unknown name."""
    guess = nearest(name, known)
    if guess:
        return {"hint_zh": f"是否想写「{guess}」？", "hint_en": f"did you mean `{guess}`?"}
    return {"hint_zh": otherwise_zh, "hint_en": otherwise_en}
