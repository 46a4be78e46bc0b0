"""Articles that a lexicon's source names, and which of them are no longer law."""

import re
from collections.abc import Iterator
from datetime import date

from compliance.lang.article import canonical_article
from compliance.lang.registry import LawRegistry

_CITATION = re.compile(r"《?([\w]+)》?\s+(第\S+)")
_SEPARATORS = re.compile("[；;，,、]")


def expired(source: str, laws: LawRegistry, day: date) -> Iterator[tuple[str, date]]:
    """(citation, first day without it) of each article that the registry has, and that is over on `day`."""
    for part in map(str.strip, _SEPARATORS.split(source)):
        cited = _CITATION.fullmatch(part)
        article = canonical_article(cited[2]) if cited else None
        instrument = laws.instrument(cited[1]) if cited else None
        if instrument is None or article is None:
            continue
        ends = [version.effective_to for version in laws.articles(instrument, article)]
        over = [end for end in ends if end is not None and end <= day]
        if over and len(over) == len(ends):
            yield part, max(over)
