"""One name for each document of an export, so that two files of the same name stay apart."""

from collections.abc import Callable, Iterable

from compliance.export.printable import printable
from compliance.model.document import Document

_LONGEST = 120


def document_names(documents: Iterable[Document], *, spell: Callable[[str], str] = str) -> list[str]:
    """Title (else id) of each document on one line, at most 120 characters and a suffix, unique without regard to case.

    `spell` rewrites a name before it is compared, where a format forbids some characters.
    """
    taken: set[str] = set()
    names: list[str] = []
    for document in documents:
        base = spell(" ".join(printable(document.title or document.id).split())[:_LONGEST]) or "未命名"
        name, copy = base, 1
        while name.casefold() in taken:
            copy += 1
            name = f"{base}（{copy}）"
        taken.add(name.casefold())
        names.append(name)
    return names
