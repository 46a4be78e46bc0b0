"""The front door: a loaded release that reviews documents and opens sessions."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from compliance.judge.judge import Judge
from compliance.live.session import Session
from compliance.meaning.store import model_file
from compliance.model.broadcast import Broadcast
from compliance.model.document import Document
from compliance.model.opinion import Adviser
from compliance.model.report import Report
from compliance.model.vocabulary import Stage
from compliance.release.published import LIVE, Releases
from compliance.release.release import Release, load_release
from compliance.settings import cache_folder, chosen_model, releases_folder

CHINA = ZoneInfo("Asia/Shanghai")
"""Law is in force by the Chinese calendar day."""


class Engine:
    """Reviews documents under one release. Immutable; share it between threads."""

    def __init__(self, release: Release, adviser: Adviser | None = None) -> None:
        self.release = release
        self._adviser = adviser
        self.judge = _judge(release, Stage.LIVE)
        self._shadow = _judge(release, Stage.SHADOW)

    @classmethod
    def load(
        cls,
        policies: Sequence[Path | str] = (),
        lexicons: Sequence[Path | str] = (),
        model: Path | str | None = None,
    ) -> Self:
        """The shipped rules and lexicons, with a team's own folders added to or replacing them.

        `model`: of the second reader, COMPLIANCE_MODEL or the shipped one by default; where it cannot be read the
        rules judge alone, and reports say so. What was loaded before is kept compiled under COMPLIANCE_HOME. Raises
        LawError (PolicyError for rules), naming file, line and remedy.
        """
        chosen = model_file(Path(model) if model else chosen_model())
        return cls(load_release([Path(p) for p in policies], [Path(p) for p in lexicons], chosen, cache=cache_folder()))

    @classmethod
    def published(cls, name: str = LIVE) -> Self:
        """A release published under COMPLIANCE_HOME: the one in use, or one named by (the beginning of) its digest.

        Raises LawError when there is none of that name, or it was changed after it was published.
        """
        releases = Releases(releases_folder(), cache_folder())
        return cls(releases.load(releases.digest(name)))

    def advised_by(self, adviser: Adviser | None) -> Self:
        """The engine with somebody to ask for a second opinion on what a review leaves doubtful, or with nobody."""
        return type(self)(self.release, adviser)

    def review(self, document: Document, as_of: date | None = None) -> Report:
        """All findings under the law of `as_of` (today in China by default). Raises FactError for unknown facts."""
        return self._reviewed(document, as_of or _today(), self._adviser)

    def session(self, broadcast: Broadcast, as_of: date | None = None) -> Session:
        """A live stream to be judged segment by segment, under the law of `as_of`. Raises FactError.

        No second opinion is asked for: a session answers at once.
        """
        return Session(self.judge, broadcast, as_of or _today(), self._reviewed)

    def _reviewed(self, document: Document, day: date, adviser: Adviser | None = None) -> Report:
        report = self.judge.review(document, day, adviser=adviser)
        if not self._shadow.rules:
            return report
        return report.model_copy(update={"shadow": self._shadow.review(document, day).findings})


def _judge(release: Release, stage: Stage) -> Judge:
    rules = release.rules.staged(stage)
    return Judge(rules, release.scanner, release.facts, release.stances, release.digest, release.reader, release.laws)


def _today() -> date:
    return datetime.now(CHINA).date()
