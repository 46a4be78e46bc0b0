"""What a diagnostic code says."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Entry:
    """Sentences with `{placeholders}`; `why` and `why_en` explain the check to a rule author."""

    zh: str
    en: str
    fix_zh: str
    fix_en: str
    why: str
    why_en: str

    def message(self, language: Literal["zh", "en"]) -> str:
        return self.zh if language == "zh" else self.en

    def remedy(self, language: Literal["zh", "en"]) -> str:
        return self.fix_zh if language == "zh" else self.fix_en

    def reason(self, language: Literal["zh", "en"]) -> str:
        return self.why if language == "zh" else self.why_en
