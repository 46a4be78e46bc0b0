"""Word groups: the words only; what they mean in law is said by rules."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from compliance.model.value import Value
from compliance.model.vocabulary import SeenAs

Way = Literal[SeenAs.FOLDED, SeenAs.SHAPE, SeenAs.SPLIT, SeenAs.SIGN, SeenAs.SOUND, SeenAs.PINYIN]
WAYS: tuple[Way, ...] = (
    SeenAs.FOLDED, SeenAs.SHAPE, SeenAs.SPLIT, SeenAs.SIGN, SeenAs.SOUND, SeenAs.PINYIN,
)  # fmt: skip


class Disguise(Value):
    """How a term is seen through disguise. FOLDED stands for numerals: 百分百 for 100%, 第1 for 第一.

    `standing`: the least share of its characters that must stand as they are beside those that merely sound or look
    alike; `noise`: whether something may stand between those; `in_words`: whether those may belong to an ordinary
    word where they stand.
    """

    model_config = ConfigDict(strict=True)

    ways: tuple[Way, ...] = WAYS
    standing: float = Field(default=0.5, ge=0.5, le=1)
    noise: bool = False
    in_words: bool = False


_BY_DEFAULT = Disguise()


def _disguise(setting: Any) -> Any:
    """In files, true and false say: as by default, and not at all."""
    if isinstance(setting, bool):
        return _BY_DEFAULT if setting else None
    return setting


MaybeDisguise = Annotated[Disguise | None, BeforeValidator(_disguise)]


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid", strict=True))
class Term:
    """One entry. `covers` are longer ordinary words that excuse this term where they stand over it.

    A sixth of a model's size, for there are lists of a hundred thousand of them.

    `disguise`: how it is also found by sound, shape, signs, numerals, pinyin, and taken apart; by default not at all.
    """

    text: str
    covers: tuple[str, ...] = ()
    boundary: Literal["auto", "none"] = "auto"  # auto: Latin and digit edges need a word boundary
    disguise: MaybeDisguise = None
    source: str | None = None
    note: str | None = None
    line: int = 0


Overlap = Literal["longest", "all"]
"""Of hits that overlap: from left to right the longest at each place, or every one of them."""


class Lexicon(Value):
    """One group of words.

    kind `terms` is matched in every text; `cues` is looked at only near a hit (negation, question …);
    `covers` holds ordinary words that excuse any shorter hit they stand over.
    """

    id: str
    group: str  # the Chinese name that rules use
    kind: Literal["terms", "cues", "covers"] = "terms"
    title: str
    source: str
    terms: tuple[Term, ...]
    covers: tuple[str, ...] = ()
    disguise: MaybeDisguise = None  # what its terms are by default
    overlap: Overlap = "longest"
    after: tuple[str, ...] = ()  # for cues: phrases that count behind the hit (“这两个字不能说”)
    pseudo: tuple[str, ...] = ()  # for cues: longer phrases in which the cue does not count
    path: str = ""
