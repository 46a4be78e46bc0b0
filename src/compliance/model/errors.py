"""The errors that a user can cause; each names the place and the remedy."""


class ComplianceError(Exception):
    """Something the user can mend: what is wrong, where, and what to do about it.

    `str(error)` is one sentence in Chinese: “地点：问题；办法。”
    """

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.place = place
        self.remedy = remedy
        super().__init__(f"{place}：{problem}" if place else problem)

    def __str__(self) -> str:
        head = f"{self.place}：{self.problem}" if self.place else self.problem
        return f"{head}；{self.remedy}。" if self.remedy else f"{head}。"


class ReadError(ComplianceError):
    """A document could not be read."""


class LawError(ComplianceError):
    """The law registry, the facts schema or a lexicon is malformed."""


class StoreError(ComplianceError):
    """The audit database could not be opened, migrated or written."""
