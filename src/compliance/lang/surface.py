"""Names, numbers and quoted texts as a rule file writes them, in Chinese or English."""

import re
from decimal import Decimal

from compliance.lang import tree
from compliance.lang.article import canonical_article
from compliance.lang.diagnostics import Language
from compliance.lang.keywords import ACTIONS, CHANNELS, KEYWORDS, REGIONS, SPANS, SPEAKERS, SURFACES
from compliance.lang.lexer import LAW_NAME, RUN
from compliance.words.entities import ENTITY_NAMES

_DIMENSIONS = {"chars": ("字", "chars"), "sentences": ("句", "sentences")}
_TIMES = ((3600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SECTION = re.compile(r"第([一二三四五六七八九十百千零]+)条(?:第([一二三四五六七八九十百千零]+)项)?")
_SLASH = re.compile(r"\\.|/")


class Surface:
    """One of the two languages."""

    def __init__(self, language: Language) -> None:
        self._english = language == "en"
        self._units = self._names(SPANS)
        self._regions = self._names(REGIONS)
        self._actions = self._names(ACTIONS)
        self._speakers = self._names(SPEAKERS)
        self._channels = self._names(CHANNELS)

    def _names(self, table: dict[str, str]) -> dict[str, str]:
        """Canonical name → the first of its names in this language."""
        names: dict[str, str] = {}
        for written, canonical in table.items():
            if written.isascii() is self._english:
                names.setdefault(canonical, written)
        return names

    @property
    def english(self) -> bool:
        return self._english

    @property
    def separator(self) -> str:
        return "," if self._english else "、"

    def keyword(self, token: str) -> str:
        return SURFACES[token][self._english] or SURFACES[token][not self._english]

    def unit(self, unit: str) -> str:
        return self._units.get(unit, unit)

    def region(self, region: str) -> str:
        return self._regions[region]

    def action(self, action: str) -> str:
        return self._actions.get(action, action)

    def voice(self, aspect: str, name: str) -> str:
        names = self._speakers if aspect == "speaker" else self._channels
        return names.get(name) or self.value(name)

    def entity(self, name: str) -> str:
        return name if self._english else ENTITY_NAMES.get(name, name)

    def text(self, text: str) -> str:
        """What people say: titles, messages, examples."""
        return _quoted(text, '"', '"') if self._english and '"' not in text else _quoted(text, "「", "」")

    def value(self, value: str) -> str:
        """A value of a fact or setting."""
        return value if is_name(value) or _NUMBER.fullmatch(value) else self.text(value)

    def law(self, name: str) -> str:
        return name if LAW_NAME.fullmatch(name) else self.text(name)

    def article(self, article: str) -> str:
        found = _SECTION.fullmatch(article) if self._english else None
        if not found:
            return article
        section = next((s for n in range(1, 2_000) if canonical_article(s := f"§{n}") == f"第{found[1]}条"), "")
        item = next((n for n in range(1, 100) if canonical_article(f"{section}({n})") == article), None)
        short = section if found[2] is None else f"{section}({item})"
        return short if canonical_article(short) == article else article

    def distance(self, distance: tree.Distance) -> str:
        if distance.dimension in _DIMENSIONS:
            return number(distance.amount) + _DIMENSIONS[distance.dimension][self._english]
        size, *names = next(each for each in _TIMES if distance.amount % each[0] == 0 or each[0] == 1)
        if not distance.amount:
            size, *names = _TIMES[-1]
        return number(distance.amount / size) + names[self._english]

    def amount(self, amount: float, *, money: bool) -> str:
        if not money:
            return number(amount)
        if self._english:
            return f"{number(amount)}CNY"
        for size, name in ((100_000_000, "亿元"), (10_000, "万元")):
            if amount and amount % size == 0:
                return number(amount / size) + name
        return f"{number(amount)}元"


def is_name(text: str) -> bool:
    """Whether the lexer reads the text as one NAME."""
    return bool(RUN.fullmatch(text)) and "." not in text and text not in KEYWORDS and not canonical_article(text)


def word(text: str) -> str:
    return _quoted(text, "「", "」") if '"' in text else _quoted(text, '"', '"')


def pattern(source: str) -> str:
    return "/" + _SLASH.sub(lambda found: "\\/" if found[0] == "/" else found[0], source) + "/"


def number(value: float) -> str:
    return f"{Decimal(f'{value:.15g}'):f}"


def _quoted(text: str, opening: str, closing: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(closing, f"\\{closing}")
    return f"{opening}{escaped}{closing}"
