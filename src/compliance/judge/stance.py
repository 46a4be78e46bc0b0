"""Whether a hit is denied, asked about, reported or supposed: looked up near the hit only.

Cues are lexicons; longer pseudo-cues (不得不, 不仅) do not count. A cue of one character must touch the
hit; longer ones may stand a few characters before it in the same clause, or further when what lies
between is a list (“不许说最好、第一、顶级”). Phrases under `after` count behind the hit (“这几个字不能用”).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.model.lexicon import Lexicon

if TYPE_CHECKING:
    from compliance.judge.answer import Match
    from compliance.judge.context import Context

CUE_GROUPS = {"negated": "否定用语", "asked": "疑问用语", "reported": "转述用语", "supposed": "假设用语"}
STANCE_LABELS = {"negated": "被否定", "asked": "被疑问", "reported": "被转述", "supposed": "被假设"}

_NEAR = 8
_FAR = 30
_CUT = 2 * _FAR  # as many characters when speech recognition cut after each of them
_LIST = re.compile(r"[、“”「」\"'‘’/]")
_COMMA = re.compile("[，,]")
_QUESTION_MARKS = "?？"
_QUOTING = "“”「」?？"


@dataclass(frozen=True)
class _Cues:
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    pseudo: frozenset[str]


class Stances:
    """The compiled cue lexicons; a stance without a lexicon never holds."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        by_group = {lexicon.group: lexicon for lexicon in lexicons if lexicon.kind == "cues"}
        self._cues = {}
        for stance, group in CUE_GROUPS.items():
            lexicon = by_group.get(group)
            if lexicon is None:
                continue
            pseudo = frozenset(lexicon.pseudo)
            before = _alternation([term.text for term in lexicon.terms] + list(pseudo))
            self._cues[stance] = _Cues(before, _alternation([*lexicon.after]), pseudo)

    def hinted(self, text: str) -> bool:
        """Whether anything in a folded text denies, asks, reports, supposes or quotes, wherever it stands."""
        if any(mark in text for mark in _QUOTING):
            return True
        return any(
            cue.group() not in cues.pseudo
            for cues in self._cues.values()
            for pattern in (cues.before, cues.after)
            if pattern is not None
            for cue in pattern.finditer(text)
        )

    def holds(self, stance: str, context: "Context", match: "Match") -> bool:
        cues = self._cues.get(stance)
        if cues is None:
            return False
        wide = stance in {"reported", "supposed", "asked"}
        around = context.sentences.sentence if wide else context.sentences.clause
        start, end = around(match.start)
        if stance == "asked" and self._is_question(context, match):
            return True
        before = _joined(context.plain[max(start, match.start - _CUT) : match.start])[-_FAR:]
        if cues.before is not None and self._cue_before(cues.before, cues.pseudo, before, wide=wide):
            return True
        if stance == "negated" and cues.before is not None and self._last_denied(cues, context, match):
            return True
        _, rest = context.sentences.sentence(max(match.end - 1, match.start))
        after = _joined(context.plain[match.end : min(max(end, rest), match.end + _CUT)])[:_FAR]
        return cues.after is not None and self._cue_after(cues.after, after)

    @classmethod
    def _last_denied(cls, cues: _Cues, context: "Context", match: "Match") -> bool:
        """In a relation the claim mostly comes last: “专家…不推荐”, “糖尿病…治不好”. Its own left is looked at too."""
        last = max((hit.start for hit in match.hits), default=match.start)
        if last == match.start or cues.before is None:
            return False
        start, _ = context.sentences.clause(last)
        before = _joined(context.plain[max(start, match.start, last - _CUT) : last])[-_FAR:]
        return cls._cue_before(cues.before, cues.pseudo, before, wide=False)

    @staticmethod
    def _is_question(context: "Context", match: "Match") -> bool:
        _, end = context.sentences.sentence(max(match.end - 1, match.start))
        rest = context.text[match.end : end].rstrip()
        # “用过期的料，你敢吃吗？” asks about eating, not about the material: only the clause of the mark is asked.
        return rest.endswith(tuple(_QUESTION_MARKS)) and not _COMMA.search(rest)

    @staticmethod
    def _cue_before(pattern: re.Pattern[str], pseudo: frozenset[str], text: str, *, wide: bool) -> bool:
        for cue in pattern.finditer(text):
            if cue.group() in pseudo:
                continue
            between = text[cue.end() :]
            far = _FAR if wide or _LIST.search(between) else _NEAR
            if len(between) <= (0 if len(cue.group()) == 1 else far):
                return True
        return False

    @staticmethod
    def _cue_after(pattern: re.Pattern[str], text: str) -> bool:
        for cue in pattern.finditer(text):
            between = text[: cue.start()]
            if cue.start() <= (_FAR if _LIST.search(between) else _NEAR):
                return True
        return False


def _joined(text: str) -> str:
    """Line ends inside a sentence are where speech recognition cut: nothing was said there."""
    return text.replace("\n", "")


def _alternation(words: list[str]) -> re.Pattern[str] | None:
    """Longest first, so that a pseudo-cue wins over the cue inside it."""
    if not words:
        return None
    return re.compile("|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))))
