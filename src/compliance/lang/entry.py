"""What a diagnostic code says."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Entry:
    """Sentences with `{placeholders}`; `why` explains the check to a rule author."""

    zh: str
    en: str
    fix_zh: str
    fix_en: str
    why: str

    def message(self, language: Literal["zh", "en"]) -> str:
        return self.zh if language == "zh" else self.en

    def remedy(self, language: Literal["zh", "en"]) -> str:
        return self.fix_zh if language == "zh" else self.fix_en
