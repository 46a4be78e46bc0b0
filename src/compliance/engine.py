"""The front door: a loaded release that reviews documents."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from compliance.judge.judge import Judge
from compliance.model.document import Document
from compliance.model.report import Report
from compliance.model.vocabulary import Stage
from compliance.release.release import Release, load_release
from compliance.settings import cache_folder

CHINA = ZoneInfo("Asia/Shanghai")
"""Law is in force by the Chinese calendar day."""


class Engine:
    """Reviews documents under one release. Immutable; share it between threads."""

    def __init__(self, release: Release) -> None:
        self.release = release
        live = [rule for rule in release.rules if rule.stage is Stage.LIVE]
        self._judge = Judge(live, release.scanner, release.facts, release.stances, release.digest, release.reader)

    @classmethod
    def load(cls, policies: Sequence[Path | str] = (), lexicons: Sequence[Path | str] = ()) -> Self:
        """The shipped rules and lexicons, with a team's own folders added to or replacing them.

        What was loaded before is kept compiled under COMPLIANCE_HOME. Raises LawError (PolicyError for rules), naming
        file, line and remedy.
        """
        return cls(load_release([Path(p) for p in policies], [Path(p) for p in lexicons], cache=cache_folder()))

    def review(self, document: Document, as_of: date | None = None) -> Report:
        """All findings under the law of `as_of` (today in China by default). Raises FactError for unknown facts."""
        return self._judge.review(document, as_of or datetime.now(CHINA).date())
